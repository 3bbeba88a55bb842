#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "compiler/base/ascii.h"

namespace stackc::schema {

/// What the writer and the reader of compact schemas agree on, apart from the words of the types.
constexpr std::size_t indent_width = 2;
constexpr std::string_view root_name = "object";  // of the one field that is the whole object

constexpr bool is_name_character(char c) {
  return is_letter_or_digit(c) || c == '_' || c == '-' || c == '.' || c == '/';
}

/// Whether a name stands without quotes.
constexpr bool is_plain_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, is_name_character);
}

}  // namespace stackc::schema
