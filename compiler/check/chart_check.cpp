#include "compiler/check/chart_check.h"

#include <fmt/core.h>

#include <algorithm>

#include "compiler/base/text.h"
#include "compiler/check/conform.h"
#include "compiler/check/value_samples.h"
#include "compiler/diag/catalogue/chart.h"
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
    case Kind::Map:  // by default empty: many templates take a list there as well
      return found == Kind::Map || found == Kind::Record || found == Kind::List;
    case Kind::Record:
      return found == Kind::Map || found == Kind::Record;
    case Kind::Any:
    case Kind::Poison:
      return true;
  }
  return true;
}

bool is_null(ExprRef expr) {
  const auto* constant = expr->as<ir::Constant>();
  return constant != nullptr && constant->value.is_null();
}

/// Compares names and kinds.
class ShapeCheck {
 public:
  ShapeCheck(const schema::ChartValues& chart, diag::Sink& sink) : chart_(chart), sink_(sink) {}

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
    const auto* record = found->as<ir::RecordLiteral>();
    if (record != nullptr && expected.kind == Kind::Record) {
      fields(*record, expected, path);
    } else if (!takes(expected.kind, found->type->kind)) {
      sink_
          .report(found->span, diag::WrongChartValue, Code{path}, Code{chart_.name},
                  Prose{std::string(expected_noun(expected.kind))}, Prose{describe_found(found)})
          .note("as its default shows, for which the templates of the chart are written");
    }
  }

 private:
  void fields(const ir::RecordLiteral& record, const Type& expected, const std::string& path) {
    for (const ir::RecordLiteral::Entry& entry : record.entries) {
      const std::string below = types::field_path(path, entry.name);
      const types::Field* field = expected.find(entry.name);
      if (field != nullptr) {
        visit(entry.value, *field->type, below);
      } else if (!expected.open) {
        unknown(entry, expected, below);
      }
    }
  }

  void unknown(const ir::RecordLiteral::Entry& entry, const Type& expected,
               const std::string& path) {
    std::vector<std::string_view> names;
    for (const types::Field& field : expected.fields) names.push_back(field.name);
    auto report = sink_.report(entry.span, diag::UnknownChartValue, Code{chart_.name}, Code{path});
    report.suggest(nearest(entry.name, names));
    constexpr std::size_t few = 8;
    if (names.size() <= few) {
      report.note(fmt::format("it has {}", quoted_list(names)));
    } else {
      report.note("Helm would install the chart as if it were not there");
    }
  }

  const schema::ChartValues& chart_;
  diag::Sink& sink_;
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
  ShapeCheck(chart, shape).visit(add_on.values, *chart.shape, "");
  sink.add_all(shape);
  // What is misspelt is missing elsewhere, and what is of a wrong kind breaks more than one rule.
  if (!shape.has_errors()) check_schemas(add_on, chart, sink);
}

}  // namespace stackc::check
