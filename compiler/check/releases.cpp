#include "compiler/check/releases.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "compiler/base/text.h"
#include "compiler/check/conform.h"
#include "compiler/diag/catalogue/type.h"

namespace stackc::check {

using ir::ExprRef;

namespace {

/// The field or fields that a message begins with, before it says of what: `a`, or `a`, `b`.
std::string_view fields_in(std::string_view message) {
  return message.substr(0, std::min(message.find("` of "), message.find(" must ")));
}

/// A place lacks as many fields as it lacks, of a record that the releases describe differently;
/// every other mistake is one of its place, however the releases put it.
bool is_same_mistake(const diag::Report& a, const diag::Report& b) {
  constexpr std::array several_at_a_place{diag::MissingField.entry.id,
                                          diag::MaybeMissingField.entry.id,
                                          diag::ExactlyOneField.entry.id};
  const bool several = std::ranges::find(several_at_a_place, a.id) != several_at_a_place.end();
  return a.id == b.id && a.span == b.span &&
         (!several || fields_in(a.message) == fields_in(b.message));
}

bool holds(const std::vector<diag::Report>& reports, const diag::Report& report) {
  return std::ranges::any_of(reports,
                             [&](const auto& other) { return is_same_mistake(other, report); });
}

}  // namespace

ExprRef conform_to_releases(ExprRef found, const std::vector<ReleaseType>& releases,
                            ExprBuilder& build, diag::Sink& sink) {
  if (releases.empty()) return found;
  ExprRef first = nullptr;
  std::vector<std::vector<diag::Report>> refused;  // per release
  for (const ReleaseType& release : releases) {
    diag::Sink own;
    const ExprRef conformed = conform(found, release.type, build, own);
    if (first == nullptr) first = conformed;
    refused.push_back(own.sorted());
  }
  std::vector<diag::Report> told;
  for (const std::vector<diag::Report>& reports : refused) {
    for (diag::Report report : reports) {
      if (holds(told, report)) continue;
      told.push_back(report);
      std::vector<std::string_view> refusing, others;
      for (std::size_t i = 0; i < releases.size(); ++i)
        (holds(refused[i], report) ? refusing : others).push_back(releases[i].release);
      if (!others.empty()) {
        report.notes.push_back(fmt::format("by release {} of `{}`; the stack also targets {}",
                                           quoted_list(refusing), releases.front().provider,
                                           quoted_list(others)));
      }
      sink.add(std::move(report));
    }
  }
  return first;
}

}  // namespace stackc::check
