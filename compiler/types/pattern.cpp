#include "compiler/types/pattern.h"

#include <fmt/core.h>
#include <re2/re2.h>

#include <map>
#include <memory>
#include <mutex>

namespace stackc::types {

namespace {

/// Compiling an expression costs a hundred times more than matching it, and schemas repeat theirs
/// for field after field.
class CompiledPatterns {
 public:
  const RE2& get(std::string_view pattern) {
    const std::lock_guard lock(mutex_);
    auto found = compiled_.find(pattern);
    if (found == compiled_.end()) {
      RE2::Options quiet;
      quiet.set_log_errors(false);
      auto expression =
          std::make_unique<RE2>(re2::StringPiece(pattern.data(), pattern.size()), quiet);
      found = compiled_.emplace(std::string(pattern), std::move(expression)).first;
    }
    return *found->second;
  }

 private:
  std::mutex mutex_;
  std::map<std::string, std::unique_ptr<RE2>, std::less<>> compiled_;
};

const RE2& compiled(std::string_view pattern) {
  static CompiledPatterns patterns;
  return patterns.get(pattern);
}

}  // namespace

Result<void> check_pattern(std::string_view pattern) {
  const RE2& expression = compiled(pattern);
  if (expression.ok()) return {};
  return Error{fmt::format("`{}` is not a regular expression: {}", pattern, expression.error())};
}

bool matches_pattern(std::string_view text, std::string_view pattern) {
  const RE2& expression = compiled(pattern);
  return expression.ok() &&
         RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), expression);
}

}  // namespace stackc::types
