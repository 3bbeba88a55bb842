#include <gtest/gtest.h>

#include "compiler/check/conform.h"

namespace stackc::check {
namespace {

class Conditions : public testing::Test {
 protected:
  ir::ExprRef variable(const char* name, types::TypeRef type) {
    return build_.node(ir::Variable{name}, type, ir::Stage::Cluster, span_);
  }
  ir::ExprRef flag(const char* name) { return variable(name, types_.boolean()); }
  ir::ExprRef equals(const char* name, const char* value) {
    const auto* type = types_.add({.kind = types::Kind::String, .values = {"a", "b"}});
    return build_.compare(ir::Compare::Op::Eq, variable(name, type), build_.constant(value, span_),
                          span_);
  }
  ir::ExprRef both(ir::ExprRef a, ir::ExprRef b) { return build_.both(a, b, span_); }
  ir::ExprRef no(ir::ExprRef a) { return build_.negation(a, span_); }

  types::TypeStore types_;
  ir::ExprStore exprs_;
  ExprBuilder build_{exprs_, types_};
  source::Span span_{{}, 0, 0};
};

TEST_F(Conditions, AnElseOfTwoConditionsExcludesThemTogether) {
  const auto x = flag("x"), y = flag("y");
  EXPECT_TRUE(exclusive(both(x, y), both(no(both(x, y)), x)));
  EXPECT_FALSE(exclusive(x, y));
}

TEST_F(Conditions, TheSameQuestionWrittenTwiceIsTheSame) {
  EXPECT_TRUE(exclusive(flag("x"), no(flag("x"))));
  EXPECT_TRUE(exhaustive({flag("x"), no(flag("x"))}));
}

TEST_F(Conditions, OneVariableHasOneValue) {
  EXPECT_TRUE(exclusive(equals("v", "a"), equals("v", "b")));
}

TEST_F(Conditions, AllValuesOfAnEnumerationAreExhaustive) {
  EXPECT_TRUE(exhaustive({equals("v", "a"), equals("v", "b")}));
  EXPECT_FALSE(exhaustive({equals("v", "a"), flag("x")}));
}

TEST_F(Conditions, NothingIsNotExhaustiveAndAlwaysIs) {
  EXPECT_FALSE(exhaustive({}));
  EXPECT_TRUE(exhaustive({nullptr}));
}

}  // namespace
}  // namespace stackc::check
