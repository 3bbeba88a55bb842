#include "compiler/types/pattern.h"

#include <fmt/core.h>
#include <re2/re2.h>

namespace stackc::types {

namespace {

RE2 compile(std::string_view pattern) {
  RE2::Options quiet;
  quiet.set_log_errors(false);
  return RE2(re2::StringPiece(pattern.data(), pattern.size()), quiet);
}

}  // namespace

Result<void> check_pattern(std::string_view pattern) {
  const RE2 expression = compile(pattern);
  if (expression.ok()) return {};
  return Error{fmt::format("`{}` is not a regular expression: {}", pattern, expression.error())};
}

bool matches_pattern(std::string_view text, std::string_view pattern) {
  const RE2 expression = compile(pattern);
  return expression.ok() &&
         RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), expression);
}

}  // namespace stackc::types
