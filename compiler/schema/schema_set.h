#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/result.h"
#include "compiler/schema/kind_schema.h"
#include "compiler/source/file_system.h"
#include "compiler/types/type.h"

namespace stackc::schema {

/// Where a schema comes from and what it describes.
struct SchemaName {
  std::string_view provider;  // `openstack-v0.12`: the provider and the release whose CRD it was
  std::string_view file;      // `OpenStackMachineTemplate.v1beta1.schema`
};

/// The schemas of the standard library and of the user, read when they are asked for.
class SchemaSet {
 public:
  /// With the schemas of the standard library.
  SchemaSet();

  /// Adds the schemas `<directory>/<provider>-<release>/<Kind>.<version>.schema`, which replace
  /// those of the same release, kind and version. All are read now, so that mistakes in them are
  /// found; errors name file and line. Other files are passed over.
  Result<void> add_directory(source::FileSystem& files, const std::string& directory);

  /// The schema of a kind, or null. `provider` is a release (`openstack-v0.14`), or a provider
  /// (`openstack`) for its oldest release that has the kind in this version; empty for any
  /// provider.
  const KindSchema* find(std::string_view provider, std::string_view api_version,
                         std::string_view kind);

  /// All there are, by provider, oldest release first, then by file name.
  std::vector<SchemaName> names() const;

  std::vector<std::string_view> providers() const;
  /// The releases of a provider, oldest first: `v0.12`, `v0.14`; none if there is no such provider.
  std::vector<std::string_view> releases(std::string_view provider) const;

  types::TypeStore& types() { return types_; }

 private:
  struct Entry {
    std::string release;  // `openstack-v0.14`
    std::string file;
    std::string_view text;
    const KindSchema* schema = nullptr;  // null until it is asked for
    std::size_t provider_length = 0;     // of `openstack`; insert() finds it

    std::string_view provider() const {
      return std::string_view(release).substr(0, provider_length);
    }
  };

  Result<void> add_release(source::FileSystem& files, const std::string& folder,
                           const std::string& provider);
  void insert(Entry entry);
  const KindSchema* read(Entry& entry);

  types::TypeStore types_;
  std::deque<std::string> texts_;  // of the user's files
  std::deque<KindSchema> schemas_;
  std::vector<Entry> entries_;  // in the order of names()
};

}  // namespace stackc::schema
