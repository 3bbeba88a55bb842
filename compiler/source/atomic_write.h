#pragma once

#include <string>
#include <string_view>

#include "compiler/base/result.h"

namespace stackc::source {

/// Replaces (or makes) a file so that a reader, also one after a crash, sees the old bytes or the
/// new ones, never a mixture: a temporary file beside it, synced, renamed. Keeps the permissions of
/// a file that is there; a new one gets 0666 less the umask. A symbolic link stays one: the file
/// that it leads to is replaced. On failure the file is as before and the temporary one is gone.
Result<void> write_file_atomically(const std::string& path, std::string_view bytes);

/// The same through a temporary file of the caller's choice on the same file system, for places
/// where a killed process must not leave files of unknown names. What is at `temporary` is
/// replaced: only one process at a time may use the name.
Result<void> write_file_through(const std::string& temporary, const std::string& path,
                                std::string_view bytes);

/// Makes the names in a directory durable: a rename or unlink in it survives a power cut after
/// this.
Result<void> sync_directory(const std::string& directory);

}  // namespace stackc::source
