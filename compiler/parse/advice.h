#pragma once

#include <optional>
#include <string>

#include "compiler/parse/place.h"

namespace stackc::parse {

/// What to write instead.
struct Advice {
  std::string hint;                                  // empty: there is none
  std::optional<std::string_view> replacement = {};  // of the token that is wrong
};

/// The way out where a token does not fit and the mistake is a known one.
Advice advice_on(const Place& place);

}  // namespace stackc::parse
