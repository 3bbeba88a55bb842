#include "compiler/check/meant.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "compiler/check/component_arguments.h"
#include "compiler/check/conform.h"

namespace stackc::check {

using ir::ExprRef;
using types::Kind;
using types::Type;
using Entry = ir::RecordLiteral::Entry;

namespace {

/// Values as other tools call them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> foreign_values{{
    {"amd64", "x86_64"},
    {"x64", "x86_64"},
    {"arm64", "aarch64"},
    {"arm", "armv7l"},
    {"i386", "i686"},
}};

/// Fields as other API versions of the provider for OpenStack call them (its documents on the
/// changes from v1alpha4 to v1beta1, and to v1beta2), and what lists of images call theirs.
constexpr std::array<std::pair<std::string_view, std::string_view>, 13> foreign_fields{{
    {"cloudsSecret", "identityRef"},
    {"externalNetworkId", "externalNetwork"},
    {"nodeCidr", "managedSubnets"},
    {"imageUUID", "image"},
    {"managedNetwork", "networkMTU"},
    {"managedRouter", "externalRouterIPs"},
    {"managedLoadBalancer", "apiServerLoadBalancer"},
    {"clusterNodesSecurityGroupRules", "allNodesSecurityGroupRules"},
    {"enableExternalNetwork", "disableExternalNetwork"},
    {"enablePortSecurity", "disablePortSecurity"},
    {"sha256", "checksum"},
    {"sha512", "checksum"},
    {"image", "container"},
}};

bool could_be(ExprRef value, const Type& type) {
  const auto* record = value->as<ir::RecordLiteral>();
  if (record == nullptr || type.kind != Kind::Record || type.open)
    return may_be(*value->type, type);
  return record->entries.empty() || std::ranges::any_of(record->entries, [&](const Entry& entry) {
           return type.find(entry.name) != nullptr;
         });
}

bool takes(const Type& record, const Entry& entry) {
  const types::Field* field = record.kind == Kind::Record ? record.find(entry.name) : nullptr;
  return field != nullptr && could_be(entry.value, *field->type);
}

/// Paths of the records below that take the entry, at the first level with any; none if there are
/// too many to choose from.
std::vector<std::string> owners_of(const Entry& entry, const Type& record) {
  constexpr int levels = 3;
  constexpr std::size_t most_owners = 3;
  std::vector<std::pair<std::string, const Type*>> level{{"", &record}};
  for (int depth = 0; depth < levels; ++depth) {
    std::vector<std::pair<std::string, const Type*>> below;
    std::vector<std::string> owners;
    for (const auto& [path, type] : level) {
      for (const types::Field& field : type->fields) {
        const bool is_list = field.type->kind == Kind::List;
        const Type* inner = is_list ? field.type->element : field.type;
        if (inner->kind != Kind::Record) continue;
        below.emplace_back(path + (path.empty() ? "" : ".") + field.name + (is_list ? "[]" : ""),
                           inner);
        if (takes(*inner, entry)) owners.push_back(below.back().first);
      }
    }
    if (owners.size() > most_owners) return {};
    if (!owners.empty()) return owners;
    level = std::move(below);
  }
  return {};
}

/// The field for extra arguments, if the entry is one by its name.
const types::Field* arguments_for(const Entry& entry, const Type& record) {
  const auto is_for_arguments = [](const types::Field& field) {
    return field.name.ends_with("xtraArgs");
  };
  const auto field = std::ranges::find_if(record.fields, is_for_arguments);
  const bool is_argument = std::ranges::any_of(components(), [&](const Component& component) {
    return std::ranges::binary_search(component.arguments, entry.name);
  });
  return is_argument && field != record.fields.end() ? &*field : nullptr;
}

std::vector<std::string_view> names_of(const Type& record) {
  std::vector<std::string_view> names;
  for (const types::Field& field : record.fields) names.push_back(field.name);
  return names;
}

}  // namespace

Nearest meant_value(std::string_view text, const std::vector<std::string_view>& choices) {
  for (const auto& [theirs, ours] : foreign_values) {
    if (theirs == text && std::ranges::find(choices, ours) != choices.end())
      return {.name = ours, .only = true};
  }
  return suggestion(text, choices);
}

Nearest meant_of_alike(std::string_view name, const std::vector<std::string_view>& candidates) {
  constexpr std::size_t most_edits = 2;
  const Nearest near = nearest(name, candidates);
  const bool is_close =
      !near.empty() && edit_distance(folded(name), folded(near.name)) <= most_edits;
  return is_close ? near : Nearest{};
}

Nearest meant_field(const Entry& entry, const Type& record) {
  const auto names = names_of(record);
  const Nearest near = suggestion(entry.name, names);
  const bool is_guess = !near.empty() && nearest(entry.name, names).empty();
  if (!is_guess) return near;
  const bool could_stand_there = could_be(entry.value, *record.find(near.name)->type);
  return could_stand_there && owners_of(entry, record).empty() ? near : Nearest{};
}

void say_where_it_belongs(diag::ReportBuilder& report, const Entry& entry, const Type& record,
                          const std::vector<const Type*>& around) {
  const std::vector<std::string> owners = owners_of(entry, record);
  const auto outer =
      std::ranges::find_if(around, [&](const Type* type) { return takes(*type, entry); });
  const auto* foreign =
      std::ranges::find(foreign_fields, entry.name, &decltype(foreign_fields)::value_type::first);
  if (foreign != foreign_fields.end() && record.find(foreign->second)) {
    report.note(fmt::format("what others call `{}` is `{}` here", entry.name, foreign->second));
  } else if (!owners.empty()) {
    report.note(fmt::format("`{}` is a field of {}", entry.name,
                            quoted_list({owners.begin(), owners.end()})));
  } else if (outer != around.end()) {
    report.note(
        fmt::format("`{}` is a field of `{}`, further out", entry.name, types::describe(**outer)));
  } else if (const types::Field* arguments = arguments_for(entry, record)) {
    report.note(fmt::format("the argument `{}` stands in `{}`", entry.name, arguments->name));
  }
}

void say_which_fields(diag::ReportBuilder& report, const Type& record, std::size_t most_shown) {
  const auto names = names_of(record);
  if (!names.empty() && names.size() <= most_shown) report.note("fields: " + quoted_list(names));
}

}  // namespace stackc::check
