#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "compiler/base/text.h"
#include "compiler/check/conform.h"
#include "compiler/check/stack_builder.h"
#include "compiler/check/target_bounds.h"
#include "compiler/diag/catalogue/stack.h"
#include "compiler/diag/catalogue/type.h"
#include "compiler/schema/kind_schema.h"

namespace stackc::check {

using diag::Code;
using diag::Prose;
using ir::ExprRef;

namespace {

constexpr std::string_view core = "cluster-api";

/// `"v0.12" | "v0.14"`.
types::TypeRef choice_of(const std::vector<std::string_view>& values, types::TypeStore& types) {
  return types.add({.kind = types::Kind::String, .values = {values.begin(), values.end()}});
}

}  // namespace

void StackBuilder::targets() {
  constexpr std::array<std::string_view, 2> versions{"v1beta1", "v1beta2"};
  types::TypeStore& types = build_.types();
  types::Type record{.kind = types::Kind::Record, .name = "targets"};
  record.fields.push_back(
      {.name = std::string(core), .type = choice_of({versions.begin(), versions.end()}, types)});
  for (const std::string& provider : targetable_providers())
    record.fields.push_back({.name = provider, .type = types.any()});
  const types::TypeRef type = types.add(std::move(record));
  for (const auto* section : items<syntax::Section>()) {
    if (section->name.text != "targets") continue;
    const ExprRef written =
        at_most(elaborator_.value(*section->body, type, context()), section->body->span,
                ir::Stage::Release, "a target", "when the release is built");
    const auto* targets = written->as<ir::RecordLiteral>();
    if (targets == nullptr) continue;
    for (const auto& entry : targets->entries) {
      if (entry.name != core) {
        target_releases(entry);
      } else if (const auto version = constant_value(entry.value);
                 version && version->if_string()) {
        result_.target.cluster_api = *version->if_string();
      }
    }
  }
  if (input_.options.cluster_api) result_.target.cluster_api = *input_.options.cluster_api;
}

std::set<std::string> StackBuilder::targetable_providers() {
  std::vector<const syntax::Name*> sections{&input_.stack.provider};
  for (const auto* group : items<syntax::Group>()) {
    for (const syntax::Section& section : group->sections) {
      if (section.name.text != "machine" && !is_misspelt_machine(section.name.text) &&
          !is_surplus(section, *group))
        sections.push_back(&section.name);
    }
  }
  std::set<std::string> used;
  bool broken = false;
  for (const syntax::Name* name : sections) {
    const auto info = provider(*name);
    const bool has_no_cluster =
        info && name == &input_.stack.provider && !info->kinds.contains("infrastructure");
    broken |= !info || has_no_cluster;
    if (info && !info->schema.empty()) used.insert(info->schema);
  }
  if (broken) {
    const auto known = input_.schemas.providers();
    used.insert(known.begin(), known.end());
  }
  used.erase(std::string(core));
  return used;
}

void StackBuilder::target_releases(const ir::RecordLiteral::Entry& entry) {
  types::TypeStore& types = build_.types();
  const std::vector<std::string_view> known = input_.schemas.releases(entry.name);
  types::TypeRef expected = choice_of(known, types);
  if (entry.value->type->kind == types::Kind::List) {
    expected =
        types.add({.kind = types::Kind::List, .min = 1, .element = expected, .unique = true});
  }
  const auto value = constant_value(conform(entry.value, expected, build_, sink_));
  if (!value) return;
  const List* list = value->if_list();
  const List wanted = list ? *list : List{*value};
  const auto is_wanted = [&](std::string_view release) {
    return std::ranges::any_of(
        wanted, [&](const Value& one) { return one.if_string() && *one.if_string() == release; });
  };
  for (const std::string_view release : known) {
    if (is_wanted(release))
      targeted_[entry.name].push_back({std::string(release), entry.value->span});
  }
}

std::vector<ReleaseType> StackBuilder::template_types(const ProviderInfo& provider,
                                                      const ProviderKind& kind,
                                                      const std::string& api_version) {
  const std::string& name = provider.schema;
  if (name.empty()) return {};
  if (input_.schemas.releases(name).empty()) {
    report_no_schemas(provider);
    return {};
  }
  std::vector<ReleaseType> all;
  const auto add = [&](const std::string& release, source::Span place) {
    const std::string full = release.empty() ? name : name + "-" + release;
    const types::TypeRef whole = input_.schemas.find(full, api_version, kind.kind);
    if (const types::TypeRef spec = schema::type_at(whole, "spec.template.spec")) {
      all.push_back({name, release, spec});
      return;
    }
    auto report = sink_.report(
        place, diag::KindWithoutSchema,
        Prose{release.empty() ? fmt::format("provider `{}`", name)
                              : fmt::format("release `{}` of provider `{}`", release, name)},
        Code{kind.kind}, Code{api_version});
    report.note(whole ? "the kind is there, but has no `spec.template.spec`"
                      : "`stackc schema list` shows the kinds of every release");
  };
  const auto targeted = targeted_.find(name);
  if (targeted == targeted_.end()) {
    add("", kind.span);
  } else {
    for (const TargetedRelease& release : targeted->second) add(release.name, release.span);
  }
  return all;
}

std::vector<ReleaseType> StackBuilder::section_types(const ProviderInfo& provider,
                                                     const ProviderKind& kind,
                                                     const std::string& written,
                                                     const std::string& emitted) {
  std::vector<ReleaseType> all = template_types(provider, kind, written);
  if (written != emitted) {
    const std::vector<ReleaseType> targets = template_types(provider, kind, emitted);
    for (std::size_t i = 0; i < std::min(all.size(), targets.size()); ++i)
      all[i].type = with_bounds_of(all[i].type, targets[i].type, build_.types());
  }
  for (ReleaseType& release : all) {
    const types::Field* field = kind.body.empty() ? nullptr : release.type->find(kind.body);
    if (field == nullptr && !kind.body.empty()) {
      sink_.report(kind.span, diag::UnknownField, Code{kind.body}, Code{kind.kind});
      return {};
    }
    types::Type named = field ? *field->type : *release.type;
    named.name = kind.kind;  // in messages a section is called by its kind
    release.type = build_.types().add(std::move(named));
  }
  return all;
}

void StackBuilder::report_no_schemas(const ProviderInfo& provider) {
  auto report = sink_.report(provider.schema_span, diag::NoSchemas, Code{provider.schema});
  const Nearest near = suggestion(provider.schema, input_.schemas.providers());
  if (near.empty()) {
    report.note("`stackc schema import` makes them of the provider's CRDs");
  } else {
    report.hint(fmt::format("did you mean `{}`?", near.name));
    report.fix({fmt::format("Replace with `{}`", near.name),
                {{provider.schema_span, fmt::format("\"{}\"", near.name)}},
                near.only});
  }
}

}  // namespace stackc::check
