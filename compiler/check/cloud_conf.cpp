#include "compiler/check/cloud_conf.h"

#include <algorithm>
#include <string>

#include "compiler/check/literal_place.h"
#include "compiler/check/template_parts.h"
#include "compiler/diag/catalogue/stack.h"
#include "compiler/types/pattern.h"

namespace stackc::check {
namespace {

std::string_view trimmed(std::string_view line) {
  constexpr std::string_view blanks = " \t\r";
  line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
  return line.substr(0, line.find_last_not_of(blanks) + 1);
}

/// Whether the quotes of a value are closed before it ends, or a comment begins.
bool closes_quotes(std::string_view value) {
  bool inside = false;
  for (std::size_t at = 0; at < value.size(); ++at) {
    if (value[at] == '\\') {
      ++at;
    } else if (value[at] == '"') {
      inside = !inside;
    } else if (!inside && (value[at] == ';' || value[at] == '#')) {
      break;
    }
  }
  return !inside;
}

bool is_readable(std::string_view line) {
  const bool is_made = line.starts_with("{{") || line.starts_with("{%");
  if (line.empty() || is_made || line[0] == ';' || line[0] == '#') return true;
  if (line[0] == '[')
    return types::matches_pattern(
        line,
        R"re(^\[[ \t]*[A-Za-z][A-Za-z0-9-]*([ \t]*"([^"\\]|\\.)*")?[ \t]*\]([ \t]*[;#].*)?$)re");
  return types::matches_pattern(line, R"(^[A-Za-z][A-Za-z0-9-]*[ \t]*($|[=;#]))") &&
         closes_quotes(line);
}

}  // namespace

std::optional<std::string_view> unreadable_line(std::string_view text) {
  bool is_first = true;  // of those that say something
  bool goes_on = false;  // a value of which the line before ends with a backslash
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = trimmed(text.substr(at, end - at));
    const bool has_more = line.ends_with('\\');
    const bool is_comment = line.empty() || line[0] == ';' || line[0] == '#';
    if (is_first && !is_comment && line[0] != '[') return std::nullopt;
    is_first = is_first && is_comment;
    if (!goes_on && !has_more && !is_readable(line)) return line;
    goes_on = has_more;
    at = end + 1;
  }
  return std::nullopt;
}

void check_cloud_conf(ir::ExprRef values, const source::SourceSet& sources, diag::Sink& sink) {
  for_each_value(values, [&](ir::ExprRef value, const std::string&) {
    const auto* record = value->as<ir::RecordLiteral>();
    const auto* entry = record == nullptr ? nullptr : find_entry(*record, "cloud.conf");
    const auto* constant = entry == nullptr ? nullptr : entry->value->as<ir::Constant>();
    const std::string* text = constant == nullptr ? nullptr : constant->value.if_string();
    const auto line = text == nullptr ? std::nullopt : unreadable_line(*text);
    if (!line) return;
    const source::Span literal = entry->value->span;
    const auto begin = static_cast<std::size_t>(line->data() - text->data());
    const auto place =
        place_in_literal(sources.text(literal), literal, *text, begin, begin + line->size());
    sink.report(place.value_or(literal), diag::BadCloudConf, diag::Code{std::string(*line)})
        .note("a setting is written `name = value`, a section `[Global]`");
  });
}

}  // namespace stackc::check
