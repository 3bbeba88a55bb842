#include "compiler/value/find_at.h"

#include <gtest/gtest.h>

namespace stackc {
namespace {

TEST(FindAt, GoesThroughRecordsOnly) {
  const Record record{{"spec", Record{{"topology", Record{{"version", "v1.34.7"}}}}},
                      {"items", List{Record{{"a", 1}}}},
                      {"none", Value()}};
  EXPECT_EQ(*find_at(record, "spec.topology.version"), Value("v1.34.7"));
  EXPECT_TRUE(find_at(record, "none")->is_null());
  for (const std::string_view nowhere :
       {"", "spe", "spec.", "spec.topology.version.x", "items.a", "items.0", "none.a", ".spec"}) {
    EXPECT_EQ(find_at(record, nowhere), nullptr) << nowhere;
  }
}

TEST(FindAt, ARecordIsNoTextAndNoList) {
  const Record record{{"a", Record{{"b", Record()}, {"c", "text"}, {"d", List()}}}};
  EXPECT_NE(record_at(record, "a.b"), nullptr);
  EXPECT_EQ(record_at(record, "a.c"), nullptr);
  EXPECT_EQ(record_at(record, "a.d"), nullptr);
}

}  // namespace
}  // namespace stackc
