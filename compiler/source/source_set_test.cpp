#include "compiler/source/source_set.h"

#include <gtest/gtest.h>

namespace stackc::source {
namespace {

TEST(SourceFile, CountsColumnsInCodePointsAndInUtf16) {
  SourceSet set;
  const SourceFile& file = set.add("a.stack", "one\r\né🙂x\nlast");
  const auto x = static_cast<std::uint32_t>(file.text().find('x'));
  EXPECT_EQ(file.position(x).line, 2u);
  EXPECT_EQ(file.position(x).column, 3u);
  EXPECT_EQ(file.position(x).utf16_column, 4u);
  EXPECT_EQ(file.line(1), "one");
  EXPECT_EQ(file.line(3), "last");
  EXPECT_EQ(file.position(1000).line, 3u) << "past the end is the end";
}

TEST(SourceFile, CountsColumnsFarBehindTheStartOfALine) {
  SourceSet set;
  std::string text = "one\n";
  for (int i = 0; i < 1000; ++i) text += "ab🙂é";
  const SourceFile& file = set.add("a.stack", text + "x");
  const Position x = file.position(static_cast<std::uint32_t>(file.text().find('x')));
  EXPECT_EQ(x.line, 2u);
  EXPECT_EQ(x.column, 4001u);
  EXPECT_EQ(x.utf16_column, 5001u);
}

}  // namespace
}  // namespace stackc::source
