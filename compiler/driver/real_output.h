#pragma once

#include "compiler/driver/environment.h"

namespace stackc::driver {

/// Writes into a new directory beside the target and exchanges the two, so that nobody ever sees
/// half of the files. What is as it should be already is left alone, with its times.
class RealOutput : public Output {
 public:
  Result<void> replace_directory(const std::string& directory, const FileTree& files) override;
  Result<void> write_file(const std::string& path, const std::string& bytes) override;
};

}  // namespace stackc::driver
