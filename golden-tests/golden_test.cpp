#include "compiler/testing/golden.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

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
  GoldenTest(Golden golden, Mode mode, Tally& tally) : golden_(std::move(golden)), mode_(mode), tally_(tally) {}

  void TestBody() override {
    const Verdict verdict = run_golden(golden_, STACKC_SOURCE_DIR, mode_);
    for (const std::string& path : verdict.changed) std::cout << (verdict.is_new ? "new      " : "changed  ") << path << "\n";
    for (const std::string& path : verdict.orphaned) std::cout << "orphaned " << path << "\n";
    (verdict.is_new ? tally_.fresh : tally_.changed) += verdict.changed.size();
    tally_.orphaned += verdict.orphaned.size();
    EXPECT_TRUE(verdict.passed) << verdict.message << "\nAccept with: GOLDEN=update build/dev/golden-tests --gtest_filter='golden."
                                << test_name(golden_.name) << "'\n";
  }

 private:
  Golden golden_;
  Mode mode_;
  Tally& tally_;
};

}  // namespace
}  // namespace stackc::testing

int main(int argc, char** argv) {
  using namespace stackc::testing;
  ::testing::InitGoogleTest(&argc, argv);
  const Mode mode = mode_from(std::getenv("GOLDEN"));
  Tally tally;
  for (const Golden& golden : find_goldens(STACKC_SOURCE_DIR)) {
    ::testing::RegisterTest("golden", test_name(golden.name).c_str(), nullptr, nullptr, __FILE__, __LINE__,
                            [=, &tally]() -> GoldenTest* { return new GoldenTest(golden, mode, tally); });
  }
  const int result = RUN_ALL_TESTS();
  if (mode == Mode::Update) {
    std::cout << tally.changed << " changed, " << tally.fresh << " new, " << tally.orphaned << " orphaned\n";
  }
  return result;
}
