#include "compiler/testing/case_file.h"

#include <fmt/core.h>

#include <algorithm>

namespace stackc::testing {
namespace {

constexpr std::string_view opening = "-- ";
constexpr std::string_view closing = " --";

bool is_marker(std::string_view line) {
  return line.size() > opening.size() + closing.size() && line.starts_with(opening) &&
         line.ends_with(closing);
}

std::string_view name_in(std::string_view marker) {
  return marker.substr(opening.size(), marker.size() - opening.size() - closing.size());
}

/// `#run: check a.stack`
Result<void> read_directive(std::string_view line, CaseFile& file) {
  constexpr std::string_view run = "#run: ";
  constexpr std::string_view stack = "#stack: ";
  if (line.starts_with(run)) {
    file.runs.emplace_back(line.substr(run.size()));
  } else if (line.starts_with(stack)) {
    file.stacks.emplace_back(line.substr(stack.size()));
  } else {
    return Error{fmt::format("`{}` is neither `#run: …` nor `#stack: …`", line)};
  }
  return {};
}

}  // namespace

const CaseFile::Section* CaseFile::find(std::string_view name) const {
  const auto section = std::ranges::find(sections, name, &Section::name);
  return section == sections.end() ? nullptr : &*section;
}

Result<CaseFile> parse_case(std::string_view text) {
  CaseFile file;
  bool has_sentence = false;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (is_marker(line)) {
      if (file.find(name_in(line))) return Error{fmt::format("two sections `{}`", name_in(line))};
      file.sections.push_back({std::string(name_in(line)), ""});
    } else if (!file.sections.empty()) {
      (file.sections.back().text += line) += '\n';
    } else {
      (file.head += line) += '\n';
      if (line.starts_with('#')) {
        if (auto read = read_directive(line, file); !read) return read.error();
      } else {
        has_sentence |= !line.empty();
      }
    }
  }
  if (!has_sentence)
    return Error{"the case does not begin with a sentence that says what it proves"};
  if (file.runs.empty()) return Error{"the case has no line `#run: …`"};
  return file;
}

std::string to_text(const CaseFile& file) {
  std::string text = file.head;
  for (const CaseFile::Section& section : file.sections) {
    text += fmt::format("-- {} --\n{}", section.name, section.text);
  }
  return text;
}

}  // namespace stackc::testing
