// Compares with the rendered stacks of the upstream projects, which are not part of this
// repository.

#include <fmt/core.h>
#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "compiler/schema/schema_set.h"
#include "compiler/schema/yaml_reader.h"
#include "compiler/types/validate.h"

namespace stackc::schema {
namespace {

namespace fs = std::filesystem;

fs::path reference() {
  const char* given = std::getenv("STACKC_REFERENCE");
  return given != nullptr ? fs::path(given) : fs::path(STACKC_SOURCE_DIR) / "../shared/reference";
}

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<fs::path> yaml_files(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

/// All that is wrong with an object by any release that has its kind, one line each; also by the
/// type of its `spec.template.spec` alone, as sections of a stack have it. Counts the comparisons.
std::string problems(const Value& object, SchemaSet& schemas, int& compared) {
  const Record& record = *object.if_record();
  const std::string& kind = *record.find("kind")->if_string();
  const std::string& api_version = *record.find("apiVersion")->if_string();
  std::set<std::string_view> releases;
  for (const SchemaName& name : schemas.names()) releases.insert(name.provider);
  std::string all;
  const auto compare = [&](std::string_view release, const Value& value, const types::Type& type) {
    ++compared;
    for (const types::Mismatch& mismatch : types::validate(value, type)) {
      all += fmt::format("{} {}: {}: {}\n", release, kind, mismatch.path, mismatch.message);
    }
  };
  for (const std::string_view release : releases) {
    const KindSchema* schema = schemas.find(release, api_version, kind);
    if (schema == nullptr) continue;
    compare(release, object, *schema->type);
    const Value* spec = &object;
    for (const std::string_view name : {"spec", "template", "spec"}) {
      spec = spec == nullptr ? nullptr : spec->if_record()->find(name);
    }
    if (spec != nullptr) compare(release, *spec, *type_at(schema->type, "spec.template.spec"));
  }
  return all;
}

TEST(Reference, RenderedUpstreamStacksFitTheirSchemas) {
  const fs::path folder = reference() / "upstream/rendered";
  if (!fs::exists(folder))
    GTEST_SKIP() << "no rendered stacks in " << folder << " (STACKC_REFERENCE)";
  SchemaSet schemas;
  std::map<std::string, int> compared;  // by kind
  for (const fs::path& path : yaml_files(folder)) {
    const auto documents = read_located_yaml(text_of(path));
    ASSERT_TRUE(documents.ok()) << documents.error().text;
    for (const YamlDocument& document : *documents) {
      const Value& object = document.value;
      int& count = compared[*object.if_record()->find("kind")->if_string()];
      EXPECT_EQ(problems(object, schemas, count), "") << path.filename();
    }
  }
  // Two releases have each kind but images; templates are compared twice.
  EXPECT_THAT(compared, testing::ElementsAre(testing::Pair("ClusterClass", 6),
                                             testing::Pair("DockerClusterTemplate", 4),
                                             testing::Pair("DockerMachineTemplate", 4),
                                             testing::Pair("Image", 1),
                                             testing::Pair("KubeadmConfigTemplate", 12),
                                             testing::Pair("KubeadmControlPlaneTemplate", 12),
                                             testing::Pair("OpenStackClusterTemplate", 8),
                                             testing::Pair("OpenStackMachineTemplate", 16)));
}

}  // namespace
}  // namespace stackc::schema
