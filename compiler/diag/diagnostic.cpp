#include "compiler/diag/diagnostic.h"

#include <fmt/core.h>

namespace stackc::diag {

std::string to_text(const Code& argument) {
  return fmt::format("`{}`", argument.text);
}
std::string to_text(const Prose& argument) {
  return argument.text;
}
std::string to_text(const Count& argument) {
  return fmt::format("{}", argument.number);
}

std::string fill(std::string_view message, const std::vector<std::string>& arguments) {
  std::string text;
  std::size_t next = 0;
  for (std::size_t i = 0; i < message.size(); ++i) {
    if (message.substr(i, 2) == "{}") {
      text += arguments.at(next++);
      ++i;
    } else {
      text += message[i];
    }
  }
  return text;
}

}  // namespace stackc::diag
