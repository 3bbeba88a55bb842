#pragma once

#include <string>

#include "compiler/lower/conditions.h"
#include "compiler/lower/go_text.h"

/// Templates whose output, read as YAML 1.1 by sigs.k8s.io/yaml, is exactly the value of an
/// expression, whatever admitted values the variables have (capi-contract.md section 3.5). Strings
/// go through `quote`, whose escapes YAML understands and which leaves no character raw that YAML
/// refuses; integers through `int64`, because `{{ .n }}` prints 1e+06.
namespace stackc::lower {

/// The value as block YAML for a record, on one line for everything else. The expression is
/// normalized, has nothing inexpressible, and its value is there under the conditions that the
/// caller has checked. `indent` is put before each line of a block.
std::string value_template(ir::ExprRef value, const Place& place, Conditions& conditions,
                           std::size_t indent = 0);

/// A template that prints `true` or `false`.
std::string condition_template(ir::ExprRef condition, const Place& place);

/// A constant as YAML on one line that passes through Go's template engine unchanged.
std::string constant_text(const Value& value);

}  // namespace stackc::lower
