#include "compiler/check/rules/chart_pods.h"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "compiler/base/text.h"
#include "compiler/check/conform.h"
#include "compiler/check/explain_mismatch.h"
#include "compiler/check/rules/known_keys.h"
#include "compiler/check/rules/pod_rules.h"
#include "compiler/check/rules/template_parts.h"
#include "compiler/diag/catalogue/chart.h"
#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/stack.h"
#include "compiler/ir/constant_value.h"
#include "compiler/types/validate.h"

namespace stackc::check {

using diag::Code;
using diag::Prose;
using ir::ExprRef;
using ir::RecordLiteral;

void PodParts::record(const RecordLiteral& record, std::string_view place,
                      const std::string& path) {
  const bool is_item = path.ends_with(']');
  if (place == "tolerations" && is_item) {
    toleration(record, path);
    check_toleration_of_all(record, path, chart_.name, sink_);
  }
  if (place == "resources") {
    check_amounts(record, path, chart_.name, sink_);
    if (path.ends_with(".requests") || path.ends_with(".limits")) known_resources(record, path);
  }
  if (place == "nodeSelector") {
    for (const RecordLiteral::Entry& entry : record.entries)
      known_key(entry.name, entry.span, types::field_path(path, entry.name));
  }
  if (place == "volumes" && is_item) {
    add(volumes_, record, "name", path);
    const RecordLiteral::Entry* secret = find_entry(record, "secret");
    const auto* source = secret == nullptr ? nullptr : secret->value->as<RecordLiteral>();
    if (source != nullptr)
      add(read_secrets_, *source, "secretName", types::field_path(path, "secret"));
  }
  if (place == "volumeMounts" && is_item) add(mounts_, record, "name", path);
  const Value* creates = fixed_value(record, "create");
  const bool makes_secret = path == "secret" || path.ends_with(".secret");
  if (makes_secret && creates != nullptr && *creates == Value(true))
    add(made_secrets_, record, "name", path);
}

void PodParts::add(std::vector<Name>& all, const RecordLiteral& record, std::string_view field,
                   const std::string& path) const {
  const RecordLiteral::Entry* entry = find_entry(record, field);
  const auto text = entry == nullptr ? std::nullopt : ir::constant_value(entry->value);
  if (text && text->if_string())
    all.push_back({*text->if_string(), types::field_path(path, field), entry->value});
}

/// The API server refuses a toleration that compares where there is nothing to compare with.
void PodParts::toleration(const RecordLiteral& record, const std::string& path) const {
  const RecordLiteral::Entry* value = nullptr;
  bool asks_for_key = false;
  for (const RecordLiteral::Entry& entry : record.entries) {
    const auto given = ir::constant_value(entry.value);
    if (entry.condition != nullptr || !given) continue;
    if (entry.name == "operator") asks_for_key = given == Value("Exists");
    if (entry.name == "value" && !given->is_null() && given != Value("")) value = &entry;
    if (entry.name == "key" && given->if_string())
      known_key(*given->if_string(), entry.value->span, types::field_path(path, "key"));
  }
  if (!asks_for_key || value == nullptr) return;
  sink_
      .report(value->value->span, diag::WrongChartValue, Code{types::field_path(path, "value")},
              Code{chart_.name}, Prose{"no value beside `operator: \"Exists\"`"},
              Prose{describe_found(value->value)})
      .note("the chart hands it to Kubernetes as `tolerations`");
}

void PodParts::known_key(std::string_view key, source::Span span, const std::string& path) const {
  const Nearest near = meant_key(key);
  if (near.empty()) return;
  sink_
      .report(span, diag::WrongChartValue, Code{path}, Code{chart_.name},
              Prose{"a key that nodes have"}, Prose{fmt::format("`{}`", key)})
      .hint(fmt::format("did you mean `{}`?", near.name))
      .note("the domain `kubernetes.io` is Kubernetes' own");
}

/// Other resources than Kubernetes' own have a domain in their names.
void PodParts::known_resources(const RecordLiteral& amounts, const std::string& path) const {
  const std::vector<std::string_view> own{"cpu", "memory", "ephemeral-storage"};
  for (const RecordLiteral::Entry& entry : amounts.entries) {
    const bool is_known = std::ranges::find(own, entry.name) != own.end() ||
                          entry.name.starts_with("hugepages-") ||
                          entry.name.find('/') != std::string::npos;
    if (is_known) continue;
    sink_
        .report(entry.span, diag::UnknownChartValue, Code{chart_.name},
                Code{types::field_path(path, entry.name)})
        .suggest(suggestion(entry.name, own))
        .note("the chart hands it to Kubernetes as `resources`");
  }
}

/// A pod has one volume of a name, a container one at a path.
void PodParts::list(const ir::ListLiteral& list, std::string_view place, const std::string& path) {
  const std::string_view key = place == "volumes"        ? "name"
                               : place == "volumeMounts" ? "mountPath"
                                                         : "";
  if (key.empty()) return;
  std::map<std::string, ExprRef> seen;
  for (std::size_t i = 0; i < list.items.size(); ++i) {
    const auto* record = list.items[i].value->as<RecordLiteral>();
    const auto* entry = record ? find_entry(*record, key) : nullptr;
    if (entry == nullptr || entry->condition || list.items[i].condition) continue;
    const auto value = ir::constant_value(entry->value);
    const std::string* text = value ? value->if_string() : nullptr;
    if (text == nullptr) continue;
    const auto [first, is_new] = seen.emplace(*text, entry->value);
    if (is_new) continue;
    sink_
        .report(entry->value->span, diag::WrongChartValue,
                Code{types::field_path(fmt::format("{}[{}]", path, i), key)}, Code{chart_.name},
                Prose{fmt::format("a `{}` of its own in each item", key)},
                Prose{fmt::format("`{}` again", *text)})
        .label(first->second->span, diag::AlsoHere);
  }
}

void PodParts::finish(ir::ExprRef values) const {
  check_mounts(values);
  check_secrets();
  // What is misspelt is not mounted either.
  if (!sink_.has_errors()) check_unmounted(values);
}

namespace {

constexpr std::size_t most_comparisons = 100'000;
constexpr std::size_t most_volumes = 100;  // each is looked for in each text

template <typename Name>
std::set<std::string_view> names_of(const std::vector<Name>& all) {
  std::set<std::string_view> names;
  for (const Name& one : all) names.insert(one.name);
  return names;
}

}  // namespace

/// The chart may have more volumes than those in its values. But the mount of another name that
/// resembles one of these means it, if that one is not mounted or no template writes that name.
/// Where something else is wrong with the values, a volume that is not there may be part of that.
void PodParts::check_mounts(ir::ExprRef values) const {
  const auto volumes = names_of(volumes_), mounts = names_of(mounts_);
  std::vector<std::string_view> all(volumes.begin(), volumes.end()), unmounted;
  std::ranges::set_difference(volumes, mounts, std::back_inserter(unmounted));
  if (all.size() * mounts_.size() > most_comparisons) return;
  const auto possible = sink_.has_errors() ? std::nullopt : possible_volumes(values);
  std::set<std::string_view> told;
  for (const Name& mount : mounts_) {
    if (volumes.contains(mount.name)) continue;
    const bool is_of_chart = chart_.names.contains(mount.name);
    const Nearest near = nearest(mount.name, is_of_chart ? unmounted : all);
    const bool is_nowhere = !is_of_chart && possible && !possible->contains(mount.name);
    if (near.empty() && (!is_nowhere || !told.insert(mount.name).second)) continue;
    meant(mount, "the name of a volume", near.name);
  }
}

/// A volume that no template speaks of, and no value but those of volumes.
void PodParts::check_unmounted(ir::ExprRef values) const {
  std::map<std::string_view, int> spoken_of;
  for (const Name& volume : volumes_) spoken_of[volume.name] = 0;
  if (spoken_of.size() > most_volumes) return;
  for_each_value(values, [&](ir::ExprRef value, const std::string& path) {
    const auto* constant = value->as<ir::Constant>();
    const std::string* text = constant == nullptr ? nullptr : constant->value.if_string();
    if (text == nullptr || path.find("olumes[].") != path.npos) return;
    for (auto& [name, count] : spoken_of) count += text->find(name) != text->npos ? 1 : 0;
  });
  for (const Name& volume : volumes_) {
    if (spoken_of[volume.name] > 0 || chart_.names.contains(volume.name)) continue;
    sink_.report(volume.written->span, diag::IgnoredField, Prose{fmt::format("`{}`", volume.path)},
                 Prose{"nothing mounts this volume"});
  }
}

/// The volumes that some pod may have: those of the templates, and of lists in the values that are
/// called `…volumes`, however the chart reads them. Nothing if others are possible.
std::optional<std::set<std::string, std::less<>>> PodParts::possible_volumes(
    ir::ExprRef values) const {
  std::set<std::string, std::less<>> names = chart_.volumes.names;
  bool are_all_known = chart_.volumes.are_all_known;
  for_each_value(values, [&](ir::ExprRef value, const std::string& path) {
    if (path.ends_with("olumes")) {
      const auto* constant = value->as<ir::Constant>();
      const bool is_null = constant != nullptr && constant->value.is_null();
      are_all_known = are_all_known && (is_null || value->as<ir::ListLiteral>());
    }
    const auto* record = path.ends_with("olumes[]") ? value->as<ir::RecordLiteral>() : nullptr;
    if (record == nullptr) return;
    const std::string* name = fixed_text(*record, "name");
    are_all_known = are_all_known && name != nullptr;
    if (name != nullptr) names.insert(*name);
  });
  return are_all_known ? std::optional(std::move(names)) : std::nullopt;
}

/// Of the secrets that the chart is told to make, one that no volume reads is meant by a name that
/// resembles it.
void PodParts::check_secrets() const {
  const auto made = names_of(made_secrets_), read = names_of(read_secrets_);
  std::vector<std::string_view> unread;
  std::ranges::set_difference(made, read, std::back_inserter(unread));
  if (unread.size() * read_secrets_.size() > most_comparisons) return;
  for (const Name& secret : read_secrets_) {
    const Nearest near = made.contains(secret.name) ? Nearest{} : nearest(secret.name, unread);
    if (!near.empty()) meant(secret, "the name of a secret", near.name);
  }
}

void PodParts::meant(const Name& name, std::string_view what, std::string_view meant) const {
  auto report =
      sink_.report(name.written->span, diag::WrongChartValue, Code{name.path}, Code{chart_.name},
                   Prose{std::string(what)}, Prose{describe_found(name.written)});
  if (!meant.empty()) report.hint(fmt::format("did you mean `{}`?", meant));
}

}  // namespace stackc::check
