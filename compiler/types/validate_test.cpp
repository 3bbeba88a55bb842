#include "compiler/types/validate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/types/format.h"
#include "compiler/types/pattern.h"

namespace stackc::types {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Record record(std::initializer_list<Record::Field> fields) {
  Record result;
  for (const auto& field : fields) result.set(field.name, field.value);
  return result;
}

class Validate : public testing::Test {
 protected:
  TypeStore store;
};

TEST_F(Validate, NamesTheBoundThatIsBroken) {
  const Type port{.kind = Kind::Int, .min = 1, .max = 65535};
  EXPECT_THAT(validate(0, port), ElementsAre(Mismatch{"", "value 0 is less than 1"}));
  EXPECT_THAT(validate(65536, port),
              ElementsAre(Mismatch{"", "value 65536 is greater than 65535"}));
  EXPECT_THAT(validate(443, port), IsEmpty());
}

TEST_F(Validate, KeepsIntegersOfFormatInt32Within32Bits) {
  const Type small{.kind = Kind::Int, .format = "int32"};
  EXPECT_THAT(validate(std::int64_t{2147483647}, small), IsEmpty());
  EXPECT_THAT(validate(std::int64_t{2147483648}, small),
              ElementsAre(Mismatch{"", "value 2147483648 does not fit 32 bits"}));
  EXPECT_THAT(validate(std::int64_t{-2147483649}, small),
              ElementsAre(Mismatch{"", "value -2147483649 does not fit 32 bits"}));
}

TEST_F(Validate, TakesANumberWithoutFractionForAnInteger) {
  EXPECT_THAT(validate(1.0, *store.integer()), IsEmpty());
  EXPECT_THAT(validate(1.5, *store.integer()),
              ElementsAre(Mismatch{"", "expected `Int`, found a number"}));
  EXPECT_THAT(validate(9223372036854775808.0, *store.integer()),
              ElementsAre(Mismatch{"", "expected `Int`, found a number"}));
  EXPECT_THAT(validate(1, *store.number()), IsEmpty());
}

TEST_F(Validate, RefusesNullForEveryTypeButAny) {
  for (const TypeRef type : {store.boolean(), store.integer(), store.number(), store.string(),
                             store.list_of(store.any()), store.map_of(store.any())}) {
    EXPECT_THAT(validate(Value(), *type),
                ElementsAre(Mismatch{"", "expected `" + describe(*type) + "`, found null"}));
  }
  EXPECT_THAT(validate(Value(), *store.any()), IsEmpty());
}

TEST_F(Validate, CountsLengthsInCodePoints) {
  const Type two{.kind = Kind::String, .min = 2, .max = 2};
  EXPECT_THAT(validate("äö", two), IsEmpty());
  EXPECT_THAT(validate("ä", two), ElementsAre(Mismatch{"", "1 character, at least 2 required"}));
  EXPECT_THAT(validate("abc", two), ElementsAre(Mismatch{"", "3 characters, at most 2 allowed"}));
}

TEST_F(Validate, ChecksEnumerationPatternAndFormatOfAString) {
  EXPECT_THAT(validate("c", Type{.kind = Kind::String, .values = {"a", "b"}}),
              ElementsAre(Mismatch{"", "value `\"c\"` is not one of `a`, `b`"}));
  EXPECT_THAT(validate("xay", Type{.kind = Kind::String, .pattern = "a"}), IsEmpty());
  EXPECT_THAT(validate("b", Type{.kind = Kind::String, .pattern = "^a"}),
              ElementsAre(Mismatch{"", "value `\"b\"` does not match the pattern `^a`"}));
  EXPECT_THAT(validate("", Type{.kind = Kind::String, .format = "cidr"}),
              ElementsAre(Mismatch{"", "value `\"\"` has not the format `cidr`"}));
  EXPECT_THAT(validate(List{"x"}, Type{.kind = Kind::String, .format = "cidr"}),
              ElementsAre(Mismatch{"", "expected `String(format: \"cidr\")`, found a list"}));
}

TEST_F(Validate, AListedTextNeedNotFitTheRulesForOtherText) {
  const Type type{.kind = Kind::String, .values = {""}, .or_other_text = true, .format = "uuid"};
  EXPECT_THAT(validate("", type), IsEmpty());
  EXPECT_THAT(validate("6f9619ff-8b86-d011-b42d-00c04fc964ff", type), IsEmpty());
  EXPECT_THAT(validate("x", type),
              ElementsAre(Mismatch{"", "value `\"x\"` has not the format `uuid`"}));
}

TEST_F(Validate, APatternOfAnIntOrStringIsForStrings) {
  const Type type{.kind = Kind::IntOrString, .pattern = "^[0-9]+m$"};
  EXPECT_THAT(validate(7, type), IsEmpty());
  EXPECT_THAT(validate("7m", type), IsEmpty());
  EXPECT_EQ(validate("7", type),
            (std::vector<Mismatch>{{"", "value `\"7\"` does not match the pattern `^[0-9]+m$`"}}));
}

TEST_F(Validate, AnIntOrStringIsOneOfBoth) {
  const Type type{.kind = Kind::IntOrString};
  EXPECT_THAT(validate("50%", type), IsEmpty());
  EXPECT_THAT(validate(1, type), IsEmpty());
  EXPECT_THAT(validate(true, type),
              ElementsAre(Mismatch{"", "expected `Int | String`, found a boolean"}));
}

TEST_F(Validate, ShowsWhereInsideTheValueTheMistakeIs) {
  const Type rule{.kind = Kind::Record,
                  .name = "Rule",
                  .fields = {{.name = "port", .type = store.integer(), .required = true}}};
  const Type type{.kind = Kind::Map, .element = store.list_of(&rule)};
  EXPECT_THAT(
      validate(record({{"web", List{record({{"port", "x"}}), record({{"prot", 1}})}}}), type),
      ElementsAre(Mismatch{"web[0].port", "expected `Int`, found a string"},
                  Mismatch{"web[1].prot", "no field `prot` in `Rule`; did you mean `port`?"},
                  Mismatch{"web[1]", "field `port` is missing"}));
}

TEST_F(Validate, AFieldWithADefaultMayBeMissingAndAnOpenRecordHasMore) {
  const Type type{.kind = Kind::Record,
                  .fields = {{.name = "a", .type = store.integer(), .default_value = Value(1)}},
                  .open = true};
  EXPECT_THAT(validate(record({{"b", Value()}}), type), IsEmpty());
}

TEST_F(Validate, FindsRepeatedItemsOfSetsAndKeyedLists) {
  const Type set{.kind = Kind::List, .element = store.any(), .unique = true};
  EXPECT_THAT(validate(List{1, 2, 1.0}, set), ElementsAre(Mismatch{"[2]", "repeats item 0"}));
  const Type keyed{.kind = Kind::List, .element = store.any(), .list_keys = {"name"}};
  EXPECT_THAT(
      validate(List{record({{"name", "a"}, {"x", 1}}), record({{"name", "a"}, {"x", 2}})}, keyed),
      ElementsAre(Mismatch{"[1]", "repeats item 0"}));
}

TEST_F(Validate, CountsItems) {
  const Type list{.kind = Kind::List, .min = 1, .element = store.any()};
  EXPECT_THAT(validate(List{}, list), ElementsAre(Mismatch{"", "0 items, at least 1 required"}));
  const Type map{.kind = Kind::Map, .max = 1, .element = store.any()};
  EXPECT_THAT(validate(record({{"a", 1}, {"b", 1}}), map),
              ElementsAre(Mismatch{"", "2 items, at most 1 allowed"}));
}

TEST_F(Validate, CountsTheFieldsOfAGroup) {
  const Type type{.kind = Kind::Record,
                  .open = true,
                  .exactly_one_of = {{"id", "filter"}},
                  .at_least_one_of = {{"a", "b"}}};
  EXPECT_THAT(validate(record({{"id", 1}, {"filter", 1}}), type),
              ElementsAre(Mismatch{"", "2 of `id`, `filter` given, exactly one required"},
                          Mismatch{"", "none of `a`, `b` given, at least one required"}));
  EXPECT_THAT(validate(record({{"id", 1}, {"b", 1}}), type), IsEmpty());
}

TEST_F(Validate, CutsLongValuesBetweenCodePoints) {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "é";
  std::string cut = "\"";
  for (int i = 0; i < 29; ++i) cut += "é";
  EXPECT_THAT(validate(text, Type{.kind = Kind::String, .pattern = "x"}),
              ElementsAre(Mismatch{"", "value `" + cut + "…` does not match the pattern `x`"}));
}

TEST(Pattern, ChoicesOfWordsAreMatchedWhole) {
  EXPECT_TRUE(matches_pattern("scsi", "^(virtio-scsi|scsi)$"));
  EXPECT_TRUE(matches_pattern("virtio-scsi", "^(virtio-scsi|scsi)$"));
  EXPECT_FALSE(matches_pattern("virtio", "^(virtio-scsi|scsi)$"));
  EXPECT_FALSE(matches_pattern("scs", "^(virtio-scsi|scsi)$"));
  EXPECT_FALSE(matches_pattern("scsi|virtio-scsi", "^(virtio-scsi|scsi)$"));
  EXPECT_FALSE(matches_pattern("", "^(virtio-scsi|scsi)$"));
  EXPECT_TRUE(matches_pattern("", "^(|external)$"));
  EXPECT_TRUE(matches_pattern("", "^(external|)$"));
  EXPECT_TRUE(matches_pattern("", "^()$"));
  EXPECT_FALSE(matches_pattern("scsi\n", "^(scsi)$"));
  EXPECT_TRUE(matches_pattern("axb", "^(a.b|c)$"));  // no plain words
}

TEST(Pattern, IsNotAnchoredAndKnowsItsMistakes) {
  EXPECT_TRUE(matches_pattern("xaby", "ab"));
  EXPECT_FALSE(matches_pattern("a\nb", "^b"));
  EXPECT_TRUE(matches_pattern("a\nb", "(?m)^b"));
  EXPECT_FALSE(matches_pattern("(", "("));
  EXPECT_TRUE(check_pattern("^[a-z]+$").ok());
  EXPECT_EQ(check_pattern("(").error().text, "`(` is not a regular expression: missing ): (");
  EXPECT_EQ(check_pattern(std::string(4097, 'a')).error().text,
            "a pattern of more than 4096 characters");
}

struct FormatCase {
  std::string_view format;
  std::vector<std::string_view> accepted;
  std::vector<std::string_view> refused;
};

// The verdicts are those of strfmt.Default.Validates in k8s.io/kube-openapi.
const FormatCase format_cases[] = {
    {"uuid",
     {"6F9619FF-8B86-D011-B42D-00C04FC964FF", "6f9619ff8b86d011b42d00c04fc964ff"},
     {"", "6f9619ff-8b86", "zf9619ff-8b86-d011-b42d-00c04fc964ff"}},
    {"uuid3", {"bcd02e22-68f0-3046-a512-327cca9def8f"}, {"bcd02e22-68f0-4046-a512-327cca9def8f"}},
    {"uuid4",
     {"025b0d74-00a2-4048-bf57-227c5111bb34"},
     {"025b0d74-00a2-1048-bf57-227c5111bb34", "025b0d74-00a2-4048-7f57-227c5111bb34"}},
    {"uuid5", {"886313e1-3b8a-5372-9b90-0c9aee199e5d"}, {"886313e1-3b8a-4372-9b90-0c9aee199e5d"}},
    {"ipv4",
     {"10.8.0.0", "010.008.000.255", "::ffff:01.2.3.4"},
     {"", "10.8.0", "10.8.0.256", "1.2.3.4.5", "::1", "1..2.3", " 1.2.3.4"}},
    {"ipv6",
     {"::", "::1", "1::", "fe80::1:2", "::ffff:1.2.3.4", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:1.2.3.4"},
     {"", "1.2.3.4", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "::12345", "1::2::3", "::1%eth0",
      "1:2:3:4:5:6:7::8", "::ffff:01.2.3.4", "1:"}},
    {"cidr",
     {"10.8.0.0/20", "010.8.0.0/020", "::/0", "fe80::00001/128"},
     {"", "10.8.0.0", "10.8.0.0/33", "10.8.0.0/", "::/129", "10.8.0.0/-1", "10.8.0.0/20/1"}},
    {"mac",
     {"01:23:45:67:89:ab", "01-23-45-67-89-AB", "0123.4567.89ab", "01:23:45:67:89:ab:cd:ef",
      "0123456789ab"},
     {"", "01:23:45:67:89", "01:23-45:67:89:ab", "0123.4567.89ag", "0123456789a"}},
    {"uri",
     {"https://idp.example.org/x?y=%zz", "/path", "mailto:a", "http://[::1]:80/", "*", "HTTP://a:1",
      "http://u:p@h/", "foo://a:b:1/", "http://h%C3%A4/", "http://"},
     {"", "path", "http://a b/", ":x", "http://[::1", "http://a:b/", "http://h%20/", "/%zz",
      "http://a:1:2/", "http://[1.2.3.4]/", "a\x01", "http://[::1%25]/"}},
    {"email",
     {"a@b", "A B <a@b.c>", "\"x y\"@b", "a@[1.2.3.4]", "a@b (c (d))", "g: a@b;", "ä@ö"},
     {"", "a", "a@", "@b", "a@b, c@d", "a..b@c", ".a@b", "a@b>", "A <a@b", "g: ;", "\"\"@b",
      "a@[x]", "a@b (c"}},
    {"hostname",
     {"a", "a-b", "a.example", "xn--a.example.org", "1a.de", "ä.de"},
     {"", "-a", "a.b", "a_b", "a-b-c", "a.example.", "a..de"}},
    {"date",
     {"2024-02-29", "0000-01-01"},
     {"", "2023-02-29", "2024-13-01", "2024-1-1", "2024-01-01 "}},
    {"date-time",
     {"2014-12-15T19:30:20.000Z", "2014-12-15t19:30:20+99:99", "2014-12-15T19:30:20zt?"},
     {"", "2014-12-15", "2014-12-15T24:00:00Z", "2014-12-15T19:30:20", "2014-02-30T19:30:20Z",
      "2014-12-15T19:60:20Z"}},
    {"duration",
     {"1h", "1.5h", "-1h30m", "0", "22 ns", "3 weeks", "1 WK", "x 1 day y", "1.s"},
     {"", "1", "h", "1 year", "99999999999999999999 days"}},
    {"byte", {"YQ==", "YWI=", "YWJj"}, {"", "YQ", "YQ=", "Y-_j"}},
    {"hexcolor", {"#fff", "FFFFFF"}, {"", "#ffff"}},
    {"rgbcolor", {"rgb(0, 12,255)", "rgb(1,2,19)"}, {"rgb(0,0)", "rgb(0,0,256)", "rgb(-1,0,0)"}},
    {"isbn", {"0321751043", "978-0321751041"}, {"0321751044", "9780321751042", ""}},
    {"creditcard", {"4111-1111-1111-1111"}, {"4111111111111112", ""}},
    {"ssn", {"111-11-1111", "111 11 1111"}, {"111111111", "111-111-111", ""}},
    {"bsonobjectid", {"507f1f77bcf86cd799439011"}, {"507f1f77bcf86cd79943901", ""}},
    {"k8s-short-name", {"a-1"}, {"A", "a-", ""}},
    {"k8s-long-name", {"a-1.b"}, {"a..b", ""}},
    {"password", {""}, {}},
    {"int-or-string", {""}, {}},
};

TEST(Format, AgreesWithKubernetesOnEachText) {
  for (const auto& [format, accepted, refused] : format_cases) {
    for (const std::string_view text : accepted)
      EXPECT_TRUE(has_format(text, format)) << format << " `" << text << "`";
    for (const std::string_view text : refused)
      EXPECT_FALSE(has_format(text, format)) << format << " `" << text << "`";
  }
}

TEST(Format, LimitsLabelsOfAHostnameInBytes) {
  const std::string label(63, 'a');
  EXPECT_TRUE(has_format(label + ".de", "hostname"));
  EXPECT_FALSE(has_format(label + "a.de", "hostname"));
  EXPECT_FALSE(has_format(label + "." + label + "." + label + "." + label + ".de", "hostname"));
}

TEST(Format, ADashInItsNameDoesNotCount) {
  EXPECT_FALSE(has_format("yesterday", "datetime"));
  EXPECT_FALSE(has_format("yesterday", "date-time"));
}

TEST(Format, OneThatKubernetesDoesNotCheckHoldsEverything) {
  EXPECT_TRUE(has_format("yesterday", "int64"));
}

}  // namespace
}  // namespace stackc::types
