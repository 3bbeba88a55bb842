#include "compiler/publish/packed_refs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stackc::publish {
namespace {

const std::string commit(40, 'a');
const std::string tag(40, 'b');

TEST(PackedRefs, PrintsWhatItReads) {
  const std::string text = "# pack-refs with: peeled fully-peeled sorted \n" + commit +
                           " refs/heads/main\n" + tag + " refs/tags/x-v1\n^" + commit + "\n";
  const Result<PackedRefs> packed = parse_packed_refs(text);
  ASSERT_TRUE(packed);
  EXPECT_TRUE(packed->fully_peeled);
  EXPECT_THAT(packed->refs, testing::ElementsAre(PackedRef{"refs/heads/main", commit, ""},
                                                 PackedRef{"refs/tags/x-v1", tag, commit}));
  EXPECT_EQ(print_packed_refs(packed->refs), text);
}

TEST(PackedRefs, KnowsWhichWritersDoNotPeelEverything) {
  EXPECT_FALSE(parse_packed_refs("# pack-refs with: peeled \n")->fully_peeled);
  EXPECT_FALSE(parse_packed_refs(commit + " refs/heads/main\n")->fully_peeled);
  EXPECT_TRUE(parse_packed_refs("")->fully_peeled);
}

TEST(PackedRefs, SortsByBytes) {
  EXPECT_EQ(print_packed_refs({{"refs/tags/a-v2", tag, ""}, {"refs/tags/a-v10", tag, ""}}),
            "# pack-refs with: peeled fully-peeled sorted \n" + tag + " refs/tags/a-v10\n" + tag +
                " refs/tags/a-v2\n");
}

TEST(PackedRefs, RefusesADamagedFile) {
  const auto error = [](const std::string& text) { return parse_packed_refs(text).error().text; };
  EXPECT_EQ(error(commit + " refs/heads/main"), "line 1 of `packed-refs` is damaged") << "cut";
  EXPECT_EQ(error(commit + " refs/heads/a\n" + commit.substr(1) + " refs/heads/b\n"),
            "line 2 of `packed-refs` is damaged");
  EXPECT_EQ(error("^" + commit + "\n"), "line 1 of `packed-refs` is damaged") << "nothing to peel";
  EXPECT_EQ(error(commit + " refs/heads/a\n" + tag + " refs/heads/a\n"),
            "`packed-refs` lists `refs/heads/a` twice");
}

}  // namespace
}  // namespace stackc::publish
