#include "compiler/check/rules/jinja_text.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "compiler/base/ascii.h"
#include "compiler/check/meant.h"

namespace stackc::check {
namespace {

struct Mark {
  std::string_view open;
  std::string_view close;
  std::string_view what;
};

constexpr std::array<Mark, 3> marks{
    {{"{{", "}}", "an expression"}, {"{%", "%}", "a statement"}, {"{#", "#}", "a comment"}}};

/// What stands between two marks, without the signs that take blanks away.
std::string_view content_of(std::string_view between) {
  if (between.starts_with('-') || between.starts_with('+')) between.remove_prefix(1);
  between.remove_prefix(std::min(between.find_first_not_of(" \t\n"), between.size()));
  return between;
}

/// Where `{% endraw %}` ends, or npos.
std::size_t end_of_raw(std::string_view text, std::size_t from) {
  for (std::size_t at = text.find("{%", from); at != std::string_view::npos;
       at = text.find("{%", at + 2)) {
    const std::size_t end = text.find("%}", at);
    if (end != std::string_view::npos && content_of(text.substr(at + 2)).starts_with("endraw"))
      return end + 2;
  }
  return std::string_view::npos;
}

bool is_name_part(char c) {
  return is_letter_or_digit(c) || c == '_' || c == '.' || c == '-';
}

/// The keys of cloud-init (its documentation, "Instance metadata", keys of v1).
constexpr std::array<std::string_view, 18> metadata_keys{
    "availability_zone", "cloud_id",        "cloud_name",     "distro",         "distro_release",
    "distro_version",    "instance_id",     "kernel_release", "local_hostname", "machine",
    "platform",          "public_ssh_keys", "python_version", "region",         "subplatform",
    "system_platform",   "userdata",        "vendordata"};

std::string_view without_end(std::string_view expression) {
  return expression.substr(0, expression.find_last_not_of(" \t\n-+") + 1);
}

/// Whether a statement speaks of a name, as one that declares it does: `{% set regions = … %}`.
bool is_in_statement(std::string_view name, std::string_view text) {
  for (std::size_t at = text.find("{%"); at != text.npos; at = text.find("{%", at + 2)) {
    const std::string_view statement = text.substr(at, text.find("%}", at) - at);
    if (statement.find(name) != statement.npos) return true;
  }
  return false;
}

/// The key that a name is nearly; empty for other expressions.
std::string_view misspelt_key(std::string_view expression) {
  std::string_view name = without_end(expression);
  if (name.starts_with("v1.")) name.remove_prefix(3);
  const bool is_key = std::ranges::find(metadata_keys, name) != metadata_keys.end();
  if (is_key ||
      !std::ranges::all_of(name, [](char c) { return is_letter_or_digit(c) || c == '_'; }))
    return "";
  return meant_of_alike(name, {metadata_keys.begin(), metadata_keys.end()}).name;
}

/// The key that is meant by a name with dashes, which Jinja reads as a subtraction; empty if the
/// expression is none.
std::string dashed_key(std::string_view expression) {
  std::string key(without_end(expression));
  if (key.starts_with("v1.")) key.erase(0, 3);
  if (key.find('-') == std::string::npos) return "";
  // What stands below `ds` differs between clouds. It has numbers, too: `ds.meta_data.index-1`.
  const auto is_number = [](char c) { return c == '-' || is_digit(c); };
  const bool of_source = key.starts_with("ds.") && std::ranges::all_of(key, is_name_part) &&
                         !std::ranges::all_of(key.substr(key.find('-')), is_number);
  std::ranges::replace(key, '-', '_');
  return of_source || std::ranges::find(metadata_keys, key) != metadata_keys.end() ? key : "";
}

}  // namespace

std::string jinja_mistake(std::string_view text) {
  for (std::size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at)) {
    const auto* mark = std::ranges::find_if(
        marks, [&](const Mark& one) { return text.substr(at).starts_with(one.open); });
    if (mark == marks.end()) {
      ++at;
      continue;
    }
    const std::size_t end = text.find(mark->close, at + 2);
    if (end == std::string_view::npos)
      return fmt::format("`{}` begins {} of Jinja that does not end", mark->open, mark->what);
    const std::string_view content = content_of(text.substr(at + 2, end - at - 2));
    const bool is_expression = mark->open == "{{";
    if (is_expression && (content.empty() || content.starts_with('.') || content.starts_with('$')))
      return fmt::format("`{}` is no expression of Jinja", text.substr(at, end + 2 - at));
    if (const std::string key = is_expression ? dashed_key(content) : ""; !key.empty())
      return fmt::format("`{}` is a subtraction in Jinja; the key is called `{}`",
                         text.substr(at, end + 2 - at), key);
    const auto key = is_expression ? misspelt_key(content) : "";
    if (!key.empty() && !is_in_statement(without_end(content), text))
      return fmt::format("`{}` has no value; the key is called `{}`", text.substr(at, end + 2 - at),
                         key);
    at = end + 2;
    if (mark->open != "{%" || !content.starts_with("raw")) continue;
    at = end_of_raw(text, at);
    if (at == std::string_view::npos) return "`{% raw %}` has no `{% endraw %}`";
  }
  return "";
}

}  // namespace stackc::check
