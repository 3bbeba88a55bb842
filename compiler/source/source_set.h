#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/source/span.h"

namespace stackc::source {

/// A place as people count: line and column from 1. `column` counts code points, `utf16_column`
/// UTF-16 units (SARIF counts so).
struct Position {
  std::uint32_t line;
  std::uint32_t column;
  std::uint32_t utf16_column;
};

/// One text file. `path` is how messages name it: relative to the workspace with forward slashes,
/// or `std/<name>.stack` for the standard library, or `<command line>`.
class SourceFile {
 public:
  SourceFile(FileId id, std::string path, std::string text);

  FileId id() const { return id_; }
  const std::string& path() const { return path_; }
  std::string_view text() const { return text_; }
  bool in_standard_library() const { return path_.starts_with("std/"); }

  Position position(std::uint32_t offset) const;
  /// The line without its end, by number from 1.
  std::string_view line(std::uint32_t number) const;
  Span whole() const { return {id_, 0, static_cast<std::uint32_t>(text_.size())}; }

 private:
  /// Characters before some offset: all, and those that UTF-16 writes as two units.
  struct Counted {
    std::uint32_t points;
    std::uint32_t wide;
  };
  Counted counted_before(std::uint32_t offset) const;

  FileId id_;
  std::string path_;
  std::string text_;
  std::vector<std::uint32_t> line_starts_;
  std::vector<Counted> blocks_;  // before each block of the text; a line can have megabytes
};

/// All files of one compilation; files never move, so views into their text stay valid as long as
/// the set.
class SourceSet {
 public:
  const SourceFile& add(std::string path, std::string text);
  const SourceFile& file(FileId id) const { return files_.at(id.index); }
  std::string_view text(Span span) const {
    return file(span.file).text().substr(span.begin, span.end - span.begin);
  }
  std::size_t size() const { return files_.size(); }

 private:
  std::deque<SourceFile> files_;
};

}  // namespace stackc::source
