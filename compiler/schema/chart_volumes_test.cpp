#include "compiler/schema/chart_volumes.h"

#include <gmock/gmock.h>

namespace stackc::schema {
namespace {

using testing::ElementsAre;

TEST(ChartVolumes, AreTheItemsBelowTheirKey) {
  ChartVolumes volumes;
  volumes.add_template(
      "spec:\n"
      "  containers:\n"
      "  - name: program\n"
      "    volumeMounts:\n"
      "    - name: mounted\n"
      "  volumes:\n"
      "  # - name: comment\n"
      "  - name: \"quoted\"\n"
      "    configMap:\n"
      "      name: {{ .Release.Name }}-map\n"
      "      items:\n"
      "      - key: a\n"
      "        name: item\n"
      "  {{- with .Values.extraVolumes }}\n"
      "  {{- toYaml . | nindent 2 }}\n"
      "  {{- end }}\n"
      "  - emptyDir: {}\n"
      "    name: last\r\n"
      "  tolerations:\n"
      "  - name: toleration\n");
  EXPECT_THAT(volumes.names, ElementsAre("last", "quoted"));
  EXPECT_TRUE(volumes.are_all_known);
}

TEST(ChartVolumes, AreNotAllKnownWhereATemplateMakesThem) {
  for (const char* text :
       {"volumes:\n- name: {{ .Values.name }}\n", "volumes:\n{{ include \"common.volumes\" . }}\n",
        "volumes:\n{{ template \"v\" . }}\n",
        "volumeClaimTemplates:\n- metadata: {name: data}\n"}) {
    ChartVolumes volumes;
    volumes.add_template(text);
    EXPECT_FALSE(volumes.are_all_known) << text;
  }
}

TEST(ChartVolumes, AreInTheDefaults) {
  ChartVolumes volumes;
  volumes.add_defaults(Record{{"plugin", Record{{"extraVolumes", List{Record{{"name", "a"}}, "b"}},
                                                {"volumes", Record{{"name", "c"}}}}},
                              {"names", List{Record{{"name", "d"}}}}});
  EXPECT_THAT(volumes.names, ElementsAre("a"));
}

}  // namespace
}  // namespace stackc::schema
