#include "compiler/check/explain_mismatch.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "compiler/check/conform.h"
#include "compiler/check/expr_builder.h"
#include "compiler/check/facts.h"
#include "compiler/types/validate.h"

namespace stackc::check {

using types::Kind;
using types::Type;

namespace {

/// The only part of a text that may be of any length, and how long it may be so that the whole
/// has no more than `most` characters; null if there is no such.
std::pair<ir::ExprRef, std::int64_t> endless_part(ir::ExprRef text, std::int64_t most) {
  const auto* concat = text->as<ir::Concat>();
  if (concat == nullptr) return {nullptr, 0};
  ir::ExprRef endless = nullptr;
  for (const ir::ExprRef part : concat->parts) {
    const auto longest = longest_in_text(*part->type);
    if (!longest && endless) return {nullptr, 0};
    if (!longest) endless = part;
    most -= longest.value_or(0);
  }
  const bool is_declared =
      endless && most > 0 && shown_path(endless) != "this value" && !endless->as<ir::Local>();
  return {is_declared ? endless : nullptr, most};
}

/// Whether a text of the type fits unless it is empty, which the type allows by itself.
bool only_empty_misfits(const Type& found, const Type& expected) {
  if (!found.or_other_text || found.values != std::vector<std::string>{""}) return false;
  Type other = found;
  other.values.clear();
  other.or_other_text = false;
  return assignable(other, expected);
}

void explain_text(diag::ReportBuilder& report, ir::ExprRef text, const Type& expected) {
  const Type& found = *text->type;
  if (only_empty_misfits(found, expected) && !path_of(text).empty()) {
    report.note(
        fmt::format("it may be empty: use it inside `if {} != \"\" {{ … }}`", shown_path(text)));
    return;
  }
  if (expected.max) {
    if (const auto [part, most] = endless_part(text, *expected.max); part) {
      report.note(fmt::format("`{}` may be of any length: declare it as `String(..{})`",
                              shown_path(part), most));
      return;
    }
  }
  const bool too_long = expected.max && (!found.max || *found.max > *expected.max);
  const bool too_short = expected.min && found.min.value_or(0) < *expected.min;
  const std::int64_t least = expected.min.value_or(0);
  const std::string fitting = fmt::format("String({}..{})", least > 0 ? std::to_string(least) : "",
                                          expected.max.value_or(0));
  if (expected.format == "uuid") {
    report.note("declare it as `scs.UUID`");
  } else if (too_long && text->as<ir::Concat>()) {
    const std::int64_t part = std::clamp<std::int64_t>(*expected.max / 2, 1, 100);
    report.note(
        fmt::format("it may be longer than {} characters: give its parts types that say how long "
                    "they are, such as `String(..{})`",
                    *expected.max, part));
  } else if (too_long && text->as<ir::Local>()) {
    report.note(fmt::format(
        "it may be longer than {} characters: declare the parameter, or the items of the list that "
        "`for` goes through, as `{}`; the keys of a map may be of any length",
        *expected.max, fitting));
  } else if (too_long) {
    report.note(fmt::format("it may be longer than {} characters: declare it as `{}`",
                            *expected.max, fitting));
  } else if (too_short && *expected.min == 1) {
    report.note(
        "the text may be empty: declare it as `String(1..)`, or use it inside `if … != \"\" { … "
        "}`");
  } else {
    report.note("not every text that it can be is allowed here; give it a type that says so");
  }
}

bool takes_text(const Type& type) {
  return type.kind == Kind::String || type.kind == Kind::IntOrString;
}

/// What the value is written like as one of the expected type; empty if it cannot be one.
std::string converted(const Value& value, const Type& expected) {
  const std::string* text = value.if_string();
  Value meant;
  if (text == nullptr) {
    const bool is_plain = value.if_int() != nullptr || value.if_bool() != nullptr;
    if (takes_text(expected) && is_plain) meant = to_json(value);
  } else if (expected.kind == Kind::Bool && (*text == "true" || *text == "false")) {
    meant = *text == "true";
  } else if (expected.kind == Kind::Int) {
    std::int64_t number = 0;
    const char* end = text->data() + text->size();
    const auto [stop, error] = std::from_chars(text->data(), end, number);
    if (error == std::errc() && stop == end && to_json(Value(number)) == *text) meant = number;
  }
  return meant.is_null() || !types::validate(meant, expected).empty() ? "" : to_json(meant);
}

}  // namespace

std::string conversion(const Value& value, const Type& expected) {
  const std::string meant = converted(value, expected);
  if (!meant.empty()) return fmt::format("did you mean `{}`?", meant);
  // How a decimal was written is not known any more.
  return value.if_number() != nullptr && takes_text(expected) ? "a text stands in double quotes"
                                                              : "";
}

namespace {

/// A number or a text that was written as the other.
void explain_constant(diag::ReportBuilder& report, const ir::Expr& found, const Value& value,
                      const Type& expected) {
  report.hint(conversion(value, expected));
  if (expected.kind == Kind::List && types::validate(value, *expected.element).empty())
    report.hint(fmt::format("a list of one is written `[{}]`", to_json(value)));
  const std::string meant = converted(value, expected);
  if (meant.empty()) return;
  const auto length = static_cast<std::size_t>(found.span.end - found.span.begin);
  const bool is_literal = length == to_json(value).size();
  if (is_literal) report.fix({fmt::format("Replace with `{}`", meant), {{found.span, meant}}});
}

/// The field of a record that takes such a value, if no other does and none is missing then.
std::string only_field_for(const Type& found, const Type& expected) {
  std::string name;
  for (const types::Field& field : expected.fields) {
    const bool takes = assignable(found, *field.type);
    if (takes ? !name.empty() : field.required) return "";
    if (takes) name = field.name;
  }
  return name;
}

}  // namespace

std::string comparison_for(ir::ExprRef found) {
  const std::string path = path_of(found).empty() ? "" : shown_path(found);
  if (path.empty()) return "";
  switch (found->type->kind) {
    case Kind::String:
      return types::validate(Value(""), *found->type).empty() ? path + " != \"\"" : "";
    case Kind::List:
      return found->type->min.value_or(0) > 0 ? "" : path + " != []";
    case Kind::Map:
      return found->type->min.value_or(0) > 0 ? "" : path + " != {}";
    case Kind::Int:
    case Kind::Number:
      return path + (found->type->min.value_or(-1) >= 0 ? " > 0" : " != 0");
    case Kind::Record:
    case Kind::Bool:
    case Kind::IntOrString:
    case Kind::Any:
    case Kind::Poison:
      return "";
  }
  return "";
}

void explain_mismatch(diag::ReportBuilder& report, ir::ExprRef found, const Type& expected,
                      bool is_at_place) {
  const Type& type = *found->type;
  if (const auto* constant = found->as<ir::Constant>(); constant && is_at_place)
    return explain_constant(report, *found, constant->value, expected);
  if (expected.kind == Kind::Bool) {
    const std::string comparison = comparison_for(found);
    if (!comparison.empty()) report.hint(fmt::format("did you mean `{}`?", comparison));
  }
  const auto* record = found->as<ir::RecordLiteral>();
  if (expected.kind == Kind::List && record && record->entries.empty())
    report.hint("an empty list is `[]`");
  const bool is_item = expected.kind == Kind::List && expected.element->kind == type.kind;
  if (is_item && !path_of(found).empty())
    report.hint(fmt::format("did you mean `[{}]`?", shown_path(found)));
  if (const auto* text = found->as<ir::Concat>(); text && text->parts.size() == 1) {
    const std::string inner = path_of(text->parts[0]).empty() ? "" : shown_path(text->parts[0]);
    const bool fits = text->parts[0]->type->kind == expected.kind;
    if (fits && !inner.empty()) report.hint(fmt::format("did you mean `{}`?", inner));
  }
  if (expected.kind == Kind::Record && !path_of(found).empty()) {
    const std::string field = only_field_for(type, expected);
    if (!field.empty())
      report.hint(fmt::format("did you mean `{{ {}: {} }}`?", field, shown_path(found)));
  }
  if (expected.kind == Kind::String && (type.kind == Kind::Int || type.kind == Kind::Bool))
    report.note("`\"${…}\"` makes a text of it");
  if (expected.kind == Kind::Int && type.kind == Kind::Int)
    report.note("declare it with bounds, or use it inside an `if` that compares it");
  if (takes_text(expected) && type.kind == Kind::String) explain_text(report, found, expected);
  if (expected.kind == Kind::List && expected.unique && type.kind == Kind::List && !type.unique)
    report.note("the list must not hold anything twice: declare it as `[…](unique)`");
}

}  // namespace stackc::check
