#include "compiler/emit/emit.h"

#include <gmock/gmock.h>

namespace stackc::emit {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::Key;
using testing::Not;

std::vector<std::string> paths(const FileTree& files) {
  std::vector<std::string> result;
  for (const auto& [path, bytes] : files) result.push_back(path);
  return result;
}

ir::NodeImage ubuntu_image(const std::string& version) {
  ir::NodeImage image;
  image.name = "ubuntu-capi-image";
  image.version = "v" + version;
  image.url = "https://images.example/ubuntu-2404-kube-v" + version + ".qcow2";
  image.checksum = "sha256:f7bf12297833cca14de6d24081c8a01e99143651e4c01431b911375300550fe0";
  image.built = "2026-04-16";
  image.disk_format = "qcow2";
  image.architecture = "x86_64";
  image.os_distro = "ubuntu";
  image.os_version = "24.04";
  image.login = "ubuntu";
  image.min_disk_gib = 20;
  image.min_ram_mib = 2048;
  image.visibility = "public";
  image.tags = {"clusterstacks"};
  image.properties = Record{{"hw_disk_bus", "scsi"},
                            {"hw_qemu_guest_agent", "yes"},
                            {"hypervisor_type", "qemu"},
                            {"os_purpose", "k8snode"},
                            {"provided_until", "none"}};
  return image;
}

ir::Stack openstack_stack() {
  ir::Stack stack;
  stack.provider = "openstack";
  stack.image_list = ir::NodeImageList::OpenStack;
  stack.name = "scs2";
  stack.doc = "SCS reference stack: kubeadm, Cilium.\nMore about it.";
  stack.kubernetes_version = "1.34.7";
  stack.kubernetes_minor = "1.34";
  ir::AddOn cni;
  cni.name = "cni";
  cni.chart = {.name = "cilium", .version = "1.18.9", .repository = "https://helm.cilium.io/"};
  stack.add_ons = {cni};
  stack.stages = {{.hook = "AfterControlPlaneInitialized",
                   .steps = {{.add_on = "cni", .action = ir::StageStep::Action::Apply}}}};
  stack.images = {ubuntu_image("1.34.6"), ubuntu_image("1.34.7")};
  return stack;
}

ReleaseVersions versions() {
  return {.cluster_class = "v3", .cluster_addon = "v2", .node_image = "v1"};
}

FileTree emit_openstack(AddOnContent cni = {.name = "cni"}) {
  const ir::Stack stack = openstack_stack();
  const Value object = Record{{"kind", "ClusterClass"}, {"enabledIf", "{{ .gpu }}"}};
  FileTree files = emit_lasting(stack, {std::move(cni)});
  ClassTexts texts;
  files.merge(emit_versioned(stack, versions(),
                             {{{.file = "cluster-class.yaml", .manifest = object}}}, texts));
  return files;
}

TEST(Emit, ARenamedClassKeepsTheTextInWhichNoNameIs) {
  const auto named = [](const char* name) {
    const Record reference{{"templateRef", Record{{"name", name}}}};
    return lower::ClassObjects{
        {{.file = "cluster-class.yaml",
          .manifest = Record{{"kind", "ClusterClass"},
                             {"metadata", Record{{"name", name}}},
                             {"spec", Record{{"controlPlane", reference},
                                             {"variables", List{Record{{"name", "gpu"}}}},
                                             {"patches", List{Record{{"if", "{{ .gpu }}"}}}}}}}},
         {.file = "machine.yaml",
          .manifest = Record{{"metadata", Record{{"name", name}}},
                             {"spec", Record{{"template", Record{{"spec", Record{}}}}}}}}}};
  };
  ClassTexts texts;
  emit_versioned(openstack_stack(), versions(), named("one"), texts);
  const FileTree files = emit_versioned(openstack_stack(), versions(), named("two"), texts);
  EXPECT_EQ(files.at("cluster-class/templates/cluster-class.yaml"), R"(kind: ClusterClass
metadata:
  name: two
spec:
  controlPlane:
    templateRef:
      name: two
  variables:
    - name: gpu
  patches:
    - if: "{{ `{{ .gpu }}` }}"
)");
  EXPECT_EQ(files.at("cluster-class/templates/machine.yaml"), R"(metadata:
  name: two
spec:
  template:
    spec: {}
)");
}

TEST(Emit, AReleaseHasOneFilePerConcept) {
  EXPECT_THAT(
      paths(emit_openstack()),
      ElementsAre("cluster-addon/cni/Chart.yaml", "cluster-class/Chart.yaml",
                  "cluster-class/templates/cluster-class.yaml", "clusteraddon.yaml",
                  "image-manager.yaml", "metadata.yaml", "node-images.yaml", "orc-images.yaml"));
}

TEST(Emit, TheClassChartIsNamedAfterItsArchiveAndItsObjectsSurviveHelm) {
  const FileTree files = emit_openstack();
  EXPECT_EQ(files.at("cluster-class/Chart.yaml"), R"(apiVersion: v2
name: openstack-scs2-1-34-cluster-class
description: "SCS reference stack: kubeadm, Cilium."
type: application
version: v3
)");
  EXPECT_EQ(files.at("cluster-class/templates/cluster-class.yaml"),
            "kind: ClusterClass\nenabledIf: \"{{ `{{ .gpu }}` }}\"\n");
}

TEST(Emit, AnAddOnIsAChartAroundItsDependency) {
  const FileTree files = emit_openstack(
      {.name = "cni",
       .values = Record{{"cilium", Record{{"ipam", Record{{"mode", "kubernetes"}}}}}},
       .overwrite = "values: |\n  cilium: {}\n",
       .archive = "chart bytes"});
  EXPECT_EQ(files.at("cluster-addon/cni/Chart.yaml"), R"(apiVersion: v2
name: cni
description: cilium 1.18.9
type: application
version: "1.18.9"
dependencies:
  - name: cilium
    alias: cilium
    version: "1.18.9"
    repository: https://helm.cilium.io/
)");
  EXPECT_EQ(files.at("cluster-addon/cni/values.yaml"), "cilium:\n  ipam:\n    mode: kubernetes\n");
  EXPECT_EQ(files.at("cluster-addon/cni/overwrite.yaml"), "values: |\n  cilium: {}\n");
  EXPECT_EQ(files.at("cluster-addon/cni/charts/cilium-1.18.9.tgz"), "chart bytes");
}

TEST(Emit, MetadataNamesTheThreeVersionsAndThePatchOfKubernetes) {
  EXPECT_EQ(emit_openstack().at("metadata.yaml"),
            R"(apiVersion: metadata.clusterstack.x-k8s.io/v1alpha1
versions:
  clusterStack: v3
  kubernetes: v1.34.7
  components:
    clusterAddon: v2
    nodeImage: v1
)");
}

TEST(Emit, StagesCarryActionsAndConditions) {
  ir::Stack stack = openstack_stack();
  const ir::WaitCondition ready{.objects = {{.key = "dns",
                                             .api_version = "apps/v1",
                                             .kind = "Deployment",
                                             .name = "coredns",
                                             .namespace_name = "kube-system"},
                                            {.key = "node",
                                             .api_version = "v1",
                                             .kind = "Node",
                                             .name = "n1",
                                             .namespace_name = ""}},
                                .condition = "dns.spec.replicas == 2"};
  stack.stages.push_back({.hook = "BeforeClusterUpgrade",
                          .steps = {{.add_on = "cni",
                                     .action = ir::StageStep::Action::Delete,
                                     .before = ready,
                                     .after = std::nullopt},
                                    {.add_on = "cni",
                                     .action = ir::StageStep::Action::Apply,
                                     .before = std::nullopt,
                                     .after = ready}}});
  const FileTree files = emit_lasting(stack, {{.name = "cni"}});
  EXPECT_EQ(files.at("clusteraddon.yaml"), R"(apiVersion: clusteraddonconfig.x-k8s.io/v1alpha1
clusterAddonVersion: clusteraddons.clusterstack.x-k8s.io/v1alpha1
addonStages:
  AfterControlPlaneInitialized:
    - name: cni
      action: apply
  BeforeClusterUpgrade:
    - name: cni
      action: delete
      waitForPreCondition:
        objects:
          - key: dns
            apiVersion: apps/v1
            kind: Deployment
            name: coredns
            namespace: kube-system
          - key: node
            apiVersion: v1
            kind: Node
            name: n1
        conditions: dns.spec.replicas == 2
    - name: cni
      action: apply
      waitForPostCondition:
        objects:
          - key: dns
            apiVersion: apps/v1
            kind: Deployment
            name: coredns
            namespace: kube-system
          - key: node
            apiVersion: v1
            kind: Node
            name: n1
        conditions: dns.spec.replicas == 2
)");
}

TEST(Emit, NodeImagesOfOpenStackAreOptionsForGlance) {
  ir::Stack stack = openstack_stack();
  stack.images = {ubuntu_image("1.34.7")};
  const FileTree files = emit_lasting(stack, {{.name = "cni"}});
  EXPECT_EQ(files.at("node-images.yaml"),
            R"(apiVersion: openstack.infrastructure.clusterstack.x-k8s.io/v1alpha1
openStackNodeImages:
  - url: https://images.example/ubuntu-2404-kube-v1.34.7.qcow2
    createOpts:
      name: ubuntu-capi-image-v1.34.7
      disk_format: qcow2
      container_format: bare
      visibility: public
      min_disk: 20
      min_ram: 2048
      tags:
        - clusterstacks
      properties:
        architecture: x86_64
        os_distro: ubuntu
        os_version: "24.04"
        hw_disk_bus: scsi
        hw_qemu_guest_agent: "yes"
        hypervisor_type: qemu
        os_purpose: k8snode
        provided_until: none
)");
}

TEST(Emit, TheImageManagerListHasOneEntryForTheVersionsOfAnImage) {
  ir::Stack stack = openstack_stack();
  ir::NodeImage gpu = ubuntu_image("1.34.7");
  gpu.name = "ubuntu-gpu";
  gpu.checksum.clear();
  gpu.built.clear();
  gpu.os_version.clear();
  gpu.properties = Record{{"provided_until", "2026-12-31"}};
  stack.images.push_back(gpu);
  const FileTree files = emit_lasting(stack, {{.name = "cni"}});
  EXPECT_EQ(files.at("image-manager.yaml"), R"(images:
  - name: ubuntu-capi-image
    enable: true
    format: qcow2
    login: ubuntu
    min_disk: 20
    min_ram: 2048
    status: active
    visibility: public
    multi: false
    separator: "-"
    meta:
      architecture: x86_64
      os_distro: ubuntu
      hw_disk_bus: scsi
      hw_qemu_guest_agent: "yes"
      hypervisor_type: qemu
      os_purpose: k8snode
      provided_until: none
    tags:
      - clusterstacks
    versions:
      - version: v1.34.6
        url: https://images.example/ubuntu-2404-kube-v1.34.6.qcow2
        checksum: sha256:f7bf12297833cca14de6d24081c8a01e99143651e4c01431b911375300550fe0
        build_date: 2026-04-16
        os_version: "24.04"
      - version: v1.34.7
        url: https://images.example/ubuntu-2404-kube-v1.34.7.qcow2
        checksum: sha256:f7bf12297833cca14de6d24081c8a01e99143651e4c01431b911375300550fe0
        build_date: 2026-04-16
        os_version: "24.04"
  - name: ubuntu-gpu
    enable: true
    format: qcow2
    login: ubuntu
    min_disk: 20
    min_ram: 2048
    status: active
    visibility: public
    multi: false
    separator: "-"
    meta:
      architecture: x86_64
      os_distro: ubuntu
      provided_until: 2026-12-31
    tags:
      - clusterstacks
    versions:
      - version: v1.34.7
        url: https://images.example/ubuntu-2404-kube-v1.34.7.qcow2
)");
}

TEST(Emit, AnOrcImageTranslatesGlanceProperties) {
  EXPECT_THAT(emit_openstack().at("orc-images.yaml"), testing::EndsWith(R"(
---
apiVersion: openstack.k-orc.cloud/v1alpha1
kind: Image
metadata:
  name: ubuntu-capi-image-v1.34.7
spec:
  cloudCredentialsRef:
    secretName: openstack
    cloudName: openstack
  managementPolicy: managed
  resource:
    visibility: public
    tags:
      - clusterstacks
    properties:
      architecture: x86_64
      hypervisorType: qemu
      minDiskGB: 20
      minMemoryMB: 2048
      hardware:
        diskBus: scsi
        qemuGuestAgent: true
      operatingSystem:
        distro: ubuntu
        version: "24.04"
    content:
      diskFormat: qcow2
      download:
        url: https://images.example/ubuntu-2404-kube-v1.34.7.qcow2
        hash:
          algorithm: sha256
          value: f7bf12297833cca14de6d24081c8a01e99143651e4c01431b911375300550fe0
)"));
}

TEST(Emit, AnOrcImageLeavesOutWhatTheAuthorDidNotGive) {
  ir::Stack stack = openstack_stack();
  ir::NodeImage bare;
  bare.name = "bare";
  bare.version = "v1.34.7";
  bare.url = "https://images.example/bare.raw";
  bare.disk_format = "raw";
  bare.visibility = "private";
  stack.images = {bare};
  const FileTree files = emit_lasting(stack, {{.name = "cni"}});
  EXPECT_THAT(files.at("orc-images.yaml"), testing::EndsWith(R"(  resource:
    visibility: private
    content:
      diskFormat: raw
      download:
        url: https://images.example/bare.raw
)"));
}

TEST(Emit, ContainerImagesAreListedByReferenceOnly) {
  ir::Stack stack = openstack_stack();
  stack.provider = "docker";
  stack.image_list = ir::NodeImageList::Docker;
  ir::NodeImage node;
  node.container = "registry.example/kindest/node:v1.34.7";
  stack.images = {node};
  const FileTree files = emit_lasting(stack, {{.name = "cni"}});
  EXPECT_EQ(files.at("node-images.yaml"),
            R"(apiVersion: docker.infrastructure.clusterstack.x-k8s.io/v1alpha1
dockerImages:
  - registry.example/kindest/node:v1.34.7
)");
  EXPECT_THAT(paths(files),
              ElementsAre("cluster-addon/cni/Chart.yaml", "clusteraddon.yaml", "node-images.yaml"));
}

TEST(Emit, AStackWithoutImagesHasNoListOfThem) {
  ir::Stack stack = openstack_stack();
  stack.images.clear();
  const FileTree files = emit_lasting(stack, {{.name = "cni"}});
  EXPECT_THAT(files, Not(Contains(Key("node-images.yaml"))));
  EXPECT_THAT(files, Not(Contains(Key("image-manager.yaml"))));
}

}  // namespace
}  // namespace stackc::emit
