// Charts as they come from others: real ones that must give no false alarm, and hostile ones that
// must end in a message that names the file.

#include <fmt/core.h>
#include <gmock/gmock.h>

#include <chrono>
#include <cstdlib>
#include <regex>

#include "compiler/charts/lock_file.h"
#include "compiler/driver/chart_shelf.h"
#include "compiler/driver/session.h"
#include "compiler/package/archive_reader.h"
#include "compiler/package/archive_writer.h"
#include "compiler/package/sha256.h"
#include "compiler/schema/yaml_reader.h"
#include "compiler/testing/memory_world.h"
#include "compiler/testing/packed_charts.h"
#include "compiler/testing/read_tree.h"

namespace stackc::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

/// What a check of `main.stack` says: reports, and what is wrong with archives.
std::vector<std::string> check(FileTree files) {
  MemoryWorld world(std::move(files));
  driver::ChartShelf shelf(world, std::nullopt);
  driver::Session session(world, {}, &shelf);
  const driver::CheckedFile file = session.check_file("main.stack");
  std::vector<std::string> said(file.unreadable_charts.begin(), file.unreadable_charts.end());
  for (const diag::Report& report : file.sink.sorted())
    said.push_back(fmt::format("{}: {}", report.id, report.message));
  for (const std::string& chart : file.unchecked_charts) said.push_back("unchecked " + chart);
  return said;
}

/// A stack with one add-on.
std::string stack_with(std::string_view chart, std::string_view version, std::string_view values) {
  return fmt::format(R"(import docker
import kubeadm

stack demo on docker {{
  kubernetes 1.34.7
  infrastructure {{}}
  control-plane {{
    kubeadm {{}}
    machine {{}}
  }}
  addon tested from {{ name: "{}", version: "{}", repository: "https://charts.example" }} {{
    values {}
  }}
  stages {{ AfterControlPlaneInitialized: [tested] }}
}}
)",
                     chart, version, values);
}

// ---- real charts ------------------------------------------------------------------------------

std::string reference() {
  const char* given = std::getenv("STACKC_REFERENCE");
  return given != nullptr ? given : STACKC_SOURCE_DIR "/../shared/reference";
}

/// The files of a reference chart, which says that it is of the version that a stack asks for.
FileTree chart_as(const std::string& file, const std::string& version) {
  const std::string bytes = read_file(reference() + "/charts/" + file);
  auto files = package::read_tar_gz(bytes);
  if (!files) return {};
  for (auto& [path, text] : *files) {
    if (std::ranges::count(path, '/') == 1 && path.ends_with("/Chart.yaml"))
      text = std::regex_replace(text, std::regex("(^|\n)version: [^\n]*"), "$1version: " + version);
  }
  return *files;
}

/// Adds a chart, and pins all that are there.
void vendor(FileTree& world, const std::string& name, const std::string& version,
            const std::string& file) {
  for (const auto& [path, bytes] : chart_as(file, version)) {
    const std::string inner = path.substr(path.find('/') + 1);
    world.emplace(fmt::format("charts/{}-{}.tgz/{}", name, version, inner), bytes);
  }
}

bool has_reference() {
  return !read_file(reference() + "/charts/metrics-server-3.12.2.tgz").empty();
}

const std::string no_reference = "no charts in " + reference() + " (STACKC_REFERENCE)";

TEST(VendoredCharts, RefuseNothingThatTheStacksSay) {
  if (!has_reference()) GTEST_SKIP() << no_reference;
  FileTree world;
  vendor(world, "cilium", "1.18.9", "cilium-1.17.4.tgz");
  vendor(world, "cilium", "1.16.6", "cilium-1.16.6.tgz");
  vendor(world, "metrics-server", "3.13.0", "metrics-server-3.12.2.tgz");
  vendor(world, "metrics-server", "3.12.2", "metrics-server-3.12.2.tgz");
  for (const char* version : {"2.32.1", "2.33.1", "2.34.2"}) {
    vendor(world, "openstack-cloud-controller-manager", version,
           "openstack-cloud-controller-manager-2.32.0.tgz");
  }
  for (const char* version : {"2.32.2", "2.33.1", "2.34.3"})
    vendor(world, "openstack-cinder-csi", version, "openstack-cinder-csi-2.32.0.tgz");
  for (const char* path : {"/stacks/openstack/scs2/scs2.stack", "/stacks/docker/scs/scs.stack"}) {
    FileTree files = world;
    files.emplace("main.stack", read_file(std::string(STACKC_SOURCE_DIR) + path));
    EXPECT_THAT(check(with_packed_charts(files)), IsEmpty()) << path;
  }
}

/// A value as a stack writes it.
std::string as_written(const Value& value) {
  std::string text = to_json(value);
  for (std::size_t at = text.find('$'); at != std::string::npos; at = text.find('$', at + 2))
    text.insert(at, "\\");
  return text;
}

/// What is wrong with the values that an upstream stack gives to a chart.
std::vector<std::string> check_upstream(const std::string& add_on, const std::string& chart,
                                        const std::string& version) {
  const auto values =
      schema::read_yaml(read_file(reference() + "/upstream/providers/" + add_on + "/values.yaml"));
  const Value* of_chart =
      values && values->if_record() ? values->if_record()->find(chart) : nullptr;
  FileTree world;
  vendor(world, chart, version, fmt::format("{}-{}.tgz", chart, version));
  world.emplace("main.stack",
                stack_with(chart, version, as_written(of_chart ? *of_chart : Record())));
  return check(with_packed_charts(world));
}

TEST(VendoredCharts, FindWhatHelmIgnoresInUpstreamsValues) {
  if (!has_reference()) GTEST_SKIP() << no_reference;
  const auto ignored =
      ElementsAre("chart/unknown-value: chart `openstack-cinder-csi` has no value `nodeSelector`",
                  "chart/unknown-value: chart `openstack-cinder-csi` has no value `tolerations`");
  for (const std::string stack : {"openstack/scs", "openstack/scs2"}) {
    const std::string add_ons = stack + "/cluster-addon/";
    EXPECT_THAT(check_upstream(add_ons + "cni", "cilium", "1.17.4"), IsEmpty()) << stack;
    EXPECT_THAT(check_upstream(add_ons + "ccm", "openstack-cloud-controller-manager", "2.32.0"),
                IsEmpty())
        << stack;
    EXPECT_THAT(check_upstream(add_ons + "metrics-server", "metrics-server", "3.12.2"), IsEmpty())
        << stack;
    EXPECT_THAT(check_upstream(add_ons + "csi", "openstack-cinder-csi", "2.32.0"), ignored)
        << stack;
  }
}

// ---- hostile charts ---------------------------------------------------------------------------

/// What a check says of a stack whose one chart has these bytes.
std::vector<std::string> check_archive(const std::string& archive, std::string_view values = "{}") {
  const charts::PinnedChart pin{.name = "web",
                                .version = "1.0.0",
                                .repository = "https://charts.example",
                                .sha256 = package::to_hex(package::sha256(archive))};
  return check({{"main.stack", stack_with("web", "1.0.0", values)},
                {"charts/web-1.0.0.tgz", archive},
                {"stackc.lock", charts::print_lock_file({pin})}});
}

/// The same for a chart with these files.
std::vector<std::string> check_chart(FileTree files, std::string_view values = "{}") {
  FileTree chart{{"web/Chart.yaml", "name: web\nversion: 1.0.0\n"}};
  for (auto& [path, bytes] : files) chart.insert_or_assign("web/" + path, std::move(bytes));
  return check_archive(package::tar_gz(chart), values);
}

TEST(HostileChart, IsNoArchiveOrNoChart) {
  EXPECT_THAT(check_archive("<html>404</html>"),
              ElementsAre(StartsWith("`charts/web-1.0.0.tgz`: ")));
  EXPECT_THAT(check_archive(package::tar_gz({{"web/values.yaml", "a: 1\n"}})),
              ElementsAre("`charts/web-1.0.0.tgz`: it has no `Chart.yaml`"));
}

TEST(HostileChart, HasTooMuchInIt) {
  FileTree many;
  for (int i = 0; i < 10'001; ++i) many.emplace(fmt::format("web/{}", i), "");
  EXPECT_THAT(check_archive(package::tar_gz(many)),
              ElementsAre("`charts/web-1.0.0.tgz`: more than 10000 entries"));
  EXPECT_THAT(check_chart({{"values.yaml", std::string(65 << 20, ' ')}}),
              ElementsAre(StartsWith("`charts/web-1.0.0.tgz`: ")));
  EXPECT_THAT(check_chart({{"values.yaml", std::string(50 << 20, ' ')}}),
              ElementsAre(StartsWith("`charts/web-1.0.0.tgz`: `values.yaml`: ")));
  EXPECT_THAT(check_chart({{"templates/a.yaml", std::string((8 << 20) + 1, ' ')}}),
              ElementsAre("`charts/web-1.0.0.tgz`: `templates/a.yaml`: more than 8388608 bytes of "
                          "templates"));
}

TEST(HostileChart, HoldsChartsInCharts) {
  std::string inner = package::tar_gz({{"sub/Chart.yaml", "name: sub\n"}});
  for (int i = 0; i < 70; ++i)
    inner = package::tar_gz({{"sub/Chart.yaml", "name: sub\n"}, {"sub/charts/sub.tgz", inner}});
  EXPECT_THAT(check_chart({{"charts/sub.tgz", inner}}),
              ElementsAre("`charts/web-1.0.0.tgz`: more than 64 charts in one another"));
}

TEST(HostileChart, HasPackagedSubchartsThatCount) {
  const std::string sub =
      package::tar_gz({{"sub/Chart.yaml", "name: sub\n"}, {"sub/values.yaml", "size: 1\n"}});
  EXPECT_THAT(check_chart({{"charts/sub-1.0.0.tgz", sub}}, "{ sub: { size: 2 } }"), IsEmpty());
  EXPECT_THAT(check_chart({{"charts/sub-1.0.0.tgz", sub}}, "{ sub: { seize: 2 } }"),
              ElementsAre("chart/unknown-value: chart `web` has no value `sub.seize`"));
}

TEST(HostileChart, ExpandsWithoutEnd) {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 12; ++i) {
    bomb += fmt::format("a{0}: &a{0} [*a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}]\n", i,
                        i - 1);
  }
  EXPECT_THAT(check_chart({{"values.yaml", bomb}}),
              ElementsAre(StartsWith("`charts/web-1.0.0.tgz`: `values.yaml`: line ")));
  EXPECT_THAT(check_chart({{"values.yaml", std::string(100'000, '[')}}),
              ElementsAre(StartsWith("`charts/web-1.0.0.tgz`: `values.yaml`: line ")));
}

TEST(HostileChart, HasASchemaThatIsNone) {
  EXPECT_THAT(check_chart({{"values.schema.json", "{"}}),
              ElementsAre(StartsWith("`charts/web-1.0.0.tgz`: `values.schema.json`: not JSON: ")));
  EXPECT_THAT(
      check_chart({{"values.schema.json", R"({"type": "colour"})"}}),
      ElementsAre(StartsWith("`charts/web-1.0.0.tgz`: `values.schema.json`: not a JSON Schema: ")));
}

TEST(HostileChart, HasASchemaThatWouldTakeForever) {
  const std::string text(200, 'a');
  EXPECT_THAT(check_chart({{"values.yaml", "name: x\nloop: 1\n"},
                           {"values.schema.json",
                            R"({"properties": {"name": {"type": "string", "pattern": "^(a+)+$"},
                                "loop": {"$ref": "#/definitions/loop"}},
                                "definitions": {"loop": {"anyOf": [{"$ref": "#/definitions/loop"},
                                                                   {"allOf": [{"$ref": "#"}]}]}}})"}},
                          fmt::format("{{ name: \"{}!\", loop: 2 }}", text)),
              ElementsAre("chart/refused-value: chart `web` refuses `name`: must match `^(a+)+$`"));
}

TEST(HostileChart, HasManyNames) {
  std::string values, templates, given = "{";
  for (int i = 0; i < 50'000; ++i) {
    values += fmt::format("v{}: 1\n", i);
    templates += fmt::format("{{{{ .Values.t{} }}}}\n", i);
  }
  for (int i = 0; i < 2'000; ++i) given += fmt::format("v{}: 2\n", i);
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_THAT(check_chart({{"values.yaml", values}, {"templates/a.yaml", templates}}, given + "}"),
              IsEmpty());
  // Quadratic work would take minutes.
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

TEST(HostileChart, IsNotTheOneThatWasPinned) {
  FileTree files =
      with_packed_charts({{"main.stack", stack_with("web", "1.0.0", "{}")},
                          {"charts/web-1.0.0.tgz/Chart.yaml", "name: web\nversion: 1.0.0\n"}});
  EXPECT_THAT(check(files), IsEmpty());
  files.at("charts/web-1.0.0.tgz") = package::tar_gz({{"web/Chart.yaml", "name: web\n"}});
  EXPECT_THAT(check(files), ElementsAre(HasSubstr("`charts/web-1.0.0.tgz`")));
  files.erase("stackc.lock");
  EXPECT_THAT(check(files), ElementsAre(HasSubstr("is not pinned in `stackc.lock`")));
  files.erase("charts/web-1.0.0.tgz");
  EXPECT_THAT(check(files), ElementsAre("unchecked web"));
}

TEST(ChartShelf, ReadsAnArchiveOnceForAllFilesAndLines) {
  class CountingWorld : public MemoryWorld {
   public:
    using MemoryWorld::MemoryWorld;
    Result<std::string> read(const std::string& path, std::size_t limit) override {
      reads += path.ends_with(".tgz") ? 1 : 0;
      return MemoryWorld::read(path, limit);
    }
    int reads = 0;
  };
  std::string two_lines = stack_with("web", "1.0.0", "{}");
  two_lines.insert(two_lines.find("  kubernetes"), "  kubernetes 1.33.5\n");
  CountingWorld world(
      with_packed_charts({{"a.stack", two_lines},
                          {"b.stack", two_lines},
                          {"charts/web-1.0.0.tgz/Chart.yaml", "name: web\nversion: 1.0.0\n"},
                          {"charts/other-1.0.0.tgz/Chart.yaml", "name: other\n"}}));
  driver::ChartShelf shelf(world, std::nullopt);
  for (const char* path : {"a.stack", "b.stack"}) {
    driver::Session session(world, {}, &shelf);
    EXPECT_THAT(session.check_file(path).sink.sorted(), IsEmpty());
  }
  EXPECT_EQ(world.reads, 1);
}

}  // namespace
}  // namespace stackc::testing
