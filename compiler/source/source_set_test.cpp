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

}  // namespace
}  // namespace stackc::source
