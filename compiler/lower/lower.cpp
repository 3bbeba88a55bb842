#include "compiler/lower/lower.h"

#include <fmt/core.h>

#include <algorithm>

#include "compiler/base/check.h"
#include "compiler/diag/catalogue/lower.h"
#include "compiler/lower/conditions.h"
#include "compiler/lower/patches.h"
#include "compiler/lower/template_object.h"
#include "compiler/lower/variable_schema.h"

namespace stackc::lower {

namespace {

constexpr std::size_t max_variables = 1000;
constexpr std::size_t max_worker_classes = 100;

std::string file_of(const ir::Template& source) {
  switch (source.role) {
    case ir::Role::InfrastructureCluster:
      return "infrastructure-cluster.yaml";
    case ir::Role::ControlPlane:
      return "control-plane.yaml";
    case ir::Role::ControlPlaneMachine:
      return "control-plane-machine.yaml";
    case ir::Role::Bootstrap:
      return fmt::format("worker-{}-bootstrap.yaml", source.worker_class);
    case ir::Role::Machine:
      return fmt::format("worker-{}-machine.yaml", source.worker_class);
  }
  return "";
}

Record one_key(std::string_view key, Value value) {
  Record record;
  record.set(std::string(key), std::move(value));
  return record;
}

Record manifest(std::string_view api_version, std::string_view kind, std::string name,
                Record spec) {
  Record object;
  object.set("apiVersion", api_version);
  object.set("kind", kind);
  object.set("metadata", one_key("name", std::move(name)));
  object.set("spec", std::move(spec));
  return object;
}

/// Writes the ClusterClass in the form of the target (capi-contract.md section 1.2).
class ClassWriter {
 public:
  ClassWriter(const ir::Stack& stack, std::string_view name)
      : stack_(stack), name_(name), is_v1beta2_(stack.target.cluster_api == "v1beta2") {}

  std::string template_name(const ir::Template& source) const {
    return fmt::format("{}-{}", name_, place_of(source));
  }

  /// Everything in the class that holds a name: its own, and its references to templates.
  void write_names(Record& cluster_class) const {
    cluster_class.set("metadata", one_key("name", name_));
    Record& spec = *cluster_class.find("spec")->if_record();
    if (const auto* control_plane = find(ir::Role::ControlPlane, "")) {
      Record block = reference(*control_plane);
      if (const auto* machine = find(ir::Role::ControlPlaneMachine, "")) {
        block.set("machineInfrastructure", reference(*machine));
      }
      spec.set("controlPlane", std::move(block));
    }
    if (const auto* cluster = find(ir::Role::InfrastructureCluster, ""))
      spec.set("infrastructure", reference(*cluster));
    List workers;
    for (const ir::WorkerClass& worker : stack_.worker_classes)
      workers.emplace_back(worker_class(worker));
    if (!workers.empty()) spec.set("workers", one_key("machineDeployments", std::move(workers)));
  }

  Record write(List variables, List patches) const {
    Record cluster_class =
        manifest("cluster.x-k8s.io/" + stack_.target.cluster_api, "ClusterClass", name_, Record{});
    write_names(cluster_class);
    Record& spec = *cluster_class.find("spec")->if_record();
    if (!variables.empty()) spec.set("variables", std::move(variables));
    if (!patches.empty()) spec.set("patches", std::move(patches));
    return cluster_class;
  }

 private:
  const ir::Template* find(ir::Role role, std::string_view worker) const {
    const auto found = std::ranges::find_if(stack_.templates, [&](const ir::Template& source) {
      return source.role == role && source.worker_class == worker;
    });
    return found == stack_.templates.end() ? nullptr : &*found;
  }

  Record reference(const ir::Template& source) const {
    Record target;
    target.set("apiVersion", source.api_version);
    target.set("kind", source.kind);
    target.set("name", template_name(source));
    return one_key(is_v1beta2_ ? "templateRef" : "ref", std::move(target));
  }

  Record worker_class(const ir::WorkerClass& worker) const {
    Record result;
    result.set("class", worker.name);
    Record templates;
    if (const auto* bootstrap = find(ir::Role::Bootstrap, worker.name))
      templates.set("bootstrap", reference(*bootstrap));
    if (const auto* machine = find(ir::Role::Machine, worker.name))
      templates.set("infrastructure", reference(*machine));
    if (!is_v1beta2_) {
      result.set("template", std::move(templates));
      return result;
    }
    for (auto& [name, block] : templates) result.set(name, std::move(block));
    return result;
  }

  const ir::Stack& stack_;
  std::string name_;
  bool is_v1beta2_;
};

/// Templates of a worker class are named after it, and so must not be named as the control plane's.
void check_workers(const ir::Stack& stack, diag::Sink& sink) {
  if (stack.worker_classes.size() > max_worker_classes) {
    sink.report(stack.worker_classes[max_worker_classes].span, diag::TooManyWorkerClasses,
                diag::Count{static_cast<std::int64_t>(stack.worker_classes.size())},
                diag::Count{static_cast<std::int64_t>(max_worker_classes)});
  }
  for (const ir::WorkerClass& worker : stack.worker_classes) {
    if (worker.name == "control-plane" || worker.name == "cluster") {
      sink.report(worker.span, diag::ReservedWorkerClass, diag::Code{worker.name});
    }
  }
}

List variable_definitions(const ir::Stack& stack, diag::Sink& sink) {
  if (stack.variables.size() > max_variables) {
    sink.report(stack.span, diag::TooManyVariables,
                diag::Count{static_cast<std::int64_t>(stack.variables.size())},
                diag::Count{static_cast<std::int64_t>(max_variables)});
  }
  List definitions;
  for (const auto& variable : stack.variables)
    definitions.emplace_back(variable_definition(variable, sink));
  return definitions;
}

}  // namespace

ClassObjects lower_class(const ir::Stack& stack, ir::ExprStore& exprs, std::string_view class_name,
                         diag::Sink& sink) {
  check_workers(stack, sink);
  Conditions conditions(exprs);
  const ClassWriter writer(stack, class_name);
  ClassObjects result;
  std::vector<TemplateOperations> operations;
  for (const ir::Template& source : stack.templates) {
    TemplateObject object = split_template(source, stack.variables, conditions, sink);
    Record spec = one_key("template", one_key("spec", std::move(object.base)));
    result.objects.push_back(
        {file_of(source),
         manifest(source.api_version, source.kind, writer.template_name(source), std::move(spec))});
    operations.push_back({&source, std::move(object.operations)});
  }
  Record cluster_class =
      writer.write(variable_definitions(stack, sink), class_patches(operations, stack.span, sink));
  result.objects.insert(result.objects.begin(), {"cluster-class.yaml", std::move(cluster_class)});
  return result;
}

void rename_class(const ir::Stack& stack, std::string_view class_name, ClassObjects& objects) {
  CHECK(objects.objects.size() == stack.templates.size() + 1, "these are the objects of the stack");
  const ClassWriter writer(stack, class_name);
  writer.write_names(*objects.objects.front().manifest.if_record());
  for (std::size_t i = 0; i < stack.templates.size(); ++i) {
    objects.objects[i + 1].manifest.if_record()->set(
        "metadata", one_key("name", writer.template_name(stack.templates[i])));
  }
}

}  // namespace stackc::lower
