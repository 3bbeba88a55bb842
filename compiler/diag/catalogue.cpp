#include "compiler/diag/catalogue.h"

#include <algorithm>

namespace stackc::diag {
namespace {

constexpr Entry all_entries[] = {
#define DIAG(name, id, severity, message, ...) {id, Severity::severity, message},
#include "compiler/diag/catalogue/all.def"
#undef DIAG
};

}  // namespace

std::span<const Entry> catalogue() {
  return all_entries;
}

const Entry* find_entry(std::string_view id) {
  const auto found = std::ranges::find(all_entries, id, &Entry::id);
  return found == std::end(all_entries) ? nullptr : &*found;
}

std::string_view area_of(std::string_view id) {
  return id.substr(0, id.find('/'));
}

std::vector<std::string_view> areas() {
  std::vector<std::string_view> areas;
  for (const Entry& entry : all_entries) {
    const bool known = std::ranges::find(areas, area_of(entry.id)) != areas.end();
    if (entry.severity != Severity::Note && !known) areas.push_back(area_of(entry.id));
  }
  return areas;
}

std::string summary(const Entry& entry) {
  if (entry.message == "{}") {  // written by another library: the id has to say it
    std::string words(entry.id.substr(entry.id.find('/') + 1));
    std::ranges::replace(words, '-', ' ');
    return words;
  }
  return fill(entry.message, std::vector<std::string>(count_holes(entry.message), "…"));
}

}  // namespace stackc::diag
