#include <fmt/core.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "compiler/base/text.h"
#include "compiler/check/builtins.h"
#include "compiler/check/conform.h"
#include "compiler/check/elaborator.h"
#include "compiler/check/explain_mismatch.h"
#include "compiler/check/facts.h"
#include "compiler/check/foreign_references.h"
#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/type.h"

/// References to values that are none, or not the one that was meant.
namespace stackc::check {

using diag::Code;

/// Of the Kubernetes line at hand. What another line has is missing in this one, or misspelt there.
void Elaborator::report_missing_fact(const syntax::Name& name, const types::Type& facts,
                                     const StackScope& stack) {
  std::vector<std::string_view> names;
  for (const auto& field : facts.fields) names.push_back(field.name);
  if (!stack.facts_of_other_lines.contains(name.text)) {
    sink_.report(name.span, diag::UnknownField, Code{name.text}, Code{"kubernetes"})
        .suggest(suggestion(name.text, names));
    return;
  }
  const auto near = std::ranges::find_if(stack.line_facts, [&](const auto& fact) {
    return !stack.facts_of_other_lines.contains(fact.first) &&
           !nearest(name.text, {fact.first}).empty();
  });
  if (near != stack.line_facts.end()) {
    sink_.report(near->second, diag::UnknownField, Code{name.text}, Code{facts.name})
        .label(name.span, diag::UsedHere)
        .hint(fmt::format("did you mean `{}`?", name.text))
        .fix({fmt::format("Replace with `{}`", name.text), {{near->second, name.text}}});
    return;
  }
  // What is written twice may be what is missing.
  if (build_.facts() && sink_.has_error_within(*build_.facts())) return;
  // A line without its facts is one mistake.
  const std::string& first = lacking_.try_emplace(stack.line_span, name.text).first->second;
  auto report = sink_.report(stack.line_span, diag::UnknownField, Code{first}, Code{facts.name});
  if (first == name.text) {
    report.label(name.span, diag::UsedHere);
  } else {
    report.label(name.span, diag::LacksToo, Code{name.text});
  }
  report.note("other lines of the stack have it");
}

/// Of a record in the facts of the line. A field that records of the kind have elsewhere is missing
/// in this one, or misspelt there. False if no other record has it.
bool Elaborator::report_missing_in_row(const syntax::Name& name, const Typed& row,
                                       const StackScope& stack) {
  const auto* literal = row.expr->as<ir::RecordLiteral>();
  if (literal == nullptr || !stack.fields_of_rows.contains(name.text)) return false;
  const auto near = std::ranges::find_if(literal->entries, [&](const auto& entry) {
    return !stack.fields_of_rows.contains(entry.name) && build_.is_fact(entry.span) &&
           !nearest(name.text, {entry.name}).empty();
  });
  const bool misspelt = near != literal->entries.end();
  const source::Span written = build_.origin(row.expr).value_or(row.expr->span);
  if (!misspelt && !build_.is_fact(written)) return false;
  auto report = sink_.report(misspelt ? near->span : written, diag::UnknownField, Code{name.text},
                             Code{types::describe(*row.type())});
  report.label(name.span, diag::UsedHere);
  if (misspelt) {
    report.hint(fmt::format("did you mean `{}`?", name.text))
        .fix({fmt::format("Replace with `{}`", name.text), {{near->span, name.text}}});
  } else {
    report.note("the others have it");
  }
  return true;
}

std::string Elaborator::value_called(const std::string& path, const Context& context) const {
  const std::string root = path.substr(0, path.find('.'));
  for (const Binding* binding = context.bindings; binding; binding = binding->outer) {
    if (binding->name->text == root) return path;
  }
  if (context.stack == nullptr) return "";
  if (context.stack->variables.contains(root)) return path;
  const auto let = context.stack->lets.find(root);
  if (let != context.stack->lets.end() && !let->second->is_function) return path;
  if (root == path) return "";
  if (root == "kubernetes" || (root == "builtin" && context.role)) return path;
  if (!context.live_objects) return "";
  // The operator's own templates write them with a capital letter.
  const auto* object = std::ranges::find_if(live_object_names, [&](std::string_view name) {
    return root.substr(1) == name.substr(1) && (root[0] | 0x20) == name[0];
  });
  return object == live_object_names.end() ? "" : std::string(*object) + path.substr(root.size());
}

void Elaborator::check_whole_line(const Typed& typed, source::Span written,
                                  const Context& context) {
  const bool is_line = context.live_objects && typed.expr->as<ir::RecordLiteral>() &&
                       build_.origin(typed.expr) == context.stack->kubernetes.expr->span;
  if (!is_line) return;
  sink_.report(written, diag::WholeLine, Code{"kubernetes"})
      .note("one of its fields is read as in `kubernetes.version`")
      .fix({"Put it in double quotes", {{written, "\"kubernetes\""}}});
}

void Elaborator::warn_if_empty(const Typed& typed, const syntax::Expr& written,
                               const Context& context) {
  const bool is_name = written.as<syntax::NameRef>() || written.as<syntax::Member>();
  const std::string path = is_name ? path_of(typed.expr) : "";
  if (path.empty() || typed.poisoned() || context.facts == nullptr) return;
  const auto is_empty = [](const types::Type& type) {
    const bool text = type.kind == types::Kind::String && !type.or_other_text;
    const bool items = type.kind == types::Kind::List || type.kind == types::Kind::Map;
    return (text && type.values == std::vector<std::string>{""}) || (items && type.max == 0);
  };
  const auto whole = whole_types_.find(path);
  const bool is_narrowed = whole != whole_types_.end() && !is_empty(*whole->second);
  const bool is_absent = typed.optional && known_absent(path, context.facts);
  if (!is_absent && !(is_narrowed && is_empty(*typed.type()))) return;
  sink_
      .report(written.span, diag::EmptyHere, Code{shown_path(typed.expr)},
              diag::Prose{is_absent ? "never there" : "always empty"})
      .note("the condition around it says so; was the opposite meant?");
  suspicious_values_.push_back(written.span);
}

void Elaborator::warn_of_second_v(const std::vector<ir::ExprRef>& before, ir::ExprRef part,
                                  source::Span written) {
  const auto* builtin = part->as<ir::Builtin>();
  const auto* constant = before.empty() ? nullptr : before.back()->as<ir::Constant>();
  const std::string* text = constant == nullptr ? nullptr : constant->value.if_string();
  if (builtin == nullptr || text == nullptr || !builtin->path.ends_with("ersion")) return;
  const bool ends_with_v =
      text->ends_with('v') &&
      (text->size() == 1 || !std::isalnum(static_cast<unsigned char>((*text)[text->size() - 2])));
  if (!ends_with_v) return;
  sink_.report(written, diag::SecondV)
      .note("it is written like `v1.34.7`, while `kubernetes.version` has no `v`");
}

void Elaborator::check_named_value(const std::string& name, const syntax::Expr& given,
                                   const Context& context) {
  const auto* literal = given.as<syntax::Literal>();
  const std::string* text = literal ? literal->value.if_string() : nullptr;
  if (text == nullptr || *text != name || context.stack == nullptr) return;
  if (value_called(name, context).empty() || sink_.has_error_at(given.span)) return;
  names_in_texts_.insert(name);
  sink_.report(given.span, diag::ForeignReference, Code{fmt::format("\"{}\"", name)}, Code{name})
      .fix({"Remove the quotes", {{given.span, name}}, false});
}

bool Elaborator::compares_with_null(const syntax::Binary& binary, const Context& context) {
  const bool is_equality =
      binary.op == syntax::Binary::Op::Eq || binary.op == syntax::Binary::Op::Ne;
  const auto is_null = [&](const syntax::Expr& operand) {
    const auto* reference = operand.as<syntax::NameRef>();
    return reference && reference->name == "null" && !is_bound("null", context);
  };
  const bool on_right = is_null(*binary.right);
  if (!is_equality || context.live_objects || (!on_right && !is_null(*binary.left))) return false;
  const syntax::Expr& null = on_right ? *binary.right : *binary.left;
  const bool outer = std::exchange(asking_, true);
  const Typed other = expression(on_right ? *binary.left : *binary.right, nullptr, context);
  asking_ = outer;
  if (other.poisoned()) return true;
  auto report = sink_.report(null.span, diag::NullOnlyInValues);
  const char* question = binary.op == syntax::Binary::Op::Ne ? "has" : "!has";
  if (other.optional)
    report.hint(fmt::format("did you mean `{} {}`?", question, shown_path(other.expr)));
  else
    report.note(fmt::format("`{}` is always there", shown_path(other.expr)));
  return true;
}

bool Elaborator::chooses_default(const syntax::Binary& binary, const Context& context) {
  const auto* literal = binary.right->as<syntax::Literal>();
  const bool is_value = (literal && !literal->value.if_bool()) ||
                        binary.right->as<syntax::Interpolation>() ||
                        binary.right->as<syntax::List>();
  if (binary.op != syntax::Binary::Op::Or || !is_value) return false;
  const bool outer = std::exchange(asking_, true);
  const Typed left = expression(*binary.left, nullptr, context);
  asking_ = outer;
  if (left.poisoned()) return true;
  if (left.type()->kind == types::Kind::Bool) return false;
  auto report =
      sink_.report(binary.left->span, diag::TypeMismatch, diag::Prose{describe_found(left.expr)},
                   diag::Prose{"`true` or `false`"});
  const std::string comparison = comparison_for(left.expr);
  if (left.optional)
    report.hint(fmt::format("did you mean `{} ?? …`?", shown_path(left.expr)));
  else if (!comparison.empty())
    report.hint(
        fmt::format("did you mean `if {} then {} else …`?", comparison, shown_path(left.expr)));
  return true;
}

namespace {

/// Whether what follows the dot names a field of a record, and perhaps fields of that.
bool has_path(const types::Type& record, std::string_view text, std::size_t dot) {
  const types::Type* type = &record;
  while (type != nullptr && dot < text.size()) {
    const std::size_t end = std::min(text.find('.', dot + 1), text.size());
    const types::Field* field = type->kind == types::Kind::Record
                                    ? type->find(text.substr(dot + 1, end - dot - 1))
                                    : nullptr;
    type = field == nullptr ? nullptr : field->type;
    dot = end;
  }
  return type != nullptr;
}

}  // namespace

bool Elaborator::names_a_field(std::string_view text, const Context& context) const {
  std::size_t dot = text.find('.');
  if (dot == std::string_view::npos) return false;
  const std::string_view root = text.substr(0, dot);
  if (root == "builtin" && context.role) return ir::find_builtin(text.substr(dot + 1)) != nullptr;
  types::TypeRef type = nullptr;
  for (const Binding* binding = context.bindings; binding && !type; binding = binding->outer) {
    if (binding->name->text == root) type = binding->value.type();
  }
  if (context.stack == nullptr) return type != nullptr && has_path(*type, text, dot);
  const auto variable = context.stack->variable_values.find(root);
  if (!type && variable != context.stack->variable_values.end()) type = variable->second.type();
  if (!type && root == "kubernetes") type = context.stack->kubernetes.type();
  const auto live = context.stack->live.find(root);
  if (!type && context.live_objects && live != context.stack->live.end()) type = live->second;
  return type != nullptr && has_path(*type, text, dot);
}

namespace {

/// The first `{{ .x }}` or `{{ $x }}` in a text; empty if there is none.
std::string_view go_reference(std::string_view text) {
  for (std::size_t at = text.find("{{"); at != std::string_view::npos;
       at = text.find("{{", at + 2)) {
    const std::size_t content = text.find_first_not_of("- ", at + 2);
    const std::size_t end = text.find("}}", at);
    if (content == std::string_view::npos || end == std::string_view::npos) return {};
    if (text[content] == '.' || text[content] == '$') return text.substr(at, end + 2 - at);
  }
  return {};
}

/// Configurations of nodes are templates of cloud-init; infrastructure and machines are none.
bool is_filled_in(ir::Role role) {
  switch (role) {
    case ir::Role::ControlPlane:
    case ir::Role::Bootstrap:
      return true;
    case ir::Role::InfrastructureCluster:
    case ir::Role::ControlPlaneMachine:
    case ir::Role::Machine:
      return false;
  }
  return true;
}

}  // namespace

void Elaborator::check_references(const std::string& text, source::Span span,
                                  const Context& context) {
  const bool is_quoted = span.end - span.begin == text.size() + 2;
  if (is_quoted && names_a_field(text, context)) {
    sink_.report(span, diag::ForeignReference, Code{fmt::format("\"{}\"", text)}, Code{text})
        .fix({"Remove the quotes", {{span, text}}, false});
    suspicious_values_.push_back(span);
    return;
  }
  std::optional<diag::ReportBuilder> report;  // of the first; the others are labels
  diag::Fix fix;
  for (const ForeignReference& found : foreign_references(text)) {
    const std::string meant = value_called(found.path, context);
    const auto length = static_cast<std::size_t>(span.end - span.begin);
    // Only a text without escapes is as long as what stands in the source: alone it has quotes.
    const bool quoted = length == text.size() + 2;
    const bool exact = quoted || length == text.size();
    // Scripts and what is escaped have names of their own.
    const bool of_template = std::string_view(text).substr(found.begin).starts_with("{{");
    if (meant.empty() || (!exact && !of_template)) continue;
    names_in_texts_.insert(found.path.substr(0, found.path.find('.')));
    const std::uint32_t start = span.begin + (quoted ? 1U : 0U);
    const source::Span place =
        exact ? source::Span{span.file, start + static_cast<std::uint32_t>(found.begin),
                             start + static_cast<std::uint32_t>(found.end)}
              : span;
    const std::string reference = fmt::format("${{{}}}", meant);
    if (report) {
      if (exact) report->label(place, diag::AlsoHere);
    } else {
      const Code written{text.substr(found.begin, found.end - found.begin)};
      report.emplace(sink_.report(place, diag::ForeignReference, written, Code{reference}));
      fix.title = fmt::format("Replace with `{}`", reference);
      suspicious_values_.push_back(span);
    }
    if (exact) fix.edits.push_back({place, reference});
    fix.certain = fix.certain && text[found.begin] != '$';  // it may be a variable of a shell
  }
  if (report && !fix.edits.empty()) report->fix(std::move(fix));
  const std::string_view left_over = go_reference(text);
  if (report || left_over.empty() || !context.role || is_filled_in(*context.role)) return;
  sink_.report(span, diag::NothingFillsIn, Code{std::string(left_over)})
      .note("a value is put into a text by `${…}`");
}

}  // namespace stackc::check
