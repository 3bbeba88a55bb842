#include "compiler/schema/schema_patterns.h"

#include <re2/re2.h>

#include "compiler/base/check.h"

namespace stackc::schema {
namespace {

constexpr std::size_t max_pattern_size = 4096;
constexpr int max_work = 1'000'000;
constexpr int work_of_a_broken_one = 10'000;  // it may have been given up late

}  // namespace

bool SchemaPatterns::admit(const std::string& pattern) {
  const auto known = compiled_.find(pattern);
  if (known != compiled_.end()) return known->second != nullptr;
  if (pattern.size() > max_pattern_size || work_ > max_work) return false;
  auto compiled = std::make_shared<const RE2>(pattern, RE2::Quiet);
  work_ += compiled->ok() ? compiled->ProgramSize() : work_of_a_broken_one;
  if (!compiled->ok()) compiled.reset();
  return compiled_.emplace(pattern, std::move(compiled)).first->second != nullptr;
}

bool SchemaPatterns::occurs(const std::string& pattern, std::string_view text) const {
  const auto compiled = compiled_.find(pattern);
  CHECK(compiled != compiled_.end() && compiled->second, "only admitted patterns are asked for");
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *compiled->second);
}

}  // namespace stackc::schema
