#include "compiler/topology/cluster.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "compiler/base/text.h"
#include "compiler/diag/catalogue/cluster.h"
#include "compiler/topology/machine_rules.h"
#include "compiler/topology/manifest_reader.h"
#include "compiler/types/format.h"
#include "compiler/types/format_checks.h"
#include "compiler/types/pattern.h"
#include "compiler/types/validate.h"

namespace stackc::topology {

namespace {

constexpr std::string_view concurrency_annotation = "topology.cluster.x-k8s.io/upgrade-concurrency";
constexpr std::string_view autoscaler_annotations[] = {
    "cluster.x-k8s.io/cluster-api-autoscaler-node-group-min-size",
    "cluster.x-k8s.io/cluster-api-autoscaler-node-group-max-size"};
constexpr std::size_t longest_label = 63;
const std::string topology_path = "spec.topology";

/// https://semver.org, strictly; Cluster API has added the `v`.
bool is_version(std::string_view text) {
  return types::matches_pattern(
      text,
      R"(^v(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*))"
      R"((-(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(\.(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?)"
      R"((\+[0-9a-zA-Z-]+(\.[0-9a-zA-Z-]+)*)?$)");
}

class ClusterReader {
 public:
  explicit ClusterReader(const Record& manifest) : manifest_(manifest) {
    cluster_.manifest = manifest;
  }

  std::variant<Cluster, std::vector<Refusal>> read() {
    read_kind();
    if (reader_.refused()) return reader_.take();
    read_metadata();
    const Record& spec = reader_.record(manifest_, "spec", "");
    read_network(reader_.record(spec, "clusterNetwork", "spec"));
    const Record& topology = reader_.record(spec, "topology", "spec");
    if (topology.empty()) {
      reader_.refuse(refusal("spec", diag::NoTopology));
    } else {
      read_topology(topology);
    }
    if (reader_.refused()) return reader_.take();
    return std::move(cluster_);
  }

 private:
  static Refusal missing(const std::string& path, std::string_view field) {
    return refusal(types::field_path(path, field), diag::InvalidField,
                   diag::Prose{fmt::format("field `{}` is missing", field)});
  }

  void read_kind() {
    cluster_.api_version = reader_.text(manifest_, "apiVersion", "");
    const std::string kind = reader_.text(manifest_, "kind", "");
    if (kind != "Cluster") {
      reader_.refuse(refusal("kind", diag::InvalidField,
                             diag::Prose{fmt::format("expected `Cluster`, found `{}`", kind)}));
    }
    const std::vector<std::string_view> known = {"cluster.x-k8s.io/v1beta1",
                                                 "cluster.x-k8s.io/v1beta2"};
    if (cluster_.api_version.empty()) {
      reader_.refuse(missing("", "apiVersion"));
    } else if (std::ranges::find(known, cluster_.api_version) == known.end()) {
      Refusal unknown = refusal("apiVersion", diag::UnknownApiVersion,
                                diag::Code{cluster_.api_version}, diag::Prose{quoted_list(known)});
      unknown.nearest = nearest(cluster_.api_version, known).name;
      reader_.refuse(std::move(unknown));
    }
  }

  void read_metadata() {
    cluster_.metadata = reader_.metadata(manifest_, "");
    const Record& metadata = reader_.record(manifest_, "metadata", "");
    cluster_.name = reader_.text(metadata, "name", "metadata");
    cluster_.namespace_name = reader_.text(metadata, "namespace", "metadata");
    if (cluster_.namespace_name.empty()) cluster_.namespace_name = "default";
    if (cluster_.name.empty()) {
      reader_.refuse(missing("metadata", "name"));
    } else if (cluster_.name.size() > longest_label ||
               !types::has_format(cluster_.name, "k8s-long-name")) {
      reader_.refuse(refusal("metadata.name", diag::BadClusterName, diag::Code{cluster_.name},
                             diag::Prose{"a Cluster"}));
    }
    check_concurrency();
  }

  void check_concurrency() {
    const Value* value = cluster_.metadata.annotations.find(concurrency_annotation);
    const std::string* text = value == nullptr ? nullptr : value->if_string();
    if (text == nullptr) return;
    std::int64_t number = 0;
    // Go takes a plus sign, from_chars does not.
    const char* begin = text->data() + (text->starts_with('+') && !text->starts_with("+-") ? 1 : 0);
    const char* end = text->data() + text->size();
    const auto [stop, error] = std::from_chars(begin, end, number);
    if (error != std::errc() || stop != end || number < 1) {
      reader_.refuse(refusal(types::field_path("metadata.annotations", concurrency_annotation),
                             diag::BadConcurrency, diag::Code{*text}));
    }
  }

  void read_network(const Record& network) {
    const std::string path = "spec.clusterNetwork";
    cluster_.service_domain = reader_.text(network, "serviceDomain", path);
    cluster_.service_cidrs = read_cidrs(network, "services");
    cluster_.pod_cidrs = read_cidrs(network, "pods");
  }

  List read_cidrs(const Record& network, std::string_view field) {
    const std::string path = fmt::format("spec.clusterNetwork.{}", field);
    List cidrs =
        reader_.texts(reader_.record(network, field, "spec.clusterNetwork"), "cidrBlocks", path);
    for (std::size_t i = 0; i < cidrs.size(); ++i) {
      const std::string* text = cidrs[i].if_string();
      if (text == nullptr || types::is_cidr(*text, types::LeadingZeros::Refused)) continue;
      reader_.refuse(
          refusal(fmt::format("{}.cidrBlocks[{}]", path, i), diag::BadCidr, diag::Code{*text}));
    }
    return cidrs;
  }

  void read_topology(const Record& topology) {
    read_class(topology);
    cluster_.version = reader_.text(topology, "version", topology_path);
    const bool is_given = !cluster_.version.empty();
    if (!cluster_.version.starts_with('v')) cluster_.version.insert(0, "v");
    if (!is_given) {
      reader_.refuse(missing(topology_path, "version"));
    } else if (!is_version(cluster_.version)) {
      reader_.refuse(
          refusal("spec.topology.version", diag::BadClusterVersion, diag::Code{cluster_.version}));
    }
    cluster_.variables = reader_.variables(topology, "variables", topology_path);
    read_control_plane(reader_.record(topology, "controlPlane", topology_path));
    const Record& workers = reader_.record(topology, "workers", topology_path);
    for (const Value& entry :
         reader_.list(workers, "machineDeployments", "spec.topology.workers")) {
      read_machine_deployment(entry);
    }
    for (const Value& entry : reader_.list(workers, "machinePools", "spec.topology.workers")) {
      const std::string path = types::item_path("spec.topology.workers.machinePools",
                                                cluster_.machine_pool_classes.size());
      cluster_.machine_pool_classes.push_back(
          reader_.text(reader_.item(entry, path), "class", path));
    }
  }

  void read_class(const Record& topology) {
    if (cluster_.api_version.ends_with("v1beta1")) {
      cluster_.class_name = reader_.text(topology, "class", topology_path);
      reader_.text(topology, "classNamespace", topology_path);  // must be a text; nothing reads it
      if (cluster_.class_name.empty())
        reader_.refuse(refusal("spec.topology.class", diag::NoClass));
    } else {
      const std::string path = "spec.topology.classRef";
      const Record& reference = reader_.record(topology, "classRef", topology_path);
      cluster_.class_name = reader_.text(reference, "name", path);
      reader_.text(reference, "namespace", path);
      if (cluster_.class_name.empty())
        reader_.refuse(refusal("spec.topology.classRef.name", diag::NoClass));
    }
  }

  void read_control_plane(const Record& control_plane) {
    const std::string path = "spec.topology.controlPlane";
    cluster_.control_plane_fields = control_plane;
    cluster_.control_plane_replicas = reader_.integer(control_plane, "replicas", path);
    cluster_.control_plane_metadata = reader_.metadata(control_plane, path);
    cluster_.control_plane_overrides = read_overrides(control_plane, path);
    for (Refusal& refusal : refused_machine_fields(control_plane, cluster_.api_version, path))
      reader_.refuse(std::move(refusal));
  }

  std::vector<GivenVariable> read_overrides(const Record& owner, const std::string& path) {
    return reader_.variables(reader_.record(owner, "variables", path), "overrides",
                             path + ".variables");
  }

  void read_machine_deployment(const Value& entry) {
    const std::string path = machine_deployment_path(cluster_.machine_deployments.size());
    const Record& fields = reader_.item(entry, path);
    MachineDeployment& workers = cluster_.machine_deployments.emplace_back();
    workers.fields = fields;
    workers.name = reader_.text(fields, "name", path);
    workers.class_name = reader_.text(fields, "class", path);
    workers.replicas = reader_.integer(fields, "replicas", path);
    workers.metadata = reader_.metadata(fields, path);
    workers.overrides = read_overrides(fields, path);
    check_name(workers, path);
    for (Refusal& refusal : refused_machine_fields(fields, cluster_.api_version, path))
      reader_.refuse(std::move(refusal));
    for (const std::string_view annotation : autoscaler_annotations) {
      if (workers.replicas && workers.metadata.annotations.find(annotation) != nullptr) {
        reader_.refuse(refusal(path + ".replicas", diag::ReplicasWithAutoscaler,
                               diag::Code{std::string(annotation)}));
      }
    }
  }

  void check_name(const MachineDeployment& workers, const std::string& path) {
    if (!worker_names_.insert(workers.name).second) {
      reader_.refuse(refusal(path + ".name", diag::DuplicateEntry,
                             diag::Prose{"machine deployment"}, diag::Code{workers.name}));
    } else if (workers.name.size() > longest_label ||
               !types::has_format(workers.name, "k8s-long-name")) {
      reader_.refuse(refusal(path + ".name", diag::BadClusterName, diag::Code{workers.name},
                             diag::Prose{"a machine deployment"}));
    }
  }

  const Record& manifest_;
  ManifestReader reader_;
  Cluster cluster_;
  std::set<std::string> worker_names_;
};

}  // namespace

std::variant<Cluster, std::vector<Refusal>> read_cluster(const Value& manifest) {
  const Record* record = manifest.if_record();
  if (record == nullptr) {
    return std::vector<Refusal>{
        refusal("", diag::InvalidField,
                diag::Prose{fmt::format("expected a Cluster, found {}", kind_name(manifest))})};
  }
  return ClusterReader(*record).read();
}

std::string machine_deployment_path(std::size_t index) {
  return types::item_path("spec.topology.workers.machineDeployments", index);
}

}  // namespace stackc::topology
