#include "compiler/emit/artifacts.h"
#include "compiler/emit/yaml_writer.h"

namespace stackc::emit {
namespace {

/// Everything of an entry but its versions. Keys and their order as in the manager's own lists.
Record entry_for(const ir::NodeImage& image) {
  Record meta;
  set_if_given(meta, "architecture", image.architecture);
  set_if_given(meta, "os_distro", image.os_distro);
  for (const auto& [name, value] : image.properties) meta.set(name, value);
  Record entry{
      {"name", image.name},
      {"enable", true},
      {"format", image.disk_format},
      {"login", image.login},
      {"min_disk", image.min_disk_gib},
      {"min_ram", image.min_ram_mib},
      {"status", "active"},
      {"visibility", image.visibility},
      {"multi", false},  // every version is an image of its own, and the version part of its name
      {"separator", "-"}};
  entry.append_new("meta", std::move(meta));
  entry.append_new("tags", List(image.tags.begin(), image.tags.end()));
  return entry;
}

Record version_for(const ir::NodeImage& image) {
  Record version{{"version", image.version}, {"url", image.url}};
  set_if_given(version, "checksum", image.checksum);
  set_if_given(version, "build_date", image.built);
  // Without it the manager takes the Kubernetes version for that of the operating system.
  set_if_given(version, "os_version", image.os_version);
  return version;
}

struct Entry {
  Record common;
  List versions;
};

}  // namespace

void emit_image_manager_list(const ir::Stack& stack, FileTree& files) {
  std::vector<Entry> entries;
  for (const ir::NodeImage* image : disk_images(stack)) {
    Record common = entry_for(*image);
    // Versions of one image share an entry as long as nothing but the version differs.
    if (entries.empty() || !(Value(entries.back().common) == Value(common))) {
      entries.push_back({std::move(common), {}});
    }
    entries.back().versions.push_back(version_for(*image));
  }
  if (entries.empty()) return;
  List images;
  for (Entry& entry : entries) {
    entry.common.set("versions", std::move(entry.versions));
    images.push_back(std::move(entry.common));
  }
  // The manager calls `date.isoformat` on `build_date`, so that a string there makes it skip the
  // whole image.
  Record list;
  list.append_new("images", std::move(images));
  files["image-manager.yaml"] = write_yaml(std::move(list), {.dates = YamlDates::Plain});
}

}  // namespace stackc::emit
