#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "compiler/diag/sink.h"
#include "compiler/ir/stack.h"
#include "compiler/lower/conditions.h"

namespace stackc::lower {

/// Limits of Cluster API (capi-contract.md section 1.3), in characters.
constexpr std::size_t max_condition = 256;
constexpr std::size_t max_template = 10240;
constexpr std::size_t max_variable_path = 256;
constexpr std::size_t max_json_path = 512;

struct VariablePath {
  std::string path;  // for `valueFrom.variable`
  bool operator==(const VariablePath&) const = default;
};

struct TemplateText {
  std::string text;  // for `valueFrom.template`
  bool operator==(const TemplateText&) const = default;
};

enum class Verb : std::uint8_t {
  Add,
  Replace,  // the base template has a value there that every API version keeps
  Remove,   // `value` says nothing
};

/// One JSON patch operation on one template.
struct Operation {
  std::vector<std::string> path;  // below /spec/template/spec, unescaped
  bool append = false;            // to the list at `path`
  Verb verb = Verb::Add;
  std::string enabled_if;  // template; empty: always
  std::variant<Value, VariablePath, TemplateText> value;
  ir::ExprRef condition;  // what `enabled_if` says; null: always
  ir::ExprRef source;     // what `value` says
};

/// A template object: `/spec/template/spec` without what depends on the cluster, and the operations
/// that complete it. The base is valid by itself, and every operation finds its parent, whatever
/// conditions hold; they apply in this order.
struct TemplateObject {
  Record base;
  std::vector<Operation> operations;
};

/// The part of the class that a template belongs to, as in the names of objects and patches:
/// `cluster`, `control-plane`, or the name of a worker class.
std::string_view place_of(const ir::Template& source);

/// What no patch can express is reported at the author's place; the result is incomplete then.
TemplateObject split_template(const ir::Template& source,
                              const std::vector<ir::ClusterVariable>& variables,
                              Conditions& conditions, diag::Sink& sink);

/// `/spec/template/spec/a~1b/-`
std::string json_pointer(const Operation& operation);

}  // namespace stackc::lower
