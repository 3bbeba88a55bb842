#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "compiler/diag/render_text.h"
#include "compiler/parse/parse.h"

namespace stackc::parse {
namespace {

std::vector<std::filesystem::path> stack_files(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".stack") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

std::string mistakes_in(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  source::SourceSet files;
  const auto& file = files.add(path.filename(), {std::istreambuf_iterator<char>(stream), {}});
  diag::Sink sink;
  parse(file, sink);
  return diag::render_text(sink.sorted(), files, diag::Colour::Off);
}

/// The seeds of the fuzzer, and what it has found: `fail_` if and only if there are errors.
TEST(ParseCorpus, HasErrorsWhereItsNamesSaySo) {
  const auto files = stack_files(STACKC_SOURCE_DIR "/golden-tests/corpus/parse");
  EXPECT_FALSE(files.empty());
  for (const auto& path : files) {
    const bool must_fail = path.filename().string().starts_with("fail_");
    EXPECT_EQ(mistakes_in(path).empty(), !must_fail) << path << "\n" << mistakes_in(path);
  }
}

TEST(ParseCorpus, HoldsTheStandardLibraryAndOurStacksWithoutErrors) {
  for (const std::string folder : {"/stdlib", "/stacks"}) {
    for (const auto& path : stack_files(STACKC_SOURCE_DIR + folder))
      EXPECT_EQ(mistakes_in(path), "");
  }
}

}  // namespace
}  // namespace stackc::parse
