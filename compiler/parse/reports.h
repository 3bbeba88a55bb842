#pragma once

#include <set>

#include "compiler/diag/catalogue/parse.h"
#include "compiler/diag/sink.h"
#include "compiler/source/source_set.h"

namespace stackc::parse {

/// Passes the first mistakes of a file on, one per line: what else does not fit on a line follows
/// from the first. Behind a limit the rest is dropped with one last report: nobody reads a thousand
/// of them, and a hostile file must not fill the memory.
class Reports {
 public:
  static constexpr int limit = 100;

  Reports(diag::Sink& sink, const source::SourceFile& file) : sink_(sink), file_(file) {}
  /// Goes on after the reports that `before` has passed on to its own sink.
  Reports(diag::Sink& sink, const Reports& before)
      : sink_(sink), file_(before.file_), lines_(before.lines_), count_(before.count_) {}

  template <typename... Parameters, typename... Arguments>
  diag::ReportBuilder report(source::Span span, const diag::Diagnostic<Parameters...>& what,
                             const Arguments&... arguments) {
    const bool is_first = lines_.insert(file_.position(span.begin).line).second;
    if (is_first || what.entry.id == diag::HiddenCharacter.entry.id) {  // nobody sees the others
      if (++count_ <= limit) return sink_.report(span, what, arguments...);
      if (count_ == limit + 1) sink_.report(span, diag::TooManyErrors, diag::Count{limit});
    }
    dropped_ = diag::Sink{};
    return dropped_.report(span, what, arguments...);
  }

  bool exhausted() const { return count_ > limit; }
  int count() const { return count_; }

 private:
  diag::Sink& sink_;
  const source::SourceFile& file_;
  std::set<std::uint32_t> lines_;  // that have a report
  diag::Sink dropped_;
  int count_ = 0;
};

}  // namespace stackc::parse
