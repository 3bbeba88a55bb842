// Compares with the rendered stacks of the upstream projects, which are not part of this
// repository.

#include <fmt/core.h>
#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
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
