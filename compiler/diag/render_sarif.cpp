#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "compiler/base/ascii.h"
#include "compiler/diag/catalogue.h"
#include "compiler/diag/outcome.h"
#include "compiler/diag/pages.h"

// Sections of "Static Analysis Results Interchange Format (SARIF) Version 2.1.0", OASIS Standard.
namespace stackc::diag {
namespace {

using Json = nlohmann::ordered_json;

/// Files inside the compiler have no address; a base of their own says so (section 3.4.4).
constexpr const char* library_base = "STDLIB";

/// RFC 3986: everything but the unreserved characters and `/` is escaped. An absolute path becomes
/// a `file:` URI, every other one is relative to the directory of the run.
std::string uri_of(const std::string& path) {
  std::string uri = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    if (is_letter_or_digit(c) || std::string_view("-._~/").find(c) != std::string_view::npos) {
      uri += c;
    } else {
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return uri;
}

Json artifact(const Place& place) {
  Json json{{"uri", uri_of(place.file)}};
  if (place.in_standard_library) json["uriBaseId"] = library_base;
  return json;
}

/// Section 3.30: the end column is one behind the last character, as ours is.
Json region(const Place& place) {
  return {{"startLine", place.begin.line},
          {"startColumn", place.begin.utf16_column},
          {"endLine", place.end.line},
          {"endColumn", place.end.utf16_column}};
}

Json located(const Place& place) {
  return {{"physicalLocation", {{"artifactLocation", artifact(place)}, {"region", region(place)}}}};
}

Json text(const std::string& words) {
  return {{"text", words}};
}

/// Viewers show nothing but this text, so it has everything that is said.
std::string whole_message(const PlacedReport& report) {
  std::string message = report.message;
  if (!report.hint.empty()) message += "\n" + report.hint;
  for (const std::string& note : report.notes) message += "\n" + note;
  return message;
}

/// Section 3.55: the edits of a fix, by file.
Json fix(const PlacedReport::Fix& fix) {
  std::map<std::string, Json> changes;
  for (const auto& edit : fix.edits) {
    Json& change = changes[edit.place.file];
    if (change.is_null())
      change = {{"artifactLocation", artifact(edit.place)}, {"replacements", Json::array()}};
    change["replacements"].push_back(
        {{"deletedRegion", region(edit.place)}, {"insertedContent", text(edit.replacement)}});
  }
  Json json{{"description", text(fix.title)}, {"artifactChanges", Json::array()}};
  for (auto& [file, change] : changes) json["artifactChanges"].push_back(std::move(change));
  return json;
}

/// What the page says before its examples, without the heading.
std::string description(std::string_view page) {
  page.remove_prefix(std::min(page.find("\n\n") + 2, page.size()));
  page = page.substr(0, page.find("\n\n## "));
  std::string words(page);
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    const bool is_wrapped = words[i] == '\n' && words[i + 1] != '\n' && words[i - 1] != '\n';
    if (i > 0 && is_wrapped) words[i] = ' ';
  }
  while (words.ends_with('\n')) words.pop_back();
  return words;
}

/// What the catalogue says of an id (section 3.49).
Json rule(std::string_view id) {
  const Entry& entry = *find_entry(id);
  Json json{{"id", id},
            {"shortDescription", text(summary(entry))},
            {"defaultConfiguration", {{"level", name_of(entry.severity)}}}};
  // The pages are part of the compiler and have no address of their own: `help` instead of
  // `helpUri` (section 3.49.12), which is what code scanning shows beside a result.
  if (const auto page = find_page(id)) {
    json["fullDescription"] = text(description(*page));
    json["help"] = {{"text", *page}, {"markdown", *page}};
  }
  json["properties"] = {{"tags", Json::array({id.substr(0, id.find('/'))})}};
  return json;
}

Json result(const PlacedReport& report, std::size_t rule_index) {
  Json json{{"ruleId", report.id},
            {"ruleIndex", rule_index},
            {"level", name_of(report.severity)},
            {"message", text(whole_message(report))},
            {"locations", Json::array({located(report.place)})}};
  for (std::size_t i = 0; i < report.labels.size(); ++i) {
    Json label = located(report.labels[i].place);
    label["id"] = i + 1;
    label["message"] = text(report.labels[i].text);
    json["relatedLocations"].push_back(std::move(label));
  }
  for (const auto& offered : report.fixes) json["fixes"].push_back(fix(offered));
  return json;
}

/// Section 3.20: what happened besides checking.
Json invocation(const Outcome& outcome) {
  Json json{{"executionSuccessful", outcome.failures.empty()}};
  Json notifications = Json::array();
  for (const std::string& failure : outcome.failures)
    notifications.push_back({{"level", "error"}, {"message", text(failure)}});
  for (const std::string& note : outcome.notes)
    notifications.push_back({{"level", "note"}, {"message", text(note)}});
  for (const AppliedFix& fix : outcome.fixed) {
    notifications.push_back({{"level", "note"},
                             {"message", text(fmt::format("fixed {}: {}", fix.id, fix.title))},
                             {"locations", Json::array({located(fix.place)})}});
  }
  if (!notifications.empty()) json["toolExecutionNotifications"] = std::move(notifications);
  return json;
}

}  // namespace

std::string render_sarif(const Outcome& outcome, std::string_view tool_version) {
  std::map<std::string_view, std::size_t> rule_of;  // index of each id
  Json rules = Json::array();
  Json results = Json::array();
  for (const PlacedReport& report : outcome.reports) {
    const auto [known, is_new] = rule_of.emplace(report.id, rules.size());
    if (is_new) rules.push_back(rule(report.id));
    results.push_back(result(report, known->second));
  }
  const Json driver{{"name", "stackc"}, {"version", tool_version}, {"rules", std::move(rules)}};
  const Json library{{"description", text("the standard library, which is part of stackc")}};
  const Json run{{"tool", {{"driver", driver}}},
                 {"invocations", Json::array({invocation(outcome)})},
                 {"originalUriBaseIds", {{library_base, library}}},
                 {"columnKind", "utf16CodeUnits"},
                 {"results", std::move(results)}};
  const Json log{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                 {"version", "2.1.0"},
                 {"runs", Json::array({run})}};
  // A path can hold any bytes.
  return log.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace stackc::diag
