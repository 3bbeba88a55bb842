#include "compiler/check/provider_rules.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "compiler/base/text.h"
#include "compiler/check/conform.h"
#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/stack.h"
#include "compiler/diag/catalogue/type.h"
#include "compiler/types/pattern.h"

namespace stackc::check {
namespace {

using ir::ExprRef;
using ir::RecordLiteral;

/// What a rule is about. The kubeadm configuration is the same in both kinds that have one.
enum class Subject : std::uint8_t { Kubeadm, OpenStackCluster, OpenStackMachine, Other };

Subject subject_of(const std::string& kind) {
  if (kind == "KubeadmControlPlaneTemplate" || kind == "KubeadmConfigTemplate")
    return Subject::Kubeadm;
  if (kind == "OpenStackClusterTemplate") return Subject::OpenStackCluster;
  if (kind == "OpenStackMachineTemplate") return Subject::OpenStackMachine;
  return Subject::Other;
}

// Paths are those of records, with `[]` for any item of a list.
constexpr std::string_view rule_path = "managedSecurityGroups.allNodesSecurityGroupRules[]";

struct Alternatives {
  Subject subject;
  std::string_view path;
  std::vector<std::string_view> fields;  // at most one may be given
};

const std::array<Alternatives, 5> alternatives = {{
    {Subject::Kubeadm, "files[]", {"content", "contentFrom"}},
    {Subject::Kubeadm, "users[]", {"passwd", "passwdFrom"}},
    {Subject::Kubeadm, "clusterConfiguration.etcd", {"local", "external"}},
    {Subject::Kubeadm,
     "joinConfiguration.discovery.file.kubeConfig.user",
     {"authProvider", "exec"}},
    {Subject::OpenStackCluster,
     rule_path,
     {"remoteManagedGroups", "remoteGroupID", "remoteIPPrefix"}},
}};

struct TextRule {
  Subject subject;
  std::string_view path;
  std::string_view field;
  std::string_view pattern;
  std::string_view rule;
};

constexpr std::array<TextRule, 6> text_rules = {{
    {Subject::OpenStackMachine, "additionalBlockDevices[].storage", "type", "^(Volume|Local)$",
     "the `type` of a block device is `Volume` or `Local`"},
    {Subject::Kubeadm, "clusterConfiguration.dns", "imageTag", R"(^v?[0-9]+\.[0-9]+\.[0-9]+)",
     "`imageTag` begins with a version of CoreDNS, as in `v1.11.1`"},
    {Subject::Kubeadm, "clusterConfiguration.etcd.local", "imageTag",
     "^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$", "`imageTag` is the tag of a container image"},
    {Subject::Kubeadm, "initConfiguration.bootstrapTokens[]", "token",
     R"(^[a-z0-9]{6}\.[a-z0-9]{16}$)",
     "`token` is 6 lower-case letters or digits, a dot, and 16 more"},
    {Subject::OpenStackCluster, rule_path, "direction", "^(ingress|egress)$",
     "`direction` is `ingress` or `egress`"},
    {Subject::OpenStackCluster, rule_path, "etherType", "^(IPv4|IPv6)$",
     "`etherType` is `IPv4` or `IPv6`"},
}};

const RecordLiteral::Entry* find(const RecordLiteral& record, std::string_view name) {
  const auto entry = std::ranges::find(record.entries, name, &RecordLiteral::Entry::name);
  return entry == record.entries.end() ? nullptr : &*entry;
}

/// The value of a field that no cluster changes.
const Value* fixed(const RecordLiteral& record, std::string_view name) {
  const RecordLiteral::Entry* entry = find(record, name);
  if (entry == nullptr || entry->condition != nullptr) return nullptr;
  const auto* constant = entry->value->as<ir::Constant>();
  return constant == nullptr ? nullptr : &constant->value;
}

const std::string* fixed_text(const RecordLiteral& record, std::string_view name) {
  const Value* value = fixed(record, name);
  return value == nullptr ? nullptr : value->if_string();
}

bool is_fixed(const RecordLiteral& record, std::string_view name, bool flag) {
  const Value* value = fixed(record, name);
  return value != nullptr && value->if_bool() != nullptr && *value->if_bool() == flag;
}

/// Nothing remains of it on its way through the provider's Go types, which leave out what is empty.
/// Recursion follows the expression, whose depth the checker bounds.
bool is_empty(ExprRef value) {
  if (const auto* record = value->as<RecordLiteral>()) {
    return std::ranges::all_of(record->entries, is_empty, &RecordLiteral::Entry::value);
  }
  const auto* list = value->as<ir::ListLiteral>();
  return list != nullptr && list->items.empty();
}

/// The nearest choice of a pattern that is nothing but choices, `^(a|b)$`.
std::string hint_for(std::string_view text, std::string_view pattern) {
  if (!pattern.starts_with("^(") || !pattern.ends_with(")$")) return "";
  const std::string_view choices = pattern.substr(2, pattern.size() - 4);
  std::vector<std::string_view> names;
  for (std::size_t at = 0; at <= choices.size();) {
    const std::size_t end = std::min(choices.find('|', at), choices.size());
    names.push_back(choices.substr(at, end - at));
    at = end + 1;
  }
  const Nearest near = suggestion(text, names);
  return near.empty() ? "" : fmt::format("did you mean `{}`?", near.name);
}

class ProviderRules {
 public:
  ProviderRules(const std::string& kind, diag::Sink& sink)
      : kind_(kind), subject_(subject_of(kind)), sink_(sink) {}

  bool has_rules() const { return subject_ != Subject::Other; }

  /// Checks every record below a value. Recursion follows the expression, whose depth the checker
  /// bounds.
  void walk(ExprRef value, const std::string& path) {
    if (const auto* record = value->as<RecordLiteral>()) {
      check_record(*record, path, value->span);
      for (const RecordLiteral::Entry& entry : record->entries)
        walk(entry.value, path.empty() ? entry.name : path + "." + entry.name);
    } else if (const auto* list = value->as<ir::ListLiteral>()) {
      if (subject_ == Subject::Kubeadm && path == "files") check_paths(*list);
      for (const auto& item : list->items) walk(item.value, path + "[]");
    } else if (const auto* choice = value->as<ir::Conditional>()) {
      walk(choice->then, path);
      walk(choice->otherwise, path);
    } else if (const auto* match = value->as<ir::Match>()) {
      for (const auto& arm : match->arms) walk(arm.result, path);
      if (match->otherwise) walk(match->otherwise, path);
    } else if (const auto* items = value->as<ir::Comprehension>()) {
      walk(items->body, path + "[]");
    }
  }

 private:
  diag::ReportBuilder refuse(source::Span span, std::string_view rule) {
    return sink_.report(span, diag::RefusedByProvider, diag::Code{kind_},
                        diag::Prose{std::string(rule)});
  }

  void check_record(const RecordLiteral& record, const std::string& path, source::Span span) {
    for (const Alternatives& rule : alternatives) {
      if (rule.subject == subject_ && rule.path == path) check_alternatives(record, rule.fields);
    }
    for (const TextRule& rule : text_rules) {
      if (rule.subject != subject_ || rule.path != path) continue;
      const std::string* text = fixed_text(record, rule.field);
      if (text != nullptr && !types::matches_pattern(*text, rule.pattern))
        refuse(find(record, rule.field)->value->span, rule.rule)
            .hint(hint_for(*text, rule.pattern));
    }
    if (subject_ == Subject::Kubeadm && path.ends_with("xtraArgs")) check_arguments(record);
    if (subject_ == Subject::OpenStackCluster) check_openstack_cluster(record, path, span);
    const bool is_machine =
        subject_ == Subject::OpenStackMachine ? path.empty() : path == "bastion.spec";
    if (subject_ == Subject::Kubeadm) return;
    if (is_machine) check_openstack_machine(record);
    check_openstack_part(record, path, span);
  }

  /// Two fields of which only one may be there, if some cluster would get both.
  void check_alternatives(const RecordLiteral& record,
                          const std::vector<std::string_view>& fields) {
    const RecordLiteral::Entry* first = nullptr;
    for (const RecordLiteral::Entry& entry : record.entries) {
      if (std::ranges::find(fields, entry.name) == fields.end() || is_empty(entry.value)) continue;
      if (first == nullptr || first->name == entry.name) {
        first = &entry;
      } else if (!exclusive(first->condition, entry.condition)) {
        sink_
            .report(entry.span, diag::OnlyOneField, diag::Prose{quoted_list(fields)},
                    diag::Code{entry.name}, diag::Code{first->name})
            .label(first->span, diag::AlsoHere);
        return;
      }
    }
  }

  /// Files of one path that a node could get both of.
  void check_paths(const ir::ListLiteral& files) {
    std::map<std::string, const ir::ListLiteral::Item*> seen;
    for (const auto& item : files.items) {
      const auto* record = item.value->as<RecordLiteral>();
      const std::string* path = record == nullptr ? nullptr : fixed_text(*record, "path");
      if (path == nullptr) continue;
      const auto [other, is_new] = seen.emplace(*path, &item);
      if (is_new || exclusive(other->second->condition, item.condition)) continue;
      sink_
          .report(find(*record, "path")->value->span, diag::DuplicateKey,
                  diag::Prose{fmt::format("have `path: \"{}\"`", *path)})
          .label(other->second->value->span, diag::AlsoHere);
    }
  }

  /// `extraArgs` and `kubeletExtraArgs`. The CRDs of v1beta2 say it; in v1beta1 the flag would be
  /// `--=value`, with which no component starts.
  void check_arguments(const RecordLiteral& record) {
    constexpr std::size_t longest = 256;
    for (const RecordLiteral::Entry& entry : record.entries) {
      if (entry.name.empty() || count_code_points(entry.name) > longest)
        refuse(entry.span, fmt::format("the name of an argument has 1 to {} characters", longest));
    }
  }

  void check_openstack_cluster(const RecordLiteral& record, const std::string& path,
                               source::Span span) {
    if (path.empty() && is_fixed(record, "disableExternalNetwork", true) &&
        find(record, "disableAPIServerFloatingIP") == nullptr) {
      refuse(find(record, "disableExternalNetwork")->span,
             "without an external network there is no floating IP, so "
             "`disableAPIServerFloatingIP: true` is needed too");
    }
    if (path == "bastion" && !is_fixed(record, "enabled", false) && find(record, "spec") == nullptr)
      refuse(span, "a bastion is enabled unless it says `enabled: false`, and then needs a `spec`");
  }

  void check_openstack_machine(const RecordLiteral& record) {
    if (const auto* id = find(record, "providerID"))
      refuse(id->span, "`providerID` is set by the provider when the machine exists");
    const RecordLiteral::Entry* root = find(record, "rootVolume");
    const RecordLiteral::Entry* devices = find(record, "additionalBlockDevices");
    const auto* list = devices == nullptr ? nullptr : devices->value->as<ir::ListLiteral>();
    if (root == nullptr || list == nullptr) return;
    for (const auto& item : list->items) {
      const auto* device = item.value->as<RecordLiteral>();
      const std::string* name = device == nullptr ? nullptr : fixed_text(*device, "name");
      if (name != nullptr && *name == "root")
        refuse(find(*device, "name")->value->span,
               "a device named `root` cannot stand beside a `rootVolume`");
    }
  }

  void check_openstack_part(const RecordLiteral& record, const std::string& path,
                            source::Span span) {
    const bool is_volume_zone = path.ends_with("rootVolume.availabilityZone") ||
                                path.ends_with("storage.volume.availabilityZone");
    const std::string* from = fixed_text(record, "from");
    const bool may_be_machine = find(record, "from") != nullptr && (!from || *from == "Machine");
    if (is_volume_zone && !may_be_machine && find(record, "name") == nullptr)
      refuse(span, "`availabilityZone` needs a `name` unless it is `from: \"Machine\"`");
    if (path.ends_with("ports[]") && is_fixed(record, "disablePortSecurity", true)) {
      if (const auto* groups = find(record, "securityGroups"))
        refuse(groups->span, "a port with `disablePortSecurity` has no security groups");
    }
    if (path.ends_with("schedulerHintAdditionalProperties[].value")) check_hint(record, span);
  }

  void check_hint(const RecordLiteral& record, source::Span span) {
    static const std::map<std::string, std::string> field_of = {
        {"Bool", "bool"}, {"Number", "number"}, {"String", "string"}};
    const std::string* type = fixed_text(record, "type");
    const auto wanted = type == nullptr ? field_of.end() : field_of.find(*type);
    if (wanted == field_of.end()) return;
    const bool fits = std::ranges::all_of(record.entries, [&](const RecordLiteral::Entry& entry) {
      return entry.name == "type" || entry.name == wanted->second;
    });
    if (!fits || find(record, wanted->second) == nullptr)
      refuse(span, fmt::format("a hint of type `{}` has the field `{}` and no other", *type,
                               wanted->second));
  }

  const std::string& kind_;
  Subject subject_;
  diag::Sink& sink_;
};

}  // namespace

void check_provider_rules(const ir::Template& source, diag::Sink& sink) {
  ProviderRules rules(source.kind, sink);
  if (!rules.has_rules() || source.spec == nullptr) return;
  ExprRef root = source.spec;
  if (source.kind == "KubeadmControlPlaneTemplate") {
    const auto* record = root->as<RecordLiteral>();
    const auto* body = record == nullptr ? nullptr : find(*record, "kubeadmConfigSpec");
    if (body == nullptr) return;
    root = body->value;
  }
  rules.walk(root, "");
}

}  // namespace stackc::check
