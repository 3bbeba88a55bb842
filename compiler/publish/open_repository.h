#pragma once

#include <memory>
#include <string>

#include "compiler/publish/publisher.h"

namespace stackc::publish {

/// Publisher::open_repository, on libgit2.
Result<std::unique_ptr<ReleaseRepository>> open_repository(const std::string& directory,
                                                           const OpenOptions& options);

}  // namespace stackc::publish
