#include "compiler/topology/machine_fields.h"

#include <span>

#include "compiler/value/find_at.h"

namespace stackc::topology {

namespace {

/// Where a field of a topology goes in the object, as paths joined by dots.
struct Copy {
  std::string_view from;
  std::string_view to;
};

constexpr Copy machine_deployment_v1beta1[] = {
    {"failureDomain", "spec.template.spec.failureDomain"},
    {"minReadySeconds", "spec.minReadySeconds"},
    {"strategy", "spec.strategy"},
    {"readinessGates", "spec.template.spec.readinessGates"},
    {"nodeDrainTimeout", "spec.template.spec.nodeDrainTimeout"},
    {"nodeVolumeDetachTimeout", "spec.template.spec.nodeVolumeDetachTimeout"},
    {"nodeDeletionTimeout", "spec.template.spec.nodeDeletionTimeout"},
};

constexpr Copy machine_deployment_v1beta2[] = {
    {"failureDomain", "spec.template.spec.failureDomain"},
    {"minReadySeconds", "spec.template.spec.minReadySeconds"},
    {"rollout", "spec.rollout"},
    {"readinessGates", "spec.template.spec.readinessGates"},
    {"taints", "spec.template.spec.taints"},
    {"healthCheck.remediation.maxInFlight", "spec.remediation.maxInFlight"},
    {"deletion.order", "spec.deletion.order"},
    {"deletion.nodeDrainTimeoutSeconds", "spec.template.spec.deletion.nodeDrainTimeoutSeconds"},
    {"deletion.nodeVolumeDetachTimeoutSeconds",
     "spec.template.spec.deletion.nodeVolumeDetachTimeoutSeconds"},
    {"deletion.nodeDeletionTimeoutSeconds",
     "spec.template.spec.deletion.nodeDeletionTimeoutSeconds"},
};

constexpr Copy control_plane_v1beta1[] = {
    {"readinessGates", "spec.machineTemplate.readinessGates"},
    {"nodeDrainTimeout", "spec.machineTemplate.nodeDrainTimeout"},
    {"nodeVolumeDetachTimeout", "spec.machineTemplate.nodeVolumeDetachTimeout"},
    {"nodeDeletionTimeout", "spec.machineTemplate.nodeDeletionTimeout"},
};

constexpr Copy control_plane_v1beta2[] = {
    {"rollout.after", "spec.rollout.after"},
    {"readinessGates", "spec.machineTemplate.spec.readinessGates"},
    {"taints", "spec.machineTemplate.spec.taints"},
    {"deletion.nodeDrainTimeoutSeconds",
     "spec.machineTemplate.spec.deletion.nodeDrainTimeoutSeconds"},
    {"deletion.nodeVolumeDetachTimeoutSeconds",
     "spec.machineTemplate.spec.deletion.nodeVolumeDetachTimeoutSeconds"},
    {"deletion.nodeDeletionTimeoutSeconds",
     "spec.machineTemplate.spec.deletion.nodeDeletionTimeoutSeconds"},
};

void copy_fields(std::span<const Copy> fields, const Record& topology, Record& object) {
  for (const auto& [from, to] : fields) {
    const Value* value = find_at(topology, from);
    if (value != nullptr && !value->is_null()) set_at(object, to, *value);
  }
}

bool is_v1beta1(std::string_view api_version) {
  return api_version.ends_with("v1beta1");
}

}  // namespace

void set_at(Record& object, std::string_view path, Value value) {
  Record* inside = &object;
  for (std::size_t dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.')) {
    const std::string_view name = path.substr(0, dot);
    const Value* next = inside->find(name);
    if (next == nullptr || next->if_record() == nullptr) inside->set(std::string(name), Record());
    inside = inside->find(name)->if_record();
    path.remove_prefix(dot + 1);
  }
  inside->set(std::string(path), std::move(value));
}

void copy_machine_deployment_fields(const Record& topology, Record& object,
                                    std::string_view api_version) {
  if (is_v1beta1(api_version)) return copy_fields(machine_deployment_v1beta1, topology, object);
  copy_fields(machine_deployment_v1beta2, topology, object);
}

void copy_control_plane_fields(const Record& topology, Record& object,
                               std::string_view api_version) {
  if (is_v1beta1(api_version)) return copy_fields(control_plane_v1beta1, topology, object);
  copy_fields(control_plane_v1beta2, topology, object);
}

}  // namespace stackc::topology
