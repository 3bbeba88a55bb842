#include "compiler/diag/render_text.h"

#include <fmt/core.h>

#include <algorithm>

#include "compiler/base/text.h"
#include "compiler/diag/outcome.h"

namespace stackc::diag {
namespace {

using source::Position;
using source::SourceFile;
using source::Span;

/// Writes text with or without terminal colours.
class Painter {
 public:
  explicit Painter(Colour colour) : on_(colour == Colour::On) {}
  std::string heading(Severity severity, std::string_view text) const {
    return paint(severity == Severity::Error     ? "1;31"
                 : severity == Severity::Warning ? "1;33"
                                                 : "1;36",
                 text);
  }
  std::string margin(std::string_view text) const { return paint("34", text); }
  std::string bold(std::string_view text) const { return paint("1", text); }

 private:
  std::string paint(std::string_view code, std::string_view text) const {
    return on_ ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
  }
  bool on_;
};

/// A marked stretch of one line, in bytes of it.
struct Mark {
  std::uint32_t line;
  std::size_t begin, end;
  char sign;  // `^` for the primary place, `-` for labels
  std::string text;
};

Mark mark_of(const SourceFile& file, Span span, char sign, std::string text) {
  const std::uint32_t number = file.position(span.begin).line;
  const std::string_view line = file.line(number);
  const auto start = static_cast<std::size_t>(line.data() - file.text().data());
  const auto in_line = [&](std::size_t offset) { return std::min(offset - start, line.size()); };
  // Of a place with several lines, the first one is marked to its end.
  return {number, in_line(span.begin), in_line(span.end), sign, std::move(text)};
}

/// What is shown of a line, in bytes of it.
struct Excerpt {
  std::uint32_t line;
  std::size_t begin, end;

  bool shows(const Mark& mark) const {
    return mark.line == line && begin <= mark.begin && mark.begin <= end;
  }
};

/// Of a long line only the part around a mark: a minified or hostile file must not flood the
/// terminal.
Excerpt excerpt_around(const Mark& mark, std::string_view line) {
  constexpr std::size_t longest = 160;
  constexpr std::size_t before_mark = 60;
  if (line.size() <= longest) return {mark.line, 0, line.size()};
  const auto inside_character = [&](std::size_t at) {
    return at < line.size() && (line[at] & 0xC0) == 0x80;
  };
  std::size_t begin = mark.begin - std::min(mark.begin, before_mark);
  begin = std::min(begin, line.size() - longest);
  std::size_t end = begin + longest;
  while (begin > 0 && inside_character(begin)) --begin;
  while (inside_character(end)) ++end;
  return {mark.line, begin, end};
}

/// Tabs would shift the carets; control characters could drive the terminal.
std::string printable(std::string_view line) {
  std::string text;
  for (const char c : line) text += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
  return text;
}

std::string snippet(const SourceFile& file, std::vector<Mark> marks, const Painter& painter) {
  std::ranges::stable_sort(marks, {},
                           [](const Mark& mark) { return std::pair(mark.line, mark.begin); });
  const std::size_t gutter = fmt::format("{}", marks.back().line).size();
  const std::string empty_gutter(gutter, ' ');
  std::string text = fmt::format("{} {}\n", empty_gutter, painter.margin("|"));
  Excerpt shown{0, 0, 0};
  for (const Mark& mark : marks) {
    const std::string_view line = file.line(mark.line);
    if (!shown.shows(mark)) {
      if (shown.line != 0 && mark.line > shown.line + 1) text += painter.margin("...") + "\n";
      shown = excerpt_around(mark, line);
      text +=
          fmt::format("{} {} {}{}{}\n", painter.margin(fmt::format("{:>{}}", mark.line, gutter)),
                      painter.margin("|"), shown.begin > 0 ? "…" : "",
                      printable(line.substr(shown.begin, shown.end - shown.begin)),
                      shown.end < line.size() ? "…" : "");
    }
    const auto columns = [&](std::size_t begin, std::size_t end) {
      return count_code_points(line.substr(begin, std::min(end, shown.end) - begin));
    };
    const std::size_t indent = columns(shown.begin, mark.begin) + (shown.begin > 0 ? 1 : 0);
    const std::size_t width = std::max<std::size_t>(1, columns(mark.begin, mark.end));
    text += fmt::format("{} {} {}{}{}\n", empty_gutter, painter.margin("|"),
                        std::string(indent, ' '), painter.bold(std::string(width, mark.sign)),
                        mark.text.empty() ? "" : " " + mark.text);
  }
  return text;
}

std::string place(const SourceFile& file, Span span) {
  const Position position = file.position(span.begin);
  return fmt::format("{}:{}:{}", file.path(), position.line, position.column);
}

void render(const Report& report, const source::SourceSet& files, const Painter& painter,
            std::string& out) {
  const SourceFile& file = files.file(report.span.file);
  out +=
      painter.heading(report.severity, fmt::format("{}[{}]", name_of(report.severity), report.id));
  out += painter.bold(fmt::format(": {}", report.message)) + "\n";
  out += fmt::format("  {} {}\n", painter.margin("-->"), place(file, report.span));

  std::vector<Mark> marks{mark_of(file, report.span, '^', report.hint)};
  std::vector<const Label*> elsewhere;
  for (const Label& label : report.labels) {
    if (label.span.file == report.span.file) {
      marks.push_back(mark_of(file, label.span, '-', label.text));
    } else {
      elsewhere.push_back(&label);
    }
  }
  if (!file.text().empty()) out += snippet(file, marks, painter);
  for (const Label* label : elsewhere) {
    const SourceFile& other = files.file(label->span.file);
    out +=
        fmt::format("   {} {}: {}\n", painter.margin("="), place(other, label->span), label->text);
  }
  for (const std::string& note : report.notes)
    out += fmt::format("   {} {}\n", painter.margin("="), note);
  out += "\n";
}

std::string plural(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace

std::string render_report(const Report& report, const source::SourceSet& files, Colour colour) {
  std::string out;
  render(report, files, Painter(colour), out);
  return out;
}

std::string render_hidden(std::size_t reports, std::size_t limit) {
  return reports > limit ? fmt::format("… and {} more\n", reports - limit) : "";
}

std::string render_counts(std::size_t errors, std::size_t warnings) {
  std::string out;
  if (errors > 0) out += plural(errors, "error");
  if (errors > 0 && warnings > 0) out += ", ";
  if (warnings > 0) out += plural(warnings, "warning");
  return out.empty() ? out : out + "\n";
}

std::string render_text(const std::vector<Report>& reports, const source::SourceSet& files,
                        Colour colour, std::size_t limit) {
  std::string out;
  for (std::size_t i = 0; i < reports.size() && i < limit; ++i)
    out += render_report(reports[i], files, colour);
  out += render_hidden(reports.size(), limit);
  const auto count = [&](Severity severity) {
    return static_cast<std::size_t>(std::ranges::count(reports, severity, &Report::severity));
  };
  return out + render_counts(count(Severity::Error), count(Severity::Warning));
}

}  // namespace stackc::diag
