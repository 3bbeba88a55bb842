#include "compiler/emit/helm_text.h"

#include <algorithm>

namespace stackc::emit {
namespace {

constexpr std::string_view opening = "{{";
constexpr std::string_view closing = "}}";

/// Right for any text, but hard to read: each opening brace pair is the result of an action of its
/// own.
std::string brace_by_brace(std::string_view text) {
  std::string out;
  while (true) {
    const std::size_t brace = text.find(opening);
    out += text.substr(0, brace);
    if (brace == std::string_view::npos) return out;
    out += R"({{ "{{" }})";
    text.remove_prefix(brace + opening.size());
  }
}

/// Only `{{` starts anything in a Go template, so what stands before the first one stays as it is,
/// and so does what follows the last `}}`, if no `{{` is behind it.
std::string keep_line(std::string_view line) {
  const std::size_t begin = line.find(opening);
  if (begin == std::string_view::npos) return std::string(line);
  const std::size_t last_opening = line.rfind(opening) + opening.size();
  const std::size_t last_closing = line.rfind(closing);
  const std::size_t end = last_closing == std::string_view::npos
                              ? last_opening
                              : std::max(last_opening, last_closing + closing.size());
  const std::string_view action = line.substr(begin, end - begin);
  // A raw string cannot hold a backtick, and Go drops carriage returns from it.
  if (action.find_first_of("`\r") != std::string_view::npos) return brace_by_brace(line);
  std::string out(line.substr(0, begin));
  out.append("{{ `").append(action).append("` }}").append(line.substr(end));
  return out;
}

}  // namespace

std::string keep_through_helm(std::string_view text) {
  std::string out;
  while (true) {
    const std::size_t line_feed = text.find('\n');
    out += keep_line(text.substr(0, line_feed));
    if (line_feed == std::string_view::npos) return out;
    out += '\n';
    text.remove_prefix(line_feed + 1);
  }
}

}  // namespace stackc::emit
