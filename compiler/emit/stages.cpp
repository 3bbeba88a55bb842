#include "compiler/emit/artifacts.h"
#include "compiler/emit/yaml_writer.h"
#include "compiler/package/release_layout.h"

namespace stackc::emit {
namespace {

std::string_view action_name(ir::StageStep::Action action) {
  switch (action) {
    case ir::StageStep::Action::Apply:
      return "apply";
    case ir::StageStep::Action::Delete:
      return "delete";
  }
  return {};
}

Value wait_condition(const ir::WaitCondition& condition) {
  List objects;
  for (const ir::WaitObject& object : condition.objects) {
    Record entry{{"key", object.key},
                 {"apiVersion", object.api_version},
                 {"kind", object.kind},
                 {"name", object.name}};
    set_if_given(entry, "namespace", object.namespace_name);
    objects.push_back(std::move(entry));
  }
  return Record{{"objects", std::move(objects)}, {"conditions", condition.condition}};
}

}  // namespace

void emit_stages(const ir::Stack& stack, FileTree& files) {
  Record hooks;
  for (const ir::AddOnStage& stage : stack.stages) {
    List steps;
    for (const ir::StageStep& step : stage.steps) {
      Record entry{{"name", step.add_on}, {"action", action_name(step.action)}};
      if (step.before) entry.set("waitForPreCondition", wait_condition(*step.before));
      if (step.after) entry.set("waitForPostCondition", wait_condition(*step.after));
      steps.push_back(std::move(entry));
    }
    hooks.set(stage.hook, std::move(steps));
  }
  files[package::layout::stages] =
      write_yaml(Record{{"apiVersion", "clusteraddonconfig.x-k8s.io/v1alpha1"},
                        {"clusterAddonVersion", "clusteraddons.clusterstack.x-k8s.io/v1alpha1"},
                        {"addonStages", std::move(hooks)}});
}

}  // namespace stackc::emit
