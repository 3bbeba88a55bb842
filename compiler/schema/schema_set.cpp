#include "compiler/schema/schema_set.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <tuple>

#include "compiler/base/check.h"
#include "stdlib/embedded.h"

namespace stackc::schema {
namespace {

constexpr std::string_view schema_folder = "schemas/";
constexpr std::string_view schema_ending = ".schema";

/// `openstack` and {0, 14} of `openstack-v0.14`; what has no such ending is a provider without a
/// release.
struct Release {
  std::string_view provider;
  std::vector<unsigned> version;
  auto operator<=>(const Release&) const = default;
};

Release split_release(std::string_view text) {
  const std::size_t dash = text.rfind("-v");
  if (dash == text.npos || dash == 0) return {text, {}};
  Release release{text.substr(0, dash), {}};
  const char* at = text.data() + dash + 1;  // the `v`, and then each dot
  const char* end = text.data() + text.size();
  while (at < end) {
    unsigned number = 0;
    const auto [next, status] = std::from_chars(at + 1, end, number);
    if (status != std::errc() || (next != end && *next != '.')) return {text, {}};
    release.version.push_back(number);
    at = next;
  }
  return release;
}

}  // namespace

SchemaSet::SchemaSet() {
  for (const stdlib::EmbeddedFile& file : stdlib::embedded_files()) {
    std::string_view path = file.path;
    if (!path.starts_with(schema_folder) || !path.ends_with(schema_ending)) continue;
    path.remove_prefix(schema_folder.size());
    const std::size_t slash = path.find('/');
    insert({std::string(path.substr(0, slash)), std::string(path.substr(slash + 1)), file.text()});
  }
}

void SchemaSet::insert(Entry entry) {
  const auto key = [](const Entry& one) {
    return std::tuple(split_release(one.release), std::string_view(one.file));
  };
  entry.provider_length = split_release(entry.release).provider.size();
  const auto place = std::ranges::lower_bound(entries_, key(entry), {}, key);
  if (place != entries_.end() && key(*place) == key(entry)) {
    *place = std::move(entry);
  } else {
    entries_.insert(place, std::move(entry));
  }
}

const KindSchema* SchemaSet::read(Entry& entry) {
  if (entry.schema == nullptr) {
    Result<KindSchema> schema = read_schema(entry.text, types_);
    CHECK(schema.ok(), "add_directory and the tests read each schema before it is used");
    entry.schema = &schemas_.emplace_back(std::move(*schema));
  }
  return entry.schema;
}

Result<void> SchemaSet::add_directory(source::FileSystem& files, const std::string& directory) {
  const auto providers = files.list(directory);
  if (!providers) return providers.error();
  for (const std::string& provider : *providers) {
    const std::string folder = directory + '/' + provider;
    if (provider.ends_with(schema_ending)) {
      return Error{fmt::format(
          "`{}` belongs into a directory of its provider's release, as in `{}/acme-v1.2`", folder,
          directory)};
    }
    if (provider.starts_with('.') || !files.is_directory(folder)) continue;
    if (auto added = add_release(files, folder, provider); !added) return added;
  }
  return {};
}

Result<void> SchemaSet::add_release(source::FileSystem& files, const std::string& folder,
                                    const std::string& provider) {
  const auto names = files.list(folder);
  if (!names) return names.error();
  for (const std::string& name : *names) {
    if (!name.ends_with(schema_ending)) continue;
    if (split_release(provider).version.empty()) {
      return Error{
          fmt::format("`{}` is not called after a provider and its release, as in `{}-v1.2`",
                      folder, provider)};
    }
    const std::string path = folder + '/' + name;
    Result<std::string> text = files.read(path, max_schema_bytes);
    if (!text) return text.error();
    const std::string& kept = texts_.emplace_back(std::move(*text));
    Result<KindSchema> schema = read_schema(kept, types_);
    if (!schema) return Error{fmt::format("`{}`: {}", path, schema.error().text)};
    // A kind is looked for by the name of its file.
    if (const std::string expected = schema_file_name(*schema); expected != name)
      return Error{fmt::format("`{}` describes what belongs into `{}`", path, expected)};
    insert({provider, name, kept, &schemas_.emplace_back(std::move(*schema))});
  }
  return {};
}

const KindSchema* SchemaSet::find(std::string_view provider, std::string_view api_version,
                                  std::string_view kind) {
  const std::string_view version = api_version.substr(api_version.rfind('/') + 1);
  const std::string file = fmt::format("{}.{}{}", kind, version, schema_ending);
  for (Entry& entry : entries_) {
    const bool is_wanted =
        provider.empty() || provider == entry.release || provider == entry.provider();
    if (entry.file != file || !is_wanted) continue;
    const KindSchema* schema = read(entry);
    if (schema->api_version == api_version && schema->kind == kind) return schema;
  }
  return nullptr;
}

std::vector<SchemaName> SchemaSet::names() const {
  std::vector<SchemaName> all;
  for (const Entry& entry : entries_) all.push_back({entry.release, entry.file});
  return all;
}

std::vector<std::string_view> SchemaSet::providers() const {
  std::vector<std::string_view> all;
  for (const Entry& entry : entries_) {
    if (all.empty() || all.back() != entry.provider()) all.push_back(entry.provider());
  }
  return all;
}

std::vector<std::string_view> SchemaSet::releases(std::string_view provider) const {
  std::vector<std::string_view> all;
  for (const Entry& entry : entries_) {
    if (entry.provider() != provider) continue;
    const std::string_view release = std::string_view(entry.release).substr(provider.size() + 1);
    if (all.empty() || all.back() != release) all.push_back(release);
  }
  return all;
}

}  // namespace stackc::schema
