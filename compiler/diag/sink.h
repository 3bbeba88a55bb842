#pragma once

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "compiler/base/text.h"
#include "compiler/diag/diagnostic.h"
#include "compiler/source/span.h"

namespace stackc::diag {

struct Label {
  source::Span span;
  std::string text;
};

struct Edit {
  source::Span span;  // replaced; empty: inserted
  std::string replacement;
};

/// A change that removes the mistake.
struct Fix {
  std::string title;  // starts with a capital, no full stop
  std::vector<Edit> edits;
  bool certain = true;  // `--fix` may apply it; otherwise a person chooses
};

/// One mistake, as data; text, JSON and SARIF show the same value.
struct Report {
  std::string_view id;
  Severity severity;
  source::Span span;  // the primary place
  std::string message;
  std::string hint;  // a few words under the caret: `did you mean …?`; may be empty
  std::vector<Label> labels;
  std::vector<std::string> notes;
  std::vector<Fix> fixes;
};

class Sink;

/// Completes a report just made; used in one expression, never kept.
class ReportBuilder {
 public:
  ReportBuilder(Sink& sink, std::size_t index) : sink_(sink), index_(index) {}

  template <typename... Parameters, typename... Arguments>
  ReportBuilder& label(source::Span span, const Diagnostic<Parameters...>& what,
                       const Arguments&... arguments) {
    static_assert((std::is_same_v<Parameters, Arguments> && ...),
                  "arguments must be as declared in the catalogue");
    return add_label(span, fill(what.entry.message, {to_text(arguments)...}));
  }
  /// `= text` under the source lines: why, or the way out.
  ReportBuilder& note(std::string text);
  /// Words under the caret.
  ReportBuilder& hint(std::string text);
  /// `did you mean …?` with a fix that replaces the primary span, certain if nothing else is near;
  /// nothing if `near` is empty.
  ReportBuilder& suggest(const Nearest& near);
  ReportBuilder& fix(Fix fix);

 private:
  ReportBuilder& add_label(source::Span span, std::string text);

  Sink& sink_;
  std::size_t index_;
};

/// Collects reports. The same report twice (same id, place and message) counts once, because a
/// definition is checked once per Kubernetes line.
class Sink {
 public:
  template <typename... Parameters, typename... Arguments>
  ReportBuilder report(source::Span span, const Diagnostic<Parameters...>& what,
                       const Arguments&... arguments) {
    static_assert(sizeof...(Parameters) == sizeof...(Arguments), "one argument per parameter");
    static_assert((std::is_same_v<Parameters, Arguments> && ...),
                  "arguments must be as declared in the catalogue");
    return add(span, what.entry, {to_text(arguments)...});
  }
  /// The same for an entry that was chosen elsewhere, with the text of each of its arguments.
  ReportBuilder add(source::Span span, const Entry& entry,
                    const std::vector<std::string>& arguments);

  /// Takes over a report; nothing if it is there already.
  void add(Report report);
  /// Takes over what another sink has collected.
  void add_all(const Sink& other) {
    reports_.insert(reports_.end(), other.reports_.begin(), other.reports_.end());
  }

  /// Where an error is told at exactly `whole`, warnings about parts of it are its notes.
  void fold_warnings(source::Span whole);

  /// All reports, by file, then place, then id.
  std::vector<Report> sorted() const;
  bool has_errors() const;
  /// Is an error told at exactly this place, or somewhere in it?
  bool has_error_at(source::Span span) const;
  bool has_error_within(source::Span span) const;
  std::size_t count(Severity severity) const;

 private:
  friend class ReportBuilder;

  std::vector<Report> reports_;
};

}  // namespace stackc::diag
