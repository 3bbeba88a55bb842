#include "compiler/emit/emit.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/base/check.h"
#include "compiler/emit/artifacts.h"

namespace stackc::emit {

std::string_view chart_alias(const ir::AddOn& add_on) {
  return add_on.chart.name;
}

std::string line_name(const ir::Stack& stack) {
  std::string minor = stack.kubernetes_minor;
  std::ranges::replace(minor, '.', '-');
  return fmt::format("{}-{}-{}", stack.provider, stack.name, minor);
}

FileTree emit_lasting(const ir::Stack& stack, const std::vector<AddOnContent>& add_ons) {
  CHECK(add_ons.size() == stack.add_ons.size(), "lowering makes something of every add-on");
  FileTree files;
  for (std::size_t i = 0; i < add_ons.size(); ++i) {
    emit_add_on(stack.add_ons[i], add_ons[i], files);
  }
  emit_stages(stack, files);
  emit_node_images(stack, files);
  emit_image_manager_list(stack, files);
  emit_orc_images(stack, files);
  return files;
}

FileTree emit_versioned(const ir::Stack& stack, const ReleaseVersions& versions,
                        const lower::ClassObjects& objects, ClassTexts& texts) {
  FileTree files;
  emit_cluster_class(stack, versions, objects, texts, files);
  emit_metadata(stack, versions, files);
  return files;
}

std::string summary(const std::string& doc, std::string otherwise) {
  return doc.empty() ? std::move(otherwise) : doc.substr(0, doc.find('\n'));
}

std::string image_name(const ir::NodeImage& image) {
  return fmt::format("{}-{}", image.name, image.version);
}

std::vector<const ir::NodeImage*> disk_images(const ir::Stack& stack) {
  std::vector<const ir::NodeImage*> images;
  for (const ir::NodeImage& image : stack.images) {
    if (image.container.empty()) images.push_back(&image);
  }
  return images;
}

void set_if_given(Record& record, std::string name, const std::string& value) {
  if (!value.empty()) record.set(std::move(name), value);
}

}  // namespace stackc::emit
