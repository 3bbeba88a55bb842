#include "compiler/check/rules/jinja_text.h"

#include <gtest/gtest.h>

namespace stackc::check {
namespace {

TEST(JinjaText, TakesWhatItCanRead) {
  for (const char* text : {"", "{", "a { b } c", "${name} $x", "{{ local_hostname }}",
                           "{{- ds.meta_data.name | lower }}", "{% if x %}a{% endif %}",
                           "{# note #}", "a }} b %} c #}", "{{ {\"a\": 1}[\"a\"] }}",
                           "{% raw %}{{ .Name }} ${#list[@]}{% endraw %} {{ x }}", "{{ '.' }}"}) {
    EXPECT_EQ(jinja_mistake(text), "") << text;
  }
}

TEST(JinjaText, KnowsTheKeysOfCloudInit) {
  EXPECT_EQ(jinja_mistake("{{ local_hostnam }}"),
            "`{{ local_hostnam }}` has no value; the key is called `local_hostname`");
  EXPECT_EQ(jinja_mistake("x-{{v1.instnace_id-}}"),
            "`{{v1.instnace_id-}}` has no value; the key is called `instance_id`");
  for (const std::string_view text :
       {"{{ my_own }}", "{{ ds.meta_data.local_hostnam }}", "{{ v1.region }}",
        "{{ local_hostname }}", "{{ v1 }}", "{% set regions = 1 %}{{ regions }}",
        "{% for machina in x %}{{ machina }}{% endfor %}"})
    EXPECT_EQ(jinja_mistake(text), "") << text;
}

TEST(JinjaText, SaysWhatDoesNotEnd) {
  EXPECT_EQ(jinja_mistake("{{ local_hostname }"),
            "`{{` begins an expression of Jinja that does not end");
  EXPECT_EQ(jinja_mistake("{{ a }}{% if x }"),
            "`{%` begins a statement of Jinja that does not end");
  EXPECT_EQ(jinja_mistake("n=${#list[@]}"), "`{#` begins a comment of Jinja that does not end");
  EXPECT_EQ(jinja_mistake("{%- raw -%}{{ .a }}"), "`{% raw %}` has no `{% endraw %}`");
}

TEST(JinjaText, KnowsKeysOfCloudInitWithDashes) {
  EXPECT_EQ(jinja_mistake("openstack:///{{ instance-id }}"),
            "`{{ instance-id }}` is a subtraction in Jinja; the key is called `instance_id`");
  EXPECT_EQ(jinja_mistake("{{ v1.local-hostname -}}"),
            "`{{ v1.local-hostname -}}` is a subtraction in Jinja; the key is called "
            "`local_hostname`");
  EXPECT_EQ(jinja_mistake("{{ ds.meta_data.local-hostname }}"),
            "`{{ ds.meta_data.local-hostname }}` is a subtraction in Jinja; the key is called "
            "`ds.meta_data.local_hostname`");
  EXPECT_EQ(jinja_mistake("{{ ds.meta_data['a-b'] }}{{ ds.a - ds.b }}"), "");
  EXPECT_EQ(jinja_mistake("{{ ds.meta_data.launch_index-1 }}"), "");
  EXPECT_EQ(jinja_mistake("{{ a-b }}{{ local_hostname -}} x"), "");
}

TEST(JinjaText, KnowsExpressionsOfGo) {
  EXPECT_EQ(jinja_mistake("a {{ .Hostname }} b"), "`{{ .Hostname }}` is no expression of Jinja");
  EXPECT_EQ(jinja_mistake("{{- $x }}"), "`{{- $x }}` is no expression of Jinja");
  EXPECT_EQ(jinja_mistake("{{ }}"), "`{{ }}` is no expression of Jinja");
}

}  // namespace
}  // namespace stackc::check
