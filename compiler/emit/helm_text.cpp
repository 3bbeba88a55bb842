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

/// A line with `{{` in it. Only that starts anything in a Go template, so what stands before the
/// first one stays as it is, and so does what follows the last `}}`, if no `{{` is behind it.
std::string keep_line(std::string_view line) {
  const std::size_t begin = line.find(opening);
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

std::string keep_through_helm(std::string text) {
  if (text.find(opening) == std::string::npos) return text;
  std::string_view rest = text;
  std::string out;
  while (true) {
    const std::size_t found = rest.find(opening);
    if (found == std::string_view::npos) break;
    const std::size_t line_feed = rest.rfind('\n', found);
    const std::size_t begin = line_feed == std::string_view::npos ? 0 : line_feed + 1;
    const std::size_t end = std::min(rest.find('\n', found), rest.size());
    out.append(rest.substr(0, begin)).append(keep_line(rest.substr(begin, end - begin)));
    rest.remove_prefix(end);
  }
  out += rest;
  return out;
}

}  // namespace stackc::emit
