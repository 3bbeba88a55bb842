#include "compiler/check/foreign_references.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "compiler/base/ascii.h"

namespace stackc::check {
namespace {

/// What stands before and behind a name.
struct Form {
  std::string_view open;
  std::string_view close;
};

// Longer ones first: `{{ x }}` is not a `{x}` in braces.
constexpr std::array<Form, 4> forms{{{"{{", "}}"}, {"$(", ")"}, {"{", "}"}, {"$", ""}}};

bool begins_name(char c) {
  return is_letter(c) || c == '_';
}
bool is_part(char c) {
  return begins_name(c) || is_digit(c) || c == '-';
}

/// Length of `a.b.c` at the start of the text.
std::size_t path_length(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size() && begins_name(text[length])) {
    while (length < text.size() && is_part(text[length])) ++length;
    // A name ends with a letter or a digit: in `$a-$b` the dash stands between two.
    while (text[length - 1] == '-') --length;
    const bool goes_on =
        length + 1 < text.size() && text[length] == '.' && begins_name(text[length + 1]);
    if (!goes_on) break;
    ++length;
  }
  return length;
}

std::size_t blanks(std::string_view text) {
  const std::size_t count = text.find_first_not_of(' ');
  return count == std::string_view::npos ? text.size() : count;
}

// Words of shells and templates behind which names are their own.
constexpr std::array<std::string_view, 9> declaring{
    "for", "select", "read", "local", "export", "declare", "mapfile", "getopts", "set"};
constexpr std::string_view separators = ";|&({%\n";  // between commands

bool declares_names(std::string_view word) {
  return std::ranges::find(declaring, word) != declaring.end();
}

/// `name=`, `name = `, `name += `, `name := `
bool is_assignment(std::string_view behind) {
  behind.remove_prefix(blanks(behind));
  if (behind.starts_with('+') || behind.starts_with(':')) behind.remove_prefix(1);
  return behind.starts_with('=') && !behind.starts_with("==");
}

/// The names that a text itself gives a meaning: by an assignment, or in a command that declares
/// them, as `while read -r a b` does and `for a in b` with the first.
std::set<std::string_view> own_names(std::string_view text) {
  std::set<std::string_view> names;
  bool declares = false;  // the command that is read
  std::size_t length = 0;
  for (std::size_t at = 0; at < text.size(); at += std::max<std::size_t>(length, 1)) {
    const char before = at == 0 ? ' ' : text[at - 1];
    length = is_part(before) ? 0 : path_length(text.substr(at));
    const std::string_view name = text.substr(at, length);
    if (length == 0) {
      if (separators.find(text[at]) != separators.npos) declares = false;
    } else if (name == "in" || declares_names(name)) {
      declares = name != "in";
    } else if ((declares && before == ' ') || is_assignment(text.substr(at + length))) {
      names.insert(name);
    }
  }
  return names;
}

std::optional<ForeignReference> reference_at(std::string_view text, std::size_t at) {
  for (const Form& form : forms) {
    std::string_view rest = text.substr(at);
    if (!rest.starts_with(form.open)) continue;
    rest.remove_prefix(form.open.size());
    const bool template_like = form.open == "{{";
    if (template_like) {
      rest.remove_prefix(blanks(rest));
      if (rest.starts_with('.')) rest.remove_prefix(1);
    }
    std::string path(rest.substr(0, path_length(rest)));
    // `$name.qcow2` speaks of `name`; these are no values by themselves.
    const bool is_whole = path.starts_with("kubernetes.") || path.starts_with("builtin.");
    if (form.close.empty() && !is_whole) path.erase(std::min(path.find('.'), path.size()));
    rest.remove_prefix(path.size());
    if (template_like) rest.remove_prefix(blanks(rest));
    if (path.empty() || !rest.starts_with(form.close)) return std::nullopt;
    const std::size_t end = text.size() - rest.size() + form.close.size();
    return ForeignReference{at, end, path};
  }
  return std::nullopt;
}

}  // namespace

std::vector<ForeignReference> foreign_references(std::string_view text) {
  std::vector<ForeignReference> all;
  std::size_t at = text.find_first_of("{$");
  if (at == text.npos) return all;
  const std::set<std::string_view> own = own_names(text);
  for (; at != text.npos; at = text.find_first_of("{$", at)) {
    const auto found = reference_at(text, at);
    if (found && !own.contains(found->path)) {
      at = found->end;
      all.push_back(*found);
      continue;
    }
    // A brace within `{{` or `${` belongs to it.
    while (at + 1 < text.size() && text[at + 1] == '{') ++at;
    ++at;
  }
  return all;
}

}  // namespace stackc::check
