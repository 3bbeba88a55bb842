#pragma once

#include <string>
#include <string_view>

#include "compiler/base/file_tree.h"
#include "compiler/base/result.h"

namespace stackc::package {

struct ArchiveLimits {
  std::size_t entries = 10'000;
  std::size_t unpacked_bytes = std::size_t{64} << 20;  // of the whole tar, headers included
};

/// The regular files of an archive that somebody else made. Refuses, with the reason: damaged or
/// truncated data, more than the limits allow, links, devices, absolute paths, paths with `..`, a
/// path twice.
Result<FileTree> read_tar_gz(std::string_view bytes, const ArchiveLimits& limits = {});

}  // namespace stackc::package
