#pragma once

#include <string>
#include <vector>

#include "compiler/base/file_tree.h"
#include "compiler/base/result.h"

/// Golden tests: cases that say what a user sees for what is written (golden-tests/README.md;
/// architecture.md section 5).
namespace stackc::testing {

/// One case: a file `<name>.golden`, or a directory `<name>` with `case.txt` and `expected/`.
struct Golden {
  std::string name;  // below golden-tests: `diagnostics/type/fail_unknown_field`
  bool is_folder = false;
};

/// All cases below `<source_directory>/golden-tests`, sorted by name.
std::vector<Golden> find_goldens(const std::string& source_directory);

/// What the inputs of a case are: files by path, as its commands see them.
Result<FileTree> inputs_of(const Golden& golden, const std::string& source_directory);

enum class Mode : std::uint8_t {
  Check,   // a difference fails; its first lines are shown
  Diff,    // the same with all lines
  Update,  // expectations become what is seen
};

/// `GOLDEN=update` and `GOLDEN=diff`; everything else checks.
Mode mode_from(const char* golden_variable);

struct Verdict {
  bool passed = true;
  bool is_new = false;                // had no expectations before this update
  std::vector<std::string> changed;   // files that the update wrote, below golden-tests
  std::vector<std::string> orphaned;  // files that it deleted
  std::string message;                // why it did not pass
};

/// Runs the commands of a case and compares. A case is called `fail_…` if and only if a command
/// fails; an update refuses to make it otherwise. A case called `todo_…` must not meet its
/// expectations yet, and is never updated.
Verdict run_golden(const Golden& golden, const std::string& source_directory, Mode mode);

}  // namespace stackc::testing
