#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diag/diagnostic.h"
#include "golden-tests/mistakes/corpus.h"

namespace stackc::mistakes {

/// An error or a warning as an author sees it.
struct SeenError {
  std::string id;
  std::uint32_t line;  // from 1
  std::string message;
  std::string advice;  // hint, notes and what the fixes put in, one per line
};

/// Checks texts one after the other, in memory.
class Bench {
 public:
  Bench();
  ~Bench();
  Bench(const Bench&) = delete;
  Bench& operator=(const Bench&) = delete;

  std::vector<SeenError> errors_of(std::string text) {
    return seen(std::move(text), diag::Severity::Error);
  }
  /// The errors, or if there is none the warnings.
  std::vector<SeenError> reports_of(const std::string& text) {
    std::vector<SeenError> errors = errors_of(text);
    return errors.empty() ? seen(text, diag::Severity::Warning) : errors;
  }

 private:
  std::vector<SeenError> seen(std::string text, diag::Severity severity);

  class Disk;
  struct Loaded;
  std::unique_ptr<Loaded> loaded_;
};

/// Lines from 1, both included.
struct Lines {
  std::uint32_t first;
  std::uint32_t last;

  bool hold(std::uint32_t line) const { return first <= line && line <= last; }
};

/// Lines of the text after an edit that the edit touches. What was deleted counts for the line it
/// stood on and, if that was whole lines, for the line before.
Lines lines_of(const Edit& edit, std::string_view after);

/// The first line that holds the text; 0 if there is none.
std::uint32_t find_line(std::string_view text, std::string_view part);

}  // namespace stackc::mistakes
