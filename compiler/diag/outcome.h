#pragma once

#include <string>
#include <vector>

#include "compiler/diag/sink.h"
#include "compiler/source/source_set.h"

/// What a command found, as other programs read it: no spans, no source text (docs/checking.md).
namespace stackc::diag {

/// A stretch of a file.
struct Place {
  std::string file;
  bool in_standard_library;
  source::Position begin;
  source::Position end;  // just behind the last character
};

/// A report whose spans have become places.
struct PlacedReport {
  struct Label {
    Place place;
    std::string text;
  };
  struct Edit {
    Place place;
    std::string replacement;
  };
  struct Fix {
    std::string title;
    std::vector<Edit> edits;
    bool certain;
  };

  std::string_view id;
  Severity severity;
  Place place;
  std::string message;
  std::string hint;
  std::vector<Label> labels;
  std::vector<std::string> notes;
  std::vector<Fix> fixes;
};

Place place_of(source::Span span, const source::SourceSet& files);
PlacedReport with_places(const Report& report, const source::SourceSet& files);

/// A fix that `--fix` wrote into a file; the place is where the mistake was.
struct AppliedFix {
  std::string_view id;
  Place place;
  std::string title;
};

struct Outcome {
  std::vector<PlacedReport> reports;
  std::vector<std::string> failures;  // of the world: a file that cannot be read, …
  std::vector<std::string> notes;     // what was left unchecked
  std::vector<AppliedFix> fixed;
};

/// `error`, `warning` or `note`.
std::string_view name_of(Severity severity);

/// As docs/check-report.schema.json says; one item on a line, the same bytes for the same outcome.
std::string render_json(const Outcome& outcome);

/// SARIF 2.1.0 with one run. Paths become relative URIs, columns count UTF-16 units; failures are
/// notifications of the tool.
std::string render_sarif(const Outcome& outcome, std::string_view tool_version);

}  // namespace stackc::diag
