#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "compiler/base/result.h"

namespace stackc::types {

/// Whether the pattern is a regular expression as Kubernetes understands them (RE2) and of a length
/// that people write; the error says what stopped the parser.
Result<void> check_pattern(std::string_view pattern);

/// Admits the patterns of one document that others wrote. Compiling one can cost a thousand times
/// its length, so that their instructions are bounded; a pattern counts once.
class PatternBudget {
 public:
  /// The error says what is wrong with the pattern, or that the patterns so far are too much.
  Result<void> admit(const std::string& pattern);

 private:
  std::optional<Error> problem_of(const std::string& pattern);

  std::map<std::string, std::optional<Error>, std::less<>> known_;
  int work_ = 0;  // instructions
};

/// Whether the pattern occurs anywhere in the text (it is not anchored). An invalid pattern matches
/// nothing.
bool matches_pattern(std::string_view text, std::string_view pattern);

}  // namespace stackc::types
