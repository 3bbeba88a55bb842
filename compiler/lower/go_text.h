#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/ir/stack.h"

/// Expressions as text of Go's text/template with the functions of sprig (capi-contract.md
/// section 3.5; artifacts.md "Add-on charts"). Everything here expects normalized expressions in
/// which find_inexpressible() finds nothing.
namespace stackc::lower {

/// Who renders the template, and so what it calls the data.
enum class Engine : std::uint8_t {
  ClusterApi,  // `.name` is a variable, `.builtin.…` a builtin
  Operator,    // `.Cluster`, `.ControlPlane`, `.InfraCluster`; variables are in `$variables`, which
               // the text must define
};

/// Where in a template a text stands.
struct Place {
  Engine engine = Engine::ClusterApi;
  const std::vector<ir::ClusterVariable>* variables = nullptr;  // to know which are always there
  std::vector<std::pair<std::uint32_t, std::string>>
      locals;                      // id and name with `$`, innermost last
  std::vector<std::string> names;  // all names with `$` taken so far
  bool inside_range = false;       // `.` is something else, the data is `$`

  /// A name that is not taken, close to `wanted`, which is without `$`.
  std::string fresh_name(std::string_view wanted) const;
};

/// A text between double quotes that Go templates and YAML 1.1 both read as `text`. Every character
/// that YAML readers refuse or Go's lexer would not take raw is escaped.
std::string quoted(std::string_view text);

/// `.oidc.clientID`, `$name`, `(index .labels "a/b")`: the path to a variable, builtin, live
/// object, local or member.
std::string reference(ir::ExprRef expr, const Place& place);

/// The expression as one operand of a function: in parentheses if it is a call.
std::string term(ir::ExprRef expr, const Place& place);

/// The expression as it stands between `{{` and `}}`. Conditions print `true` or `false`.
std::string pipeline(ir::ExprRef expr, const Place& place);

/// A letter or `_`, then letters, digits and `_`: what may follow a dot in a template.
bool is_identifier(std::string_view name);

}  // namespace stackc::lower
