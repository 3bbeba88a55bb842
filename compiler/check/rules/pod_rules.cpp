#include "compiler/check/rules/pod_rules.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>

#include "compiler/check/conform.h"
#include "compiler/check/rules/template_parts.h"
#include "compiler/diag/catalogue/chart.h"
#include "compiler/diag/catalogue/note.h"
#include "compiler/types/validate.h"

namespace stackc::check {
namespace {

using diag::Code;
using diag::Prose;
using ir::RecordLiteral;

struct Suffix {
  std::string_view text;
  double factor;
};

constexpr std::array<Suffix, 15> suffixes{{{"", 1},
                                           {"n", 1e-9},
                                           {"u", 1e-6},
                                           {"m", 1e-3},
                                           {"k", 1e3},
                                           {"M", 1e6},
                                           {"G", 1e9},
                                           {"T", 1e12},
                                           {"P", 1e15},
                                           {"E", 1e18},
                                           {"Ki", 0x1p10},
                                           {"Mi", 0x1p20},
                                           {"Gi", 0x1p30},
                                           {"Ti", 0x1p40},
                                           {"Pi", 0x1p50}}};

/// Of two ways to write one amount, `36m` and `0.036`: what they may differ by.
constexpr double rounding = 1e-9;

/// The amount that a quantity stands for; nothing for what is none, or is known later only.
std::optional<double> amount_of(ir::ExprRef expr) {
  const auto value = constant_value(expr);
  if (!value || value->is_null() || value->if_bool() || value->if_list() || value->if_record())
    return std::nullopt;
  const std::string text = value->if_string() ? *value->if_string() : to_json(*value);
  double number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc()) return std::nullopt;
  const std::string_view rest(stop, static_cast<std::size_t>(end - stop));
  for (const Suffix& suffix : suffixes) {
    if (suffix.text == rest) return number * suffix.factor;
  }
  return std::nullopt;
}

/// Whether an operator needs a key; what is none may be a misspelt `Exists`.
bool compares(const Value& given) {
  return std::ranges::any_of(std::array{"", "Equal", "Lt", "Gt"},
                             [&](const char* known) { return given == Value(known); });
}

}  // namespace

void check_toleration_of_all(const RecordLiteral& toleration, const std::string& path,
                             const std::string& chart, diag::Sink& sink) {
  bool may_have_key = false;
  bool may_exist = false;
  for (const RecordLiteral::Entry& entry : toleration.entries) {
    const auto given = constant_value(entry.value);
    if (entry.name == "key") may_have_key = may_have_key || given != Value("");
    if (entry.name == "operator") may_exist = may_exist || !given || !compares(*given);
  }
  if (may_have_key || may_exist || toleration.entries.empty()) return;
  const source::Span place = toleration.entries.front().span;
  if (sink.has_error_within(place)) return;
  sink.report(place, diag::WrongChartValue, Code{path}, Code{chart},
              Prose{"a `key`, or `operator: \"Exists\"` for all"}, Prose{"neither"})
      .note("the chart hands it to Kubernetes as `tolerations`");
}

void check_amounts(const RecordLiteral& resources, const std::string& path,
                   const std::string& chart, diag::Sink& sink) {
  const auto* asked = find_entry(resources, "requests");
  const auto* most = find_entry(resources, "limits");
  const auto* requests = asked ? asked->value->as<RecordLiteral>() : nullptr;
  const auto* limits = most ? most->value->as<RecordLiteral>() : nullptr;
  if (requests == nullptr || limits == nullptr) return;
  for (const RecordLiteral::Entry& request : requests->entries) {
    const auto* limit = find_entry(*limits, request.name);
    const auto amount = amount_of(request.value);
    const auto largest = limit == nullptr ? std::nullopt : amount_of(limit->value);
    const bool fits = !amount || !largest || *amount <= *largest * (1 + rounding);
    if (fits || sink.has_error_at(request.value->span)) continue;
    sink.report(request.value->span, diag::WrongChartValue,
                Code{types::field_path(types::field_path(path, "requests"), request.name)},
                Code{chart}, Prose{"no more than the limit"}, Prose{describe_found(request.value)})
        .label(limit->value->span, diag::AlsoHere)
        .note("the chart hands it to Kubernetes as `resources`");
  }
}

}  // namespace stackc::check
