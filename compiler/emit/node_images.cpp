#include "compiler/emit/artifacts.h"
#include "compiler/emit/yaml_writer.h"
#include "compiler/package/release_layout.h"

namespace stackc::emit {
namespace {

/// Keys are those of Glance's API, as gophercloud spells them in its options for creating an image.
Value create_options(const ir::NodeImage& image) {
  Record options{{"name", image_name(image)},      {"disk_format", image.disk_format},
                 {"container_format", "bare"},     {"visibility", image.visibility},
                 {"min_disk", image.min_disk_gib}, {"min_ram", image.min_ram_mib}};
  if (!image.tags.empty()) options.set("tags", List(image.tags.begin(), image.tags.end()));
  Record properties;
  set_if_given(properties, "architecture", image.architecture);
  set_if_given(properties, "os_distro", image.os_distro);
  set_if_given(properties, "os_version", image.os_version);
  for (const auto& [name, value] : image.properties) properties.set(name, value);
  if (!properties.empty()) options.set("properties", std::move(properties));
  return options;
}

Record openstack_list(const ir::Stack& stack) {
  List entries;
  entries.reserve(stack.images.size());
  for (const ir::NodeImage& image : stack.images) {
    Record entry{{"url", image.url}};
    entry.append_new("createOpts", create_options(image));
    entries.push_back(std::move(entry));
  }
  Record list{{"apiVersion", "openstack.infrastructure.clusterstack.x-k8s.io/v1alpha1"}};
  list.append_new("openStackNodeImages", std::move(entries));
  return list;
}

Record docker_list(const ir::Stack& stack) {
  List references;
  for (const ir::NodeImage& image : stack.images) references.push_back(image.container);
  return {{"apiVersion", "docker.infrastructure.clusterstack.x-k8s.io/v1alpha1"},
          {"dockerImages", std::move(references)}};
}

}  // namespace

void emit_node_images(const ir::Stack& stack, FileTree& files) {
  if (stack.images.empty()) return;
  switch (stack.image_list) {
    case ir::NodeImageList::None:
      return;
    case ir::NodeImageList::OpenStack:
      files[package::layout::node_images] = write_yaml(openstack_list(stack));
      return;
    case ir::NodeImageList::Docker:
      files[package::layout::node_images] = write_yaml(docker_list(stack));
      return;
  }
}

}  // namespace stackc::emit
