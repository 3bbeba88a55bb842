#include "compiler/driver/cluster_files.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "compiler/base/text.h"
#include "compiler/diag/catalogue/cluster.h"
#include "compiler/driver/manifest_places.h"
#include "compiler/driver/workspace.h"
#include "compiler/emit/emit.h"
#include "compiler/lower/target.h"
#include "compiler/schema/schema_set.h"
#include "compiler/topology/cluster.h"
#include "compiler/topology/cluster_schema.h"

namespace stackc::driver {
namespace {

constexpr std::size_t largest_manifest = std::size_t{4} << 20;

/// `1.34` for `v1.34.7` or `1.34.7`; empty for what is no version.
std::string minor_of(std::string version) {
  if (version.starts_with('v')) version.erase(0, 1);
  const std::size_t first = version.find('.');
  const std::size_t second = first == std::string::npos ? first : version.find('.', first + 1);
  return second == std::string::npos ? "" : version.substr(0, second);
}

/// What the API version calls the reference to the class.
struct ClassReference {
  std::string path;
  std::string name;
};

ClassReference class_reference(const Value& manifest) {
  if (text_at(manifest, {"apiVersion"}).ends_with("v1beta1"))
    return {"spec.topology.class", text_at(manifest, {"spec", "topology", "class"})};
  return {"spec.topology.classRef.name",
          text_at(manifest, {"spec", "topology", "classRef", "name"})};
}

/// The stack whose releases have classes of this name, whatever their version; or null.
const ir::Stack* stack_of_class(const std::vector<ir::Stack>& stacks, const std::string& name) {
  const auto found = std::ranges::find_if(stacks, [&](const ir::Stack& stack) {
    return name.starts_with(emit::line_name(stack) + "-v");
  });
  return found == stacks.end() ? nullptr : &*found;
}

const ir::Stack* stack_of_minor(const std::vector<ir::Stack>& stacks, const std::string& minor) {
  const auto found = std::ranges::find(stacks, minor, &ir::Stack::kubernetes_minor);
  return found == stacks.end() ? nullptr : &*found;
}

topology::Refusal other_class(const std::vector<ir::Stack>& stacks, ClassReference given) {
  std::vector<std::string> names;
  for (const ir::Stack& stack : stacks) names.push_back(emit::line_name(stack) + "-v…");
  return topology::refusal(std::move(given.path), diag::OtherClass, diag::Code{given.name},
                           diag::Prose{quoted_list({names.begin(), names.end()})});
}

/// The line of the stack that a Cluster is compared with, and what is wrong about its choice.
struct Choice {
  const ir::Stack* stack = nullptr;
  std::vector<topology::Refusal> refusals;
};

/// Cluster API takes any version; add-ons and node images are those of the line.
void check_version(const ir::Stack& stack, std::string version,
                   std::vector<topology::Refusal>& refusals) {
  constexpr const char* path = "spec.topology.version";
  if (minor_of(version).empty()) return;  // malformed, which is said elsewhere
  if (!version.starts_with('v')) version.insert(0, "v");
  if (minor_of(version) != stack.kubernetes_minor) {
    refusals.push_back(topology::refusal(path, diag::OtherVersion,
                                         diag::Code{stack.kubernetes_minor}, diag::Code{version}));
    return;
  }
  std::vector<std::string_view> versions;
  for (const ir::NodeImage& image : stack.images) versions.push_back(image.version);
  if (!versions.empty() && std::ranges::find(versions, version) == versions.end()) {
    refusals.push_back(topology::refusal(path, diag::NoImageForVersion, diag::Code{version},
                                         diag::Prose{quoted_list(versions)}));
  }
}

Choice choose_line(const std::vector<ir::Stack>& stacks, const Value& manifest,
                   const std::optional<std::string>& kubernetes) {
  const ClassReference reference = class_reference(manifest);
  const std::string version = text_at(manifest, {"spec", "topology", "version"});
  Choice choice;
  const ir::Stack* named = stack_of_class(stacks, reference.name);
  choice.stack = kubernetes ? stack_of_minor(stacks, *kubernetes) : named;
  if (choice.stack == nullptr) choice.stack = stack_of_minor(stacks, minor_of(version));
  if (named == nullptr || named != choice.stack) {
    if (!reference.name.empty()) choice.refusals.push_back(other_class(stacks, reference));
    return choice;
  }
  check_version(*choice.stack, version, choice.refusals);
  return choice;
}

/// Whether a refusal is about this place or a field of it.
bool is_about(const topology::Refusal& refusal, const std::string& path) {
  if (refusal.path == path) return true;
  return refusal.path.starts_with(path + ".") &&
         refusal.path.find_first_of(".[", path.size() + 1) == std::string::npos;
}

/// Adds what the CRD says about places that nothing more precise was said about.
void add_unnamed(const std::vector<topology::Refusal>& by_schema,
                 std::vector<topology::Refusal>& refusals) {
  const std::size_t precise = refusals.size();
  for (const topology::Refusal& refusal : by_schema) {
    const auto end = refusals.begin() + static_cast<std::ptrdiff_t>(precise);
    if (std::none_of(refusals.begin(), end,
                     [&](const auto& known) { return is_about(known, refusal.path); }))
      refusals.push_back(refusal);
  }
}

}  // namespace

Result<std::vector<ClusterFile>> read_clusters(source::FileSystem& files, const std::string& path) {
  const auto text = files.read(path, largest_manifest);
  if (!text) return text.error();
  auto documents = schema::read_located_yaml(*text);
  std::vector<ClusterFile> clusters;
  if (!documents) {
    clusters.push_back({path, *text, {}, {}, schema::mistake_of(documents.error())});
    return clusters;
  }
  schema::SchemaSet schemas;
  for (schema::YamlDocument& document : *documents) {
    if (text_at(document.value, {"kind"}) != "Cluster") continue;
    const schema::KindSchema* schema =
        schemas.find("cluster-api", text_at(document.value, {"apiVersion"}), "Cluster");
    std::vector<topology::Refusal> refusals;
    if (schema != nullptr) refusals = topology::check_schema(document.value, *schema->type);
    clusters.push_back({path, *text, std::move(document), std::move(refusals), {}});
  }
  if (clusters.empty()) return Error{fmt::format("`{}` holds no Cluster", path)};
  return clusters;
}

Result<std::vector<ClusterFile>> read_clusters(source::FileSystem& files,
                                               const std::vector<std::string>& paths) {
  std::vector<ClusterFile> all;
  for (const std::string& path : paths) {
    auto clusters = read_clusters(files, path);
    if (!clusters) return clusters.error();
    std::ranges::move(*clusters, std::back_inserter(all));
  }
  return all;
}

Result<void> expect_one_definition(source::FileSystem& files,
                                   const std::vector<std::string>& paths) {
  std::set<std::string> definitions;
  for (const std::string& path : paths) {
    const auto found = stack_files(files, path);
    if (!found) return {};  // said by who reads them
    definitions.insert(found->begin(), found->end());
  }
  if (definitions.size() == 1) return {};
  return Error{
      fmt::format("a Cluster is compared with one definition, and here are {}: name the "
                  "file of its stack",
                  definitions.size())};
}

std::optional<topology::Desired> stage_cluster(const ClusterFile& cluster, CheckedFile& file,
                                               const std::optional<std::string>& kubernetes,
                                               source::SourceSet& sources) {
  const ManifestPlaces places(cluster.document, sources.add(cluster.path, cluster.text));
  if (cluster.mistake) {
    places.report(*cluster.mistake, file.sink);
    return std::nullopt;
  }
  const Value& manifest = cluster.document.value;
  const Choice choice = choose_line(file.checked.stacks, manifest, kubernetes);
  std::vector<topology::Refusal> refusals = choice.refusals;
  std::optional<topology::Desired> desired;
  const auto add_refused = [&](auto outcome) {
    if (auto* refused = std::get_if<std::vector<topology::Refusal>>(&outcome))
      std::ranges::move(*refused, std::back_inserter(refusals));
    return outcome;
  };
  if (choice.stack == nullptr) {
    add_refused(topology::read_cluster(manifest));
  } else {
    const ir::Stack stack = lower::adapt_to_target(*choice.stack, *file.checked.exprs, file.sink);
    auto outcome = add_refused(topology::desired_objects(stack, manifest));
    if (auto* objects = std::get_if<topology::Desired>(&outcome)) desired = std::move(*objects);
  }
  add_unnamed(cluster.refusals, refusals);
  for (const topology::Refusal& refusal : refusals) places.report(refusal, file.sink);
  const auto is_error = [](const topology::Refusal& refusal) {
    return refusal.what.severity == diag::Severity::Error;
  };
  if (std::ranges::any_of(refusals, is_error)) return std::nullopt;
  return desired;
}

}  // namespace stackc::driver
