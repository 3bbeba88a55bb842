#include "compiler/topology/builtins.h"

namespace stackc::topology {

namespace {

constexpr std::string_view hidden_annotations[] = {
    "kubectl.kubernetes.io/last-applied-configuration", "cluster.x-k8s.io/conversion-data"};

/// Go's `omitempty`.
void set_text(Record& record, std::string name, const std::string& text) {
  if (!text.empty()) record.set(std::move(name), text);
}

void set_record(Record& record, std::string name, Record value) {
  if (!value.empty()) record.set(std::move(name), std::move(value));
}

void set_metadata(Record& record, Metadata metadata) {
  for (const std::string_view annotation : hidden_annotations)
    metadata.annotations.remove(annotation);
  Record fields;
  set_record(fields, "labels", std::move(metadata.labels));
  set_record(fields, "annotations", std::move(metadata.annotations));
  set_record(record, "metadata", std::move(fields));
}

Record named(const std::string& name) {
  Record record;
  set_text(record, "name", name);
  return record;
}

Record network_of(const Cluster& cluster) {
  Record network;
  set_text(network, "serviceDomain", cluster.service_domain);
  if (!cluster.service_cidrs.empty()) network.set("services", cluster.service_cidrs);
  if (!cluster.pod_cidrs.empty()) network.set("pods", cluster.pod_cidrs);
  return network;
}

Record topology_of(const Cluster& cluster) {
  Record topology;
  topology.set("version", cluster.version);
  set_text(topology, "class", cluster.class_name);
  return topology;
}

}  // namespace

Record cluster_builtins(const Cluster& cluster) {
  Record fields;
  fields.set("name", cluster.name);
  fields.set("namespace", cluster.namespace_name);
  set_metadata(fields, cluster.metadata);
  fields.set("topology", topology_of(cluster));
  set_record(fields, "network", network_of(cluster));
  Record builtins;
  builtins.set("cluster", std::move(fields));
  return builtins;
}

Record control_plane_builtins(const Cluster& cluster, const ObjectHead& object,
                              const std::string& machine_template) {
  Record fields;
  fields.set("name", object.name);
  fields.set("version", cluster.version);
  set_metadata(fields, object.metadata);
  if (cluster.control_plane_replicas) fields.set("replicas", *cluster.control_plane_replicas);
  if (!machine_template.empty()) {
    Record machines;
    machines.set("infrastructureRef", named(machine_template));
    fields.set("machineTemplate", std::move(machines));
  }
  Record builtins = cluster_builtins(cluster);
  builtins.set("controlPlane", std::move(fields));
  return builtins;
}

Record machine_deployment_builtins(const Cluster& cluster, const MachineDeployment& workers,
                                   const ObjectHead& object, const std::string& bootstrap_template,
                                   const std::string& machine_template) {
  Record fields;
  fields.set("version", cluster.version);
  fields.set("class", workers.class_name);
  fields.set("name", object.name);
  fields.set("topologyName", workers.name);
  set_metadata(fields, object.metadata);
  if (workers.replicas) fields.set("replicas", *workers.replicas);
  Record bootstrap;
  bootstrap.set("configRef", named(bootstrap_template));
  fields.set("bootstrap", std::move(bootstrap));
  fields.set("infrastructureRef", named(machine_template));
  Record builtins = cluster_builtins(cluster);
  builtins.set("machineDeployment", std::move(fields));
  return builtins;
}

}  // namespace stackc::topology
