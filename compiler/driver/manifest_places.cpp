#include "compiler/driver/manifest_places.h"

#include <fmt/core.h>

#include <algorithm>

#include "compiler/diag/catalogue/cluster.h"

namespace stackc::driver {
namespace {

/// Bytes of the first `count` code points of a text.
std::size_t bytes_of(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  while (at < text.size() && count > 0) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) ++at;
    --count;
  }
  return at;
}

/// The length of what a scalar, or the name of a field, takes on its line. Only for showing: a text
/// in quotes ends at the next quote, others before a comment or the punctuation around them.
std::size_t token_length(std::string_view text) {
  const char first = text.empty() ? ' ' : text.front();
  if (first == '"' || first == '\'') {
    const std::size_t end = text.find(first, 1);
    return end == text.npos ? text.size() : end + 1;
  }
  std::size_t end = text.find_first_of(",]}");
  end = std::min({end, text.find(" #"), text.find(": "), text.size()});
  if (end == text.size() && text.ends_with(':')) --end;
  while (end > 0 && text[end - 1] == ' ') --end;
  return end;
}

}  // namespace

source::Span ManifestPlaces::value_span(const schema::Located& where) const {
  const std::string_view line = file_.line(where.value.line);
  const std::size_t start = bytes_of(line, where.value.column - 1);
  const auto offset = static_cast<std::uint32_t>(line.data() + start - file_.text().data());
  const auto length = static_cast<std::uint32_t>(token_length(line.substr(start)));
  return {file_.id(), offset, offset + length};
}

source::Span ManifestPlaces::span_of(const schema::Located& where) const {
  const source::Span value = value_span(where);
  const source::Span name = value_span({where.key, where.key, {}});
  const bool same_line = where.key.line == where.value.line;
  return same_line && name.begin <= value.begin ? source::join(name, value) : name;
}

void ManifestPlaces::report(const topology::Refusal& refusal, diag::Sink& sink) const {
  const schema::Located& where = schema::locate(document_, refusal.path);
  const source::Span span = refusal.nearest.empty() ? span_of(where) : value_span(where);
  auto report = sink.add(span, refusal.what, refusal.arguments);
  report.suggest({.name = refusal.nearest});  // a manifest is not ours to change
  if (!refusal.path.empty()) report.note(fmt::format("at `{}`", refusal.path));
}

void ManifestPlaces::report(const schema::YamlMistake& mistake, diag::Sink& sink) const {
  const auto lines = file_.position(static_cast<std::uint32_t>(file_.text().size())).line;
  const schema::YamlPosition at{std::min(mistake.at.line, lines), mistake.at.column};
  sink.report(value_span({at, at, {}}), diag::BadYaml, diag::Prose{mistake.what});
}

}  // namespace stackc::driver
