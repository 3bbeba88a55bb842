#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

/// The words that have a meaning of their own in CEL.
namespace stackc::cel {

/// What an expression is known to give.
enum class Gives : std::uint8_t { Boolean, Other, Unknown };
struct Function {
  std::string_view name;
  bool is_member;
  std::size_t least_arguments;
  std::size_t most_arguments;
  Gives gives;
};

// google/cel-spec, doc/langdef.md, section "List of Standard Definitions".
inline constexpr std::array<Function, 28> functions{{
    {"size", false, 1, 1, Gives::Other},
    {"size", true, 0, 0, Gives::Other},
    {"type", false, 1, 1, Gives::Other},
    {"bool", false, 1, 1, Gives::Boolean},
    {"bytes", false, 1, 1, Gives::Other},
    {"double", false, 1, 1, Gives::Other},
    {"duration", false, 1, 1, Gives::Other},
    {"dyn", false, 1, 1, Gives::Unknown},
    {"int", false, 1, 1, Gives::Other},
    {"string", false, 1, 1, Gives::Other},
    {"timestamp", false, 1, 1, Gives::Other},
    {"uint", false, 1, 1, Gives::Other},
    {"matches", false, 2, 2, Gives::Boolean},
    {"matches", true, 1, 1, Gives::Boolean},
    {"contains", true, 1, 1, Gives::Boolean},
    {"endsWith", true, 1, 1, Gives::Boolean},
    {"startsWith", true, 1, 1, Gives::Boolean},
    {"getFullYear", true, 0, 1, Gives::Other},
    {"getMonth", true, 0, 1, Gives::Other},
    {"getDayOfYear", true, 0, 1, Gives::Other},
    {"getDayOfMonth", true, 0, 1, Gives::Other},
    {"getDate", true, 0, 1, Gives::Other},
    {"getDayOfWeek", true, 0, 1, Gives::Other},
    {"getHours", true, 0, 1, Gives::Other},
    {"getMinutes", true, 0, 1, Gives::Other},
    {"getSeconds", true, 0, 1, Gives::Other},
    {"getMilliseconds", true, 0, 1, Gives::Other},
    {"has", false, 1, 1, Gives::Boolean},
}};

struct Macro {
  std::string_view name;
  std::size_t most_arguments;  // at least 2: a name, and what is asked of it
  Gives gives;
};

/// Words and signs of other languages, and what CEL has for them.
inline constexpr std::array<std::pair<std::string_view, std::string_view>, 18> foreign_words{{
    {"=", "=="},
    {"and", "&&"},
    {"AND", "&&"},
    {"or", "||"},
    {"OR", "||"},
    {"not", "!"},
    {"NOT", "!"},
    {"len", "size"},
    {"length", "size"},
    {"count", "size"},
    {"hasPrefix", "startsWith"},
    {"hasSuffix", "endsWith"},
    {"any", "exists"},
    {"every", "all"},
    {"True", "true"},
    {"False", "false"},
    {"None", "null"},
    {"nil", "null"},
}};

/// Empty if the word is no such.
constexpr std::string_view in_cel(std::string_view word) {
  const auto* found =
      std::ranges::find(foreign_words, word, &std::pair<std::string_view, std::string_view>::first);
  return found == foreign_words.end() ? std::string_view{} : found->second;
}

inline constexpr std::array<Macro, 5> macros{{{"all", 2, Gives::Boolean},
                                              {"exists", 2, Gives::Boolean},
                                              {"exists_one", 2, Gives::Boolean},
                                              {"map", 3, Gives::Other},
                                              {"filter", 2, Gives::Other}}};

inline constexpr std::array<std::string_view, 17> reserved{
    "as",  "break", "const",   "continue",  "else",   "for", "function", "if",   "import",
    "let", "loop",  "package", "namespace", "return", "var", "void",     "while"};

// Types are values; `google` begins the names of the well-known ones.
inline constexpr std::array<std::string_view, 11> type_names{"bool", "bytes", "double",    "int",
                                                             "list", "map",   "null_type", "string",
                                                             "type", "uint",  "google"};

// From the loosest to the tightest.
inline constexpr std::array<std::array<std::string_view, 7>, 3> operators{
    {{"<", "<=", ">=", ">", "==", "!=", "in"}, {"+", "-"}, {"*", "/", "%"}}};

}  // namespace stackc::cel
