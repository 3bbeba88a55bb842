#include <algorithm>
#include <nlohmann/json.hpp>

#include "compiler/diag/outcome.h"

namespace stackc::diag {
namespace {

using Json = nlohmann::ordered_json;

template <typename Items, typename Show>
Json list(const Items& items, Show show) {
  Json array = Json::array();
  for (const auto& item : items) array.push_back(show(item));
  return array;
}

Json position(const source::Position& position) {
  return {
      {"line", position.line}, {"column", position.column}, {"utf16Column", position.utf16_column}};
}

/// Where something is, and one more member.
Json at(const Place& place, const char* name, const std::string& text) {
  return {{"file", place.file},
          {"start", position(place.begin)},
          {"end", position(place.end)},
          {name, text}};
}

Json label(const PlacedReport::Label& label) {
  return at(label.place, "text", label.text);
}

Json edit(const PlacedReport::Edit& edit) {
  return at(edit.place, "replacement", edit.replacement);
}

Json fix(const PlacedReport::Fix& fix) {
  return {{"title", fix.title}, {"certain", fix.certain}, {"edits", list(fix.edits, edit)}};
}

Json report(const PlacedReport& report) {
  Json json{{"id", report.id}, {"severity", name_of(report.severity)}};
  json.update(at(report.place, "message", report.message));
  if (!report.hint.empty()) json["hint"] = report.hint;
  json["labels"] = list(report.labels, label);
  json["notes"] = report.notes;
  json["fixes"] = list(report.fixes, fix);
  return json;
}

Json applied(const AppliedFix& fix) {
  Json json{{"id", fix.id}};
  json.update(at(fix.place, "title", fix.title));
  return json;
}

}  // namespace

std::string render_json(const Outcome& outcome) {
  const auto count = [&](Severity severity) {
    return std::ranges::count(outcome.reports, severity, &PlacedReport::severity);
  };
  const Json json{{"version", 1},
                  {"reports", list(outcome.reports, report)},
                  {"failures", outcome.failures},
                  {"notes", outcome.notes},
                  {"fixed", list(outcome.fixed, applied)},
                  {"counts",
                   {{"errors", count(Severity::Error)},
                    {"warnings", count(Severity::Warning)},
                    {"failures", outcome.failures.size()},
                    {"fixed", outcome.fixed.size()}}}};
  // A path can hold any bytes.
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace stackc::diag
