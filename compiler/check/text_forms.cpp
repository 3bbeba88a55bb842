#include "compiler/check/text_forms.h"

#include <fmt/core.h>

#include <algorithm>
#include <vector>

#include "compiler/base/text.h"
#include "compiler/types/format.h"
#include "compiler/types/pattern.h"

namespace stackc::check {
namespace {

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(separator, at), text.size());
    parts.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

bool fits_alone(std::string_view text, std::string_view form) {
  if (form.starts_with('^')) return types::matches_pattern(text, form);
  return std::ranges::any_of(
      split(form, '|'), [&](std::string_view format) { return types::has_format(text, format); });
}

}  // namespace

bool fits(std::string_view text, const TextForm& form) {
  if (text.empty() && form.may_be_empty) return true;
  if (!form.is_list) return fits_alone(text, form.form);
  return std::ranges::all_of(split(text, ','),
                             [&](std::string_view part) { return fits_alone(part, form.form); });
}

std::string hint_from_choices(std::string_view text, std::string_view pattern) {
  if (!pattern.starts_with("^(") || !pattern.ends_with(")$")) return "";
  const Nearest near = suggestion(text, split(pattern.substr(2, pattern.size() - 4), '|'));
  return near.empty() ? "" : fmt::format("did you mean `{}`?", near.name);
}

}  // namespace stackc::check
