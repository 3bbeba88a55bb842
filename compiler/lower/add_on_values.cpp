#include "compiler/lower/add_on_values.h"

#include "compiler/diag/catalogue/lower.h"
#include "compiler/lower/normalize.h"
#include "compiler/lower/rewrite.h"
#include "compiler/lower/value_template.h"

namespace stackc::lower {

using ir::ExprRef;

namespace {

/// The cluster's variables by name, as the Cluster object holds them, defaults included.
constexpr std::string_view define_variables =
    "{{- $variables := dict -}}\n"
    "{{- range .Cluster.spec.topology.variables -}}{{- $_ := set $variables .name .value -}}{{- "
    "end -}}\n";

bool reads_variables(ExprRef expr) {
  bool found = expr->as<ir::Variable>() != nullptr;
  for_each_operand(expr, [&](ExprRef operand) { found = found || reads_variables(operand); });
  return found;
}

/// Moves what is known out of a record; the rest is what is left of it.
ir::RecordLiteral split(const ir::RecordLiteral& record, Record& known, ir::ExprStore& exprs) {
  ir::RecordLiteral rest;
  for (const auto& entry : record.entries) {
    auto constant = entry.condition ? std::nullopt : constant_value(entry.value);
    if (constant) {
      known.set(entry.name, std::move(*constant));
      continue;
    }
    const auto* child = entry.condition ? nullptr : entry.value->as<ir::RecordLiteral>();
    if (child == nullptr) {
      rest.entries.push_back(entry);
      continue;
    }
    Record child_known;
    ir::RecordLiteral child_rest = split(*child, child_known, exprs);
    if (!child_known.empty()) known.set(entry.name, std::move(child_known));
    rest.entries.push_back(
        {entry.name, entry.span, nullptr, in_place_of(entry.value, std::move(child_rest), exprs)});
  }
  return rest;
}

}  // namespace

AddOnValues lower_values(const ir::AddOn& add_on, std::string_view alias, const ir::Stack& stack,
                         ir::ExprStore& exprs, diag::Sink& sink) {
  Conditions conditions(exprs);
  const ExprRef values = normalize(add_on.values, conditions);
  if (const ExprRef part = find_inexpressible(values)) {
    sink.report(part->span, diag::NotExpressible);
    return {};
  }
  AddOnValues result;
  // Under its alias from the start: if nothing is left for the overwrite, the alias must not stand
  // there alone, for Helm would take it for null and forget the values.
  const ir::RecordLiteral whole{{{std::string(alias), add_on.span, nullptr, values}}};
  const ir::RecordLiteral rest = split(whole, result.known, exprs);
  if (rest.entries.empty()) return result;
  const ExprRef late = in_place_of(values, rest, exprs);
  const Place place{.engine = Engine::Operator, .variables = &stack.variables};
  if (reads_variables(late)) result.overwrite = define_variables;
  result.overwrite += "values: |\n" + value_template(late, place, conditions, 2) + "\n";
  return result;
}

}  // namespace stackc::lower
