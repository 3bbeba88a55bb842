#include "compiler/testing/free_checks.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "compiler/base/text.h"
#include "compiler/diag/fixes.h"
#include "compiler/diag/render_text.h"
#include "compiler/driver/session.h"
#include "compiler/parse/lexer.h"
#include "compiler/testing/golden.h"
#include "compiler/testing/memory_world.h"
#include "compiler/testing/read_tree.h"

namespace stackc::testing {
namespace {

constexpr std::size_t most_cuts = 200;

void add_sources(const std::string& name, const FileTree& world, std::vector<SourceText>& sources) {
  for (const auto& [path, text] : world) {
    if (path.ends_with(".stack"))
      sources.push_back({fmt::format("{}/{}", name, path), path, world});
  }
}

std::string check_once(const SourceText& source) {
  MemoryWorld world(source.world);
  driver::Session session(world, {});
  const driver::CheckedFile file = session.check_file(source.path);
  return diag::render_text(file.sink.sorted(), session.sources(), diag::Colour::Off,
                           std::string::npos);
}

/// Where the tokens of a text begin.
std::vector<std::uint32_t> token_starts(const std::string& text) {
  if (find_invalid_utf8(text) != std::string_view::npos)
    return {};  // the parser refuses it before it looks for tokens
  source::SourceSet files;
  diag::Sink sink;
  const source::SourceFile& file = files.add("text", text);
  parse::Reports reports(sink, file);
  std::vector<std::uint32_t> starts;
  for (const parse::Token& token : parse::lex(file, reports).tokens) starts.push_back(token.begin);
  return starts;
}

/// Checks a text that was cut off, and names the reports outside of it.
std::string misplaced_reports(const SourceText& source) {
  MemoryWorld world(source.world);
  driver::Session session(world, {});
  const driver::CheckedFile file = session.check_file(source.path);
  std::string misplaced;
  for (const diag::Report& report : file.sink.sorted()) {
    const std::size_t size = session.sources().file(report.span.file).text().size();
    if (report.span.begin <= report.span.end && report.span.end <= size) continue;
    misplaced +=
        fmt::format("{} at {}–{} of {}\n", report.id, report.span.begin, report.span.end, size);
  }
  return misplaced;
}

/// The files after a fix.
FileTree with_fix(FileTree world, const diag::Fix& fix, const source::SourceSet& sources) {
  std::map<source::FileId, std::vector<diag::Edit>> edits;
  for (const diag::Edit& edit : fix.edits) edits[edit.span.file].push_back(edit);
  for (const auto& [id, edits_of_file] : edits) {
    const source::SourceFile& file = sources.file(id);
    world.insert_or_assign(file.path(), diag::with_edits(file.text(), edits_of_file));
  }
  return world;
}

/// How often a diagnostic says the same; where, depends on what is before it.
auto count_same(const diag::Report& report, const std::vector<diag::Report>& reports) {
  return std::ranges::count_if(reports, [&](const diag::Report& other) {
    return other.id == report.id && other.message == report.message;
  });
}

}  // namespace

std::vector<SourceText> find_source_texts(const std::string& source_directory) {
  std::vector<SourceText> sources;
  for (const Golden& golden : find_goldens(source_directory)) {
    const auto inputs = inputs_of(golden, source_directory);
    // A folder only names stacks of the repository, which come below. What cannot be read fails as
    // a golden.
    if (inputs && !golden.is_folder) add_sources(golden.name, *inputs, sources);
  }
  add_sources("repository", read_tree(source_directory, "stdlib"), sources);
  add_sources("repository", read_tree(source_directory, "stacks"), sources);
  return sources;
}

TwoChecks check_twice(const SourceText& source) {
  return {check_once(source), check_once(source)};
}

std::string useless_fixes(const SourceText& source) {
  MemoryWorld world(source.world);
  driver::Session session(world, {});
  const auto before = session.check_file(source.path).sink.sorted();
  std::string useless;
  for (const diag::Report& report : before) {
    const diag::Fix* fix = diag::certain_fix(report);
    if (!fix) continue;
    MemoryWorld fixed(with_fix(source.world, *fix, session.sources()));
    const auto after = driver::Session(fixed, {}).check_file(source.path).sink.sorted();
    if (count_same(report, after) >= count_same(report, before))
      useless += fmt::format("{}: {}\n", report.id, fix->title);
  }
  return useless;
}

std::string check_truncated(const SourceText& source) {
  const std::string& whole = source.world.find(source.path)->second;
  const std::vector<std::uint32_t> starts = token_starts(whole);
  const std::size_t step = starts.size() / most_cuts + 1;
  std::string misplaced;
  for (std::size_t i = 0; i < starts.size(); i += step) {
    SourceText cut = source;
    cut.world.insert_or_assign(cut.path, whole.substr(0, starts[i]));
    misplaced += misplaced_reports(cut);
  }
  return misplaced;
}

}  // namespace stackc::testing
