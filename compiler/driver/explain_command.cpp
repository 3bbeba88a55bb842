#include <fmt/core.h>

#include <algorithm>

#include "compiler/base/text.h"
#include "compiler/diag/catalogue.h"
#include "compiler/diag/pages.h"
#include "compiler/driver/commands.h"

namespace stackc::driver {
namespace {

/// One line for each diagnostic of an area.
std::string list_of(std::string_view area) {
  std::vector<const diag::Entry*> entries;
  std::size_t width = 0;
  for (const diag::Entry& entry : diag::catalogue()) {
    if (diag::area_of(entry.id) != area || entry.severity == diag::Severity::Note) continue;
    entries.push_back(&entry);
    width = std::max(width, entry.id.size());
  }
  std::string list;
  for (const diag::Entry* entry : entries)
    list += fmt::format("{:{}}  {}\n", entry->id, width, diag::summary(*entry));
  return list;
}

Exit unknown(const std::string& subject, Environment& environment) {
  std::vector<std::string_view> names = diag::areas();
  for (const diag::Entry& entry : diag::catalogue()) {
    if (entry.severity != diag::Severity::Note) names.push_back(entry.id);
  }
  const Nearest near = nearest(subject, names);
  environment.err +=
      fmt::format("error: no diagnostic `{}`{}\nTry `stackc explain`.\n", subject,
                  near.empty() ? "" : fmt::format("; did you mean `{}`?", near.name));
  return Exit::Usage;
}

}  // namespace

Exit explain(const ExplainOptions& options, Environment& environment) {
  const std::vector<std::string_view> areas = diag::areas();
  if (!options.subject) {
    for (const std::string_view area : areas) {
      if (!environment.out.empty()) environment.out += "\n";
      environment.out += list_of(area);
    }
    return Exit::Fine;
  }
  if (std::ranges::find(areas, *options.subject) != areas.end()) {
    environment.out += list_of(*options.subject);
    return Exit::Fine;
  }
  const auto page = diag::find_page(*options.subject);
  if (!page) return unknown(*options.subject, environment);
  environment.out += *page;
  return Exit::Fine;
}

}  // namespace stackc::driver
