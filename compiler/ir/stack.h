#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/ir/expr.h"

namespace stackc::ir {

/// Name, default and schema of one ClusterClass variable.
struct ClusterVariable {
  std::string name;  // a Go identifier
  types::TypeRef type;
  bool required = false;  // neither default nor `?`
  std::optional<Value> default_value;
  std::vector<Value> examples;  // the first becomes `example` in the schema
  std::string doc;
  source::Span span;
};

/// What Cluster API uses a template for; decides the selector of its patches and which builtins it
/// may read.
enum class Role : std::uint8_t {
  InfrastructureCluster,
  ControlPlane,
  ControlPlaneMachine,
  Bootstrap,  // of a worker class
  Machine,    // of a worker class
};

/// One template object of the class.
struct Template {
  Role role;
  std::string worker_class;  // for Bootstrap and Machine
  std::string api_version;
  std::string kind;       // ends with `Template`
  ExprRef spec;           // the value at /spec/template/spec, always a RecordLiteral
  types::TypeRef schema;  // type of that value by the provider's CRD; null if no schema is known
  source::Span span;
};

struct WorkerClass {
  std::string name;
  source::Span span;
};

/// A dependency of an add-on chart: name, exact version and repository (https:// or oci://).
struct ChartReference {
  std::string name;
  std::string version;
  std::string repository;
};

struct AddOn {
  std::string name;  // folder in the archive, stage entry
  std::string description;
  ChartReference chart;
  ExprRef values;  // values of the dependency; a RecordLiteral, Release and AddOn stage parts mixed
  source::Span span;
};

/// An object that a stage waits for; its key is usable in the condition.
struct WaitObject {
  std::string key, api_version, kind, name, namespace_name;
};

struct WaitCondition {
  std::vector<WaitObject> objects;
  std::string condition;  // CEL over the keys, boolean
};

struct StageStep {
  enum class Action : std::uint8_t { Apply, Delete };
  std::string add_on;
  Action action;
  std::optional<WaitCondition> before;
  std::optional<WaitCondition> after;
  source::Span span;
};

struct AddOnStage {
  std::string hook;  // AfterControlPlaneInitialized, BeforeClusterUpgrade
  std::vector<StageStep> steps;
};

/// One bootable image of one Kubernetes version.
struct NodeImage {
  std::string name;      // in the cloud, without the version: `ubuntu-capi-image`
  std::string version;   // `v1.34.7`
  std::string url;       // of a disk image; empty for a container image
  std::string checksum;  // `sha256:<hex>`; empty for a container image
  std::string built;     // YYYY-MM-DD; may be empty
  std::string
      container;  // reference of a container image (docker provider); empty for a disk image
  std::string disk_format;   // `qcow2`
  std::string architecture;  // `x86_64`
  std::string os_distro;
  std::string os_version;
  std::string login;
  std::int64_t min_disk_gib = 0;
  std::int64_t min_ram_mib = 0;
  std::string visibility;  // `public`, `private`, `shared`
  std::vector<std::string> tags;
  Record properties;  // further Glance properties, `hw_disk_bus: scsi` …
  source::Span span;
};

/// The list of node images that the operator's integration of a provider reads in a release
/// (artifacts.md, `node-images.yaml`).
enum class NodeImageList : std::uint8_t {
  None,       // the operator has no integration of the provider
  OpenStack,  // of CSPO: disk images
  Docker,     // container images
};

/// Versions of the API that the release speaks.
struct Target {
  std::string cluster_api =
      "v1beta1";  // of core, kubeadm control plane and bootstrap kinds: v1beta1 or v1beta2
};

/// One stack for one Kubernetes line: everything that `lower`, `emit` and `topology` need.
struct Stack {
  std::string provider;  // `openstack`
  std::string name;      // `scs2`
  std::string doc;
  std::string kubernetes_version;  // `1.34.7`
  std::string kubernetes_minor;    // `1.34`
  Target target;
  std::vector<ClusterVariable> variables;
  std::vector<Template> templates;  // infrastructure, control plane, its machines, then bootstrap
                                    // and machine per worker class
  std::vector<WorkerClass> worker_classes;
  std::vector<AddOn> add_ons;
  std::vector<AddOnStage> stages;
  std::vector<NodeImage> images;
  NodeImageList image_list = NodeImageList::None;
  // Lines of one file with the same number have the same target, variables, templates and worker
  // classes: what is made of these serves them all.
  std::size_t class_id = 0;
  source::Span span;
};

}  // namespace stackc::ir
