#include "compiler/emit/artifacts.h"
#include "compiler/emit/yaml_writer.h"
#include "compiler/package/release_layout.h"

namespace stackc::emit {

void emit_metadata(const ir::Stack& stack, const ReleaseVersions& versions, FileTree& files) {
  const Record components{{"clusterAddon", versions.cluster_addon},
                          {"nodeImage", versions.node_image}};
  files[package::layout::metadata] =
      write_yaml(Record{{"apiVersion", "metadata.clusterstack.x-k8s.io/v1alpha1"},
                        {"versions", Record{{"clusterStack", versions.cluster_class},
                                            {"kubernetes", "v" + stack.kubernetes_version},
                                            {"components", components}}}});
}

}  // namespace stackc::emit
