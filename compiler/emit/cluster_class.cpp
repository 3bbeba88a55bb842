#include <fmt/format.h>

#include "compiler/base/check.h"
#include "compiler/emit/artifacts.h"
#include "compiler/emit/helm_text.h"
#include "compiler/emit/yaml_writer.h"
#include "compiler/package/release_layout.h"

namespace stackc::emit {

namespace {

constexpr std::size_t column_of_spec = 2;  // of its fields

/// The fields of a spec in which no name of the class is. They are the last ones.
bool is_lasting(std::string_view field) {
  return field == "template" || field == "variables" || field == "patches";
}

/// The fields of a spec that are lasting, or the others.
std::string part_of(const Record& spec, bool lasting) {
  std::string text;
  for (const Record::Field& field : spec) {
    if (is_lasting(field.name) == lasting)
      text += keep_through_helm(write_yaml_field(field, column_of_spec));
  }
  return text;
}

/// Writes the lasting part of the spec if `lasting` is empty, and else takes it from there.
std::string object_text(const Record& manifest, std::string& lasting) {
  std::string text;
  for (const Record::Field& field : manifest) {
    const Record* spec = field.name == "spec" ? field.value.if_record() : nullptr;
    if (spec == nullptr || spec->empty()) {
      text += keep_through_helm(write_yaml_field(field, 0));
      continue;
    }
    if (lasting.empty()) lasting = part_of(*spec, true);
    text += "spec:\n";
    text += part_of(*spec, false);
    text += lasting;
  }
  return text;
}

}  // namespace

void emit_cluster_class(const ir::Stack& stack, const ReleaseVersions& versions,
                        const lower::ClassObjects& objects, ClassTexts& texts, FileTree& files) {
  // The chart's name and version are those in the name of its archive: CSO finds it by them.
  const Record chart{
      {"apiVersion", "v2"},
      {"name", package::layout::class_chart(line_name(stack))},
      {"description",
       summary(stack.doc, fmt::format("Cluster class {} for Kubernetes {} on {}", stack.name,
                                      stack.kubernetes_minor, stack.provider))},
      {"type", "application"},
      {"version", versions.cluster_class}};
  const std::string folder = package::layout::cluster_class;
  files[folder + "/Chart.yaml"] = write_yaml(chart);
  for (const lower::Object& object : objects.objects) {
    const bool added = files
                           .emplace(folder + "/templates/" + object.file,
                                    object_text(*object.manifest.if_record(), texts[object.file]))
                           .second;
    CHECK(added, "lowering gives every object a file of its own");
  }
}

}  // namespace stackc::emit
