// Runs `stackc schema import` on the CRDs of the upstream projects, which are not part of this
// repository.

#include <fmt/core.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "compiler/cli/subcommand.h"
#include "compiler/source/real_file_system.h"
#include "compiler/testing/memory_world.h"
#include "stdlib/embedded.h"

namespace stackc::testing {
namespace {

namespace fs = std::filesystem;

fs::path crds() {
  const char* given = std::getenv("STACKC_REFERENCE");
  return (given != nullptr ? fs::path(given)
                           : fs::path(STACKC_SOURCE_DIR) / "../shared/reference") /
         "crds";
}

struct Origin {
  const char* provider;
  const char* folder;
  std::vector<std::string_view> prefixes;  // of the file names of its CRDs
};

const std::vector<Origin> origins{
    {"cluster-api-v1.10", "cluster-api-v1.10.10", {"cluster.x-k8s.io_"}},
    {"cluster-api-v1.14", "cluster-api-v1.14.0", {"cluster.x-k8s.io_"}},
    {"docker-v1.10", "cluster-api-v1.10.10", {"infrastructure."}},
    {"docker-v1.14", "cluster-api-v1.14.0", {"infrastructure."}},
    {"kubeadm-v1.10", "cluster-api-v1.10.10", {"bootstrap.", "controlplane."}},
    {"kubeadm-v1.14", "cluster-api-v1.14.0", {"bootstrap.", "controlplane."}},
    {"openstack-v0.12", "cluster-api-provider-openstack-v0.12.6", {"infrastructure."}},
    {"openstack-v0.14", "cluster-api-provider-openstack-v0.14.7", {"infrastructure."}},
    {"orc-v2.6", "openstack-resource-controller-v2.6.0", {"openstack.k-orc.cloud_"}},
};

std::vector<std::string> files_of(const Origin& origin) {
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(crds() / origin.folder)) {
    const std::string name = entry.path().filename().string();
    const auto is_prefix = [&](std::string_view prefix) { return name.starts_with(prefix); };
    if (std::ranges::any_of(origin.prefixes, is_prefix)) files.push_back(entry.path().string());
  }
  return files;
}

TEST(SchemaImport, MakesTheSchemasOfTheStandardLibrary) {
  if (!fs::exists(crds())) GTEST_SKIP() << "no CRDs in " << crds() << " (STACKC_REFERENCE)";
  source::RealFileSystem disk;
  MemoryWorld world({});
  std::string out, err;
  driver::Environment environment{
      .files = disk, .output = world, .out = out, .err = err, .binary_directory = {}};
  for (const Origin& origin : origins) {
    const std::vector<std::string> files = files_of(origin);
    const std::string directory = fmt::format("schemas/{}", origin.provider);
    std::vector<const char*> arguments{"schema", "import", "-o", directory.c_str()};
    for (const std::string& file : files) arguments.push_back(file.c_str());
    EXPECT_EQ(cli::run(arguments, environment), driver::Exit::Fine) << origin.provider;
  }
  EXPECT_EQ(err, "");
  FileTree shipped;
  for (const stdlib::EmbeddedFile& file : stdlib::embedded_files()) {
    if (std::string_view(file.path).starts_with("schemas/")) shipped[file.path] = file.text();
  }
  EXPECT_EQ(world.written(), shipped) << "refresh stdlib/schemas with `stackc schema import`";
}

}  // namespace
}  // namespace stackc::testing
