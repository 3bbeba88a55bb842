#include "compiler/check/unused_fields.h"

#include "compiler/check/expr_parts.h"
#include "compiler/diag/catalogue/stack.h"

namespace stackc::check {
namespace {

/// `oidc.issuerURL` for what is read of a variable without anything in between; empty for others.
std::string path_in_variable(ir::ExprRef expr) {
  std::string below;
  while (const auto* member = expr->as<ir::Member>()) {
    below.insert(0, "." + member->name);
    expr = member->base;
  }
  const auto* variable = expr->as<ir::Variable>();
  return variable == nullptr ? "" : variable->name + below;
}

}  // namespace

// Recursion follows the expression, whose depth the checker bounds.
void ReadFields::collect(ir::ExprRef expr) {
  if (!seen_.insert(expr).second) return;
  if (const auto* question = expr->as<ir::Present>()) {
    asked_.insert(path_in_variable(question->operand));
    return;
  }
  if (std::string path = path_in_variable(expr); !path.empty()) {
    read_.insert(std::move(path));
    return;
  }
  for (const ir::ExprRef part : parts_of(expr)) collect(part);
}

void ReadFields::add(const ir::Stack& line) {
  for (const ir::Template& source : line.templates) collect(source.spec);
  for (const ir::AddOn& add_on : line.add_ons) collect(add_on.values);
}

/// Whether it is read, something in it, or what it is a part of.
bool ReadFields::is_read(const std::string& path) const {
  const auto below = read_.lower_bound(path);
  if (below != read_.end() && (*below == path || below->starts_with(path + "."))) return true;
  for (std::size_t dot = path.rfind('.'); dot != path.npos && dot > 0;
       dot = path.rfind('.', dot - 1)) {
    if (read_.contains(path.substr(0, dot))) return true;
  }
  return false;
}

void ReadFields::report_fields(const syntax::RecordType& record, const std::string& path,
                               diag::Sink& sink) const {
  for (const syntax::TypeField& field : record.fields) {
    const std::string below = path + "." + field.name.text;
    const auto* inner = field.type ? field.type->as<syntax::RecordType>() : nullptr;
    if (!is_read(below) && asked_.contains(below)) {
      sink.report(field.name.span, diag::OnlyAsked, diag::Code{below})
          .note("nothing reads it, once it is known whether it is there or empty");
    } else if (!is_read(below)) {
      sink.report(field.name.span, diag::UnusedField, diag::Code{below})
          .note("a cluster that sets it gets the same objects");
    } else if (inner != nullptr) {
      report_fields(*inner, below, sink);
    }
  }
}

void ReadFields::report(const syntax::Stack& stack, diag::Sink& sink) const {
  for (const syntax::StackItem& item : stack.items) {
    const auto* variable = std::get_if<syntax::Variable>(&item);
    const auto* record = variable ? variable->type->as<syntax::RecordType>() : nullptr;
    if (record != nullptr && is_read(variable->name.text))
      report_fields(*record, variable->name.text, sink);
  }
}

}  // namespace stackc::check
