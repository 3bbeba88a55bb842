#pragma once

#include <string_view>

namespace stackc {

/// Prints where and why, asks for a bug report, and exits with code 70 (architecture.md, decisions:
/// exit codes).
[[noreturn]] void check_failed(const char* file, int line, std::string_view why);

}  // namespace stackc

/// States what the compiler itself guarantees; `why` says who guarantees it. Never for what a user
/// can get wrong.
#define CHECK(condition, why) \
  ((condition) ? static_cast<void>(0) : ::stackc::check_failed(__FILE_NAME__, __LINE__, why))
