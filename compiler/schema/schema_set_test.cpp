#include "compiler/schema/schema_set.h"

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "compiler/schema/yaml_reader.h"
#include "compiler/source/real_file_system.h"
#include "compiler/types/validate.h"

namespace stackc::schema {
namespace {

constexpr std::string_view infrastructure = "infrastructure.cluster.x-k8s.io/v1beta1";

TEST(SchemaSet, FindsAKindInTheWantedRelease) {
  SchemaSet set;
  const KindSchema* schema =
      set.find("openstack-v0.14", infrastructure, "OpenStackMachineTemplate");
  ASSERT_NE(schema, nullptr);
  EXPECT_NE(type_at(schema->type, "spec.template.spec.identityRef.type"), nullptr)
      << "new in v0.14";
  EXPECT_EQ(set.find("openstack-v0.14", infrastructure, "OpenStackMachineTemplate"), schema)
      << "read once";
}

TEST(SchemaSet, TakesTheOldestReleaseThatHasTheKindInThatVersion) {
  SchemaSet set;
  const KindSchema* schema = set.find("openstack", infrastructure, "OpenStackMachineTemplate");
  ASSERT_NE(schema, nullptr);
  EXPECT_EQ(type_at(schema->type, "spec.template.spec.identityRef.type"), nullptr);
  EXPECT_EQ(set.find("", infrastructure, "OpenStackMachineTemplate"), schema);

  const KindSchema* newer =
      set.find("kubeadm", "bootstrap.cluster.x-k8s.io/v1beta2", "KubeadmConfigTemplate");
  ASSERT_NE(newer, nullptr);
  EXPECT_EQ(
      type_at(newer->type, "spec.template.spec.clusterConfiguration.apiServer.extraArgs")->kind,
      types::Kind::List);
}

TEST(SchemaSet, KnowsNothingOfOtherKindsVersionsAndProviders) {
  SchemaSet set;
  EXPECT_EQ(set.find("openstack", infrastructure, "OpenStackCluster"), nullptr);
  EXPECT_EQ(
      set.find("openstack", "infrastructure.cluster.x-k8s.io/v1beta9", "OpenStackMachineTemplate"),
      nullptr);
  EXPECT_EQ(set.find("openstack", "other.group/v1beta1", "OpenStackMachineTemplate"), nullptr);
  EXPECT_EQ(set.find("docker", infrastructure, "OpenStackMachineTemplate"), nullptr);
  EXPECT_EQ(set.find("openstack-v0.13", infrastructure, "OpenStackMachineTemplate"), nullptr);
}

TEST(SchemaSet, ListsReleasesOldestFirst) {
  std::vector<std::string_view> providers;
  const SchemaSet set;
  for (const SchemaName& name : set.names()) {
    if (providers.empty() || providers.back() != name.provider) providers.push_back(name.provider);
  }
  EXPECT_THAT(providers,
              testing::ElementsAre("cluster-api-v1.10", "cluster-api-v1.14", "docker-v1.10",
                                   "docker-v1.14", "kubeadm-v1.10", "kubeadm-v1.14",
                                   "openstack-v0.12", "openstack-v0.14", "orc-v2.6"));
}

TEST(SchemaSet, GivesTypesThatFindMistakesInAnObject) {
  SchemaSet set;
  const KindSchema* schema = set.find("openstack", infrastructure, "OpenStackMachineTemplate");
  ASSERT_NE(schema, nullptr);
  const auto object = read_yaml(
      "spec: {template: {spec: {flavour: SCS-2V-4, rootVolume: {sizeGiB: 0}, "
      "image: {id: f4a2cb5e-8a3c-4a2b-9d3f-0a1b2c3d4e5f, filter: {name: x}}}}}");
  std::vector<std::string> paths;
  for (const types::Mismatch& mismatch : types::validate(*object, *schema->type))
    paths.push_back(mismatch.path);
  EXPECT_THAT(paths, testing::UnorderedElementsAre(
                         "spec.template.spec.flavour", "spec.template.spec",
                         "spec.template.spec.rootVolume.sizeGiB", "spec.template.spec.image"));
}

class UserSchemas : public testing::Test {
 protected:
  UserSchemas() { std::filesystem::remove_all(root_); }
  ~UserSchemas() override { std::filesystem::remove_all(root_); }

  void write(const std::string& provider, const std::string& name, const std::string& text) const {
    std::filesystem::create_directories(root_ + "/" + provider);
    std::ofstream(root_ + "/" + provider + "/" + name) << text;
  }

  const std::string root_ =
      testing::TempDir() + "stackc-user-schemas-" + std::to_string(::getpid());
  source::RealFileSystem files_;
};

std::string widget(std::string_view field) {
  return fmt::format("kind Widget\napi-version example.org/v1\n\nobject: record\n  {}\n", field);
}

TEST_F(UserSchemas, AreFoundAndOrderedByRelease) {
  write("acme-v1.10", "Widget.v1.schema", widget("ten: string"));
  write("acme-v1.9", "Widget.v1.schema", widget("nine: string"));
  SchemaSet set;
  ASSERT_TRUE(set.add_directory(files_, root_).ok());
  EXPECT_NE(set.find("acme", "example.org/v1", "Widget")->type->find("nine"), nullptr);
  EXPECT_NE(set.find("acme-v1.10", "example.org/v1", "Widget")->type->find("ten"), nullptr);
}

TEST_F(UserSchemas, ReplaceThoseOfTheStandardLibrary) {
  write("docker-v1.10", "DockerMachineTemplate.v1beta1.schema",
        "kind DockerMachineTemplate\napi-version "
        "infrastructure.cluster.x-k8s.io/v1beta1\n\nobject: record\n  mine: bool\n");
  SchemaSet set;
  ASSERT_TRUE(set.add_directory(files_, root_).ok());
  EXPECT_NE(set.find("docker-v1.10", infrastructure, "DockerMachineTemplate")->type->find("mine"),
            nullptr);
}

TEST_F(UserSchemas, AddReleases) {
  write("docker-v1.9", "Widget.v1.schema", widget("nine: string"));
  write("docker", "README.md", "no schema");
  SchemaSet set;
  ASSERT_TRUE(set.add_directory(files_, root_).ok());
  EXPECT_THAT(set.releases("docker"), testing::ElementsAre("v1.9", "v1.10", "v1.14"));
  EXPECT_THAT(set.releases("dock"), testing::IsEmpty());
}

/// What is wrong with a file.
std::string problem(SchemaSet& set, source::FileSystem& files, const std::string& root) {
  const auto added = set.add_directory(files, root);
  return added ? "" : added.error().text.substr(root.size() + 1);
}

TEST_F(UserSchemas, AreCheckedWhenTheyAreAdded) {
  SchemaSet set;
  write("acme-v1.9", "Widget.v1.schema", widget("nine: strong"));
  EXPECT_EQ(problem(set, files_, root_),
            "/acme-v1.9/Widget.v1.schema`: line 5: unknown type `strong`");
  write("acme-v1.9", "Widget.v1.schema", widget("nine: string pattern(\"(\")"));
  EXPECT_EQ(problem(set, files_, root_),
            "/acme-v1.9/Widget.v1.schema`: line 5: `(` is not a regular expression: missing ): (");
  write("acme-v1.9", "Widget.v1.schema", widget("nine: string"));
  write("acme-v1.9", "Gadget.v1.schema", widget("nine: string"));
  EXPECT_EQ(problem(set, files_, root_),
            "/acme-v1.9/Gadget.v1.schema` describes what belongs into `Widget.v1.schema`");
}

TEST_F(UserSchemas, LieInADirectoryThatNamesTheRelease) {
  for (const char* name : {"acme", "acme-1.9", "acme-v", "acme-v1.", "acme-v1x2", "-v1"}) {
    SchemaSet set;
    write(name, "Widget.v1.schema", widget("nine: string"));
    EXPECT_EQ(problem(set, files_, root_),
              fmt::format("/{}` is not called after a provider and its release, as in `{}-v1.2`",
                          name, name));
    std::filesystem::remove_all(root_ + "/" + name);
  }
  SchemaSet set;
  write(".", "Widget.v1.schema", widget("nine: string"));
  EXPECT_EQ(problem(set, files_, root_),
            fmt::format("/Widget.v1.schema` belongs into a directory of its provider's release, as "
                        "in `{}/acme-v1.2`",
                        root_));
}

}  // namespace
}  // namespace stackc::schema
