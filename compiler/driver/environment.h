#pragma once

#include <string>
#include <string_view>

#include "compiler/base/file_tree.h"
#include "compiler/base/result.h"
#include "compiler/source/file_system.h"

namespace stackc::driver {

/// Where a command puts directories of files; the real one writes to disk, tests keep them.
class Output {
 public:
  virtual ~Output() = default;
  /// Makes `directory` hold exactly these files: complete, or as it was before.
  virtual Result<void> replace_directory(const std::string& directory, const FileTree& files) = 0;
  /// Makes the file hold exactly these bytes: complete, or as it was before. Its directory is made
  /// if it is missing.
  virtual Result<void> write_file(const std::string& path, const std::string& bytes) = 0;
};

/// The whole outside world of a command. Tests make their own.
struct Environment {
  source::FileSystem& files;
  Output& output;
  std::string& out;                         // standard output
  std::string& err;                         // standard error
  bool terminal = false;                    // standard error is one
  bool colour = false;                      // in what goes to standard error
  std::string_view version = "0.0.0-test";  // of stackc
  unsigned threads = 1;
  std::string binary_directory;  // where `stackc-publish.so` lies
};

/// Exit codes of every command (architecture.md, decisions).
enum class Exit : int {
  Fine = 0,
  DefinitionHasErrors = 1,
  Usage = 2,
  World = 3,  // file, network, git
};

}  // namespace stackc::driver
