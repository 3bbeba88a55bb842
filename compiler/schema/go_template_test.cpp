#include "compiler/schema/go_template.h"

#include <fmt/core.h>
#include <gtest/gtest.h>

namespace stackc::schema {
namespace {

/// One action per line, a letter of its kind before each token.
std::string actions_in(std::string_view text) {
  constexpr std::string_view kinds = "wps()|o";
  std::string all;
  for (const TemplateAction& action : read_actions(text)) {
    all += fmt::format("{}:", action.begin);
    for (const TemplateToken& token : action.tokens)
      all += fmt::format(" {}{}", kinds[static_cast<std::size_t>(token.kind)], token.text);
    all += '\n';
  }
  return all;
}

TEST(GoTemplate, SplitsActionsIntoTokens) {
  EXPECT_EQ(actions_in(R"(a: {{ .Values.a | default "x}}" }}{{- if (index $.b "c").d -}})"),
            "3: p.Values.a || wdefault sx}}\n"
            "34: wif (( windex p$.b sc )) o.d o-\n");
}

TEST(GoTemplate, LeavesCommentsOut) {
  EXPECT_EQ(actions_in("{{/* .Values.a }} */}}{{- /* b */ -}}{{ $x := . }}"), "37: p$x o: o= p.\n");
}

TEST(GoTemplate, StopsAtAnActionWithoutEnd) {
  EXPECT_EQ(actions_in("{{ .a }}{{ .b"), "0: p.a\n");
  EXPECT_EQ(actions_in("{{ \"a }}"), "");
}

/// The key above the last action of a text.
std::string_view key_of(std::string_view text, std::size_t columns) {
  return key_above(text, text.rfind("{{"), columns);
}

TEST(GoTemplate, FindsTheKeyRightBeforeAValue) {
  EXPECT_EQ(key_of("spec:\n  {{- with .Values.a }}\n  tolerations:\n    {{- toYaml . }}", 4),
            "tolerations");
  EXPECT_EQ(key_of("tolerations:\n{{- with .Values.a }}\n{{ toYaml . }}", 2), "tolerations");
}

TEST(GoTemplate, FindsTheKeyOfAListByItsColumns) {
  constexpr std::string_view list =
      "    volumes:\n"
      "      - name: a\n"
      "        secret:\n"
      "          secretName: {{ .x }}\n";
  EXPECT_EQ(key_of(fmt::format("{}{{{{ toYaml . }}}}", list), 6), "volumes");
  EXPECT_EQ(key_of("    volumes:\n    - name: a\n    {{ toYaml . | nindent 4 }}", 4), "volumes");
}

TEST(GoTemplate, FindsNoKeyForANeighbour) {
  EXPECT_EQ(key_of("a:\n  labels:\n    b: c\n  {{ toYaml . | nindent 2 }}", 2), "a");
  EXPECT_EQ(key_of("a: b\n{{ toYaml . }}", 0), "");
  EXPECT_EQ(key_of("name: {{ .a }}\n{{ toYaml . }}", 0), "");
}

}  // namespace
}  // namespace stackc::schema
