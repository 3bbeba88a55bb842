#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/result.h"

namespace stackc::publish {

/// One line of git's `packed-refs` (gitrepository-layout(5), git-pack-refs(1)). Ids are 40
/// hexadecimal digits.
struct PackedRef {
  std::string name;    // `refs/tags/openstack-scs2-1-34-v3`
  std::string target;  // what the ref points to
  std::string peeled;  // the object behind an annotated tag; empty for anything else

  bool operator==(const PackedRef&) const = default;
};

struct PackedRefs {
  std::vector<PackedRef> refs;  // sorted by name (bytes), names unique
  /// The file says that an empty `peeled` means "nothing to peel". Without it, peel before writing
  /// the file again.
  bool fully_peeled = true;
};

/// An empty text is an empty list. Fails at a line that is neither a ref, a peeled id nor a
/// comment.
Result<PackedRefs> parse_packed_refs(std::string_view text);

/// The file, header included. Sorts; each name must be there once.
std::string print_packed_refs(std::vector<PackedRef> refs);

/// Adds a ref or changes the one of that name.
void set_ref(std::vector<PackedRef>& refs, PackedRef ref);

/// The ref of that name, or null.
const PackedRef* find_ref(const std::vector<PackedRef>& refs, std::string_view name);

}  // namespace stackc::publish
