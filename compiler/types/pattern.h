#pragma once

#include <string_view>

#include "compiler/base/result.h"

namespace stackc::types {

/// Whether the pattern is a regular expression as Kubernetes understands them (RE2); the error says
/// what stopped the parser.
Result<void> check_pattern(std::string_view pattern);

/// Whether the pattern occurs anywhere in the text (it is not anchored). An invalid pattern matches
/// nothing.
bool matches_pattern(std::string_view text, std::string_view pattern);

}  // namespace stackc::types
