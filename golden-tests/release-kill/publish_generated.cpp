// Publishes releases of made-up content through the publishing module, as `stackc release` does
// with compiled ones, for the tests that kill it: publish-generated --repo DIR [--bare] --content
// TEXT LINE…
#include <fmt/core.h>

#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/publish/loader.h"
#include "compiler/publish/release_tag.h"

namespace stackc::publish {
namespace {

constexpr int world_failed = 3;

struct Arguments {
  std::string repository;
  std::string content;
  RepositoryKind kind = RepositoryKind::WithWorkTree;
  std::vector<std::string> lines;
};

/// Files whose number, names and sizes depend on the content, so that releases differ in shape as
/// well. `MANIFEST` names them all: what a check of completeness compares with.
std::vector<ReleaseFile> make_files(const std::string& line, const std::string& version,
                                    const std::string& content) {
  std::size_t mix = 7;
  for (const char c : content) mix = mix * 31 + static_cast<unsigned char>(c);
  std::vector<ReleaseFile> files{
      {"metadata.yaml", fmt::format("clusterStack: {}\n", version)},
      {"hashes.json", content},
      {fmt::format("{}-cluster-class-{}.tgz", line, version),
       std::string(mix % 70'000, 'x') + version},
      {"cluster-class/Chart.yaml", fmt::format("version: {}\n", version)}};
  for (std::size_t i = 0; i < mix % 5; ++i) {
    files.push_back({fmt::format("cluster-class/templates/part-{}.yaml", i), content + version});
  }
  // A file in one release, a directory of the same name in another.
  files.push_back({mix % 2 == 0 ? "addons" : "addons/cni/values.yaml", content});
  std::string manifest;
  for (const ReleaseFile& file : files) manifest += file.path + "\n";
  files.push_back({"MANIFEST", manifest + "MANIFEST\n"});
  return files;
}

int fail(const Error& error) {
  fmt::print(stderr, "error: {}\n", error.text);
  return world_failed;
}

int run(const Arguments& arguments, const std::string& binary_directory) {
  Result<Publisher*> publisher = load_publisher(binary_directory);
  if (!publisher) return fail(publisher.error());
  Result<std::unique_ptr<ReleaseRepository>> repository =
      (*publisher)->open_repository(arguments.repository, {.create_as = arguments.kind});
  if (!repository) return fail(repository.error());
  std::vector<LineRelease> releases;
  for (const std::string& line : arguments.lines) {
    const Result<std::vector<std::string>> tags = (*repository)->tags(line);
    if (!tags) return fail(tags.error());
    if (const std::optional<std::string> newest = newest_stable(*tags, line)) {
      const Result<std::optional<std::string>> last =
          (*repository)->read(*newest, line + "/hashes.json");
      if (!last) return fail(last.error());
      if (*last == arguments.content) {
        fmt::print("{} unchanged\n", *newest);
        continue;
      }
    }
    const std::string version = fmt::format("v{}", next_stable_number(*tags, line));
    releases.push_back({.line = line,
                        .tag = line + "-" + version,
                        .files = make_files(line, version, arguments.content)});
  }
  const Result<Receipt> receipt = (*repository)->publish(releases, {});
  if (!receipt) return fail(receipt.error());
  for (const PublishedRelease& release : receipt->releases) {
    fmt::print("{} {}\n", release.tag, release.commit);
  }
  return receipt->work_tree_left_behind ? fail(*receipt->work_tree_left_behind) : 0;
}

}  // namespace
}  // namespace stackc::publish

int main(int argc, char** argv) {
  stackc::publish::Arguments arguments;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--repo" && i + 1 < argc) {
      arguments.repository = argv[++i];
    } else if (word == "--content" && i + 1 < argc) {
      arguments.content = argv[++i];
    } else if (word == "--bare") {
      arguments.kind = stackc::publish::RepositoryKind::Bare;
    } else {
      arguments.lines.emplace_back(word);
    }
  }
  const auto self = std::filesystem::read_symlink("/proc/self/exe");
  return stackc::publish::run(arguments, self.parent_path());
}
