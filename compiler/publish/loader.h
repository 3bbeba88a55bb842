#pragma once

#include <string>

#include "compiler/base/result.h"
#include "compiler/publish/publisher.h"

namespace stackc::publish {

/// Loads `stackc-publish.so` from the directory of the running binary. The publisher lives as long
/// as the process: the libraries behind it cannot be unloaded safely. Fails if the file is missing
/// or of another build.
Result<Publisher*> load_publisher(const std::string& directory_of_binary);

}  // namespace stackc::publish
