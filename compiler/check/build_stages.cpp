#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "compiler/base/text.h"
#include "compiler/cel/condition.h"
#include "compiler/check/literal_place.h"
#include "compiler/check/rules/kubernetes_kinds.h"
#include "compiler/check/rules/template_parts.h"
#include "compiler/check/stack_builder.h"
#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/stack.h"
#include "compiler/schema/kubernetes_places.h"

namespace stackc::check {

using diag::Code;
using diag::Prose;
using ir::ExprRef;

namespace {

// The operator calls these and no others (artifacts.md, files in a release directory).
constexpr std::array<std::string_view, 2> hooks{"AfterControlPlaneInitialized",
                                                "BeforeClusterUpgrade"};

}  // namespace

void StackBuilder::stages() {
  const syntax::Stages* first = nullptr;
  for (const auto* node : items<syntax::Stages>()) {
    if (first) {
      sink_.report(node->span, diag::DuplicateSection, Code{"stages"})
          .label(first->span, diag::AlsoHere);
    }
    if (first == nullptr) first = node;
    for (const syntax::AddOnStage& one : node->stages) stage(one);
  }
  const auto is_misspelt = [&](const ir::StageStep& step) {
    return step.action == ir::StageStep::Action::Apply &&
           std::ranges::find(result_.add_ons, step.add_on, &ir::AddOn::name) ==
               result_.add_ons.end();
  };
  // A misspelt name was meant to be one of those that seem to be missing.
  if (std::ranges::any_of(result_.stages, [&](const ir::AddOnStage& one) {
        return std::ranges::any_of(one.steps, is_misspelt);
      }))
    return;
  const syntax::Name* unnamed = nullptr;
  for (const auto* node : items<syntax::AddOn>()) {
    const bool named = std::ranges::any_of(result_.stages, [&](const ir::AddOnStage& one) {
      return std::ranges::find(one.steps, node->name.text, &ir::StageStep::add_on) !=
             one.steps.end();
    });
    if (named) continue;
    // Several of them are one forgotten section.
    if (unnamed == nullptr) unnamed = &node->name;
    auto report = sink_.report(unnamed->span, diag::AddOnInNoStage, Code{unnamed->text});
    if (unnamed != &node->name) report.label(node->name.span, diag::AlsoHere);
  }
  const auto is_known = [](const ir::AddOnStage& one) {
    return std::ranges::find(hooks, one.hook) != hooks.end();
  };
  // A misspelt stage was meant to be the one that seems to leave them out.
  if (std::ranges::all_of(result_.stages, is_known)) warn_of_late_add_ons();
}

/// The operator goes through the stage before an upgrade only when there is a cluster to upgrade.
void StackBuilder::warn_of_late_add_ons() {
  const auto first = std::ranges::find(result_.stages, hooks[0], &ir::AddOnStage::hook);
  const auto later = std::ranges::find(result_.stages, hooks[1], &ir::AddOnStage::hook);
  if (later == result_.stages.end()) return;
  for (const ir::StageStep& step : later->steps) {
    const auto same = first == result_.stages.end()
                          ? std::vector<ir::StageStep>::const_iterator()
                          : std::ranges::find(first->steps, step.add_on, &ir::StageStep::add_on);
    const bool is_first = first != result_.stages.end() && same != first->steps.end();
    if (step.action == ir::StageStep::Action::Delete) {
      if (is_first && same->action == ir::StageStep::Action::Apply)
        sink_.report(step.span, diag::AddOnDeletedAgain, Code{step.add_on})
            .label(same->span, diag::AlsoHere);
      continue;
    }
    if (is_first) continue;
    // Without the stage they all are one mistake.
    const bool is_one_of_all = first == result_.stages.end() && &step != &later->steps.front();
    if (is_one_of_all) {
      sink_
          .report(later->steps.front().span, diag::AddOnNotInstalled,
                  Code{later->steps.front().add_on}, Code{later->hook})
          .label(step.span, diag::AlsoHere);
      continue;
    }
    sink_.report(step.span, diag::AddOnNotInstalled, Code{step.add_on}, Code{later->hook})
        .note(fmt::format("`{}` is what a new cluster goes through", hooks[0]));
  }
  if (later->steps.empty() || first == result_.stages.end()) return;
  for (const ir::StageStep& step : first->steps) {
    const bool is_later =
        std::ranges::find(later->steps, step.add_on, &ir::StageStep::add_on) != later->steps.end();
    if (!is_later && step.action == ir::StageStep::Action::Apply)
      sink_.report(step.span, diag::AddOnNotUpgraded, Code{step.add_on})
          .note(
              fmt::format("an upgrade goes through `{}` alone, which does not name it", hooks[1]));
  }
}

/// One that no stage names must be meant somewhere. An add-on may be called by its chart, too.
Nearest StackBuilder::meant_add_on(std::string_view text) const {
  std::vector<std::string_view> names, unnamed;
  for (const ir::AddOn& add_on : result_.add_ons) names.push_back(add_on.name);
  std::ranges::copy_if(names, std::back_inserter(unnamed),
                       [&](std::string_view name) { return !is_in_a_stage(name); });
  if (unnamed.size() == 1) return {.name = unnamed.front(), .only = true};
  if (const Nearest near = suggestion(text, unnamed); !near.empty()) return near;
  if (const Nearest near = suggestion(text, names); !near.empty()) return near;
  const auto of_chart =
      std::ranges::find(result_.add_ons, text,
                        [](const ir::AddOn& one) -> std::string_view { return one.chart.name; });
  return of_chart == result_.add_ons.end() ? Nearest{} : Nearest{.name = of_chart->name};
}

bool StackBuilder::is_in_a_stage(std::string_view add_on) const {
  const auto is_named = [&](const syntax::AddOnStage& stage) {
    return std::ranges::any_of(
        stage.steps, [&](const syntax::StageStep& step) { return step.add_on.text == add_on; });
  };
  return std::ranges::any_of(items<syntax::Stages>(), [&](const syntax::Stages* stages) {
    return std::ranges::any_of(stages->stages, is_named);
  });
}

void StackBuilder::stage(const syntax::AddOnStage& node) {
  if (std::ranges::find(hooks, node.hook.text) == hooks.end()) {
    sink_.report(node.hook.span, diag::UnknownHook, Code{node.hook.text})
        .suggest(suggestion(node.hook.text, {hooks.begin(), hooks.end()}))
        .note("it knows " + quoted_list({hooks.begin(), hooks.end()}));
  }
  if (std::ranges::find(result_.stages, node.hook.text, &ir::AddOnStage::hook) !=
      result_.stages.end()) {
    sink_.report(node.hook.span, diag::DuplicateSection, Code{node.hook.text});
    return;
  }
  ir::AddOnStage result{node.hook.text, {}};
  for (const syntax::StageStep& step : node.steps) {
    const bool known_add_on = std::ranges::find(result_.add_ons, step.add_on.text,
                                                &ir::AddOn::name) != result_.add_ons.end();
    // What is deleted was an add-on of an earlier release.
    if (!known_add_on && !step.is_delete && !elaborator_.doubts_names()) {
      const auto [first, is_first] = unknown_add_ons_.emplace(step.add_on.text, step.add_on.span);
      auto report = sink_.report(first->second, diag::UnknownAddOn, Code{step.add_on.text});
      if (is_first)
        report.suggest(meant_add_on(step.add_on.text));
      else
        report.label(step.add_on.span, diag::AlsoHere);
    }
    const auto same = std::ranges::find(result.steps, step.add_on.text, &ir::StageStep::add_on);
    if (same != result.steps.end()) {
      sink_
          .report(step.add_on.span, diag::AddOnTwiceInStage, Code{step.add_on.text},
                  Code{node.hook.text})
          .label(same->span, diag::AlsoHere);
    }
    result.steps.push_back(
        {.add_on = step.add_on.text,
         .action = step.is_delete ? ir::StageStep::Action::Delete : ir::StageStep::Action::Apply,
         .before = wait_condition(step.before),
         .after = wait_condition(step.after),
         .span = step.add_on.span});
  }
  result_.stages.push_back(std::move(result));
}

namespace {

const ir::RecordLiteral::Entry* entry_of(ExprRef expr, std::string_view name) {
  const auto* record = expr->as<ir::RecordLiteral>();
  return record == nullptr ? nullptr : find_entry(*record, name);
}

}  // namespace

std::optional<ir::WaitCondition> StackBuilder::wait_condition(const syntax::ExprPtr& expr) {
  if (!expr) return std::nullopt;
  types::TypeStore& types = build_.types();
  const types::TypeRef text = types.add({.kind = types::Kind::String, .min = 1});
  types::Type object{.kind = types::Kind::Record, .name = "an object to wait for"};
  for (const char* field : {"apiVersion", "kind", "name"})
    object.fields.push_back({.name = field, .type = text, .required = true});
  // The API server has no namespace of another name (apimachinery, IsDNS1123Label).
  object.fields.push_back(
      {.name = "namespace",
       .type = types.add(
           {.kind = types::Kind::String, .max = 63, .pattern = std::string(schema::label_name)})});
  types::Type record{.kind = types::Kind::Record, .name = "a condition"};
  record.fields = {
      {.name = "objects", .type = types.map_of(types.add(std::move(object))), .required = true},
      {.name = "condition", .type = text, .required = true}};
  const ExprRef written =
      at_most(elaborator_.value(*expr, types.add(std::move(record)), context()), expr->span,
              ir::Stage::Release, "a condition of a stage", "when the release is built");
  if (written->type->kind == types::Kind::Poison) return std::nullopt;
  const auto value = constant_value(written);
  if (!value || !value->if_record()) return std::nullopt;
  ir::WaitCondition result{{}, text_at(*value->if_record(), "condition")};
  const Value* objects = value->if_record()->find("objects");
  if (objects == nullptr || !objects->if_record()) return std::nullopt;
  for (const auto& [key, fields] : *objects->if_record()) {
    const Record* given = fields.if_record();
    if (given == nullptr) return std::nullopt;
    result.objects.push_back({key, text_at(*given, "apiVersion"), text_at(*given, "kind"),
                              text_at(*given, "name"), text_at(*given, "namespace")});
  }
  check_kinds(result, written);
  // What is wrong with a key would be told again wherever the condition names it.
  if (check_keys(written) && !result.condition.empty()) check_condition(result, written);
  return result;
}

bool StackBuilder::check_keys(ExprRef written) {
  const auto* objects = entry_of(written, "objects");
  const auto* record = objects ? objects->value->as<ir::RecordLiteral>() : nullptr;
  if (record == nullptr) return true;
  bool good = true;
  for (const ir::RecordLiteral::Entry& entry : record->entries) {
    if (!cel::is_name(entry.name)) {
      sink_.report(entry.span, diag::BadConditionKey, Code{entry.name})
          .note("letters, digits and `_`, no digit first, and no word of CEL such as `if`");
      good = false;
    }
  }
  return good;
}

void StackBuilder::check_kinds(const ir::WaitCondition& condition, ExprRef written) {
  const auto* objects = entry_of(written, "objects");
  for (const ir::WaitObject& object : condition.objects) {
    const bool is_complete = !object.api_version.empty() && !object.kind.empty();
    const auto wrong = is_complete ? wrong_kind(object.api_version, object.kind) : std::nullopt;
    if (!wrong) continue;
    const auto* whole = objects ? entry_of(objects->value, object.key) : nullptr;
    const std::string_view field = wrong->kind != object.kind ? "kind" : "apiVersion";
    const auto* part = whole ? entry_of(whole->value, field) : nullptr;
    const source::Span place = part ? part->value->span : written->span;
    if (sink_.has_error_at(place)) continue;
    const std::string_view meant = field == "kind" ? wrong->kind : wrong->api_version;
    sink_.report(place, diag::UnknownKind, Code{object.kind}, Code{object.api_version})
        .hint(fmt::format("did you mean `{}`?", meant))
        .fix({fmt::format("Replace with `{}`", meant), {{place, fmt::format("\"{}\"", meant)}}});
  }
}

void StackBuilder::check_condition(const ir::WaitCondition& condition, ExprRef written) {
  std::vector<std::string_view> keys;
  for (const ir::WaitObject& object : condition.objects) keys.push_back(object.key);
  const auto problem = cel::check_condition(condition.condition, keys);
  if (!problem) return;
  const auto* entry = entry_of(written, "condition");
  const source::Span literal = entry ? entry->value->span : written->span;
  const auto place = place_in_literal(input_.sources.text(literal), literal, condition.condition,
                                      problem->begin, problem->end);
  // What was put together from parts has no place of its own for a part of it.
  const source::Span span = place.value_or(literal);
  const auto suggest = [&](diag::ReportBuilder report, const std::vector<std::string_view>& known) {
    if (place)
      report.suggest(problem->meant.empty() ? nearest(problem->text, known)
                                            : Nearest{.name = problem->meant, .only = true});
  };
  switch (problem->kind) {
    case cel::Problem::Kind::Syntax:
      suggest(sink_.report(span, diag::ConditionSyntax, Prose{problem->text}), {});
      return;
    case cel::Problem::Kind::UnknownName:
      suggest(sink_.report(span, diag::ConditionUnknownName, Code{problem->text})
                  .note("keys: " + quoted_list(keys)),
              keys);
      return;
    case cel::Problem::Kind::UnknownFunction:
      suggest(sink_.report(span, diag::ConditionUnknownFunction, Code{problem->text}),
              cel::function_names());
      return;
    case cel::Problem::Kind::NotBoolean:
      sink_.report(span, diag::ConditionNotBoolean);
      return;
  }
}

}  // namespace stackc::check
