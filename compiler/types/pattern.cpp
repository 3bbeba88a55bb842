#include "compiler/types/pattern.h"

#include <fmt/core.h>
#include <re2/re2.h>

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>

namespace stackc::types {

namespace {

constexpr std::size_t longest = 4096;  // bytes of a pattern

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

/// What is between the brackets of `^(one|two)$` where all of it is plain words.
std::optional<std::string_view> choice_of_words(std::string_view pattern) {
  constexpr std::string_view first = "^(", last = ")$";
  if (pattern.size() < first.size() + last.size() || !pattern.starts_with(first) ||
      !pattern.ends_with(last))
    return std::nullopt;
  const std::string_view words =
      pattern.substr(first.size(), pattern.size() - first.size() - last.size());
  const bool plain = std::ranges::all_of(words, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '|';
  });
  return plain ? std::optional(words) : std::nullopt;
}

bool is_one_of(std::string_view text, std::string_view words) {
  for (std::size_t at = 0; at <= words.size();) {
    const std::size_t end = std::min(words.find('|', at), words.size());
    if (words.substr(at, end - at) == text) return true;
    at = end + 1;
  }
  return false;
}

}  // namespace

Result<void> check_pattern(std::string_view pattern) {
  if (pattern.size() > longest)
    return Error{fmt::format("a pattern of more than {} characters", longest)};
  const RE2& expression = compiled(pattern);
  if (expression.ok()) return {};
  return Error{fmt::format("`{}` is not a regular expression: {}", pattern, expression.error())};
}

Result<void> PatternBudget::admit(const std::string& pattern) {
  const auto [known, is_new] = known_.try_emplace(pattern);
  if (is_new) known->second = problem_of(pattern);
  if (known->second) return *known->second;
  return {};
}

std::optional<Error> PatternBudget::problem_of(const std::string& pattern) {
  constexpr int most_work = 1'000'000;
  constexpr int work_of_a_broken_one = 10'000;  // it may have been given up late
  const Error too_much{"the patterns up to here are too complex"};
  if (pattern.size() > longest)
    return Error{fmt::format("a pattern of more than {} characters", longest)};
  if (work_ > most_work) return too_much;
  const RE2& expression = compiled(pattern);
  work_ += expression.ok() ? expression.ProgramSize() : work_of_a_broken_one;
  if (!expression.ok()) return Error{fmt::format("malformed pattern: {}", expression.error())};
  return work_ > most_work ? std::optional(too_much) : std::nullopt;
}

bool matches_pattern(std::string_view text, std::string_view pattern) {
  // Most patterns of the standards are such choices, and to compile one costs far more than this.
  if (const auto words = choice_of_words(pattern)) return is_one_of(text, *words);
  const RE2& expression = compiled(pattern);
  return expression.ok() &&
         RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), expression);
}

}  // namespace stackc::types
