#include "compiler/check/meant.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "compiler/base/ascii.h"
#include "compiler/check/conform.h"
#include "compiler/check/rules/component_arguments.h"
#include "compiler/types/validate.h"

namespace stackc::check {

using ir::ExprRef;
using types::Kind;
using types::Type;
using Entry = ir::RecordLiteral::Entry;

namespace {

bool separates(char c) {
  return c == '-' || c == '_' || c == '.';
}

/// What remains of two words without what they begin and end with alike. Of `kube-sytsem` and
/// `kube-system` it is `ts` and `st`.
struct Difference {
  std::string_view found, meant;
  char before = '\0';  // in `meant`; of its first letters none
  char after = '\0';
};

Difference difference(std::string_view found, std::string_view meant) {
  std::size_t front = 0, back = 0;
  const std::size_t least = std::min(found.size(), meant.size());
  while (front < least && found[front] == meant[front]) ++front;
  while (back < least - front && found[found.size() - 1 - back] == meant[meant.size() - 1 - back])
    ++back;
  Difference result{.found = found.substr(front, found.size() - front - back),
                    .meant = meant.substr(front, meant.size() - front - back)};
  if (front > 0) result.before = meant[front - 1];
  if (back > 0) result.after = meant[meant.size() - back];
  return result;
}

bool is_plural(char letter, const Difference& difference) {
  return letter == 's' && (difference.after == '\0' || separates(difference.after));
}

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

namespace {

/// Signs that are typed for others.
constexpr std::array<std::pair<char, char>, 9> confused_signs{{{'_', '-'},
                                                               {':', '-'},
                                                               {' ', '-'},
                                                               {',', '.'},
                                                               {'O', '0'},
                                                               {'o', '0'},
                                                               {'l', '1'},
                                                               {'I', '1'},
                                                               {'.', '-'}}};

/// What `text` may have been meant as, the likeliest first. What it begins with says which of
/// several forms it has, and stays.
std::vector<std::string> readings(std::string_view text) {
  constexpr std::size_t kept = 4;
  const std::string whole(text);
  std::vector<std::string> all;
  for (const auto& [typed, meant] : confused_signs) {
    all.push_back(whole);
    for (std::size_t at = kept; at < whole.size(); ++at) {
      if (whole[at] == typed) all.back()[at] = meant;
    }
  }
  for (std::size_t at = kept; at < whole.size(); ++at) {
    for (const auto& [typed, meant] : confused_signs) {
      if (whole[at] != typed) continue;
      all.push_back(whole);
      all.back()[at] = meant;
    }
  }
  for (const char missing : {'-', '.'}) {
    for (std::size_t at = kept; at < whole.size(); ++at) {
      const bool is_number = is_digit(whole[at - 1]) && is_digit(whole[at]);
      if (!is_number && is_letter_or_digit(whole[at - 1]) && is_letter_or_digit(whole[at]))
        all.push_back(std::string(whole).insert(at, 1, missing));
    }
  }
  for (std::size_t at = kept; at + 1 < whole.size(); ++at) {
    all.push_back(whole);
    std::swap(all.back()[at], all.back()[at + 1]);
  }
  all.push_back(whole);
  for (char& c : all.back()) c = is_letter(c) ? static_cast<char>(c | 0x20) : c;
  return all;
}

}  // namespace

std::string meant_text(std::string_view text, const Type& type) {
  constexpr std::size_t longest = 64;
  if (text.size() > longest) return "";
  for (std::string& reading : readings(text)) {
    if (reading != text && types::validate(Value(reading), type).empty()) return std::move(reading);
  }
  return "";
}

bool is_slip(std::string_view found, std::string_view meant) {
  constexpr std::size_t shortest_long_word = 7;
  if (found == meant || found.size() + 1 < meant.size() || found.size() > meant.size() + 1)
    return false;
  const Difference part = difference(found, meant);
  if (std::ranges::any_of(part.found, is_digit) || std::ranges::any_of(part.meant, is_digit))
    return false;
  const bool is_long = meant.size() >= shortest_long_word;
  if (part.found.size() == 2 && part.meant.size() == 2)
    return part.found[0] == part.meant[1] && part.found[1] == part.meant[0];
  if (part.found.empty() && part.meant.size() == 1) return !is_plural(part.meant[0], part);
  if (part.found.size() == 1 && part.meant.empty()) {
    const bool is_doubled = part.found[0] == part.before || part.found[0] == part.after;
    return !is_plural(part.found[0], part) &&
           (is_doubled || (is_long && !separates(part.found[0])));
  }
  const bool is_other_letter = part.found.size() == 1 && part.meant.size() == 1;
  return is_other_letter && is_long && !separates(part.found[0]) && !separates(part.meant[0]) &&
         (part.found[0] | 0x20) != (part.meant[0] | 0x20);
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
