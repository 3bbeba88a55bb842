#include "compiler/emit/helm_text.h"

#include <gmock/gmock.h>

namespace stackc::emit {
namespace {

TEST(HelmText, TextWithoutActionsStaysAsItIs) {
  const std::string text = "a: {b: }}\nc: '`x`'\n\nd: { {";
  EXPECT_EQ(keep_through_helm(text), text);
}

TEST(HelmText, TheActionsOfALineBecomeOneRawString) {
  EXPECT_EQ(keep_through_helm("name: \"{{ .a }}-{{ .b }}\" # x\nnext: '{{- if eq .a \"x\" }}'\n"),
            "name: \"{{ `{{ .a }}-{{ .b }}` }}\" # x\nnext: '{{ `{{- if eq .a \"x\" }}` }}'\n");
}

TEST(HelmText, AnActionThatDoesNotEndOnItsLineIsKept) {
  EXPECT_EQ(keep_through_helm("}} {{ a\nb }} {{{ c }} {{"),
            "}} {{ `{{` }} a\nb }} {{ `{{{ c }} {{` }}");
}

TEST(HelmText, ABacktickForcesActionsOfTheirOwn) {
  EXPECT_EQ(keep_through_helm("a: '{{ printf `x` }}{{{{ y'"),
            R"(a: '{{ "{{" }} printf `x` }}{{ "{{" }}{{ "{{" }} y')");
  EXPECT_EQ(keep_through_helm("`a` {{ .x }} `b`"), "`a` {{ `{{ .x }}` }} `b`");
}

TEST(HelmText, ACarriageReturnInAnActionIsKept) {
  EXPECT_EQ(keep_through_helm("{{ a\r }}"), "{{ \"{{\" }} a\r }}");
}

}  // namespace
}  // namespace stackc::emit
