#include "compiler/schema/kubernetes_places.h"

#include <array>

namespace stackc::schema {
namespace {

using types::Field;
using types::Kind;
using types::Type;
using types::TypeRef;
using types::TypeStore;

TypeRef choice(TypeStore& store, std::vector<std::string> values) {
  return store.add({.kind = Kind::String, .values = std::move(values)});
}

TypeRef form(TypeStore& store, std::string_view pattern) {
  return store.add({.kind = Kind::String, .pattern = std::string(pattern)});
}

TypeRef record(TypeStore& store, std::vector<Field> fields) {
  return store.add({.kind = Kind::Record, .fields = std::move(fields)});
}

TypeRef toleration(TypeStore& store) {
  // `Lt` and `Gt` are of Kubernetes 1.35.
  return record(store,
                {{.name = "key", .type = store.string()},
                 {.name = "operator", .type = choice(store, {"Exists", "Equal", "Lt", "Gt", ""})},
                 {.name = "value", .type = store.string()},
                 {.name = "effect",
                  .type = choice(store, {"NoSchedule", "PreferNoSchedule", "NoExecute", ""})},
                 {.name = "tolerationSeconds", .type = store.integer()}});
}

TypeRef mount(TypeStore& store) {
  return record(store, {{.name = "name", .type = store.string(), .required = true},
                        {.name = "mountPath", .type = form(store, mount_path), .required = true},
                        {.name = "readOnly", .type = store.boolean()},
                        {.name = "recursiveReadOnly", .type = store.string()},
                        {.name = "subPath", .type = store.string()},
                        {.name = "subPathExpr", .type = store.string()},
                        {.name = "mountPropagation",
                         .type = choice(store, {"None", "HostToContainer", "Bidirectional"})}});
}

TypeRef volume(TypeStore& store) {
  const auto files = [&](const char* name) {
    return record(store, {{.name = name, .type = store.string()},
                          {.name = "items", .type = store.list_of(store.any())},
                          {.name = "defaultMode", .type = store.integer()},
                          {.name = "optional", .type = store.boolean()}});
  };
  std::vector<Field> fields{{.name = "name", .type = form(store, label_name), .required = true},
                            {.name = "secret", .type = files("secretName")},
                            {.name = "configMap", .type = files("name")},
                            {.name = "hostPath",
                             .type = record(store, {{.name = "path", .type = store.string()},
                                                    {.name = "type", .type = store.string()}})}};
  for (const char* source : {"awsElasticBlockStore",
                             "azureDisk",
                             "azureFile",
                             "cephfs",
                             "cinder",
                             "csi",
                             "downwardAPI",
                             "emptyDir",
                             "ephemeral",
                             "fc",
                             "flexVolume",
                             "flocker",
                             "gcePersistentDisk",
                             "gitRepo",
                             "glusterfs",
                             "image",
                             "iscsi",
                             "nfs",
                             "persistentVolumeClaim",
                             "photonPersistentDisk",
                             "portworxVolume",
                             "projected",
                             "quobyte",
                             "rbd",
                             "scaleIO",
                             "storageos",
                             "vsphereVolume"})
    fields.push_back({.name = source, .type = store.any()});
  return record(store, std::move(fields));
}

TypeRef resources(TypeStore& store) {
  const TypeRef quantities =
      store.map_of(store.add({.kind = Kind::Any, .pattern = std::string(quantity)}));
  return record(store, {{.name = "limits", .type = quantities},
                        {.name = "requests", .type = quantities},
                        {.name = "claims", .type = store.list_of(store.any())}});
}

TypeRef variable(TypeStore& store) {
  return record(store, {{.name = "name", .type = store.string(), .required = true},
                        {.name = "value", .type = store.string()},
                        {.name = "valueFrom", .type = store.any()}});
}

TypeRef pull_policy(TypeStore& store) {
  return choice(store, {"Always", "IfNotPresent", "Never", ""});
}

/// Of a pod or of a container.
TypeRef security_context(TypeStore& store) {
  std::vector<Field> fields;
  for (const char* number : {"fsGroup", "runAsGroup", "runAsUser"})
    fields.push_back({.name = number, .type = store.integer()});
  for (const char* flag :
       {"allowPrivilegeEscalation", "privileged", "readOnlyRootFilesystem", "runAsNonRoot"})
    fields.push_back({.name = flag, .type = store.boolean()});
  for (const char* other :
       {"appArmorProfile", "capabilities", "fsGroupChangePolicy", "procMount",
        "seLinuxChangePolicy", "seLinuxOptions", "seccompProfile", "supplementalGroups",
        "supplementalGroupsPolicy", "sysctls", "windowsOptions"})
    fields.push_back({.name = other, .type = store.any()});
  return record(store, std::move(fields));
}

TypeRef texts(TypeStore& store) {
  return store.map_of(store.string());
}

TypeRef secret_name(TypeStore& store) {
  return record(store, {{.name = "name", .type = store.string()}});
}

struct Place {
  std::string_view key;
  bool is_list;
  TypeRef (*type)(TypeStore&);
};
constexpr std::array<Place, 12> places{{{"tolerations", true, toleration},
                                        {"nodeSelector", false, texts},
                                        {"resources", false, resources},
                                        {"volumes", true, volume},
                                        {"volumeMounts", true, mount},
                                        {"env", true, variable},
                                        {"securityContext", false, security_context},
                                        {"imagePullPolicy", false, pull_policy},
                                        {"imagePullSecrets", true, secret_name},
                                        {"labels", false, texts},
                                        {"annotations", false, texts},
                                        {"matchLabels", false, texts}}};

}  // namespace

bool is_text_place(std::string_view key) {
  return key == "imagePullPolicy";
}

TypeRef kubernetes_place(std::string_view key, TypeStore& store) {
  for (const Place& place : places) {
    if (place.key != key) continue;
    const TypeRef type = place.type(store);
    Type named = place.is_list ? Type{.kind = Kind::List, .element = type} : *type;
    named.name = key;
    return store.add(std::move(named));
  }
  return nullptr;
}

}  // namespace stackc::schema
