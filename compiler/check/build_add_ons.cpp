#include <algorithm>
#include <array>

#include "compiler/base/text.h"
#include "compiler/check/chart_check.h"
#include "compiler/check/stack_builder.h"
#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/resolve.h"
#include "compiler/diag/catalogue/stack.h"

namespace stackc::check {

using diag::Code;
using diag::Prose;
using ir::ExprRef;

namespace {

// The operator calls these and no others (artifacts.md, files in a release directory).
constexpr std::array<std::string_view, 2> hooks{"AfterControlPlaneInitialized",
                                                "BeforeClusterUpgrade"};

bool is_object_name(std::string_view name) {
  const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  return !name.empty() && name.size() <= 63 && plain(name.front()) && plain(name.back()) &&
         std::ranges::all_of(name, [&](char c) { return plain(c) || c == '-'; });
}

std::string text_at(const Record& record, std::string_view name) {
  const Value* value = record.find(name);
  return value && value->if_string() ? *value->if_string() : "";
}

}  // namespace

void StackBuilder::declare_live_objects() {
  types::TypeStore& types = build_.types();
  types::Type metadata{.kind = types::Kind::Record, .name = "metadata"};
  const types::TypeRef name = types.add({.kind = types::Kind::String, .min = 1});
  metadata.fields = {{.name = "name", .type = name},
                     {.name = "namespace", .type = name},
                     {.name = "uid", .type = name},
                     {.name = "labels", .type = types.map_of(types.string())},
                     {.name = "annotations", .type = types.map_of(types.string())}};
  const types::TypeRef metadata_type = types.add(std::move(metadata));
  // The operator speaks v1beta1, whatever the release targets (artifacts.md, add-on charts).
  const auto declare = [&](const char* object, types::TypeRef schema) {
    types::Type type{.kind = types::Kind::Record, .name = object};
    if (schema) type.fields = schema->fields;
    std::erase_if(type.fields, [](const types::Field& field) { return field.name == "metadata"; });
    type.fields.push_back({.name = "metadata", .type = metadata_type});
    type.open = schema == nullptr;
    scope_.live[object] = types.add(std::move(type));
  };
  declare("cluster", input_.schemas.find("cluster-api", "cluster.x-k8s.io/v1beta1", "Cluster"));
  declare("controlPlane", input_.schemas.find("kubeadm", "controlplane.cluster.x-k8s.io/v1beta1",
                                              "KubeadmControlPlane"));
  declare("infraCluster", nullptr);
}

void StackBuilder::add_ons() {
  declare_live_objects();
  std::vector<const syntax::AddOn*> seen;
  for (const auto* node : items<syntax::AddOn>()) {
    const auto first = std::ranges::find_if(
        seen, [&](const auto* other) { return other->name.text == node->name.text; });
    if (first != seen.end()) {
      sink_.report(node->name.span, diag::DuplicateName, Code{node->name.text})
          .label((*first)->name.span, diag::DeclaredHere, Code{node->name.text});
      continue;
    }
    seen.push_back(node);
    if (!is_object_name(node->name.text))
      sink_.report(node->name.span, diag::BadObjectName, Code{node->name.text});
    add_on(*node);
  }
}

void StackBuilder::add_on(const syntax::AddOn& node) {
  types::TypeStore& types = build_.types();
  types::Type non_empty{.kind = types::Kind::String, .min = 1};
  const types::TypeRef text = types.add(std::move(non_empty));
  types::Type chart{.kind = types::Kind::Record, .name = "a chart"};
  for (const char* field : {"name", "version", "repository"})
    chart.fields.push_back({.name = field, .type = text, .required = true});
  const auto value = constant(*node.chart, types.add(std::move(chart)), "the chart of an add-on");

  ir::AddOn result{.name = node.name.text,
                   .description = node.leading.doc,
                   .chart = {},
                   .values = nullptr,
                   .span = node.name.span};
  if (value && value->if_record()) {
    const Record& fields = *value->if_record();
    result.chart = {text_at(fields, "name"), text_at(fields, "version"),
                    text_at(fields, "repository")};
  }
  const syntax::Section* values = nullptr;
  for (const syntax::Section& section : node.sections) {
    if (section.name.text != "values") {
      sink_
          .report(section.name.span, diag::UnknownSection, Code{section.name.text},
                  Prose{"an add-on"})
          .suggest(nearest(section.name.text, {"values"}));
    } else if (values) {
      sink_.report(section.name.span, diag::DuplicateSection, Code{"values"})
          .label(values->name.span, diag::AlsoHere);
    } else {
      values = &section;
    }
  }
  if (values) {
    Context live = context();
    live.live_objects = true;
    result.values = elaborator_.value(*values->body, nullptr, live);
  } else {
    result.values = build_.record({}, node.span);
  }
  if (!result.chart.name.empty()) {
    if (const schema::ChartValues* known = input_.charts.find(result.chart))
      check_chart(result, *known, sink_);
  }
  result_.add_ons.push_back(std::move(result));
}

void StackBuilder::stages() {
  const syntax::Stages* first = nullptr;
  for (const auto* node : items<syntax::Stages>()) {
    if (first) {
      sink_.report(node->span, diag::DuplicateSection, Code{"stages"})
          .label(first->span, diag::AlsoHere);
      continue;
    }
    first = node;
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
  for (const auto* node : items<syntax::AddOn>()) {
    const bool named = std::ranges::any_of(result_.stages, [&](const ir::AddOnStage& one) {
      return std::ranges::find(one.steps, node->name.text, &ir::StageStep::add_on) !=
             one.steps.end();
    });
    if (!named) sink_.report(node->name.span, diag::AddOnInNoStage, Code{node->name.text});
  }
}

void StackBuilder::stage(const syntax::AddOnStage& node) {
  if (std::ranges::find(hooks, node.hook.text) == hooks.end()) {
    sink_.report(node.hook.span, diag::UnknownHook, Code{node.hook.text})
        .suggest(nearest(node.hook.text, {hooks.begin(), hooks.end()}))
        .note("it knows " + quoted_list({hooks.begin(), hooks.end()}));
  }
  if (std::ranges::find(result_.stages, node.hook.text, &ir::AddOnStage::hook) !=
      result_.stages.end()) {
    sink_.report(node.hook.span, diag::DuplicateSection, Code{node.hook.text});
    return;
  }
  ir::AddOnStage result{node.hook.text, {}};
  std::vector<std::string_view> names;
  for (const ir::AddOn& add_on : result_.add_ons) names.push_back(add_on.name);
  for (const syntax::StageStep& step : node.steps) {
    const bool known_add_on = std::ranges::find(names, step.add_on.text) != names.end();
    // What is deleted was an add-on of an earlier release.
    if (!known_add_on && !step.is_delete) {
      sink_.report(step.add_on.span, diag::UnknownAddOn, Code{step.add_on.text})
          .suggest(nearest(step.add_on.text, names));
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

std::optional<ir::WaitCondition> StackBuilder::wait_condition(const syntax::ExprPtr& expr) {
  if (!expr) return std::nullopt;
  types::TypeStore& types = build_.types();
  const types::TypeRef text = types.add({.kind = types::Kind::String, .min = 1});
  types::Type object{.kind = types::Kind::Record, .name = "an object to wait for"};
  for (const char* field : {"apiVersion", "kind", "name"})
    object.fields.push_back({.name = field, .type = text, .required = true});
  object.fields.push_back({.name = "namespace", .type = text});
  types::Type record{.kind = types::Kind::Record, .name = "a condition"};
  record.fields = {
      {.name = "objects", .type = types.map_of(types.add(std::move(object))), .required = true},
      {.name = "condition", .type = text, .required = true}};
  const auto value = constant(*expr, types.add(std::move(record)), "a condition of a stage");
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
  return result;
}

}  // namespace stackc::check
