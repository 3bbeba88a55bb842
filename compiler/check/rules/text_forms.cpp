#include "compiler/check/rules/text_forms.h"

#include <fmt/core.h>

#include <algorithm>
#include <string>
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

constexpr std::string_view plain_characters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";

/// The texts with which a pattern begins, if they are no patterns themselves.
struct Choices {
  std::string texts;     // with `|` between
  bool are_all = false;  // nothing follows them
};

Choices choices_of(std::string_view pattern) {
  const std::size_t open = pattern.starts_with("^ *(") ? 3 : 1;
  const std::size_t close = pattern.find(')');
  if (!pattern.substr(open).starts_with('(') || close == pattern.npos) return {};
  std::string texts(pattern.substr(open + 1, close - open - 1));
  constexpr std::string_view dot = "[.]";
  for (std::size_t at = texts.find(dot); at != texts.npos; at = texts.find(dot, at))
    texts.replace(at, dot.size(), ".");
  const bool are_plain = texts.find_first_not_of(std::string(plain_characters) + '|') == texts.npos;
  return are_plain ? Choices{texts, pattern.substr(close + 1) == "$"} : Choices{};
}

}  // namespace

bool fits(std::string_view text, const TextForm& form) {
  if (text.empty() && form.may_be_empty) return true;
  if (!form.is_list) return fits_alone(text, form.form);
  return std::ranges::all_of(split(text, ','),
                             [&](std::string_view part) { return fits_alone(part, form.form); });
}

std::string hint_from_choices(std::string_view text, const TextForm& form) {
  const Choices choices = choices_of(form.form);
  if (choices.texts.empty()) return "";
  const auto parts = form.is_list ? split(text, ',') : std::vector{text};
  const auto wrong = std::ranges::find_if_not(
      parts, [&](std::string_view part) { return fits_alone(part, form.form); });
  if (wrong == parts.end()) return "";
  std::string_view begin = *wrong;
  begin.remove_prefix(std::min(begin.find_first_not_of(' '), begin.size()));
  if (!choices.are_all) begin = begin.substr(0, begin.find_first_not_of(plain_characters));
  const auto texts = split(choices.texts, '|');
  if (std::ranges::find(texts, begin) != texts.end()) return "";  // what follows it is wrong
  const Nearest near = suggestion(begin, texts);
  return near.empty() ? "" : fmt::format("did you mean `{}`?", near.name);
}

}  // namespace stackc::check
