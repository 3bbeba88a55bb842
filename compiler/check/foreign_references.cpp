#include "compiler/check/foreign_references.h"

#include <algorithm>
#include <array>

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

/// Whether a text ends within a command that declares names, as `while read -r a ` does; those
/// behind `for a in ` are not declared.
bool ends_in_declaration(std::string_view text) {
  constexpr std::size_t longest_command = 256;
  if (!text.ends_with(' ')) return false;
  text = text.substr(text.size() - std::min(text.size(), longest_command));
  text = text.substr(text.find_last_of(";|&({%\n") + 1);
  bool declares = false;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    if (word == "in") return false;
    declares |= std::ranges::find(declaring, word) != declaring.end();
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  return declares;
}

/// `name=`, `name = `, `name += `, `name := `
bool is_assignment(std::string_view behind) {
  behind.remove_prefix(blanks(behind));
  if (behind.starts_with('+') || behind.starts_with(':')) behind.remove_prefix(1);
  return behind.starts_with('=') && !behind.starts_with("==");
}

/// Whether the text gives the name a meaning of its own.
bool assigns(std::string_view text, std::string_view name) {
  for (std::size_t at = text.find(name); at != std::string_view::npos;
       at = text.find(name, at + 1)) {
    const std::size_t behind = at + name.size();
    const bool whole = at == 0 || !is_part(text[at - 1]);
    const bool ends = behind == text.size() || !is_part(text[behind]);
    if (!whole || !ends) continue;
    if (is_assignment(text.substr(behind)) || ends_in_declaration(text.substr(0, at))) return true;
  }
  return false;
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

std::optional<ForeignReference> next_reference(std::string_view text, std::size_t from) {
  for (std::size_t at = text.find_first_of("{$", from); at != std::string_view::npos;
       at = text.find_first_of("{$", at + 1)) {
    const auto found = reference_at(text, at);
    if (found && !assigns(text, found->path)) return found;
    // A brace within `{{` or `${` belongs to it.
    while (at + 1 < text.size() && text[at + 1] == '{') ++at;
  }
  return std::nullopt;
}

}  // namespace stackc::check
