#pragma once

#include "compiler/diag/catalogue/parse.h"
#include "compiler/diag/sink.h"

namespace stackc::parse {

/// Passes the first mistakes of a file on. The rest is dropped behind one last report: nobody reads
/// a thousand of them, and a hostile file must not fill the memory.
class Reports {
 public:
  static constexpr int limit = 100;

  explicit Reports(diag::Sink& sink) : sink_(sink) {}

  template <typename... Parameters, typename... Arguments>
  diag::ReportBuilder report(source::Span span, const diag::Diagnostic<Parameters...>& what,
                             const Arguments&... arguments) {
    if (++count_ <= limit) return sink_.report(span, what, arguments...);
    if (count_ == limit + 1) sink_.report(span, diag::TooManyErrors, diag::Count{limit});
    dropped_ = diag::Sink{};
    return dropped_.report(span, what, arguments...);
  }

  bool exhausted() const { return count_ > limit; }
  bool any() const { return count_ > 0; }

 private:
  diag::Sink& sink_;
  diag::Sink dropped_;
  int count_ = 0;
};

}  // namespace stackc::parse
