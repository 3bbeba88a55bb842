#include "compiler/publish/ref_switch.h"

#include <fmt/core.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "compiler/publish/git_handle.h"
#include "compiler/source/atomic_write.h"
#include "compiler/source/real_file_system.h"

namespace stackc::publish {
namespace {

constexpr std::size_t most_packed_refs = std::size_t{256} << 20;  // bytes; some three million refs

/// The value of a ref in a file of its own, empty if it has none.
Result<std::string> read_loose(const std::string& git_directory, const std::string& name) {
  source::RealFileSystem disk;
  const std::string path = git_directory + "/" + name;
  if (!disk.exists(path) || disk.is_directory(path)) return std::string();
  Result<std::string> text = disk.read(path, 4096);
  if (!text) return text;
  while (!text->empty() && (text->back() == '\n' || text->back() == ' ')) text->pop_back();
  if (text->size() != GIT_OID_HEXSZ) return Error{fmt::format("`{}` is no plain ref", path)};
  return text;
}

/// Fills in what an older writer left out (JGit and others write no `fully-peeled` header).
Result<void> peel_all(const std::string& git_directory, std::vector<PackedRef>& refs) {
  GitRepository repository;
  if (git_repository_open(out(repository), git_directory.c_str()) != 0) {
    return git_failure(fmt::format("`{}` cannot be opened", git_directory));
  }
  for (PackedRef& ref : refs) {
    git_oid id;
    GitObject object;
    GitObject behind;
    if (git_oid_fromstr(&id, ref.target.c_str()) != 0 ||
        git_object_lookup(out(object), repository.get(), &id, GIT_OBJECT_ANY) != 0) {
      return git_failure(fmt::format("`{}` points to nothing", ref.name));
    }
    if (git_object_type(object.get()) != GIT_OBJECT_TAG) continue;
    if (git_object_peel(out(behind), object.get(), GIT_OBJECT_ANY) != 0) {
      return git_failure(fmt::format("`{}` points to nothing", ref.name));
    }
    ref.peeled = to_hex(*git_object_id(behind.get()));
  }
  return {};
}

Result<std::vector<PackedRef>> read_packed(const std::string& git_directory) {
  source::RealFileSystem disk;
  const std::string path = git_directory + "/packed-refs";
  if (!disk.exists(path)) return std::vector<PackedRef>();
  const Result<std::string> text = disk.read(path, most_packed_refs);
  if (!text) return text.error();
  Result<PackedRefs> packed = parse_packed_refs(*text);
  if (!packed) return packed.error();
  if (!packed->fully_peeled) {
    if (Result<void> done = peel_all(git_directory, packed->refs); !done) return done.error();
  }
  return std::move(packed->refs);
}

Result<void> write_packed(const std::string& git_directory, const std::vector<PackedRef>& refs) {
  return source::write_file_through(git_directory + "/stackc-release.packed-refs",
                                    git_directory + "/packed-refs", print_packed_refs(refs));
}

/// Compare of compare-and-swap: under the locks, nobody can change what is seen here.
Result<void> expect_unchanged(const std::string& git_directory, const RefSwitch& change,
                              const std::string& branch_now, const std::vector<PackedRef>& packed) {
  if (branch_now != change.before) {
    return Error{fmt::format(
        "`{}` moved while the release was made; nothing was written, run again", change.branch)};
  }
  for (const PackedRef& tag : change.tags) {
    std::error_code ignored;
    const bool loose = std::filesystem::exists(git_directory + "/" + tag.name, ignored);
    if (loose || find_ref(packed, tag.name) != nullptr) {
      return Error{fmt::format("`{}` exists; a release is never overwritten", tag.name)};
    }
  }
  return {};
}

}  // namespace

std::vector<std::string> locks_for(const RefSwitch& change) {
  std::vector<std::string> locks{change.branch + ".lock"};
  for (const PackedRef& tag : change.tags) locks.push_back(tag.name + ".lock");
  locks.push_back("packed-refs.lock");
  return locks;
}

Result<void> switch_refs(const std::string& git_directory, const RefSwitch& change) {
  const Result<std::string> loose = read_loose(git_directory, change.branch);
  if (!loose) return loose.error();
  Result<std::vector<PackedRef>> packed = read_packed(git_directory);
  if (!packed) return packed.error();
  const PackedRef* const packed_branch = find_ref(*packed, change.branch);
  const std::string now = !loose->empty()            ? *loose
                          : packed_branch != nullptr ? packed_branch->target
                                                     : std::string();
  if (Result<void> same = expect_unchanged(git_directory, change, now, *packed); !same) return same;
  if (!loose->empty()) {
    // A loose ref hides the packed one. So pack it with its old value first, then take the loose
    // one away: neither step changes what a reader sees.
    set_ref(*packed, {.name = change.branch, .target = now});
    if (Result<void> done = write_packed(git_directory, *packed); !done) return done;
    const std::string path = git_directory + "/" + change.branch;
    if (::unlink(path.c_str()) != 0) {
      return Error{fmt::format("`{}` cannot be removed: {}", path, std::strerror(errno))};
    }
  }
  set_ref(*packed, {.name = change.branch, .target = change.after});
  for (const PackedRef& tag : change.tags) set_ref(*packed, tag);
  return write_packed(git_directory, *packed);  // the instant at which the release is published
}

}  // namespace stackc::publish
