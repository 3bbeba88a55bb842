#include "compiler/diag/sink.h"

#include <fmt/core.h>

#include <algorithm>
#include <tuple>

#include "compiler/diag/catalogue/note.h"

namespace stackc::diag {

ReportBuilder& ReportBuilder::add_label(source::Span span, std::string text) {
  constexpr std::size_t most = 100;  // nobody reads more, and the places may be hundred thousands
  auto& labels = sink_.reports_[index_].labels;
  if (labels.size() == most) return *this;
  const auto known = [&](const Label& label) { return label.span == span && label.text == text; };
  if (std::ranges::none_of(labels, known)) labels.push_back({span, std::move(text)});
  return *this;
}

ReportBuilder& ReportBuilder::note(std::string text) {
  auto& notes = sink_.reports_[index_].notes;
  if (std::ranges::find(notes, text) == notes.end()) notes.push_back(std::move(text));
  return *this;
}

ReportBuilder& ReportBuilder::hint(std::string text) {
  sink_.reports_[index_].hint = std::move(text);
  return *this;
}

ReportBuilder& ReportBuilder::suggest(const Nearest& near) {
  if (near.empty()) return *this;
  Report& report = sink_.reports_[index_];
  report.hint = fmt::format("did you mean `{}`?", near.name);
  return fix({fmt::format("Replace with `{}`", near.name),
              {{report.span, std::string(near.name)}},
              near.only});
}

ReportBuilder& ReportBuilder::fix(Fix fix) {
  auto& fixes = sink_.reports_[index_].fixes;
  const auto known = [&](const Fix& other) { return other.title == fix.title; };
  if (std::ranges::none_of(fixes, known)) fixes.push_back(std::move(fix));
  return *this;
}

ReportBuilder Sink::add(source::Span span, const Entry& entry,
                        const std::vector<std::string>& arguments) {
  std::string message = fill(entry.message, arguments);
  const auto same = std::ranges::find_if(reports_, [&](const Report& report) {
    return report.id == entry.id && report.span == span && report.message == message;
  });
  if (same != reports_.end()) return {*this, static_cast<std::size_t>(same - reports_.begin())};
  reports_.push_back({.id = entry.id,
                      .severity = entry.severity,
                      .span = span,
                      .message = std::move(message),
                      .hint = {},
                      .labels = {},
                      .notes = {},
                      .fixes = {}});
  return {*this, reports_.size() - 1};
}

void Sink::add(Report report) {
  const auto same = [&](const Report& other) {
    return report.id == other.id && report.span == other.span && report.message == other.message;
  };
  // What one place gives and fits in none of the places that use it is wrong there, once.
  const auto same_origin = [&](const Report& other) {
    return report.id == other.id && report.message == other.message && !other.labels.empty() &&
           !report.labels.empty() && other.labels.front().text == WrittenHere.entry.message &&
           report.labels.front().text == other.labels.front().text &&
           report.labels.front().span == other.labels.front().span;
  };
  auto known = std::ranges::find_if(reports_, same);
  if (known == reports_.end()) known = std::ranges::find_if(reports_, same_origin);
  if (known == reports_.end()) {
    reports_.push_back(std::move(report));
    return;
  }
  if (known->span != report.span)
    report.labels.push_back({report.span, std::string(AlsoHere.entry.message)});
  for (Label& label : report.labels) {  // the same mistake, seen from another place
    const bool is_new = std::ranges::none_of(known->labels, [&](const Label& other) {
      return other.span == label.span && other.text == label.text;
    });
    if (is_new) known->labels.push_back(std::move(label));
  }
}

void Sink::fold_warnings(source::Span whole) {
  const auto error = std::ranges::find_if(reports_, [&](const Report& report) {
    return report.severity == Severity::Error && report.span == whole;
  });
  if (error == reports_.end()) return;
  const auto inside = [&](const Report& report) {
    return report.severity == Severity::Warning && report.span.file == whole.file &&
           whole.begin <= report.span.begin && report.span.end <= whole.end;
  };
  for (const Report& report : reports_) {
    const bool is_new = std::ranges::find(error->notes, report.message) == error->notes.end();
    if (inside(report) && is_new) error->notes.push_back(report.message);
  }
  std::erase_if(reports_, inside);
}

std::vector<Report> Sink::sorted() const {
  std::vector<Report> sorted = reports_;
  std::ranges::stable_sort(sorted, [](const Report& a, const Report& b) {
    return std::tie(a.span.file, a.span.begin, a.id, a.message) <
           std::tie(b.span.file, b.span.begin, b.id, b.message);
  });
  return sorted;
}

bool Sink::has_error_at(source::Span span) const {
  return std::ranges::any_of(reports_, [&](const Report& report) {
    return report.severity == Severity::Error && report.span == span;
  });
}

bool Sink::has_error_within(source::Span span) const {
  return std::ranges::any_of(reports_, [&](const Report& report) {
    return report.severity == Severity::Error && report.span.file == span.file &&
           span.begin <= report.span.begin && report.span.end <= span.end;
  });
}

bool Sink::has_errors() const {
  return count(Severity::Error) > 0;
}

std::size_t Sink::count(Severity severity) const {
  return static_cast<std::size_t>(std::ranges::count(reports_, severity, &Report::severity));
}

}  // namespace stackc::diag
