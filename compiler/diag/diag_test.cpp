#include <gtest/gtest.h>

#include <set>

#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/parse.h"
#include "compiler/diag/render_text.h"

namespace stackc::diag {
namespace {

constexpr Entry all_entries[] = {
#define DIAG(name, id, severity, message, ...) {id, Severity::severity, message},
#include "compiler/diag/catalogue/all.def"
#undef DIAG
};

TEST(Catalogue, GivesEachDiagnosticItsOwnId) {
  std::set<std::string_view> ids;
  for (const Entry& entry : all_entries) EXPECT_TRUE(ids.insert(entry.id).second) << entry.id;
}

TEST(Sink, CountsTheSameReportOnce) {
  source::SourceSet files;
  const auto& file = files.add("a.stack", "a b");
  Sink sink;
  sink.report({file.id(), 0, 1}, UnexpectedCharacter, Code{"a"}).note("once");
  sink.report({file.id(), 0, 1}, UnexpectedCharacter, Code{"a"}).note("once");
  ASSERT_EQ(sink.sorted().size(), 1u);
  EXPECT_EQ(sink.sorted()[0].notes.size(), 1u);
}

TEST(RenderText, ShowsTheLineTheCaretTheLabelAndTheCount) {
  source::SourceSet files;
  const auto& file = files.add("a.stack", "let x = 1\n\n\nlet x = é2\n");
  Sink sink;
  sink.report({file.id(), 16, 17}, UnexpectedCharacter, Code{"x"})
      .label({file.id(), 4, 5}, DeclaredHere, Code{"x"})
      .suggest({.name = "y", .only = true});
  EXPECT_EQ(render_text(sink.sorted(), files, Colour::Off),
            "error[parse/unexpected-character]: the character `x` has no meaning here\n"
            "  --> a.stack:4:5\n"
            "  |\n"
            "1 | let x = 1\n"
            "  |     - `x` is declared here\n"
            "...\n"
            "4 | let x = é2\n"
            "  |     ^ did you mean `y`?\n"
            "\n"
            "1 error\n");
}

TEST(RenderText, ShowsOfALongLineThePartAroundEachMark) {
  source::SourceSet files;
  const std::string many(1000, 'a');
  const auto& file = files.add("a.stack", many + "🙂x" + many + "y" + "\n");
  Sink sink;
  sink.report({file.id(), 1004, 1005}, UnexpectedCharacter, Code{"x"})
      .label({file.id(), 2005, 2006}, AlsoHere);
  EXPECT_EQ(render_text(sink.sorted(), files, Colour::Off),
            "error[parse/unexpected-character]: the character `x` has no meaning here\n"
            "  --> a.stack:1:1002\n"
            "  |\n"
            "1 | …" +
                std::string(56, 'a') + "🙂x" + std::string(99, 'a') +
                "…\n"
                "  | " +
                std::string(58, ' ') +
                "^\n"
                "1 | …" +
                std::string(159, 'a') +
                "y\n"
                "  | " +
                std::string(160, ' ') +
                "- also here\n"
                "\n"
                "1 error\n");
}

// Bytes that continue a character may stand at the very start of a line that is not UTF-8.
TEST(RenderText, ShowsALongLineThatBeginsInsideACharacter) {
  source::SourceSet files;
  const std::string inside(200, '\x86');
  const auto& file = files.add("a.stack", inside + "\n");
  Sink sink;
  sink.report({file.id(), 0, 1}, UnexpectedCharacter, Code{"x"});
  EXPECT_EQ(render_text(sink.sorted(), files, Colour::Off),
            "error[parse/unexpected-character]: the character `x` has no meaning here\n"
            "  --> a.stack:1:1\n"
            "  |\n"
            "1 | " +
                inside +
                "\n"
                "  | ^\n"
                "\n"
                "1 error\n");
}

TEST(RenderText, IsQuickOnALineOfMegabytes) {
  source::SourceSet files;
  const auto& file = files.add("a.stack", std::string(std::size_t{4} << 20, 'x'));
  Sink sink;
  for (std::uint32_t i = 1; i <= 2000; ++i)
    sink.report({file.id(), i * 2000, i * 2000 + 1}, UnexpectedCharacter, Code{"x"});
  // Without an index of columns this takes minutes.
  EXPECT_LT(render_text(sink.sorted(), files, Colour::Off, 2000).size(), 1'000'000u);
}

}  // namespace
}  // namespace stackc::diag
