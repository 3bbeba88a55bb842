#pragma once

#include <string>
#include <string_view>

namespace stackc::check {

/// Why a component does not take a value of one of its arguments, as the rule that the value breaks
/// ("`v` is a whole number"), and perhaps what was meant; an empty rule if nothing speaks against
/// it. Components share the meaning of most names.
struct ArgumentRule {
  std::string rule;
  std::string hint;
};
ArgumentRule broken_rule(std::string_view program, std::string_view argument,
                         std::string_view value);

}  // namespace stackc::check
