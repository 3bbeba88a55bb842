#include <fmt/core.h>

#include <algorithm>

#include "compiler/base/text.h"
#include "compiler/driver/commands.h"
#include "compiler/driver/run_files.h"
#include "compiler/driver/selected_lines.h"
#include "compiler/emit/emit.h"
#include "compiler/emit/yaml_writer.h"
#include "compiler/schema/yaml_reader.h"
#include "compiler/topology/desired.h"

namespace stackc::driver {
namespace {

constexpr std::size_t largest_manifest = std::size_t{4} << 20;

/// The text at a path of records, or empty.
std::string text_at(const Value& value, std::initializer_list<std::string_view> path) {
  const Value* at = &value;
  for (const std::string_view name : path) {
    const Record* record = at ? at->if_record() : nullptr;
    at = record ? record->find(name) : nullptr;
  }
  return at && at->if_string() ? *at->if_string() : "";
}

/// `1.34` for `v1.34.7` or `1.34.7`; empty for what is no version.
std::string minor_of(std::string version) {
  if (version.starts_with('v')) version.erase(0, 1);
  const std::size_t first = version.find('.');
  const std::size_t second = first == std::string::npos ? first : version.find('.', first + 1);
  return second == std::string::npos ? "" : version.substr(0, second);
}

/// The Cluster's own name for the class if it can be one of this line, whatever its version;
/// otherwise a name that shows which was expected.
std::string class_name(const ir::Stack& stack, const Value& manifest) {
  const std::string line = emit::line_name(stack);
  std::string given = text_at(manifest, {"spec", "topology", "class"});
  if (given.empty()) given = text_at(manifest, {"spec", "topology", "classRef", "name"});
  return given.starts_with(line + "-v") ? given : line + "-v…";
}

struct ClusterFile {
  std::string path;
  Value manifest;
};

Result<std::vector<ClusterFile>> read_clusters(const std::string& path, Environment& environment) {
  const auto text = environment.files.read(path, largest_manifest);
  if (!text) return text.error();
  auto documents = schema::read_yaml_documents(*text);
  if (!documents) return Error{fmt::format("`{}`: {}", path, documents.error().text)};
  std::vector<ClusterFile> clusters;
  for (Value& document : *documents) {
    if (text_at(document, {"kind"}) == "Cluster") clusters.push_back({path, std::move(document)});
  }
  if (clusters.empty()) return Error{fmt::format("`{}` holds no Cluster", path)};
  return clusters;
}

void render_cluster(const ClusterFile& cluster, const RenderOptions& options, CheckedFile& file,
                    FileResult& result) {
  const std::string version = minor_of(text_at(cluster.manifest, {"spec", "topology", "version"}));
  const auto wanted = options.kubernetes ? options.kubernetes
                      : version.empty()  ? std::nullopt
                                         : std::optional(version);
  if (!wanted) {
    result.failures.push_back(fmt::format(
        "`{}` has no `spec.topology.version` to choose a line by; `--kubernetes` chooses one",
        cluster.path));
    return;
  }
  for (const ir::Stack& stack : selected_lines(file, wanted, result)) {
    const auto outcome =
        topology::desired_objects(stack, class_name(stack, cluster.manifest), cluster.manifest);
    if (const auto* refusals = std::get_if<std::vector<topology::Refusal>>(&outcome)) {
      for (const topology::Refusal& refusal : *refusals) {
        result.refusals.push_back(fmt::format("refused[{}]: {}: {}: {}", refusal.rule, cluster.path,
                                              refusal.path, refusal.message));
      }
      continue;
    }
    for (const Value& object : std::get<topology::Desired>(outcome).objects) {
      result.out +=
          options.format == "json" ? to_json(object) + "\n" : "---\n" + emit::write_yaml(object);
    }
  }
}

}  // namespace

Exit render(const RenderOptions& options, Environment& environment) {
  std::vector<ClusterFile> clusters;
  for (const std::string& path : options.clusters) {
    auto read = read_clusters(path, environment);
    if (!read) {
      environment.err += fmt::format("error: {}\n", read.error().text);
      return Exit::World;
    }
    std::ranges::move(*read, std::back_inserter(clusters));
  }
  return run_files({options.path},
                   {.check = {.cluster_api = options.cluster_api, .kubernetes = options.kubernetes},
                    .schemas = options.schemas},
                   environment,
                   [&](CheckedFile& file, const source::SourceSet&, FileResult& result) {
                     for (const ClusterFile& cluster : clusters)
                       render_cluster(cluster, options, file, result);
                   });
}

}  // namespace stackc::driver
