#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// One entry of the catalogue as a typed constant. A missing argument, swapped arguments, or a
/// message whose `{}` do not match its parameters do not compile (architecture.md section 4.1).
namespace stackc::diag {

enum class Severity : std::uint8_t { Error, Warning, Note };

/// Arguments of messages. Code is shown in backticks, prose and numbers as they are.
struct Code {
  std::string text;
};  // a name, a value, a type: what the author could have written
struct Prose {
  std::string text;
};  // a phrase that continues the sentence, or a list that is quoted already
struct Count {
  std::int64_t number;
};

std::string to_text(const Code& argument);
std::string to_text(const Prose& argument);
std::string to_text(const Count& argument);

/// The part of a catalogue entry that does not depend on its parameters.
struct Entry {
  std::string_view id;  // `type/unknown-field`: stable, never reused
  Severity severity;
  std::string_view message;  // with one `{}` per parameter
};

constexpr std::size_t count_holes(std::string_view message) {
  std::size_t holes = 0;
  for (std::size_t i = 0; i + 1 < message.size(); ++i)
    holes += message[i] == '{' && message[i + 1] == '}';
  return holes;
}

template <typename... Parameters>
struct Diagnostic {
  Entry entry;
  consteval Diagnostic(std::string_view id, Severity severity, std::string_view message)
      : entry{id, severity, message} {
    if (count_holes(message) != sizeof...(Parameters)) throw "a message needs one {} per parameter";
  }
};

/// The message with its holes filled.
std::string fill(std::string_view message, const std::vector<std::string>& arguments);

}  // namespace stackc::diag
