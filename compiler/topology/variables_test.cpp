#include "compiler/topology/variables.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stackc::topology {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Record record(std::initializer_list<Record::Field> fields) {
  Record result;
  for (const auto& field : fields) result.set(field.name, field.value);
  return result;
}

class ResolveVariables : public testing::Test {
 protected:
  types::TypeStore store;
  types::TypeRef inner =
      store.add({.kind = types::Kind::Record,
                 .fields = {{.name = "d", .type = store.integer(), .default_value = Value(7)},
                            {.name = "s", .type = store.string()}}});
  types::TypeRef settings =
      store.add({.kind = types::Kind::Record,
                 .name = "Settings",
                 .fields = {{.name = "a", .type = store.integer(), .default_value = Value(1)},
                            {.name = "b", .type = store.string(), .required = true},
                            {.name = "inner", .type = inner},
                            {.name = "list", .type = store.list_of(inner)},
                            {.name = "map", .type = store.map_of(inner)}}});
  std::vector<ir::ClusterVariable> definitions{
      {.name = "zeta", .type = store.string(), .default_value = Value("z")},
      {.name = "settings", .type = settings},
      {.name = "count", .type = store.integer(), .default_value = Value(3)},
      {.name = "number", .type = store.number()},
      {.name = "needed", .type = store.string(), .required = true},
  };

  Variables resolve(std::vector<GivenVariable> given,
                    VariableScope scope = VariableScope::Override) {
    return resolve_variables(given, definitions, scope, "v");
  }
  static std::vector<std::string> texts(const std::vector<Refusal>& refusals) {
    std::vector<std::string> texts;
    for (const Refusal& refusal : refusals) {
      texts.push_back(refusal.path + ": " + refusal.message() +
                      (refusal.nearest.empty() ? "" : "; did you mean " + refusal.nearest));
    }
    return texts;
  }
  /// The settings after defaulting; a value that is refused prints its refusals.
  std::string defaulted(Record value) {
    const Variables variables = resolve({{"settings", Value(std::move(value))}});
    for (const std::string& text : texts(variables.refusals)) return text;
    return to_json(*variables.values.find("settings"));
  }
};

TEST_F(ResolveVariables, KeepsTheGivenOrderAndAddsDefaultsByName) {
  const Variables variables = resolve({{"needed", "x"}, {"count", 5}}, VariableScope::Cluster);
  EXPECT_THAT(variables.refusals, IsEmpty());
  EXPECT_EQ(to_json(variables.values), R"({"needed":"x","count":5,"zeta":"z"})");
}

TEST_F(ResolveVariables, NestedDefaultsDoNotCreateAVariable) {
  EXPECT_EQ(resolve({{"needed", "x"}}, VariableScope::Cluster).values.find("settings"), nullptr);
  definitions[1].default_value = Value(record({{"b", "y"}}));
  EXPECT_EQ(to_json(*resolve({{"needed", "x"}}, VariableScope::Cluster).values.find("settings")),
            R"({"b":"y","a":1})");
}

TEST_F(ResolveVariables, FillsRecordsThatAreThereButCreatesNone) {
  EXPECT_EQ(defaulted(record({{"b", "x"}})), R"({"b":"x","a":1})");
  EXPECT_EQ(defaulted(record({{"b", "x"}, {"inner", Record()}})),
            R"({"b":"x","inner":{"d":7},"a":1})");
  EXPECT_EQ(
      defaulted(record({{"b", "x"}, {"list", List{Record()}}, {"map", record({{"k", Record()}})}})),
      R"({"b":"x","list":[{"d":7}],"map":{"k":{"d":7}},"a":1})");
}

TEST_F(ResolveVariables, ReplacesNullByADefaultOnly) {
  EXPECT_EQ(defaulted(record({{"b", "x"}, {"a", Value()}})), R"({"b":"x","a":1})");
  EXPECT_EQ(defaulted(record({{"b", Value()}})),
            "v[0].value.b: variable `settings.b`: expected `String`, found null");
  EXPECT_EQ(defaulted(record({{"b", "x"}, {"map", record({{"k", Value()}})}})),
            "v[0].value.map.k: variable `settings.map.k`: expected `" + types::describe(*inner) +
                "`, found null");
}

TEST_F(ResolveVariables, GivesAVariableWithoutValueItsDefault) {
  EXPECT_EQ(to_json(resolve({{"count", std::nullopt}}).values), R"({"count":3})");
  EXPECT_EQ(
      to_json(resolve({{"count", std::nullopt}, {"needed", "x"}}, VariableScope::Cluster).values),
      R"({"count":3,"needed":"x","zeta":"z"})");
  EXPECT_THAT(texts(resolve({{"number", std::nullopt}}).refusals),
              ElementsAre("v[0]: variable `number` has no value and no default"));
}

TEST_F(ResolveVariables, RefusesUnknownFieldsAtEveryDepth) {
  EXPECT_EQ(defaulted(record({{"b", "x"}, {"list", List{record({{"x", 1}})}}})),
            "v[0].value.list[0].x: variable `settings.list[0].x`: no field `x` in `" +
                types::describe(*inner) + "`; did you mean `d`?");
}

TEST_F(ResolveVariables, AsksForRequiredVariablesOfTheClusterOnly) {
  EXPECT_THAT(texts(resolve({}, VariableScope::Cluster).refusals),
              ElementsAre("v: variable `needed` must be set: it has no default"));
  EXPECT_THAT(resolve({}).refusals, IsEmpty());
  EXPECT_EQ(to_json(resolve({}).values), "{}");
}

TEST_F(ResolveVariables, RefusesDuplicatesAndUnknownNames) {
  EXPECT_THAT(texts(resolve({{"count", 1}, {"count", 2}, {"cuont", 1}}).refusals),
              ElementsAre("v[1].name: there is another variable `count`",
                          "v[2].name: the class has no variable `cuont`; did you mean count"));
}

TEST_F(ResolveVariables, PassesNumbersThroughFloatingPoint) {
  const auto number = [&](Value value) {
    return to_json(*resolve({{"number", std::move(value)}}).values.find("number"));
  };
  EXPECT_EQ(number(1.0), "1");
  EXPECT_EQ(number(std::int64_t{9007199254740993}), "9007199254740992");
  EXPECT_EQ(number(std::int64_t{1152921504606846976}), "1152921504606847000");
  EXPECT_EQ(number(0.5), "0.5");
  EXPECT_EQ(number(-0.0), "0");
  EXPECT_EQ(number(1e21), "1e+21");
  EXPECT_THAT(texts(resolve({{"count", std::int64_t{9223372036854775807}}}).refusals),
              ElementsAre("v[0].value: variable `count`: expected `Int`, found a number"));
}

TEST_F(ResolveVariables, ChangesNothingASecondTime) {
  const Variables once =
      resolve({{"needed", "x"}, {"settings", Value(record({{"b", "y"}, {"inner", Record()}}))}},
              VariableScope::Cluster);
  std::vector<GivenVariable> stored;
  for (const auto& [name, value] : once.values) stored.push_back({name, value});
  EXPECT_EQ(to_json(resolve(stored, VariableScope::Cluster).values), to_json(once.values));
}

TEST_F(ResolveVariables, AnOverrideReplacesTheWholeVariable) {
  const Record wide =
      record({{"settings", record({{"b", "wide"}, {"inner", Record()}})}, {"count", 1}});
  const Variables overrides = resolve({{"settings", Value(record({{"b", "own"}}))}, {"number", 2}});
  EXPECT_EQ(to_json(override_variables(wide, overrides.values)),
            R"({"settings":{"b":"own","a":1},"count":1,"number":2})");
}

}  // namespace
}  // namespace stackc::topology
