#include <fmt/format.h>

#include "compiler/base/check.h"
#include "compiler/emit/artifacts.h"
#include "compiler/emit/helm_text.h"
#include "compiler/emit/yaml_writer.h"

namespace stackc::emit {

void emit_cluster_class(const ir::Stack& stack, const ReleaseVersions& versions,
                        const lower::ClassObjects& objects, FileTree& files) {
  // The chart's name and version are those in the name of its archive: CSO finds it by them.
  const Record chart{
      {"apiVersion", "v2"},
      {"name", line_name(stack) + "-cluster-class"},
      {"description",
       summary(stack.doc, fmt::format("Cluster class {} for Kubernetes {} on {}", stack.name,
                                      stack.kubernetes_minor, stack.provider))},
      {"type", "application"},
      {"version", versions.cluster_class}};
  files["cluster-class/Chart.yaml"] = write_yaml(chart);
  for (const lower::Object& object : objects.objects) {
    const bool added = files
                           .emplace("cluster-class/templates/" + object.file,
                                    keep_through_helm(write_yaml(object.manifest)))
                           .second;
    CHECK(added, "lowering gives every object a file of its own");
  }
}

}  // namespace stackc::emit
