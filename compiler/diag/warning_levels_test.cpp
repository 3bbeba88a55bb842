#include "compiler/diag/warning_levels.h"

#include <gtest/gtest.h>

#include "compiler/diag/catalogue/stack.h"
#include "compiler/source/source_set.h"

namespace stackc::diag {
namespace {

/// The severities of an error, an unused variable and an unused let, in this order.
std::vector<Severity> severities_with(const std::vector<std::string>& options) {
  source::SourceSet files;
  const auto id = files.add("a.stack", "abc").id();
  Sink sink;
  sink.report({id, 0, 1}, UnknownAddOn, Code{"a"});
  sink.report({id, 1, 2}, UnusedVariable, Code{"b"});
  sink.report({id, 2, 3}, UnusedLet, Code{"c"});
  std::vector<Report> reports = sink.sorted();
  const auto levels = WarningLevels::parse(options);
  EXPECT_TRUE(levels.ok());
  levels->apply(reports);
  std::vector<Severity> severities;
  for (const Report& report : reports) severities.push_back(report.severity);
  return severities;
}

std::string refusal_of(const std::string& option) {
  const auto levels = WarningLevels::parse({option});
  return levels.ok() ? "" : levels.error().text;
}

TEST(WarningLevels, ApplyToOneWarningOrAnAreaOrAllAndTheLastOneCounts) {
  using enum Severity;
  using List = std::vector<Severity>;
  EXPECT_EQ(severities_with({}), (List{Error, Warning, Warning}));
  EXPECT_EQ(severities_with({"error"}), (List{Error, Error, Error}));
  EXPECT_EQ(severities_with({"off"}), (List{Error}));
  EXPECT_EQ(severities_with({"off=stack/unused-let"}), (List{Error, Warning}));
  EXPECT_EQ(severities_with({"error=stack", "warn=stack/unused-variable"}),
            (List{Error, Warning, Error}));
  EXPECT_EQ(severities_with({"off=type"}), (List{Error, Warning, Warning}));
}

TEST(WarningLevels, NameWhatIsUnknownAndWhatWasMeant) {
  EXPECT_EQ(refusal_of("of=stack"), "`of` is no level; there are `off`, `warn` and `error`");
  EXPECT_EQ(refusal_of("off=stak"),
            "`stak` is neither a warning nor an area; did you mean `stack`?");
  EXPECT_EQ(refusal_of("off=stack/unused-lets"),
            "`stack/unused-lets` is neither a warning nor an area; did you mean "
            "`stack/unused-let`?");
  EXPECT_EQ(refusal_of("off=type/mismatch"),
            "`type/mismatch` is an error, and only warnings have levels");
  EXPECT_EQ(refusal_of("off="), "`` is neither a warning nor an area");
}

}  // namespace
}  // namespace stackc::diag
