#pragma once

#include <string>
#include <string_view>

#include "compiler/value/value.h"

namespace stackc::emit {

/// The value as one YAML document, in the layout that Kubernetes people write: block style, two
/// spaces, lists indented under their key, keys in their order, several lines as a literal block,
/// long text never folded. `comment` becomes lines with
/// `# ` before the document. Strings are valid UTF-8. Readers: yaml-cpp and Go's sigs.k8s.io/yaml
/// (YAML 1.1).
std::string write_yaml(const Value& value, std::string_view comment = {});

}  // namespace stackc::emit
