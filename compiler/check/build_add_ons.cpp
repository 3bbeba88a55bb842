#include <fmt/core.h>

#include <algorithm>

#include "compiler/base/ascii.h"
#include "compiler/base/text.h"
#include "compiler/check/conform.h"
#include "compiler/check/rules/chart_check.h"
#include "compiler/check/rules/cloud_conf.h"
#include "compiler/check/rules/template_parts.h"
#include "compiler/check/stack_builder.h"
#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/resolve.h"
#include "compiler/diag/catalogue/stack.h"
#include "compiler/diag/catalogue/type.h"

namespace stackc::check {

using diag::Code;
using diag::Prose;
using ir::ExprRef;

namespace {

bool is_object_name(std::string_view name) {
  const auto plain = [](char c) { return is_lower_case(c) || is_digit(c); };
  return !name.empty() && name.size() <= 63 && plain(name.front()) && plain(name.back()) &&
         std::ranges::all_of(name, [&](char c) { return plain(c) || c == '-'; });
}

/// Helm itself puts the name of the index behind the repository.
void check_index(ExprRef chart, diag::Sink& sink) {
  const auto* record = chart->as<ir::RecordLiteral>();
  const auto* entry = record == nullptr ? nullptr : find_entry(*record, "repository");
  const std::string* repository = entry == nullptr ? nullptr : fixed_text(*record, "repository");
  if (repository == nullptr || !repository->ends_with("/index.yaml")) return;
  sink.report(entry->value->span, diag::OutsideType,
              Prose{fmt::format("`{}` is the index of a repository", *repository)})
      .note("Helm reads `index.yaml` below the address of the repository");
}

}  // namespace

void StackBuilder::declare_live_objects() {
  types::TypeStore& types = build_.types();
  types::Type metadata{.kind = types::Kind::Record, .name = "metadata"};
  const types::TypeRef name = types.add({.kind = types::Kind::String, .min = 1});
  metadata.fields = {{.name = "name", .type = name},
                     {.name = "namespace", .type = name},
                     {.name = "uid", .type = name},
                     {.name = "labels", .type = types.map_of(types.string())},
                     {.name = "annotations", .type = types.map_of(types.string())}};
  const types::TypeRef metadata_type = types.add(std::move(metadata));
  // The operator speaks v1beta1, whatever the release targets (artifacts.md, add-on charts).
  const auto declare = [&](const char* object, types::TypeRef schema) {
    types::Type type{.kind = types::Kind::Record, .name = object};
    if (schema) type.fields = schema->fields;
    std::erase_if(type.fields, [](const types::Field& field) { return field.name == "metadata"; });
    type.fields.push_back({.name = "metadata", .type = metadata_type});
    type.open = schema == nullptr;
    scope_.live[object] = types.add(std::move(type));
  };
  declare("cluster", input_.schemas.find("cluster-api", "cluster.x-k8s.io/v1beta1", "Cluster"));
  declare("controlPlane", input_.schemas.find("kubeadm", "controlplane.cluster.x-k8s.io/v1beta1",
                                              "KubeadmControlPlane"));
  declare("infraCluster", nullptr);
}

void StackBuilder::add_ons() {
  declare_live_objects();
  std::vector<const syntax::AddOn*> seen;
  for (const auto* node : items<syntax::AddOn>()) {
    const auto first = std::ranges::find_if(
        seen, [&](const auto* other) { return other->name.text == node->name.text; });
    if (first != seen.end()) {
      sink_.report(node->name.span, diag::DuplicateName, Code{node->name.text})
          .label((*first)->name.span, diag::DeclaredHere, Code{node->name.text});
      elaborator_.doubt_names();
      continue;
    }
    seen.push_back(node);
    if (!is_object_name(node->name.text)) {
      report_bad_object_name(node->name);
      elaborator_.doubt_names();
    }
    add_on(*node);
  }
}

types::TypeRef StackBuilder::chart_type() {
  types::TypeStore& types = build_.types();
  // A range or a tag would name another chart tomorrow (https://semver.org, clause 2, 9 and 10).
  build_.describe_type("chart version",
                       "the exact version, such as `1.18.9`, not a range or a tag");
  build_.describe_type("chart repository", "begins with `https://`, `http://` or `oci://`");
  // Helm compares it with the name in the chart, which has no path (chart.Metadata, Validate).
  build_.describe_type("chart name", "that of the chart itself, without its repository");
  const types::TypeRef name =
      types.add({.kind = types::Kind::String, .name = "chart name", .pattern = "^[^/ ]+$"});
  const types::TypeRef version =
      types.add({.kind = types::Kind::String,
                 .name = "chart version",
                 .pattern = R"(^v?[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$)"});
  const types::TypeRef repository = types.add({.kind = types::Kind::String,
                                               .name = "chart repository",
                                               .pattern = R"(^(https?|oci)://[^ /]+(/[^ ]*)?$)"});
  types::Type chart{.kind = types::Kind::Record, .name = "a chart"};
  chart.fields = {{.name = "name", .type = name, .required = true},
                  {.name = "version", .type = version, .required = true},
                  {.name = "repository", .type = repository, .required = true}};
  return types.add(std::move(chart));
}

void StackBuilder::add_on(const syntax::AddOn& node) {
  const ExprRef written = release_value(*node.chart, nullptr, "the chart of an add-on");
  const auto value = constant_value(conform(written, chart_type(), build_, sink_));

  ir::AddOn result{.name = node.name.text,
                   .description = node.leading.doc,
                   .chart = {},
                   .values = nullptr,
                   .span = node.name.span};
  if (value && value->if_record()) {
    check_index(written, sink_);
    const Record& fields = *value->if_record();
    result.chart = {text_at(fields, "name"), text_at(fields, "version"),
                    text_at(fields, "repository")};
  }
  const syntax::Section* values = nullptr;
  for (const syntax::Section& section : node.sections) {
    if (section.name.text != "values") {
      sink_
          .report(section.name.span, diag::UnknownSection, Code{section.name.text},
                  Prose{"an add-on"})
          .suggest(suggestion(section.name.text, {"values"}))
          .note("an add-on has one section, `values`");
    } else if (values) {
      sink_.report(section.name.span, diag::DuplicateSection, Code{"values"})
          .label(values->name.span, diag::AlsoHere);
    } else {
      values = &section;
    }
  }
  if (values) {
    Context live = context();
    live.live_objects = true;
    result.values = elaborator_.value(*values->body, nullptr, live);
  } else {
    result.values = build_.record({}, node.span);
  }
  check_cloud_conf(result.values, input_.sources, sink_);
  if (result.chart.name == "openstack-cloud-controller-manager")
    check_cloud_settings(result.values, sink_);
  if (!result.chart.name.empty()) {
    if (const schema::ChartValues* known = input_.charts.find(result.chart))
      check_chart(result, *known, sink_);
  }
  result_.add_ons.push_back(std::move(result));
}

}  // namespace stackc::check
