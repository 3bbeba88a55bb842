#include "compiler/publish/release_tag.h"

#include <algorithm>

#include "compiler/base/ascii.h"

namespace stackc::publish {

std::optional<std::uint32_t> stable_number(std::string_view tag, std::string_view line) {
  constexpr std::string_view mark = "-v";
  constexpr std::size_t most_digits = 9;  // the next number still fits 32 bits
  if (!tag.starts_with(line) || !tag.substr(line.size()).starts_with(mark)) return std::nullopt;
  const std::string_view digits = tag.substr(line.size() + mark.size());
  const bool numeric = std::ranges::all_of(digits, is_digit);
  if (digits.empty() || digits.size() > most_digits || !numeric || digits[0] == '0') {
    return std::nullopt;
  }
  std::uint32_t number = 0;
  for (const char digit : digits) number = number * 10 + static_cast<std::uint32_t>(digit - '0');
  return number;
}

std::optional<std::string> newest_stable(const std::vector<std::string>& tags,
                                         std::string_view line) {
  std::optional<std::string> newest;
  std::uint32_t highest = 0;
  for (const std::string& tag : tags) {
    const std::uint32_t number = stable_number(tag, line).value_or(0);
    if (number > highest) {
      highest = number;
      newest = tag;
    }
  }
  return newest;
}

std::uint32_t next_stable_number(const std::vector<std::string>& tags, std::string_view line) {
  const std::optional<std::string> newest = newest_stable(tags, line);
  return newest ? *stable_number(*newest, line) + 1 : 1;
}

}  // namespace stackc::publish
