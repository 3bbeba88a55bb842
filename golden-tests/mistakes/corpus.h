#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/result.h"

/// Single edits of the real stacks, as an author would slip, and what stackc says to each
/// (golden-tests/mistakes/README.md).
namespace stackc::mistakes {

/// A part of a text, by bytes, and what stands there instead.
struct Edit {
  std::uint32_t begin;
  std::uint32_t end;  // half-open
  std::string text;

  std::string apply(std::string_view before) const;
};

/// One entry of a file of mistakes.
struct Entry {
  std::string kind;    // name of the file without `.txt`
  int line;            // of the entry in that file, from 1
  std::string stack;   // `scs2`
  int occurrence = 1;  // of `before` in the stack, from 1
  std::string before;
  std::string after;
  std::string id;         // of the only error; empty: the edit is harmless and gives none
  std::string place;      // text of the line that the error names; empty: a line of the edit
  std::string suggested;  // what the report has to offer; empty: nothing is asked for
  std::string excuse;     // why the entry is known not to be met; empty: it has to be met
};

/// The error names the line of the file that is not as the README says.
Result<std::vector<Entry>> read_entries(const std::string& kind, std::string_view text);

/// The inverse of `read_entries` for one entry.
std::string to_text(const Entry& entry);

/// Where the entry changes the stack, without what `before` and `after` share at their ends;
/// nothing if the text does not occur any more.
std::optional<Edit> locate(const Entry& entry, std::string_view stack);

/// Without what the old and the new text share at their ends.
Edit trimmed(Edit edit, std::string_view stack);

}  // namespace stackc::mistakes
