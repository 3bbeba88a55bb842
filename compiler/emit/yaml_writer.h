#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "compiler/value/value.h"

namespace stackc::emit {

/// What becomes of a string `2026-03-20`.
enum class YamlDates : std::uint8_t {
  Quoted,  // a string, as any other
  Plain,   // a date, for readers that insist on YAML's own type
};

struct YamlOptions {
  std::string_view comment = {};  // its lines stand before the document, with `# `
  YamlDates dates = YamlDates::Quoted;
};

/// The value as one YAML document, in the layout that Kubernetes people write: block style, two
/// spaces, lists indented under their key, keys in their order, several lines as a literal block,
/// long text never folded. Strings are valid UTF-8. Readers: yaml-cpp and Go's sigs.k8s.io/yaml
/// (YAML 1.1).
std::string write_yaml(const Value& value, const YamlOptions& options = {});

/// Lines that give a record written by write_yaml() a further field, if they follow its own;
/// `column` is that of the record's fields.
std::string write_yaml_field(const Record::Field& field, std::size_t column);

}  // namespace stackc::emit
