#include "compiler/check/rules/chart_check.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "compiler/base/ascii.h"
#include "compiler/base/text.h"
#include "compiler/check/conform.h"
#include "compiler/check/explain_mismatch.h"
#include "compiler/check/meant.h"
#include "compiler/check/rules/chart_pods.h"
#include "compiler/check/rules/template_parts.h"
#include "compiler/check/rules/value_samples.h"
#include "compiler/diag/catalogue/chart.h"
#include "compiler/schema/chart_shape.h"
#include "compiler/schema/kubernetes_places.h"
#include "compiler/types/pattern.h"
#include "compiler/types/validate.h"

namespace stackc::check {
namespace {

using diag::Code;
using diag::Prose;
using ir::ExprRef;
using schema::SchemaMismatch;
using types::Kind;
using types::Type;

std::string_view expected_noun(Kind kind) {
  switch (kind) {
    case Kind::Bool:
      return "`true` or `false`";
    case Kind::Int:
    case Kind::Number:
      return "a number";
    case Kind::String:
      return "a text";
    case Kind::IntOrString:
      return "a text or an integer";
    case Kind::List:
      return "a list";
    case Kind::Map:
    case Kind::Record:
      return "a record";
    case Kind::Any:
    case Kind::Poison:
      return "any value";
  }
  return "";
}

/// Whether a template that was written for one kind of value takes another. Templates print
/// numbers and texts alike, so a text can stand for a number (`25%`).
bool takes(Kind expected, Kind found) {
  if (found == Kind::Any || found == Kind::Poison) return true;
  switch (expected) {
    case Kind::Bool:
      return found == Kind::Bool;
    case Kind::Int:
    case Kind::Number:
      return found == Kind::Int || found == Kind::Number || found == Kind::String ||
             found == Kind::IntOrString;
    case Kind::String:
      return found == Kind::String;
    case Kind::IntOrString:
      return found == Kind::Int || found == Kind::String || found == Kind::IntOrString;
    case Kind::List:
      return found == Kind::List;
    case Kind::Map:
    case Kind::Record:
      return found == Kind::Map || found == Kind::Record;
    case Kind::Any:
    case Kind::Poison:
      return true;
  }
  return true;
}

/// Without items it is a default, `{}`, where many templates take a list as well.
bool is_empty_default(const Type& type) {
  return type.kind == Kind::Map && type.element->kind == Kind::Any;
}

bool is_null(ExprRef expr) {
  const auto* constant = expr->as<ir::Constant>();
  return constant != nullptr && constant->value.is_null();
}

/// Whether an `if` of a template takes the value for true, whatever the cluster is.
bool is_surely_there(ExprRef expr) {
  const auto value = constant_value(expr);
  if (!value || value->is_null() || *value == Value(false) || *value == Value(0)) return false;
  const bool is_empty = (value->if_string() && value->if_string()->empty()) ||
                        (value->if_list() && value->if_list()->empty()) ||
                        (value->if_record() && value->if_record()->empty());
  return !is_empty;
}

/// Compares names and kinds.
class ShapeCheck {
 public:
  ShapeCheck(const schema::ChartValues& chart, diag::Sink& sink)
      : chart_(chart), sink_(sink), pods_(chart, sink) {}

  void finish(ExprRef values) { pods_.finish(values); }

  void visit(ExprRef found, const Type& expected, const std::string& path) {
    // `null` takes a default away, whatever it is.
    if (found->type->kind == Kind::Poison || is_null(found)) return;
    if (const auto* choice = found->as<ir::Conditional>()) {
      visit(choice->then, expected, path);
      visit(choice->otherwise, expected, path);
      return;
    }
    if (const auto* match = found->as<ir::Match>()) {
      for (const ir::Match::Arm& arm : match->arms) visit(arm.result, expected, path);
      if (match->otherwise) visit(match->otherwise, expected, path);
      return;
    }
    const Type* outer = std::exchange(place_, expected.name.empty() ? place_ : &expected);
    const auto* record = found->as<ir::RecordLiteral>();
    const bool is_list = found->type->kind == Kind::List;
    if (record != nullptr && expected.kind == Kind::Record) {
      // One that is misspelt is the one that seems to be missing.
      if (fields(*record, expected, path)) required(*record, expected, path, found->span);
    } else if (record != nullptr && expected.kind == Kind::Map) {
      if (place_) pods_.record(*record, place_->name, path);
      for (const ir::RecordLiteral::Entry& entry : record->entries)
        visit(entry.value, *expected.element, types::field_path(path, entry.name));
    } else if (is_list && expected.kind == Kind::List) {
      items(found, *expected.element, path);
    } else if (record != nullptr && record->entries.empty() &&
               expected.name == schema::template_text) {
      // The default, for which a template prints nothing.
    } else if (expected.name == schema::quoted_text) {
      if (is_list || record != nullptr) wrong(found, expected, path);
    } else if ((!takes(expected.kind, found->type->kind) &&
                !(is_list && is_empty_default(expected))) ||
               is_word_for_number(found, expected, path)) {
      wrong(found, expected, path);
    } else if (!expected.values.empty()) {
      one_of(found, expected, path);
    } else if (!expected.pattern.empty()) {
      form(found, expected, path);
    }
    place_ = outer;
  }

 private:
  /// A text where a number belongs. Kubernetes takes none; a template may make something of `25%`
  /// or `30s`, and of the name of a port.
  bool is_word_for_number(ExprRef found, const Type& expected, std::string_view path) const {
    if (expected.kind != Kind::Number && expected.kind != Kind::Int) return false;
    const auto value = constant_value(found);
    const std::string* text = value ? value->if_string() : nullptr;
    if (text == nullptr) return false;
    const bool is_port = path.ends_with("port") || path.ends_with("Port");
    return place_ != nullptr ||
           (!text->empty() && !is_port && std::ranges::none_of(*text, is_digit));
  }

  void items(ExprRef list, const Type& element, const std::string& path) {
    if (const auto* literal = list->as<ir::ListLiteral>()) {
      if (place_) pods_.list(*literal, place_->name, path);
      for (std::size_t i = 0; i < literal->items.size(); ++i)
        visit(literal->items[i].value, element, fmt::format("{}[{}]", path, i));
    }
    if (const auto* each = list->as<ir::Comprehension>()) visit(each->body, element, path + "[]");
  }

  /// The volumes that some pod may have: those of the templates, and of lists in the values that
  /// are called `…volumes`, however the chart reads them. Nothing if others are possible.
  std::optional<std::set<std::string, std::less<>>> possible_volumes(ExprRef values) const {
    std::set<std::string, std::less<>> names = chart_.volumes.names;
    bool are_all_known = chart_.volumes.are_all_known;
    for_each_value(values, [&](ExprRef value, const std::string& path) {
      const bool is_list = path.ends_with("olumes") && !is_null(value);
      if (is_list && !value->as<ir::ListLiteral>()) are_all_known = false;
      const auto* record = path.ends_with("olumes[]") ? value->as<ir::RecordLiteral>() : nullptr;
      if (record == nullptr) return;
      if (const std::string* name = fixed_text(*record, "name")) {
        names.insert(*name);
      } else {
        are_all_known = false;
      }
    });
    return are_all_known ? std::optional(std::move(names)) : std::nullopt;
  }

  void wrong(ExprRef found, const Type& expected, const std::string& path) {
    const bool is_quoted = expected.name == schema::quoted_text;
    const std::string_view noun =
        is_quoted ? "a text, a number, `true` or `false`" : expected_noun(expected.kind);
    auto report = sink_.report(found->span, diag::WrongChartValue, Code{path}, Code{chart_.name},
                               Prose{std::string(noun)}, Prose{describe_found(found)});
    if (const auto* constant = found->as<ir::Constant>())
      report.hint(conversion(constant->value, expected));
    const auto is_switch = [](const types::Field& field) { return field.name == "enabled"; };
    if (found->type->kind == Kind::Bool && std::ranges::any_of(expected.fields, is_switch)) {
      const auto value = constant_value(found);
      report.hint(fmt::format("did you mean `{{ enabled: {} }}`?",
                              value ? to_json(*value) : std::string("…")));
    }
    if (place_ == nullptr) {
      report.note("as its default shows, for which the templates of the chart are written");
    } else if (is_quoted) {
      report.note("the chart prints it between quotes");
    } else if (place_->name == schema::template_text) {
      report.note("the chart hands it to `tpl`, which takes a text");
    } else {
      report.note(fmt::format("the chart hands it to Kubernetes as `{}`", place_->name));
    }
  }

  void one_of(ExprRef found, const Type& expected, const std::string& path) {
    const auto value = constant_value(found);
    const std::string* text = value ? value->if_string() : nullptr;
    if (text == nullptr || std::ranges::find(expected.values, *text) != expected.values.end())
      return;
    std::vector<std::string_view> choices(expected.values.begin(), expected.values.end());
    std::erase(choices, "");  // which says what leaving it out says
    const Nearest near = nearest(*text, choices);
    auto report =
        sink_.report(found->span, diag::WrongChartValue, Code{path}, Code{chart_.name},
                     Prose{"one of " + quoted_list(choices)}, Prose{describe_found(found)});
    if (!near.empty()) report.hint(fmt::format("did you mean `{}`?", near.name));
    if (place_) report.note(fmt::format("the chart hands it to Kubernetes as `{}`", place_->name));
  }

  static std::string_view noun_of(std::string_view pattern) {
    if (pattern == schema::quantity) return "a quantity such as `100m` or `2Gi`";
    if (pattern == schema::mount_path) return "a path without `:`";
    return "a name of lower-case letters, digits and dashes";
  }

  void form(ExprRef found, const Type& expected, const std::string& path) {
    const auto value = constant_value(found);
    const std::string* text = value ? value->if_string() : nullptr;
    if (text == nullptr || types::matches_pattern(*text, expected.pattern)) return;
    sink_
        .report(found->span, diag::WrongChartValue, Code{path}, Code{chart_.name},
                Prose{std::string(noun_of(expected.pattern))}, Prose{describe_found(found)})
        .note(fmt::format("the chart hands it to Kubernetes as `{}`", place_->name));
  }

  /// Fields without which the API server refuses the object.
  void required(const ir::RecordLiteral& record, const Type& expected, const std::string& path,
                source::Span span) {
    for (const types::Field& field : expected.fields) {
      if (!field.required || find_entry(record, field.name) != nullptr) continue;
      sink_
          .report(span, diag::WrongChartValue, Code{path}, Code{chart_.name},
                  Prose{fmt::format("a record with `{}`", field.name)}, Prose{"one without it"})
          .note(fmt::format("the chart hands it to Kubernetes as `{}`", place_->name));
    }
  }

  /// Whether all fields are known.
  bool fields(const ir::RecordLiteral& record, const Type& expected, const std::string& path) {
    bool all_known = true;
    pods_.record(record, place_ ? std::string_view(place_->name) : "", path);
    for (const ir::RecordLiteral::Entry& entry : record.entries) {
      const std::string below = types::field_path(path, entry.name);
      if (const auto refusal = chart_.refusals.find(below);
          refusal != chart_.refusals.end() && is_surely_there(entry.value)) {
        sink_
            .report(entry.span, diag::RefusedChartValue, Code{chart_.name},
                    Prose{fmt::format("`{}`", below)}, Prose{refusal->second})
            .note("by a template that fails when the value is there");
        continue;
      }
      const types::Field* field = expected.find(entry.name);
      if (field != nullptr) {
        visit(entry.value, *field->type, below);
      } else if (!expected.open || is_misspelt(entry, record, expected)) {
        unknown(entry, expected, below);
        all_known = false;
      }
    }
    return all_known;
  }

  /// Where a chart may read other fields too, one is still meant that differs in case or dashes
  /// only, or by a slip of a finger, has a value of the same kind, and is not given itself.
  static bool is_misspelt(const ir::RecordLiteral::Entry& entry, const ir::RecordLiteral& record,
                          const Type& expected) {
    constexpr std::size_t shortest = 5;  // of which a slip does not make another word
    for (const types::Field& field : expected.fields) {
      if (folded(field.name) == folded(entry.name)) return true;
      if (field.name.size() >= shortest && is_slip(entry.name, field.name) &&
          takes(field.type->kind, entry.value->type->kind) && !find_entry(record, field.name))
        return true;
    }
    return false;
  }

  void unknown(const ir::RecordLiteral::Entry& entry, const Type& expected,
               const std::string& path) {
    std::vector<std::string_view> names;
    for (const types::Field& field : expected.fields) names.push_back(field.name);
    auto report = sink_.report(entry.span, diag::UnknownChartValue, Code{chart_.name}, Code{path});
    if (const std::string meant = moved(entry, expected); !meant.empty()) {
      report.hint(meant);
      return;
    }
    report.suggest(meant_value_name(entry.name, names));
    constexpr std::size_t few = 8;
    if (names.size() <= few) {
      report.note(fmt::format("it has {}", quoted_list(names)));
    } else if (place_) {
      report.note(fmt::format("the chart hands it to Kubernetes as `{}`", place_->name));
    } else {
      report.note("Helm would install the chart as if it were not there");
    }
  }

  /// If none is near, the one at its end, or the only one with a word in common: `args` for
  /// `extraArgs`, `replicas` for `replicaCount`.
  static Nearest meant_value_name(std::string_view name,
                                  const std::vector<std::string_view>& names) {
    if (const Nearest near = suggestion(name, names); !near.empty()) return near;
    constexpr std::size_t shortest = 4;
    const auto is_end = [&](std::string_view other) {
      return other.size() >= shortest && folded(name).ends_with(folded(other));
    };
    if (const auto end = std::ranges::find_if(names, is_end); end != names.end())
      return {.name = *end};
    const auto has_word = [&](std::string_view other) { return share_a_word(name, other); };
    const auto found = std::ranges::find_if(names, has_word);
    if (found == names.end() || std::find_if(found + 1, names.end(), has_word) != names.end())
      return {};
    return {.name = *found};
  }

  /// How to write values that stand below the name of the chart, as where it is a dependency of
  /// another one, or below a path, as `--set` takes it.
  std::string moved(const ir::RecordLiteral::Entry& entry, const Type& expected) const {
    const bool is_outermost = &expected == chart_.shape;
    if (is_outermost && entry.name == chart_.name && entry.value->as<ir::RecordLiteral>())
      return "the values of the chart stand in `values` without its name around them";
    const std::size_t dot = entry.name.find('.');
    if (dot == std::string::npos || expected.find(entry.name.substr(0, dot)) == nullptr) return "";
    std::string text;
    int depth = 0;
    for (std::string_view rest = entry.name;; ++depth) {
      const std::size_t end = std::min(rest.find('.'), rest.size());
      text += fmt::format("{}{}: ", depth == 0 ? "" : "{ ", rest.substr(0, end));
      if (end == rest.size()) break;
      rest.remove_prefix(end + 1);
    }
    text += "…";
    for (; depth > 0; --depth) text += " }";
    return fmt::format("a value in a record is written `{}`", text);
  }

  const schema::ChartValues& chart_;
  diag::Sink& sink_;
  PodParts pods_;
  const Type* place_ = nullptr;  // the innermost type with a name: what the templates show
};

/// Where the author has written what the path leads to, or else what is around it.
source::Span place_of(const ValueSample& sample, std::string path, source::Span around) {
  while (!path.empty()) {
    if (const auto place = sample.places.find(path); place != sample.places.end())
      return place->second;
    const std::size_t end = path.find_last_of(".[");
    path.resize(end == std::string::npos ? 0 : end);
  }
  return around;
}

bool is_inside(std::string_view path, std::string_view outer) {
  if (!path.starts_with(outer) || path.size() == outer.size()) return false;
  return outer.empty() || path[outer.size()] == '.' || path[outer.size()] == '[';
}

bool is_certain(const SchemaMismatch& mismatch, const std::vector<SchemaMismatch>& all,
                const ValueSample& sample) {
  const auto concerns = [&](const std::string& path) {
    return path == mismatch.path || is_inside(path, mismatch.path);
  };
  switch (mismatch.about) {
    case SchemaMismatch::About::Kind:
      // Of alternatives, another may take the kind, and only this stand-in for it not.
      return !sample.stand_ins.contains(mismatch.path) ||
             std::ranges::none_of(all, [&](const SchemaMismatch& other) {
               return other.path == mismatch.path && other.about == SchemaMismatch::About::Other;
             });
    case SchemaMismatch::About::FieldNames:
      return std::ranges::none_of(sample.left_out, concerns);
    case SchemaMismatch::About::Other:
      return std::ranges::none_of(sample.left_out, concerns) &&
             std::ranges::none_of(sample.stand_ins, concerns);
  }
  return false;
}

void check_schemas(const ir::AddOn& add_on, const schema::ChartValues& chart, diag::Sink& sink) {
  for (const ValueSample& sample : value_samples(add_on.values)) {
    const std::vector<SchemaMismatch> all = check_against_schemas(sample.value, chart);
    for (const SchemaMismatch& mismatch : all) {
      if (!is_certain(mismatch, all, sample)) continue;
      const std::string what =
          mismatch.path.empty() ? "these values" : fmt::format("`{}`", mismatch.path);
      sink.report(place_of(sample, mismatch.path, add_on.span), diag::RefusedChartValue,
                  Code{chart.name}, Prose{what}, Prose{mismatch.message})
          .note("by its `values.schema.json`; Helm would not install it");
    }
  }
}

std::string_view without_v(std::string_view version) {
  if (version.starts_with('v')) version.remove_prefix(1);
  return version;
}

}  // namespace

void check_chart(const ir::AddOn& add_on, const schema::ChartValues& chart, diag::Sink& sink) {
  const ir::ChartReference& wanted = add_on.chart;
  if (chart.name != wanted.name || without_v(chart.version) != without_v(wanted.version)) {
    sink.report(add_on.span, diag::OtherChart, Code{wanted.name + " " + wanted.version},
                Code{chart.name + " " + chart.version})
        .note("by its `Chart.yaml`; the operator would refuse it or install something else");
    return;
  }
  diag::Sink shape;
  ShapeCheck values(chart, shape);
  values.visit(add_on.values, *chart.shape, "");
  values.finish(add_on.values);
  sink.add_all(shape);
  // What is misspelt is missing elsewhere, and what is of a wrong kind breaks more than one rule.
  if (!shape.has_errors()) check_schemas(add_on, chart, sink);
}

}  // namespace stackc::check
