#include "stdlib/embedded.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>

namespace stackc::stdlib {
namespace {

std::string on_disk(std::string_view path) {
  std::ifstream file(std::string(STACKC_SOURCE_DIR "/stdlib/") + std::string(path),
                     std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(Embedded, HoldsTheFilesOfTheStandardLibraryByteForByte) {
  ASSERT_FALSE(embedded_files().empty());
  for (const EmbeddedFile& file : embedded_files())
    EXPECT_EQ(file.text(), on_disk(file.path)) << file.path;
}

TEST(Embedded, FindsEachFileByItsPath) {
  for (const EmbeddedFile& file : embedded_files())
    EXPECT_EQ(find_embedded(file.path), file.text()) << file.path;
  EXPECT_EQ(find_embedded("no-such.stack"), std::nullopt);
}

}  // namespace
}  // namespace stackc::stdlib
