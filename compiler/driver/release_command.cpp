#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <mutex>

#include "compiler/driver/commands.h"
#include "compiler/driver/release_content.h"
#include "compiler/driver/run_files.h"
#include "compiler/driver/selected_lines.h"
#include "compiler/driver/vendored_charts.h"
#include "compiler/package/release_layout.h"
#include "compiler/publish/loader.h"
#include "compiler/publish/release_tag.h"
#include "compiler/schema/yaml_reader.h"

namespace stackc::driver {
namespace {

/// What the newest release of a line says of itself.
struct Previous {
  std::string tag;
  package::ReleaseHashes hashes;
  package::Version cluster_addon;
  package::Version node_image;
};

Result<Value> read_yaml_file(publish::ReleaseRepository& repository, const std::string& tag,
                             const std::string& path) {
  const auto text = repository.read(tag, path);
  if (!text) return text.error();
  if (!*text)
    return Error{fmt::format(
        "release `{}` has no file `{}`, so it cannot be told what has changed since", tag, path)};
  auto value = schema::read_yaml(**text);
  if (!value)
    return Error{
        fmt::format("`{}` in release `{}` cannot be read: {}", path, tag, value.error().text)};
  return value;
}

Result<Previous> read_previous(publish::ReleaseRepository& repository, const std::string& tag,
                               const std::string& line) {
  const auto hashes = read_yaml_file(repository, tag, line + "/" + package::layout::hashes);
  if (!hashes) return hashes.error();
  const auto metadata = read_yaml_file(repository, tag, line + "/" + package::layout::metadata);
  if (!metadata) return metadata.error();
  const auto add_on =
      package::parse_version(text_at(*metadata, {"versions", "components", "clusterAddon"}));
  if (!add_on)
    return Error{fmt::format("`{}` in release `{}`: {}", package::layout::metadata, tag,
                             add_on.error().text)};
  const auto image =
      package::parse_version(text_at(*metadata, {"versions", "components", "nodeImage"}));
  if (!image)
    return Error{fmt::format("`{}` in release `{}`: {}", package::layout::metadata, tag,
                             image.error().text)};
  return Previous{
      .tag = tag,
      .hashes = {text_at(*hashes, {"clusterStack"}), text_at(*hashes, {"clusterAddonDir"}),
                 text_at(*hashes, {"nodeImageDir"})},
      .cluster_addon = *add_on,
      .node_image = *image};
}

package::Version after(const package::Version& version) {
  return {.major = version.major + 1, .channel = {}, .patch = {}};
}

/// One run of the command; shared by the threads that build.
class ReleaseRun {
 public:
  ReleaseRun(const ReleaseOptions& options, publish::ReleaseRepository& repository)
      : options_(options), repository_(repository) {}

  void add_line(const ir::Stack& stack, LoweredClasses& classes, CheckedFile& file,
                Environment& environment, FileResult& result) {
    auto charts = vendored_charts(environment.files, file.path, options_.charts, stack.add_ons);
    if (!charts) return result.failures.push_back(charts.error().text);
    auto content = ReleaseContent::make(stack, *file.checked.exprs, classes,
                                        std::move(charts->archives), file.sink);
    if (!content) return;
    const std::string& line = content->line();
    if (auto chosen = claim(line, file.path, *content, result)) {
      const std::string tag = package::tag({content->line(), chosen->cluster_class});
      publish::LineRelease release{.line = line, .tag = tag, .notes = stack.doc, .files = {}};
      for (auto& [path, bytes] : content->files(*chosen)) release.files.push_back({path, bytes});
      const std::lock_guard lock(mutex_);
      releases_.emplace(tag, std::move(release));
    }
  }

  /// In the order of their names, so that one run always makes the same history.
  std::vector<publish::LineRelease> releases() const {
    std::vector<publish::LineRelease> sorted;
    for (const auto& [tag, release] : releases_) sorted.push_back(release);
    return sorted;
  }

 private:
  /// The versions that the line gets, or nothing if it stays as it is (said in `result`) or cannot
  /// be released.
  std::optional<PartVersions> claim(const std::string& line, const std::string& path,
                                    const ReleaseContent& content, FileResult& result) {
    const std::lock_guard lock(mutex_);
    const auto [first, fresh] = lines_.emplace(line, path);
    if (!fresh) {
      result.failures.push_back(fmt::format("`{}` and `{}` both define the release line `{}`",
                                            first->second, path, line));
      return std::nullopt;
    }
    const auto tags = repository_.tags(line);
    if (!tags) {
      result.failures.push_back(tags.error().text);
      return std::nullopt;
    }
    return options_.version_mode == "stable" ? next_stable(line, *tags, content, result)
                                             : fixed(*tags, content, result);
  }

  std::optional<PartVersions> next_stable(const std::string& line,
                                          const std::vector<std::string>& tags,
                                          const ReleaseContent& content, FileResult& result) {
    const auto newest = publish::newest_stable(tags, line);
    if (!newest) return same_version({.major = 1, .channel = {}, .patch = {}});
    const auto previous = read_previous(repository_, *newest, line);
    if (!previous) {
      result.failures.push_back(previous.error().text);
      return std::nullopt;
    }
    const package::ReleaseHashes& now = content.hashes();
    if (now.cluster_stack == previous->hashes.cluster_stack) {
      result.out += fmt::format("{}  unchanged, no new release\n", *newest);
      return std::nullopt;
    }
    const bool same_add_ons = now.cluster_addon_dir == previous->hashes.cluster_addon_dir;
    const bool same_images = now.node_images == previous->hashes.node_images;
    return PartVersions{
        .cluster_class = {.major = publish::next_stable_number(tags, line),
                          .channel = {},
                          .patch = {}},
        .cluster_addon = same_add_ons ? previous->cluster_addon : after(previous->cluster_addon),
        .node_image = same_images ? previous->node_image : after(previous->node_image)};
  }

  std::optional<PartVersions> fixed(const std::vector<std::string>& tags,
                                    const ReleaseContent& content, FileResult& result) {
    const bool by_hash = options_.version_mode == "hash";
    const package::Version version = by_hash ? package::hash_version(content.hashes().cluster_stack)
                                             : *package::parse_version(*options_.version);
    const std::string tag = package::tag({content.line(), version});
    if (std::ranges::find(tags, tag) == tags.end()) return same_version(version);
    if (by_hash) {
      result.out += fmt::format("{}  unchanged, no new release\n", tag);
    } else {
      result.failures.push_back(
          fmt::format("release `{}` exists already, and a release is never changed", tag));
    }
    return std::nullopt;
  }

  const ReleaseOptions& options_;
  publish::ReleaseRepository& repository_;
  std::mutex mutex_;                          // the repository is for one thread at a time
  std::map<std::string, std::string> lines_;  // which file defines which line
  std::map<std::string, publish::LineRelease> releases_;
};

Exit fail(const Error& error, Environment& environment) {
  environment.err += fmt::format("error: {}\n", error.text);
  return Exit::World;
}

std::optional<std::string> usage_mistake(const ReleaseOptions& options) {
  const bool custom = options.version_mode == "custom";
  if (custom && !options.version) return "`--version-mode custom` needs `--release-version`";
  if (!custom && options.version) return "`--release-version` goes with `--version-mode custom`";
  if (!custom) return std::nullopt;
  const auto version = package::parse_version(*options.version);
  return version ? std::nullopt : std::optional(version.error().text);
}

}  // namespace

Exit release(const ReleaseOptions& options, Environment& environment) {
  if (const auto mistake = usage_mistake(options)) {
    environment.err += fmt::format("error: {}\n", *mistake);
    return Exit::Usage;
  }
  const auto publisher = publish::load_publisher(environment.binary_directory);
  if (!publisher) return fail(publisher.error(), environment);
  const auto kind =
      options.bare ? publish::RepositoryKind::Bare : publish::RepositoryKind::WithWorkTree;
  const auto repository = (*publisher)->open_repository(options.repository, {.create_as = kind});
  if (!repository) return fail(repository.error(), environment);

  ReleaseRun run(options, **repository);
  const Exit built =
      run_files(options.paths,
                {.check = {.cluster_api = options.cluster_api, .kubernetes = options.kubernetes},
                 .schemas = options.schemas,
                 .with_charts = true,
                 .charts = options.charts},
                environment, [&](CheckedFile& file, const source::SourceSet&, FileResult& result) {
                  LoweredClasses classes;
                  for (const ir::Stack& stack : selected_lines(file, options.kubernetes)) {
                    run.add_line(stack, classes, file, environment, result);
                  }
                });
  const auto releases = run.releases();
  if (built != Exit::Fine || releases.empty()) return built;
  const auto receipt =
      (*repository)->publish(releases, {.name = {}, .email = {}, .unix_time = options.unix_time});
  if (!receipt) return fail(receipt.error(), environment);
  for (const publish::PublishedRelease& published : receipt->releases) {
    environment.out += fmt::format("{}  released on {} in commit {}\n", published.tag,
                                   receipt->branch, published.commit.substr(0, 12));
  }
  return receipt->work_tree_left_behind ? fail(*receipt->work_tree_left_behind, environment)
                                        : Exit::Fine;
}

}  // namespace stackc::driver
