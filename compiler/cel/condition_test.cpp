#include "compiler/cel/condition.h"

#include <fmt/core.h>
#include <gtest/gtest.h>

namespace stackc::cel {
namespace {

/// `kind begin-end text`, or nothing.
std::string problem(std::string_view expression) {
  const auto found = check_condition(expression, {"nodes", "web"});
  if (!found) return "";
  constexpr std::string_view kinds[] = {"syntax", "name", "function", "boolean"};
  return fmt::format("{} {}-{} {}", kinds[static_cast<int>(found->kind)], found->begin, found->end,
                     found->text);
}

TEST(Condition, TakesWhatTheOperatorCompiles) {
  for (const char* expression :
       {"nodes.status.numberReady > 0",
        "nodes.status.numberReady == nodes.status.desired && true",
        "has(nodes.status) ? nodes.status.ready == true : web.spec.replicas >= 1",
        "nodes.status.conditions.exists(c, c.type == 'Ready' && c.status == \"True\")",
        "nodes.spec.list.all(x, x.items.exists_one(y, y == x))",
        "size(nodes.spec) in [1, 2, 3]",
        "nodes.metadata.name.matches('^a+$') || !(web.x < -1.5e3)",
        "!!nodes.ready",
        "nodes.spec.list.map(x, x.ok).filter(y, y)[0]",
        "nodes.spec.list.map(x, x.ok, x.name) == ['a',]",
        "{'a': 1, 'b': [2u, 0x1F]}['a'] == int('1') // why\n",
        "nodes['status'][\"ready\"]",
        "r'\\d' == b'\\x00' || '''it's''' != \"\"\"a\nb\"\"\"",
        "type(nodes) == map",
        "bool('true')",
        "timestamp(nodes.created) + duration('1h') > timestamp('2026-01-01T00:00:00Z')",
        "web.created.getFullYear('UTC') > 2025",
        "- -nodes.a * 2 % 3 == -9223372036854775808",
        "dyn(1)",
        "nodes.if.namespace"}) {
    EXPECT_EQ(problem(expression), "") << expression;
  }
}

TEST(Condition, SaysWhereTheSyntaxEnds) {
  EXPECT_EQ(problem(""), "syntax 0-0 found the end, expected a value");
  EXPECT_EQ(problem("nodes.status >"), "syntax 14-14 found the end, expected a value");
  EXPECT_EQ(problem("(nodes.ready"), "syntax 12-12 found the end, expected `)`");
  EXPECT_EQ(problem("nodes.ready) && true"),
            "syntax 11-12 found `)`, expected an operator or the end");
  EXPECT_EQ(problem("nodes.ready = true"),
            "syntax 12-13 found `=`, expected an operator or the end");
  EXPECT_EQ(problem("nodes.ready and true"),
            "syntax 12-15 found `and`, expected an operator or the end");
  EXPECT_EQ(problem("nodes.?ready"), "syntax 6-7 found `?`, expected the name of a field");
  EXPECT_EQ(problem("✓"), "syntax 0-3 nothing begins with `✓`");
  EXPECT_EQ(problem("'a\\q' == 'a'"), "syntax 0-1 nothing begins with `'`");
  EXPECT_EQ(problem("99999999999999999999 > 1"), "syntax 0-20 `99999999999999999999` is too large");
  EXPECT_EQ(problem("nodes.a.list.all(x.y, x)"), "syntax 18-19 found `.`, expected `,`");
  EXPECT_EQ(problem("has(nodes)"), "syntax 0-3 `has` asks for a field, as in `has(nodes.status)`");
  EXPECT_EQ(problem("while > 1"), "syntax 0-5 `while` is a reserved word");
  EXPECT_EQ(problem("nodes.ready ✓"), "syntax 12-15 found `✓`, expected an operator or the end");
}

TEST(Condition, KnowsThatAFieldOfAnObjectIsNoListToTheOperator) {
  constexpr std::string_view message =
      "`all` does not go through a field of the object itself; `dyn(…)` around the field helps";
  EXPECT_EQ(problem("nodes.subsets.all(x, x.ready)"), fmt::format("syntax 14-17 {}", message));
  EXPECT_EQ(problem("nodes['subsets'].all(x, x.ready)"), fmt::format("syntax 17-20 {}", message));
  EXPECT_EQ(problem("dyn(nodes.subsets).all(x, x.ready)"), "");
  EXPECT_EQ(problem("nodes.status.subsets.all(x, x.addresses.all(y, y.ready))"), "");
}

TEST(Condition, KnowsItsNames) {
  EXPECT_EQ(problem("node.status.ready"), "name 0-4 node");
  EXPECT_EQ(problem("nodes.a.list.all(x, x > 0) && x"), "name 30-31 x");
  EXPECT_EQ(problem("nodes.a.list.all(x, y)"), "name 20-21 y");
  EXPECT_EQ(problem("Pod{}"), "name 0-3 Pod");
  EXPECT_EQ(problem("len(nodes.list) > 0"), "function 0-3 len");
  EXPECT_EQ(problem("nodes.name.contain('x')"), "function 11-18 contain");
  EXPECT_EQ(problem("size() > 0"), "function 0-4 size");
}

TEST(Condition, MustBeTrueOrFalse) {
  EXPECT_EQ(problem("nodes"), "boolean 0-5 this");
  EXPECT_EQ(problem("size(nodes.list)"), "boolean 0-16 this");
  EXPECT_EQ(problem("nodes.ready && nodes.count + 1"), "boolean 15-30 this");
  EXPECT_EQ(problem("'x' ||"), "boolean 0-3 this");
  EXPECT_EQ(problem("1 && 2 || true"), "boolean 0-1 this");
  EXPECT_EQ(problem("!'x'"), "boolean 1-4 this");
  EXPECT_EQ(problem("1 ? true : false"), "boolean 0-1 this");
  EXPECT_EQ(problem("nodes.a.list.map(x, x)"), "boolean 0-22 this");
}

TEST(Condition, StopsWhereItIsNestedTooDeeply) {
  const auto nested = [](std::size_t depth) {
    std::string text(depth, '(');
    text += "true";
    return text.append(depth, ')');
  };
  EXPECT_EQ(problem(nested(63)), "");
  EXPECT_EQ(problem(nested(64)), "syntax 64-68 nested deeper than 64 levels");
  EXPECT_EQ(problem(nested(40'000)), "syntax 64-65 nested deeper than 64 levels");
  std::string denied(50'000, '!');
  denied += "nodes.ready";
  EXPECT_EQ(problem(denied), "");
  EXPECT_EQ(problem(std::string(100'001, ' ')), "syntax 0-0 longer than 100000 bytes");
}

TEST(Condition, KnowsWhichKeysItCanName) {
  EXPECT_TRUE(is_name("cilium_agent2"));
  for (const char* key : {"", "my-key", "2nd", "in", "while", "a.b", " a", "r''"})
    EXPECT_FALSE(is_name(key)) << key;
}

TEST(Condition, KnowsWordsOfOtherLanguages) {
  const auto meant = [](std::string_view expression) {
    const auto found = check_condition(expression, {"nodes"});
    return std::string(found ? found->meant : "");
  };
  EXPECT_EQ(meant("nodes.a = 3"), "==");
  EXPECT_EQ(meant("nodes.a > 1 and nodes.b > 1"), "&&");
  EXPECT_EQ(meant("not nodes.ready"), "!");
  EXPECT_EQ(meant("len(nodes.items) > 0"), "size");
  EXPECT_EQ(meant("nodes.ready == True"), "true");
  EXPECT_EQ(meant("nodes.ready == Ready"), "");
}

}  // namespace
}  // namespace stackc::cel
