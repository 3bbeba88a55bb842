#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Conditions in CEL, which the operator evaluates before or after it applies an add-on.
namespace stackc::cel {

/// The first thing for which the operator would not compile a condition.
struct Problem {
  enum class Kind : std::uint8_t { Syntax, UnknownName, UnknownFunction, NotBoolean };
  Kind kind;
  std::size_t begin;  // in bytes of the expression
  std::size_t end;
  /// Of Syntax, what was found and expected: "found `)`, expected a value"; of NotBoolean, what
  /// gives no boolean: "this number". Of the others, the name.
  std::string text;
  std::string_view meant = {};  // what CEL has for a word or sign of other languages
};

/// Compares an expression with what the operator makes of it (cel-go's standard environment, in
/// which each key is a map of anything): syntax, macros, names, functions, and whether it can be
/// true or false. Types below the keys are not known, and not checked.
std::optional<Problem> check_condition(std::string_view expression,
                                       const std::vector<std::string_view>& keys);

/// Whether an expression can name this key.
bool is_name(std::string_view key);

/// Functions that can be called with or without a value before the dot.
std::vector<std::string_view> function_names();

}  // namespace stackc::cel
