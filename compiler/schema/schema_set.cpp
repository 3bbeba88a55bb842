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

/// `openstack` and {0, 14} of `openstack-v0.14`; without a version, the release is empty and so the
/// oldest.
struct Release {
  std::string_view provider;
  std::vector<unsigned> version;
  auto operator<=>(const Release&) const = default;
};

Release split_release(std::string_view text) {
  const std::size_t dash = text.rfind("-v");
  if (dash == text.npos) return {text, {}};
  Release release{text.substr(0, dash), {}};
  const char* at = text.data() + dash + 2;
  const char* end = text.data() + text.size();
  while (at < end) {
    unsigned number = 0;
    const auto [next, status] = std::from_chars(at, end, number);
    if (status != std::errc()) return {text, {}};
    release.version.push_back(number);
    at = next == end ? end : next + 1;  // past the dot
  }
  return release;
}

bool is_wanted(std::string_view wanted, std::string_view provider) {
  return wanted.empty() || wanted == provider || wanted == split_release(provider).provider;
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
    return std::tuple(split_release(one.provider), std::string_view(one.file));
  };
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
    if (!files.is_directory(folder)) continue;
    const auto names = files.list(folder);
    if (!names) return names.error();
    for (const std::string& name : *names) {
      if (!name.ends_with(schema_ending)) continue;
      const std::string path = folder + '/' + name;
      Result<std::string> text = files.read(path, max_schema_bytes);
      if (!text) return text.error();
      const std::string& kept = texts_.emplace_back(std::move(*text));
      Result<KindSchema> schema = read_schema(kept, types_);
      if (!schema) return Error{fmt::format("`{}`: {}", path, schema.error().text)};
      insert({provider, name, kept, &schemas_.emplace_back(std::move(*schema))});
    }
  }
  return {};
}

const KindSchema* SchemaSet::find(std::string_view provider, std::string_view api_version,
                                  std::string_view kind) {
  const std::string_view version = api_version.substr(api_version.rfind('/') + 1);
  const std::string file = fmt::format("{}.{}{}", kind, version, schema_ending);
  for (Entry& entry : entries_) {
    if (entry.file != file || !is_wanted(provider, entry.provider)) continue;
    const KindSchema* schema = read(entry);
    if (schema->api_version == api_version && schema->kind == kind) return schema;
  }
  return nullptr;
}

std::vector<SchemaName> SchemaSet::names() const {
  std::vector<SchemaName> all;
  for (const Entry& entry : entries_) all.push_back({entry.provider, entry.file});
  return all;
}

}  // namespace stackc::schema
