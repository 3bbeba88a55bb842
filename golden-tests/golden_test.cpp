#include "compiler/testing/golden.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "compiler/testing/free_checks.h"

namespace stackc::testing {
namespace {

/// What an update did, summed up at its end.
struct Tally {
  std::size_t changed = 0;
  std::size_t fresh = 0;
  std::size_t orphaned = 0;
};

/// `-` and `:` have a meaning in `--gtest_filter`.
std::string test_name(std::string name) {
  std::ranges::replace(name, '-', '_');
  return name;
}

class GoldenTest : public ::testing::Test {
 public:
  GoldenTest(Golden golden, Mode mode, Tally& tally)
      : golden_(std::move(golden)), mode_(mode), tally_(tally) {}

  void TestBody() override {
    const Verdict verdict = run_golden(golden_, STACKC_SOURCE_DIR, mode_);
    for (const std::string& path : verdict.changed)
      std::cout << (verdict.is_new ? "new      " : "changed  ") << path << "\n";
    for (const std::string& path : verdict.orphaned) std::cout << "orphaned " << path << "\n";
    (verdict.is_new ? tally_.fresh : tally_.changed) += verdict.changed.size();
    tally_.orphaned += verdict.orphaned.size();
    EXPECT_TRUE(verdict.passed)
        << verdict.message
        << "\nAccept with: GOLDEN=update build/dev/golden-cases --gtest_filter='golden."
        << test_name(golden_.name) << "'\n";
  }

 private:
  Golden golden_;
  Mode mode_;
  Tally& tally_;
};

class CheckedTwice : public ::testing::Test {
 public:
  explicit CheckedTwice(SourceText source) : source_(std::move(source)) {}
  void TestBody() override {
    const TwoChecks checks = check_twice(source_);
    EXPECT_EQ(checks.first, checks.second);
  }

 private:
  SourceText source_;
};

class Fixed : public ::testing::Test {
 public:
  explicit Fixed(SourceText source) : source_(std::move(source)) {}
  void TestBody() override { EXPECT_EQ(useless_fixes(source_), ""); }

 private:
  SourceText source_;
};

class Truncated : public ::testing::Test {
 public:
  explicit Truncated(SourceText source) : source_(std::move(source)) {}
  void TestBody() override { EXPECT_EQ(check_truncated(source_), ""); }

 private:
  SourceText source_;
};

/// `make` makes the test when it is run.
template <typename Make>
void add_test(const char* suite, const std::string& name, Make make) {
  ::testing::RegisterTest(suite, test_name(name).c_str(), nullptr, nullptr, __FILE__, __LINE__,
                          make);
}

}  // namespace
}  // namespace stackc::testing

int main(int argc, char** argv) {
  using namespace stackc::testing;
  ::testing::InitGoogleTest(&argc, argv);
  const Mode mode = mode_from(std::getenv("GOLDEN"));
  Tally tally;
  for (const Golden& golden : find_goldens(STACKC_SOURCE_DIR)) {
    add_test("golden", golden.name, [=, &tally] { return new GoldenTest(golden, mode, tally); });
  }
  for (const SourceText& source : find_source_texts(STACKC_SOURCE_DIR)) {
    add_test("checked_twice", source.name, [=] { return new CheckedTwice(source); });
    add_test("fixed", source.name, [=] { return new Fixed(source); });
    add_test("truncated", source.name, [=] { return new Truncated(source); });
  }
  const int result = RUN_ALL_TESTS();
  if (mode == Mode::Update) {
    std::cout << tally.changed << " changed, " << tally.fresh << " new, " << tally.orphaned
              << " orphaned\n";
  }
  return result;
}
