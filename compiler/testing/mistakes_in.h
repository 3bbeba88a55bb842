#pragma once

#include <string>

#include "compiler/diag/render_text.h"
#include "compiler/parse/parse.h"
#include "compiler/testing/dump.h"

namespace stackc::testing {

/// What is wrong, one mistake a line: `line:column message (hint)`.
inline std::string mistakes(std::string text) {
  source::SourceSet files;
  const auto& file = files.add("a.stack", std::move(text));
  diag::Sink sink;
  parse::parse(file, sink);
  std::string lines;
  for (const diag::Report& report : sink.sorted()) {
    const source::Position place = file.position(report.span.begin);
    lines += std::to_string(place.line) + ":" + std::to_string(place.column) + " " + report.message;
    if (!report.hint.empty()) lines += " (" + report.hint + ")";
    lines += "\n";
  }
  return lines;
}

/// The reports as a terminal shows them.
inline std::string rendered(std::string text) {
  source::SourceSet files;
  const auto& file = files.add("a.stack", std::move(text));
  diag::Sink sink;
  parse::parse(file, sink);
  return diag::render_text(sink.sorted(), files, diag::Colour::Off);
}

/// What is left of a text, as a tree.
inline std::string tree(std::string text) {
  source::SourceSet files;
  const auto& file = files.add("a.stack", std::move(text));
  diag::Sink sink;
  return dump(parse::parse(file, sink));
}

}  // namespace stackc::testing
