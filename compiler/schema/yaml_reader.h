#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/result.h"
#include "compiler/value/value.h"

namespace stackc::schema {

/// Line and column from 1; columns count code points.
struct YamlPosition {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  bool operator==(const YamlPosition&) const = default;
};

/// Where a value was written. `children` runs parallel to the items of a list or the fields of a
/// record. What came from an alias has the position of the alias, and its children those of the
/// anchor.
struct Located {
  YamlPosition key;    // of the field name; equal to `value` for list items and the root
  YamlPosition value;  // where the value starts
  std::vector<Located> children;
};

struct YamlDocument {
  Value value;
  Located where;
};

/// Input beyond a limit is an error, never a crash or a stall.
struct YamlLimits {
  std::size_t bytes = std::size_t{16} << 20;  // of the text
  // Brackets and commas, those in texts included: the parser holds all of a `[…]` in memory, in
  // hundreds of times its size.
  std::size_t marks = 1'000'000;
  std::size_t depth = 256;        // of nested lists and records, aliases included
  std::size_t nodes = 1'000'000;  // of all documents together, aliases expanded
  std::size_t expanded_bytes = std::size_t{64} << 20;  // scalars and field names, aliases expanded
};

/// Reads YAML the way the tools of Kubernetes do (sigs.k8s.io/yaml: YAML 1.1 scalars, then through
/// JSON): `yes`, `on` and `y` are booleans, `0o17`, `017`, `0x1f` and `1_000` are integers, `1.0`
/// is the integer 1, dates are strings, field names are strings whatever they look like. Stricter
/// than those tools where they lose data silently: duplicate fields, names that are fractions,
/// unknown tags and `.nan` are errors. Empty documents are left out. Errors start with `line 3,
/// column 5: `.
Result<std::vector<YamlDocument>> read_located_yaml(std::string_view text,
                                                    const YamlLimits& limits = {});

/// What is wrong with a text, and where.
struct YamlMistake {
  YamlPosition at;  // the start for a text that is too large as a whole
  std::string what;
};

/// The parts of an error of the readers here.
YamlMistake mistake_of(const Error& error);

/// One document; a second one is an error, no document is null.
Result<Value> read_yaml(std::string_view text, const YamlLimits& limits = {});

/// Where the value stands that a path as in messages (`spec.topology.variables[0].value`) leads to,
/// or, where the document ends earlier, the last value on the way there.
const Located& locate(const YamlDocument& document, std::string_view path);

}  // namespace stackc::schema
