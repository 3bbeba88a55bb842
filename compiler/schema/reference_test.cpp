// Compares with the CRDs and the rendered stacks of the upstream projects, which are not part of
// this repository.

#include <fmt/core.h>
#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "compiler/schema/import.h"
#include "compiler/schema/schema_set.h"
#include "compiler/schema/yaml_reader.h"
#include "compiler/types/validate.h"
#include "stdlib/embedded.h"

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

struct Origin {
  std::string_view provider;
  std::string_view folder;
  std::string_view prefix;  // of the file names of its CRDs
};

constexpr Origin origins[] = {
    {"cluster-api-v1.10", "cluster-api-v1.10.10", "cluster.x-k8s.io_"},
    {"cluster-api-v1.14", "cluster-api-v1.14.0", "cluster.x-k8s.io_"},
    {"docker-v1.10", "cluster-api-v1.10.10", "infrastructure."},
    {"docker-v1.14", "cluster-api-v1.14.0", "infrastructure."},
    {"kubeadm-v1.10", "cluster-api-v1.10.10", "bootstrap."},
    {"kubeadm-v1.10", "cluster-api-v1.10.10", "controlplane."},
    {"kubeadm-v1.14", "cluster-api-v1.14.0", "bootstrap."},
    {"kubeadm-v1.14", "cluster-api-v1.14.0", "controlplane."},
    {"openstack-v0.12", "cluster-api-provider-openstack-v0.12.6", "infrastructure."},
    {"openstack-v0.14", "cluster-api-provider-openstack-v0.14.7", "infrastructure."},
    {"orc-v2.6", "openstack-resource-controller-v2.6.0", "openstack.k-orc.cloud_"},
};

TEST(Reference, StandardLibraryHoldsWhatTheCrdsSay) {
  if (!fs::exists(reference() / "crds"))
    GTEST_SKIP() << "no CRDs in " << reference() << " (STACKC_REFERENCE)";
  std::map<std::string, std::string> imported;
  for (const Origin& origin : origins) {
    for (const fs::path& path : yaml_files(reference() / "crds" / origin.folder)) {
      if (!path.filename().string().starts_with(origin.prefix)) continue;
      const auto files = import_crds(path.filename().string(), text_of(path));
      ASSERT_TRUE(files.ok()) << files.error().text;
      for (const SchemaFile& file : *files) {
        imported[fmt::format("schemas/{}/{}", origin.provider, file.name)] = file.text;
      }
    }
  }
  std::map<std::string, std::string> shipped;
  for (const stdlib::EmbeddedFile& file : stdlib::embedded_files()) {
    if (std::string_view(file.path).starts_with("schemas/")) shipped[file.path] = file.text();
  }
  for (const auto& [path, text] : imported) {
    EXPECT_EQ(shipped[path], text) << path << ": refresh it with `stackc schema import`";
  }
  EXPECT_EQ(shipped.size(), imported.size());
}

/// All that is wrong with an object by any release that has its kind, one line each. Counts the
/// comparisons.
std::string problems(const Value& object, SchemaSet& schemas, int& compared) {
  const Record& record = *object.if_record();
  const std::string& kind = *record.find("kind")->if_string();
  const std::string& api_version = *record.find("apiVersion")->if_string();
  std::set<std::string_view> releases;
  for (const SchemaName& name : schemas.names()) releases.insert(name.provider);
  std::string all;
  for (const std::string_view release : releases) {
    const KindSchema* schema = schemas.find(release, api_version, kind);
    if (schema == nullptr) continue;
    ++compared;
    for (const types::Mismatch& mismatch : types::validate(object, *schema->type)) {
      all += fmt::format("{} {}: {}: {}\n", release, kind, mismatch.path, mismatch.message);
    }
  }
  return all;
}

TEST(Reference, RenderedUpstreamStacksFitTheirSchemas) {
  const fs::path folder = reference() / "upstream/rendered";
  if (!fs::exists(folder))
    GTEST_SKIP() << "no rendered stacks in " << folder << " (STACKC_REFERENCE)";
  SchemaSet schemas;
  int objects = 0;
  int compared = 0;
  for (const fs::path& path : yaml_files(folder)) {
    const auto documents = read_yaml_documents(text_of(path));
    ASSERT_TRUE(documents.ok()) << documents.error().text;
    for (const Value& object : *documents) {
      EXPECT_EQ(problems(object, schemas, compared), "") << path.filename();
      ++objects;
    }
  }
  EXPECT_EQ(objects, 18);
  EXPECT_EQ(compared, 35) << "one release has images, two have the other kinds";
}

}  // namespace
}  // namespace stackc::schema
