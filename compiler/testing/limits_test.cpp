#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/cli/subcommand.h"
#include "compiler/diag/render_text.h"
#include "compiler/driver/session.h"
#include "compiler/parse/parse.h"
#include "compiler/testing/memory_world.h"

/// Limits that only a large definition reaches; the small ones are goldens
/// (golden-tests/diagnostics/exceptions.txt).
namespace stackc::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

std::string repeated(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

/// `id: message` of each report.
std::vector<std::string> messages(const diag::Sink& sink) {
  std::vector<std::string> texts;
  for (const diag::Report& report : sink.sorted()) {
    texts.push_back(fmt::format("{}: {}", report.id, report.message));
  }
  return texts;
}

std::vector<std::string> check(FileTree files) {
  MemoryWorld world(std::move(files));
  driver::Session session(world, {});
  return messages(session.check_file("main.stack").sink);
}

/// What `stackc build` prints on standard error.
std::string build(const std::string& items, const std::string& kubeadm,
                  const std::string& machine) {
  MemoryWorld world({{"main.stack", fmt::format(R"(
import docker
import kubeadm

stack demo on docker {{
  kubernetes 1.34.7
{}
  infrastructure {{}}
  control-plane {{
    kubeadm {{ {} }}
    machine {{ {} }}
  }}
}}
)",
                                                items, kubeadm, machine)}});
  std::string out, err;
  driver::Environment environment{
      .files = world, .output = world, .out = out, .err = err, .binary_directory = {}};
  const std::vector<const char*> arguments{"build", "main.stack"};
  EXPECT_EQ(cli::run(arguments, environment), driver::Exit::DefinitionHasErrors);
  return err;
}

TEST(Limits, AFileHasAtMostFourMebibytes) {
  source::SourceSet files;
  diag::Sink sink;
  parse::parse(files.add("main.stack", std::string((4 << 20) + 1, ' ')), sink);
  EXPECT_THAT(messages(sink),
              ElementsAre("parse/file-too-large: the file has 4194305 bytes, at most "
                          "4194304 are read"));
}

TEST(Limits, AFileHasAtMost250000Tokens) {
  EXPECT_THAT(check({{"main.stack", "let a = [" + repeated("1,", 130'000) + "]"}}),
              ElementsAre("parse/too-many-tokens: the file has more than 250000 words and signs; "
                          "split it"));
}

TEST(Limits, TheFirstHundredSyntaxErrorsAreTold) {
  const auto reports = check({{"main.stack", repeated("let a = ;\n", 120)}});
  ASSERT_EQ(reports.size(), 101U);
  EXPECT_EQ(reports.back(),
            "parse/too-many-errors: the file has more than 100 errors; the others are not shown");
}

TEST(Limits, ADefinitionHasAtMostAThousandFiles) {
  FileTree files;
  for (int i = 1; i <= 1000; ++i) {
    files.emplace("main.stack", "import \"f1.stack\"");
    files.emplace(fmt::format("f{}.stack", i), fmt::format("import \"f{}.stack\"", i + 1));
  }
  EXPECT_THAT(check(files),
              ElementsAre("resolve/too-many-files: more than 1000 files are imported"));
}

TEST(Limits, ACheckHasAtMostAMillionSteps) {
  // Each function does twice the work of the one before.
  std::string functions = "let double0(n: Int): Int = n\n";
  for (int i = 1; i <= 20; ++i) {
    functions +=
        fmt::format("let double{0}(n: Int): Int = double{1}(n) + double{1}(n)\n", i, i - 1);
  }
  EXPECT_THAT(build(functions, "", "customImage: \"${double20(1)}\""),
              HasSubstr("error[type/too-large]: the definition needs more than 1000000 evaluation "
                        "steps"));
}

TEST(Limits, AlternativesOfAFieldAreComparedAMillionTimesAtMost) {
  std::string alternatives;
  for (int i = 0; i < 2000; ++i)
    alternatives += fmt::format("if v == \"{0}\" {{ verbosity: {0} }}\n", i);
  EXPECT_THAT(build("variable v: String(..9) = \"a\"", alternatives, ""),
              HasSubstr("error[type/too-large]: the definition needs more than 1000000 evaluation "
                        "steps"));
}

TEST(Limits, PathsThatWereMeantAreLookedForAmongAHundredThousand) {
  std::string volumes, files;
  for (int i = 0; i < 400; ++i) {
    volumes +=
        fmt::format("{{ name: \"v{0}\", hostPath: \"/etc/v{0}\", mountPath: \"/{0}\" }},", i);
    files += fmt::format("{{ path: \"/etc/w{}\", content: \"x\" }},", i);
  }
  const std::string told = build("",
                                 fmt::format("clusterConfiguration: {{ apiServer: {{ extraVolumes: "
                                             "[{}] }} }} files: [{}]",
                                             volumes, files),
                                 "");
  // Of 250 volumes that is looked for; the two lists are too long, too.
  EXPECT_THAT(told, HasSubstr("\n252 errors\n"));
}

TEST(Limits, PathsInFilesAreComparedAHundredThousandTimes) {
  const auto told = [](int others) {
    std::string files = "{ path: \"/own/start-service.sh\", content: \"x\" },";
    for (int i = 0; i < others; ++i)
      files += fmt::format("{{ path: \"/w/{}\", content: \"{}\" }},", i, repeated("/own/ ", 1600));
    return build(
        "", "files: [" + files + "] preKubeadmCommands: [\"bash /own/start-sevrice.sh\", nope]",
        "");
  };
  EXPECT_THAT(told(60), HasSubstr("`files` writes no `/own/start-sevrice.sh`"));
  EXPECT_THAT(told(70), HasSubstr("\n1 error\n"));
}

TEST(Limits, AMillionValuesOfVariablesAreHeldAgainstTheRulesOfPrograms) {
  const auto told = [](int uses, std::string_view use = "name,") {
    return build(
        "  " + repeated("@example(\"a\") ", 999) +
            "variable name: String(1..99) = \"a\"\n"
            "  variable broken: String(1..253) = \"https://a\"\n",
        "clusterConfiguration: { apiServer: { certSANs: [" + repeated(use, uses) + "broken] } }",
        "");
  };
  EXPECT_THAT(told(499), HasSubstr("without scheme and port"));
  EXPECT_THAT(told(1001), Not(HasSubstr("without scheme and port")));
  // A text that is made of it costs more.
  EXPECT_THAT(told(4, "\"x${name}\","), HasSubstr("without scheme and port"));
  EXPECT_THAT(told(101, "\"x${name}\","), Not(HasSubstr("without scheme and port")));
}

TEST(Limits, AClassHasAtMostAThousandVariables) {
  std::string items;
  for (int i = 0; i <= 1000; ++i) items += fmt::format("  variable v{}: Bool = false\n", i);
  EXPECT_THAT(build(items, "", ""), HasSubstr("error[lower/too-many-variables]: the class has 1001 "
                                              "variables, at most 1000 are allowed"));
}

TEST(Limits, AClassHasAtMostAHundredWorkerClasses) {
  std::string items;
  for (int i = 0; i <= 100; ++i)
    items += fmt::format("  workers w{} {{ kubeadm {{}} machine {{}} }}\n", i);
  EXPECT_THAT(
      build(items, "", ""),
      HasSubstr("error[lower/too-many-worker-classes]: the stack has 101 worker classes, at "
                "most 100 are allowed in a ClusterClass"));
}

TEST(Limits, AClassHasAtMostAThousandPatches) {
  std::string arguments;
  for (int i = 0; i <= 1000; ++i) {
    arguments += fmt::format("if count == {0} {{ argument-{0}: \"x\" }}\n", i);
  }
  const std::string kubeadm = fmt::format(
      "clusterConfiguration: {{ etcd: {{ local: {{ extraArgs: {{ always: \"x\"\n{}}} }} }} }}",
      arguments);
  EXPECT_THAT(build("  variable count: Int = 0\n", kubeadm, ""),
              HasSubstr("error[lower/too-many-patches]: the class needs 1001 patches, at most 1000 "
                        "are allowed"));
}

// Work that grew with the square of these took minutes. One error is for the list, of which 1000
// items are allowed.
TEST(Limits, ThousandsOfTheSameAreNoWorkForMinutes) {
  std::string unknown;
  std::string arms;
  for (int i = 0; i < 8000; ++i) {
    unknown += fmt::format("nope{},", i);
    arms += fmt::format("\"a{}\" => \"x\"\n", i);
  }
  EXPECT_THAT(build("", "preKubeadmCommands: [" + unknown + "]", ""), HasSubstr("\n8001 errors\n"));
  EXPECT_THAT(build("variable v: String(..9) = \"a\"",
                    "preKubeadmCommands: [match v {\n" + arms + "_ => \"y\" }]", ""),
              HasSubstr("error[lower/template-too-long]: "));
  const std::string add_on =
      R"(  addon a from { name: "a", version: "1.0.0", repository: "https://charts.example" } {
    values { a: ")" +
      repeated(";", 1'000'000) + "\" } }\n  stages { AfterControlPlaneInitialized: [a] }\n";
  EXPECT_THAT(build(add_on, "preKubeadmCommands: [nope]", ""), HasSubstr("\n1 error\n"));
  for (const char* mark : {"$a ", "${", "“"}) {
    const auto reports = check({{"main.stack", repeated(mark, 1'000'000)}});
    EXPECT_THAT(reports.front(), ::testing::StartsWith("parse/unexpected-character: ")) << mark;
  }
}

}  // namespace
}  // namespace stackc::testing
