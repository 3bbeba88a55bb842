#pragma once

#include <string_view>

#include "compiler/parse/reports.h"

namespace stackc::parse {

/// The marks that git leaves where two sides of a merge disagree: lines that start with seven times
/// `<`, `|`, `=` or `>`. Of the sides the first is read, so that nothing follows from the mistake.
class MergeConflict {
 public:
  MergeConflict(const source::SourceFile& file, Reports& reports)
      : file_(file.id()), text_(file.text()), reports_(reports) {}

  /// Called at the start of each line: where to read on, which is behind lines that are marks or
  /// belong to a side that is not read. Reports a conflict at its first mark.
  std::size_t skip(std::size_t line);

 private:
  char mark_at(std::size_t line) const;
  std::size_t next_line(std::size_t line) const;

  source::FileId file_;
  std::string_view text_;
  Reports& reports_;
  bool open_ = false;
};

}  // namespace stackc::parse
