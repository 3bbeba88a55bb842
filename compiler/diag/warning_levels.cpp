#include "compiler/diag/warning_levels.h"

#include <fmt/core.h>

#include <algorithm>

#include "compiler/base/text.h"
#include "compiler/diag/catalogue.h"

namespace stackc::diag {
namespace {

/// The ids of warnings that an id or an area stands for.
Result<std::vector<std::string_view>> warnings_in(std::string_view subject) {
  const std::vector<std::string_view> known_areas = areas();
  std::vector<std::string_view> found;
  std::vector<std::string_view> names = known_areas;
  for (const Entry& entry : catalogue()) {
    if (entry.id == subject && entry.severity == Severity::Error)
      return Error{fmt::format("`{}` is an error, and only warnings have levels", subject)};
    if (entry.severity != Severity::Warning) continue;
    names.push_back(entry.id);
    if (entry.id == subject || area_of(entry.id) == subject) found.push_back(entry.id);
  }
  if (!found.empty() || std::ranges::find(known_areas, subject) != known_areas.end()) return found;
  const Nearest near = nearest(subject, names);
  return Error{fmt::format("`{}` is neither a warning nor an area{}", subject,
                           near.empty() ? "" : fmt::format("; did you mean `{}`?", near.name))};
}

}  // namespace

Result<WarningLevels::Level> WarningLevels::parse_level(std::string_view word) {
  if (word == "off") return Level::Off;
  if (word == "warn") return Level::Warn;
  if (word == "error") return Level::Error;
  return Error{fmt::format("`{}` is no level; there are `off`, `warn` and `error`", word)};
}

Result<WarningLevels> WarningLevels::parse(const std::vector<std::string>& options) {
  WarningLevels levels;
  for (const std::string& option : options) {
    const std::size_t sign = option.find('=');
    const auto level = parse_level(std::string_view(option).substr(0, sign));
    if (!level) return level.error();
    if (sign == std::string::npos) {
      for (const Entry& entry : catalogue()) {
        if (entry.severity == Severity::Warning) levels.levels_[entry.id] = *level;
      }
      continue;
    }
    const auto ids = warnings_in(std::string_view(option).substr(sign + 1));
    if (!ids) return ids.error();
    for (const std::string_view id : *ids) levels.levels_[id] = *level;
  }
  return levels;
}

void WarningLevels::apply(std::vector<Report>& reports) const {
  const auto level_of = [&](const Report& report) {
    const auto found = levels_.find(report.id);
    return found == levels_.end() ? Level::Warn : found->second;
  };
  std::erase_if(reports, [&](const Report& report) { return level_of(report) == Level::Off; });
  for (Report& report : reports) {
    if (level_of(report) == Level::Error) report.severity = Severity::Error;
  }
}

}  // namespace stackc::diag
