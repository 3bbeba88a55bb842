#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/result.h"

namespace stackc::testing {

/// A golden case as it is written (golden-tests/README.md): a sentence, `#run:` and `#stack:`
/// lines, then sections that each begin with a line `-- name --`.
struct CaseFile {
  struct Section {
    std::string name;
    std::string text;  // whole lines
    bool operator==(const Section&) const = default;
  };

  std::string head;                 // everything before the first section
  std::vector<std::string> runs;    // command lines, without `stackc`
  std::vector<std::string> stacks;  // directories of the repository that the case reads
  std::vector<Section> sections;

  const Section* find(std::string_view name) const;
};

/// Whether a section is an expectation; the others are inputs.
inline bool is_expected(const CaseFile::Section& section) {
  return section.name.starts_with("out/");
}

/// The error says what a case must have: a sentence, a command, known directives, sections with
/// different names.
Result<CaseFile> parse_case(std::string_view text);

/// The inverse of `parse_case`.
std::string to_text(const CaseFile& file);

}  // namespace stackc::testing
