#include "compiler/diag/outcome.h"

namespace stackc::diag {

std::string_view name_of(Severity severity) {
  switch (severity) {
    case Severity::Error:
      return "error";
    case Severity::Warning:
      return "warning";
    case Severity::Note:
      return "note";
  }
  return "";
}

Place place_of(source::Span span, const source::SourceSet& files) {
  const source::SourceFile& file = files.file(span.file);
  return {.file = file.path(),
          .in_standard_library = file.in_standard_library(),
          .begin = file.position(span.begin),
          .end = file.position(span.end)};
}

PlacedReport with_places(const Report& report, const source::SourceSet& files) {
  PlacedReport placed{.id = report.id,
                      .severity = report.severity,
                      .place = place_of(report.span, files),
                      .message = report.message,
                      .hint = report.hint,
                      .labels = {},
                      .notes = report.notes,
                      .fixes = {}};
  for (const Label& label : report.labels)
    placed.labels.push_back({place_of(label.span, files), label.text});
  for (const Fix& fix : report.fixes) {
    placed.fixes.push_back({fix.title, {}, fix.certain});
    for (const Edit& edit : fix.edits)
      placed.fixes.back().edits.push_back({place_of(edit.span, files), edit.replacement});
  }
  return placed;
}

}  // namespace stackc::diag
