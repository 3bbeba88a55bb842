#pragma once

#include <string>
#include <vector>

#include "compiler/base/file_tree.h"

/// What every source text gets without anyone asking for it (architecture.md section 5.5).
namespace stackc::testing {

/// A `.stack` file with the files around it.
struct SourceText {
  std::string name;  // of the test: where it comes from
  std::string path;  // of the file in `world`
  FileTree world;
};

/// Every `.stack` file in the inputs of goldens, in `stdlib/` and in `stacks/`, sorted by name.
std::vector<SourceText> find_source_texts(const std::string& source_directory);

/// The reports of two checks, as they are printed; they must be the same.
struct TwoChecks {
  std::string first;
  std::string second;
};
TwoChecks check_twice(const SourceText& source);

/// Applies each certain fix of the text by itself and checks again: the answer lists the fixes
/// after which their diagnostic says the same as often as before.
std::string useless_fixes(const SourceText& source);

/// Checks the text cut off before its tokens: at each of them, or at 200 of them if there are more.
/// It has to end, and every report has to lie within the text: the answer lists those that do not.
std::string check_truncated(const SourceText& source);

}  // namespace stackc::testing
