#include "compiler/topology/desired.h"

#include <fmt/core.h>

#include <algorithm>

#include "compiler/base/check.h"
#include "compiler/base/text.h"
#include "compiler/diag/catalogue/cluster.h"
#include "compiler/topology/builtins.h"
#include "compiler/topology/cluster.h"
#include "compiler/topology/evaluate.h"
#include "compiler/topology/machine_fields.h"
#include "compiler/topology/variables.h"
#include "compiler/value/find_at.h"

namespace stackc::topology {

namespace {

constexpr std::string_view cluster_label = "cluster.x-k8s.io/cluster-name";
constexpr std::string_view owned_label = "topology.cluster.x-k8s.io/owned";
constexpr std::string_view deployment_label = "topology.cluster.x-k8s.io/deployment-name";
// They steer the order of upgrades and stay in the Cluster.
constexpr std::string_view sequence_annotations[] = {
    "topology.cluster.x-k8s.io/hold-upgrade-sequence", "topology.cluster.x-k8s.io/defer-upgrade"};

/// At most 63 characters: longer ones are cut to make room for the suffix. Go cuts bytes; names are
/// ASCII.
std::string generated_name(const std::string& prefix) {
  constexpr std::size_t longest = 63;
  return prefix.substr(0, longest - random_suffix.size()).append(random_suffix);
}

std::string without_template(const std::string& kind) {
  constexpr std::string_view suffix = "Template";
  return kind.ends_with(suffix) ? kind.substr(0, kind.size() - suffix.size()) : kind;
}

std::string group_of(const std::string& api_version) {
  return api_version.substr(0, api_version.find('/'));
}

bool is_v1beta1(std::string_view api_version) {
  return api_version.ends_with("v1beta1");
}

/// What identifies an object that others refer to.
struct Identity {
  std::string api_version;
  std::string kind;
  std::string name;
  std::string namespace_name;
};

/// With API version and namespace in v1beta1, with the group alone in v1beta2.
Record reference_to(const Identity& object, std::string_view api_version) {
  Record reference;
  if (is_v1beta1(api_version)) {
    reference.set("apiVersion", object.api_version);
  } else {
    reference.set("apiGroup", group_of(object.api_version));
  }
  reference.set("kind", object.kind);
  reference.set("name", object.name);
  if (is_v1beta1(api_version)) reference.set("namespace", object.namespace_name);
  return reference;
}

Record object_head(const Identity& identity, const Metadata& metadata) {
  Record fields;
  fields.set("name", identity.name);
  fields.set("namespace", identity.namespace_name);
  if (!metadata.labels.empty()) fields.set("labels", metadata.labels);
  if (!metadata.annotations.empty()) fields.set("annotations", metadata.annotations);
  Record object;
  object.set("apiVersion", identity.api_version);
  object.set("kind", identity.kind);
  object.set("metadata", std::move(fields));
  return object;
}

void set_labels(Record& record, std::string_view path, const Metadata& metadata) {
  if (!metadata.labels.empty()) set_at(record, fmt::format("{}.labels", path), metadata.labels);
  if (!metadata.annotations.empty())
    set_at(record, fmt::format("{}.annotations", path), metadata.annotations);
}

class Topology {
 public:
  Topology(const ir::Stack& stack, Cluster cluster) : stack_(stack), cluster_(std::move(cluster)) {}

  /// The variables as the whole Cluster, its control plane and each machine deployment see them.
  void resolve() {
    check_worker_classes();
    wide_ = resolve_list(cluster_.variables, VariableScope::Cluster, "spec.topology.variables");
    control_plane_variables_ = override_variables(
        wide_, resolve_list(cluster_.control_plane_overrides, VariableScope::Override,
                            "spec.topology.controlPlane.variables.overrides"));
    for (std::size_t i = 0; i < cluster_.machine_deployments.size(); ++i) {
      const std::string path = machine_deployment_path(i) + ".variables.overrides";
      worker_variables_.push_back(override_variables(
          wide_,
          resolve_list(cluster_.machine_deployments[i].overrides, VariableScope::Override, path)));
    }
    check_timeouts();
    check_replicas();
  }

  bool refused() const { return !refusals_.empty(); }
  std::vector<Refusal> take_refusals() { return std::move(refusals_); }

  Desired build() {
    const Identity infrastructure = add_infrastructure();
    const Identity control_plane = add_control_plane();
    for (std::size_t i = 0; i < cluster_.machine_deployments.size(); ++i) {
      add_machine_deployment(cluster_.machine_deployments[i], worker_variables_[i]);
    }
    add_cluster(infrastructure, control_plane);
    return std::move(desired_);
  }

 private:
  template <typename... Parameters, typename... Arguments>
  Refusal& refuse(std::string path, const diag::Diagnostic<Parameters...>& what,
                  const Arguments&... arguments) {
    return refusals_.emplace_back(refusal(std::move(path), what, arguments...));
  }

  Record resolve_list(const std::vector<GivenVariable>& given, VariableScope scope,
                      std::string_view path) {
    Variables variables = resolve_variables(given, stack_.variables, scope, path);
    variables_refused_ |= !variables.refusals.empty();
    std::ranges::move(variables.refusals, std::back_inserter(refusals_));
    return std::move(variables.values);
  }

  void check_worker_classes() {
    std::vector<std::string_view> names;
    for (const ir::WorkerClass& worker_class : stack_.worker_classes)
      names.push_back(worker_class.name);
    for (std::size_t i = 0; i < cluster_.machine_deployments.size(); ++i) {
      const std::string& name = cluster_.machine_deployments[i].class_name;
      if (std::ranges::find(names, name) != names.end()) continue;
      refuse(machine_deployment_path(i) + ".class", diag::UnknownWorkerClass, diag::Code{name},
             diag::Prose{names.empty() ? "none" : quoted_list(names)})
          .nearest = nearest(name, names).name;
    }
    for (std::size_t i = 0; i < cluster_.machine_pool_classes.size(); ++i) {
      refuse(fmt::format("spec.topology.workers.machinePools[{}].class", i), diag::NoMachinePools,
             diag::Code{cluster_.machine_pool_classes[i]});
    }
  }

  /// Timeouts are text in v1beta1 and seconds in v1beta2; the control plane wants those of its own
  /// contract.
  void check_timeouts() {
    const ir::Template* control_plane = find(ir::Role::ControlPlane);
    CHECK(control_plane != nullptr, "the checker has every stack define a control plane");
    if (is_v1beta1(control_plane->api_version) == is_v1beta1(cluster_.api_version)) return;
    for (const auto& [name, value] : cluster_.control_plane_fields) {
      if (name == "replicas" || name == "metadata" || name == "variables" || value.is_null())
        continue;
      refuse("spec.topology.controlPlane." + name, diag::FieldOfOtherVersion,
             diag::Code{control_plane->api_version}, diag::Code{name},
             diag::Code{cluster_.api_version});
    }
  }

  const ir::Template* find(ir::Role role, std::string_view worker_class = "") const {
    const auto found = std::ranges::find_if(stack_.templates, [&](const ir::Template& candidate) {
      return candidate.role == role && candidate.worker_class == worker_class;
    });
    return found == stack_.templates.end() ? nullptr : &*found;
  }

  Metadata owned(Metadata metadata = {}) const {
    metadata.labels.set(std::string(cluster_label), cluster_.name);
    metadata.labels.set(std::string(owned_label), "");
    return metadata;
  }

  Identity identity(std::string api_version, std::string kind, std::string name) const {
    return {std::move(api_version), std::move(kind), std::move(name), cluster_.namespace_name};
  }

  static Record evaluate_spec(const ir::Template& source, const Record& variables,
                              const Record& builtins) {
    const std::optional<Value> spec =
        evaluate(source.spec, {.variables = variables, .builtins = builtins});
    if (!spec) return {};
    CHECK(spec->if_record() != nullptr, "the checker gives a template's spec a record");
    return *spec->if_record();
  }

  void add(Record object) { desired_.objects.emplace_back(std::move(object)); }

  /// A machine or bootstrap template: stays a template.
  Identity add_template(const ir::Template& source, const std::string& name,
                        const Metadata& metadata, const Record& variables, const Record& builtins) {
    Identity id = identity(source.api_version, source.kind, name);
    Record object = object_head(id, metadata);
    set_at(object, "spec.template.spec", evaluate_spec(source, variables, builtins));
    add(std::move(object));
    return id;
  }

  Identity add_infrastructure() {
    const ir::Template* source = find(ir::Role::InfrastructureCluster);
    CHECK(source != nullptr, "the checker has every stack define an infrastructure");
    Identity id = identity(source->api_version, without_template(source->kind),
                           generated_name(cluster_.name + "-"));
    Record object = object_head(id, owned());
    object.set("spec", evaluate_spec(*source, wide_, cluster_builtins(cluster_)));
    add(std::move(object));
    return id;
  }

  /// Its machine template has the same name.
  Identity control_plane_identity() const {
    const ir::Template& source = *find(ir::Role::ControlPlane);
    return identity(source.api_version, without_template(source.kind),
                    generated_name(cluster_.name + "-"));
  }

  Record control_plane_view(const Identity& id) const {
    const bool has_machines = find(ir::Role::ControlPlaneMachine) != nullptr;
    return control_plane_builtins(cluster_, {id.name, owned(cluster_.control_plane_metadata)},
                                  has_machines ? id.name : "");
  }

  /// As its template says.
  Record control_plane() const {
    const Identity id = control_plane_identity();
    Record object = object_head(id, owned(cluster_.control_plane_metadata));
    object.set("spec", evaluate_spec(*find(ir::Role::ControlPlane), control_plane_variables_,
                                     control_plane_view(id)));
    return object;
  }

  Identity add_control_plane() {
    const ir::Template& source = *find(ir::Role::ControlPlane);
    const ir::Template* machines = find(ir::Role::ControlPlaneMachine);
    const Metadata metadata = owned(cluster_.control_plane_metadata);
    const Identity id = control_plane_identity();
    Record object = control_plane();
    if (machines != nullptr)
      set_machine_template(object, identity(machines->api_version, machines->kind, id.name),
                           metadata);
    if (cluster_.control_plane_replicas)
      set_at(object, "spec.replicas", *cluster_.control_plane_replicas);
    copy_control_plane_fields(cluster_.control_plane_fields, object, source.api_version);
    set_at(object, "spec.version", cluster_.version);
    add(std::move(object));
    if (machines != nullptr)
      add_template(*machines, id.name, owned(), control_plane_variables_, control_plane_view(id));
    return id;
  }

  /// The reference sits deeper in the contract v1beta2. Metadata of the topology win over those of
  /// the template.
  static void set_machine_template(Record& object, const Identity& machines,
                                   const Metadata& metadata) {
    const Value* api_version = object.find("apiVersion");
    const std::string& contract = *api_version->if_string();
    set_at(object,
           is_v1beta1(contract) ? "spec.machineTemplate.infrastructureRef"
                                : "spec.machineTemplate.spec.infrastructureRef",
           reference_to(machines, contract));
    Metadata merged = metadata_in(object);
    for (const auto& [name, value] : metadata.labels) merged.labels.set(name, value);
    for (const auto& [name, value] : metadata.annotations) merged.annotations.set(name, value);
    set_labels(object, "spec.machineTemplate.metadata", merged);
  }

  static Metadata metadata_in(const Record& control_plane) {
    Metadata metadata;
    const Record* given = record_at(control_plane, "spec.machineTemplate.metadata");
    if (given == nullptr) return metadata;
    if (const Record* labels = record_at(*given, "labels")) metadata.labels = *labels;
    if (const Record* more = record_at(*given, "annotations")) metadata.annotations = *more;
    return metadata;
  }

  /// The webhook of KubeadmControlPlane: CT-200 of docs/guarantees.md.
  void check_replicas() {
    const ir::Template& source = *find(ir::Role::ControlPlane);
    if (source.kind != "KubeadmControlPlaneTemplate" || !cluster_.control_plane_replicas) return;
    const std::int64_t replicas = *cluster_.control_plane_replicas;
    const std::string path = "spec.topology.controlPlane.replicas";
    if (replicas <= 0) {
      refuse(path, diag::ControlPlaneReplicas, diag::Count{replicas},
             diag::Prose{"at least 1 required"});
    } else if (replicas % 2 == 0 && !variables_refused_ && !has_external_etcd(control_plane())) {
      refuse(path, diag::ControlPlaneReplicas, diag::Count{replicas},
             diag::Prose{"but etcd beside them needs an odd number"});
    }
  }

  static bool has_external_etcd(const Record& object) {
    return record_at(object, "spec.kubeadmConfigSpec.clusterConfiguration.etcd.external") !=
           nullptr;
  }

  void add_machine_deployment(const MachineDeployment& workers, const Record& variables) {
    const std::string prefix = fmt::format("{}-{}-", cluster_.name, workers.name);
    const std::string name = generated_name(prefix);
    const Identity id = identity(cluster_.api_version, "MachineDeployment", name);
    Metadata metadata = owned(workers.metadata);
    metadata.labels.set(std::string(deployment_label), workers.name);
    for (const std::string_view annotation : sequence_annotations)
      metadata.annotations.remove(annotation);
    Metadata selector = owned();
    selector.labels.set(std::string(deployment_label), workers.name);

    const ir::Template* bootstrap = find(ir::Role::Bootstrap, workers.class_name);
    const ir::Template* machines = find(ir::Role::Machine, workers.class_name);
    CHECK(bootstrap != nullptr && machines != nullptr,
          "the checker gives a worker class both templates");
    const Record builtins =
        machine_deployment_builtins(cluster_, workers, {name, metadata}, name, name);
    const Identity bootstrap_id = add_template(*bootstrap, name, selector, variables, builtins);
    const Identity machines_id = add_template(*machines, name, selector, variables, builtins);

    Record object = object_head(id, metadata);
    set_at(object, "spec.clusterName", cluster_.name);
    if (workers.replicas) set_at(object, "spec.replicas", *workers.replicas);
    set_at(object, "spec.selector.matchLabels", selector.labels);
    set_labels(object, "spec.template.metadata", metadata);
    set_at(object, "spec.template.spec.clusterName", cluster_.name);
    set_at(object, "spec.template.spec.version", cluster_.version);
    set_at(object, "spec.template.spec.bootstrap.configRef",
           reference_to(bootstrap_id, cluster_.api_version));
    set_at(object, "spec.template.spec.infrastructureRef",
           reference_to(machines_id, cluster_.api_version));
    copy_machine_deployment_fields(workers.fields, object, cluster_.api_version);
    add(std::move(object));
  }

  void add_cluster(const Identity& infrastructure, const Identity& control_plane) {
    Record object = cluster_.manifest;
    object.remove("status");
    set_at(object, "metadata.namespace", cluster_.namespace_name);
    set_at(object, "metadata.labels", owned(cluster_.metadata).labels);
    set_at(object, "spec.topology.version", cluster_.version);
    set_variables(object, "spec.topology.variables", wide_);
    set_overrides(object);
    set_at(object, "spec.infrastructureRef", reference_to(infrastructure, cluster_.api_version));
    set_at(object, "spec.controlPlaneRef", reference_to(control_plane, cluster_.api_version));
    add(std::move(object));
  }

  static void set_variables(Record& object, std::string_view path, const Record& variables) {
    if (variables.empty()) return;
    List entries;
    for (const auto& [name, value] : variables) {
      Record entry;
      entry.set("name", name);
      entry.set("value", value);
      entries.emplace_back(std::move(entry));
    }
    set_at(object, path, std::move(entries));
  }

  /// Overrides are defaulted in place, so the variables of each item are found under the names it
  /// gives.
  static Record only(const Record& variables, const std::vector<GivenVariable>& given) {
    Record chosen;
    for (const GivenVariable& variable : given)
      chosen.set(variable.name, *variables.find(variable.name));
    return chosen;
  }

  void set_overrides(Record& object) const {
    set_variables(object, "spec.topology.controlPlane.variables.overrides",
                  only(control_plane_variables_, cluster_.control_plane_overrides));
    if (cluster_.machine_deployments.empty()) return;
    List entries;
    for (std::size_t i = 0; i < cluster_.machine_deployments.size(); ++i) {
      const MachineDeployment& workers = cluster_.machine_deployments[i];
      Record entry = workers.fields;
      set_variables(entry, "variables.overrides", only(worker_variables_[i], workers.overrides));
      entries.emplace_back(std::move(entry));
    }
    set_at(object, "spec.topology.workers.machineDeployments", std::move(entries));
  }

  const ir::Stack& stack_;
  Cluster cluster_;
  Record wide_;
  Record control_plane_variables_;
  std::vector<Record> worker_variables_;  // as machine_deployments
  std::vector<Refusal> refusals_;
  bool variables_refused_ = false;  // then expressions over them cannot be evaluated
  Desired desired_;
};

}  // namespace

std::variant<Desired, std::vector<Refusal>> desired_objects(const ir::Stack& stack,
                                                            const Value& manifest) {
  auto cluster = read_cluster(manifest);
  if (auto* refusals = std::get_if<std::vector<Refusal>>(&cluster)) return std::move(*refusals);
  Topology topology(stack, std::move(std::get<Cluster>(cluster)));
  topology.resolve();
  if (topology.refused()) return topology.take_refusals();
  return topology.build();
}

}  // namespace stackc::topology
