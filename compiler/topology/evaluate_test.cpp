#include "compiler/topology/evaluate.h"

#include <gtest/gtest.h>

#include <limits>

namespace stackc::topology {
namespace {

using ir::ExprRef;

Record record(std::initializer_list<Record::Field> fields) {
  Record result;
  for (const auto& field : fields) result.set(field.name, field.value);
  return result;
}

class Evaluate : public testing::Test {
 protected:
  ExprRef expr(ir::Expr::Node node) { return store.add({.node = std::move(node)}); }
  ExprRef constant(Value value) { return expr(ir::Constant{std::move(value)}); }
  ExprRef variable(std::string name) { return expr(ir::Variable{std::move(name)}); }
  ExprRef member(ExprRef base, std::string name) { return expr(ir::Member{base, std::move(name)}); }
  ExprRef present(ExprRef operand) { return expr(ir::Present{operand}); }
  ExprRef call(ir::Function function, ExprRef a, ExprRef b) {
    return expr(ir::Call{function, {a, b}});
  }
  ExprRef object(std::vector<ir::RecordLiteral::Entry> entries) {
    return expr(ir::RecordLiteral{std::move(entries)});
  }

  /// As JSON; `absent` if there is no value.
  std::string run(ExprRef value) {
    const std::optional<Value> result =
        evaluate(value, {.variables = variables, .builtins = builtins, .live = &live});
    return result ? to_json(*result) : "absent";
  }
  std::string compare(ir::Compare::Op op, Value a, Value b) {
    return run(expr(ir::Compare{op, constant(std::move(a)), constant(std::move(b))}));
  }
  std::string calculate(ir::Arithmetic::Op op, std::int64_t a, std::int64_t b) {
    return run(expr(ir::Arithmetic{op, constant(a), constant(b)}));
  }

  ir::ExprStore store;
  Record variables = record({{"flavor", "SCS-2V-4"},
                             {"size", 3},
                             {"oidc", record({{"issuer", "https://x"}})},
                             {"labels", record({{"b", "2"}, {"a", "1"}, {"B", "3"}})},
                             {"zones", List{"z2", "z1"}}});
  Record builtins = record({{"controlPlane", record({{"version", "v1.34.7"}})}});
  Record live = record({{"cluster", record({{"metadata", record({{"name", "c1"}})}})}});
};

TEST_F(Evaluate, ReadsVariablesBuiltinsAndLiveObjects) {
  EXPECT_EQ(run(variable("flavor")), "\"SCS-2V-4\"");
  EXPECT_EQ(run(member(variable("oidc"), "issuer")), "\"https://x\"");
  EXPECT_EQ(run(expr(ir::Builtin{"controlPlane.version"})), "\"v1.34.7\"");
  EXPECT_EQ(run(expr(ir::Builtin{"controlPlane.replicas"})), "absent");
  EXPECT_EQ(run(expr(ir::Builtin{"controlPlane.version.major"})), "absent");
  EXPECT_EQ(run(member(member(expr(ir::Live{ir::Live::Object::Cluster}), "metadata"), "name")),
            "\"c1\"");
}

TEST_F(Evaluate, IsPresentOnlyIfEverythingOnTheWayIs) {
  EXPECT_EQ(run(present(member(variable("oidc"), "issuer"))), "true");
  EXPECT_EQ(run(present(member(variable("oidc"), "claim"))), "false");
  EXPECT_EQ(run(present(member(member(variable("none"), "a"), "b"))), "false");
  EXPECT_EQ(run(present(expr(ir::Builtin{"controlPlane.replicas"}))), "false");
  EXPECT_EQ(run(expr(ir::Not{present(variable("none"))})), "true");
}

TEST_F(Evaluate, AsksTheRightSideOfLogicOnlyIfItDecides) {
  const ExprRef fatal = member(variable("none"), "a");  // absent as a condition: stops the compiler
  const ExprRef yes = constant(true);
  const ExprRef no = constant(false);
  EXPECT_EQ(run(expr(ir::Logic{ir::Logic::Op::And, no, fatal})), "false");
  EXPECT_EQ(run(expr(ir::Logic{ir::Logic::Op::Or, yes, fatal})), "true");
  EXPECT_EQ(run(expr(ir::Logic{ir::Logic::Op::And, yes, no})), "false");
  EXPECT_EQ(run(expr(ir::Logic{ir::Logic::Op::Or, no, yes})), "true");
  EXPECT_EXIT(run(expr(ir::Logic{ir::Logic::Op::And, yes, fatal})), testing::ExitedWithCode(70),
              "guards");
}

TEST_F(Evaluate, ComparesScalarsAndEmptyCollections) {
  using Op = ir::Compare::Op;
  EXPECT_EQ(compare(Op::Eq, "a", "a"), "true");
  EXPECT_EQ(compare(Op::Ne, 1, 2), "true");
  EXPECT_EQ(compare(Op::Eq, List{}, List{}), "true");
  EXPECT_EQ(compare(Op::Ne, Record(), record({{"a", 1}})), "true");
  EXPECT_EQ(compare(Op::Lt, 1, 2), "true");
  EXPECT_EQ(compare(Op::Le, 2, 2), "true");
  EXPECT_EQ(compare(Op::Gt, 2, 2), "false");
  EXPECT_EQ(compare(Op::Ge, 2.5, 2), "true");
  EXPECT_EQ(compare(Op::Lt, std::int64_t{9007199254740992}, std::int64_t{9007199254740993}),
            "true");
}

TEST_F(Evaluate, WrapsArithmeticAndTruncatesDivision) {
  using Op = ir::Arithmetic::Op;
  constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
  EXPECT_EQ(calculate(Op::Add, std::numeric_limits<std::int64_t>::max(), 1),
            "-9223372036854775808");
  EXPECT_EQ(calculate(Op::Sub, 1, 3), "-2");
  EXPECT_EQ(calculate(Op::Mul, least, -1), "-9223372036854775808");
  EXPECT_EQ(calculate(Op::Div, -7, 2), "-3");
  EXPECT_EQ(calculate(Op::Mod, -7, 2), "-1");
  EXPECT_EQ(calculate(Op::Div, least, -1), "-9223372036854775808");
  EXPECT_EQ(calculate(Op::Mod, least, -1), "0");
}

TEST_F(Evaluate, JoinsTextIntegersAndBooleans) {
  EXPECT_EQ(run(expr(ir::Concat{
                {constant("n="), variable("size"), constant(" "), constant(true), constant(2.0)}})),
            "\"n=3 true2\"");
}

TEST_F(Evaluate, CallsFunctionsOfTextAndCollections) {
  using F = ir::Function;
  EXPECT_EQ(run(expr(ir::Call{F::Size, {variable("labels")}})), "3");
  EXPECT_EQ(run(expr(ir::Call{F::Size, {variable("zones")}})), "2");
  EXPECT_EQ(run(call(F::StartsWith, variable("flavor"), constant("SCS-"))), "true");
  EXPECT_EQ(run(call(F::EndsWith, variable("flavor"), constant("-8"))), "false");
  EXPECT_EQ(run(call(F::Contains, variable("flavor"), constant("2V"))), "true");
  EXPECT_EQ(run(call(F::Contains, variable("zones"), constant("z1"))), "true");
  EXPECT_EQ(run(call(F::Contains, variable("zones"), constant("z"))), "false");
}

TEST_F(Evaluate, ChoosesABranch) {
  const auto match = [&](ExprRef subject) {
    return run(expr(ir::Match{
        subject,
        {{{"a", "b"}, constant(1)}, {{"c"}, object({{"x", {}, constant(false), constant(1)}})}},
        constant(3)}));
  };
  EXPECT_EQ(match(constant("b")), "1");
  EXPECT_EQ(match(constant("c")), "absent");
  EXPECT_EQ(match(constant("d")), "3");
  EXPECT_EQ(run(expr(ir::Conditional{constant(false), constant(1), constant(2)})), "2");
}

TEST_F(Evaluate, ARecordWithoutApplicableEntriesVanishesFromWhatHoldsIt) {
  const ExprRef never = constant(false);
  const ExprRef vanishing = object({{"x", {}, never, constant(1)}});
  EXPECT_EQ(run(vanishing), "absent");
  EXPECT_EQ(run(object({})), "{}");
  EXPECT_EQ(run(object({{"a", {}, nullptr, vanishing}, {"b", {}, nullptr, object({})}})),
            "{\"b\":{}}");
  EXPECT_EQ(run(object({{"a", {}, nullptr, object({{"b", {}, nullptr, vanishing}})}})), "absent");
  EXPECT_EQ(run(expr(ir::ListLiteral{
                {{nullptr, vanishing}, {never, constant(1)}, {nullptr, constant(2)}}})),
            "[2]");
  EXPECT_EQ(run(expr(ir::ListLiteral{{{nullptr, vanishing}}})), "[]");
}

TEST_F(Evaluate, TakesTheOneEntryOfANameThatApplies) {
  EXPECT_EQ(run(object(
                {{"a", {}, constant(true), constant(1)}, {"a", {}, constant(false), constant(2)}})),
            "{\"a\":1}");
}

TEST_F(Evaluate, WalksListsInOrderAndMapsByKeyBytes) {
  const ExprRef key = expr(ir::Local{store.new_local(), "k"});
  const ExprRef item = expr(ir::Local{store.new_local(), "v"});
  const ExprRef body = expr(ir::Concat{{key, constant("="), item}});
  EXPECT_EQ(run(expr(ir::Comprehension{variable("labels"), key, item, nullptr, body})),
            "[\"B=3\",\"a=1\",\"b=2\"]");
  EXPECT_EQ(run(expr(ir::Comprehension{variable("zones"), key, item, nullptr, body})),
            "[\"0=z2\",\"1=z1\"]");
}

TEST_F(Evaluate, FiltersAndNestsComprehensions) {
  const ExprRef outer = expr(ir::Local{store.new_local(), "x"});
  const ExprRef inner = expr(ir::Local{store.new_local(), "y"});
  const ExprRef differ = expr(ir::Compare{ir::Compare::Op::Ne, outer, inner});
  const ExprRef rows = expr(ir::Comprehension{variable("zones"), nullptr, inner, differ,
                                              expr(ir::Concat{{outer, inner}})});
  EXPECT_EQ(run(expr(ir::Comprehension{variable("zones"), nullptr, outer, nullptr, rows})),
            "[[\"z2z1\"],[\"z1z2\"]]");
  const ExprRef vanishing = object({{"x", {}, differ, inner}});
  const ExprRef kept =
      expr(ir::Comprehension{variable("zones"), nullptr, inner, nullptr, vanishing});
  EXPECT_EQ(run(expr(ir::Comprehension{variable("zones"), nullptr, outer, nullptr, kept})),
            "[[{\"x\":\"z1\"}],[{\"x\":\"z2\"}]]");
}

}  // namespace
}  // namespace stackc::topology
