#include "compiler/check/rules/provider_rules.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <vector>

#include "compiler/base/text.h"
#include "compiler/check/conform.h"
#include "compiler/check/facts.h"
#include "compiler/check/rules/ignition_rules.h"
#include "compiler/check/rules/provider_texts.h"
#include "compiler/check/rules/scs_flavor.h"
#include "compiler/check/rules/template_parts.h"
#include "compiler/check/rules/text_forms.h"
#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/stack.h"
#include "compiler/diag/catalogue/type.h"
#include "compiler/types/pattern.h"

namespace stackc::check {
namespace {

using ir::ExprRef;
using ir::RecordLiteral;

// Paths are those of records, with `[]` for any item of a list.
constexpr std::string_view rule_path = "managedSecurityGroups.allNodesSecurityGroupRules[]";

struct Alternatives {
  ProviderSubject subject;
  std::string_view path;
  std::vector<std::string_view> fields;  // at most one may be given
};

const std::array<Alternatives, 5> alternatives = {{
    {ProviderSubject::Kubeadm, "files[]", {"content", "contentFrom"}},
    {ProviderSubject::Kubeadm, "users[]", {"passwd", "passwdFrom"}},
    {ProviderSubject::Kubeadm, "clusterConfiguration.etcd", {"local", "external"}},
    {ProviderSubject::Kubeadm,
     "joinConfiguration.discovery.file.kubeConfig.user",
     {"authProvider", "exec"}},
    {ProviderSubject::OpenStackCluster,
     rule_path,
     {"remoteManagedGroups", "remoteGroupID", "remoteIPPrefix"}},
}};

bool is_constant(ExprRef value, bool flag) {
  const auto* constant = value->as<ir::Constant>();
  return constant != nullptr && constant->value.if_bool() && *constant->value.if_bool() == flag;
}

bool is_fixed(const RecordLiteral& record, std::string_view name, bool flag) {
  const RecordLiteral::Entry* entry = find_entry(record, name);
  return entry != nullptr && entry->condition == nullptr && is_constant(entry->value, flag);
}

/// What another file holds is blamed where the list names it.
source::Span in_file_of(const ir::ListLiteral::Item& item, source::Span part) {
  return part.file == item.value->span.file ? part : item.value->span;
}

class ProviderRules {
 public:
  ProviderRules(const std::string& kind, const UsualValues& usual, diag::Sink& sink)
      : kind_(kind), subject_(subject_of(kind)), usual_(usual), sink_(sink) {}

  bool has_rules() const { return subject_ != ProviderSubject::Other; }

  void check(ExprRef value, const std::string& path) {
    if (const auto* record = value->as<RecordLiteral>()) {
      check_record(*record, path, value->span);
    } else if (const auto* list = value->as<ir::ListLiteral>()) {
      if (subject_ == ProviderSubject::Kubeadm && path == "files") check_paths(*list, "path");
      if (subject_ == ProviderSubject::DockerMachine && path == "extraMounts")
        check_paths(*list, "containerPath");
      if (subject_ == ProviderSubject::Kubeadm && path.ends_with(".extraVolumes"))
        check_volumes(*list);
    }
    if (path.ends_with("filter.name")) check_name(value);
    if (subject_ == ProviderSubject::OpenStackMachine && path == "flavor")
      check_flavor(value, path);
    usual_.for_each_text(value, path, [&](const UsualText& usual) { check_text(usual); });
    check_empty(value, path);
  }

 private:
  /// Nothing where an error is told already: what a release of the provider refuses by its types is
  /// the same mistake, and a field that is unknown may be the one that is missing.
  void refuse(source::Span span, std::string_view rule, std::string hint = "") {
    if (sink_.has_error_within(span)) return;
    sink_.report(span, diag::RefusedByProvider, diag::Code{kind_}, diag::Prose{std::string(rule)})
        .hint(std::move(hint));
  }

  /// Neutron takes no address like `10.8.00.0`.
  bool has_leading_zero(const std::string& text) const {
    const bool is_address = fits(text, network_or_address_form);
    return subject_ == ProviderSubject::OpenStackCluster && is_address &&
           types::matches_pattern(text, R"((^|[.])0[0-9])");
  }

  void check_text(const UsualText& usual) {
    const bool is_told =
        subject_ == ProviderSubject::DockerMachine && usual.text.find("{{") != usual.text.npos;
    if (is_told) return;  // type/nothing-fills-in
    for (const ProviderText& rule : provider_texts()) {
      const bool is_broken = rule.subject == subject_ && usual.path.ends_with(rule.path) &&
                             (!fits(usual.text, rule.form) || has_leading_zero(usual.text));
      if (!is_broken || sink_.has_error_within(usual.written)) continue;
      auto report = sink_.report(usual.written, diag::RefusedByProvider, diag::Code{kind_},
                                 diag::Prose{std::string(rule.rule)});
      report.hint(hint_from_choices(usual.text, rule.form));
      if (usual.used != usual.written) report.label(usual.used, diag::UsedHere);
      if (usual.is_made)
        report.note(fmt::format("a default or an example makes `{}` of it", usual.text));
    }
  }

  /// A variable that is declared to be empty for some clusters, `scs.CIDR | ""`.
  void check_empty(ExprRef value, const std::string& path) {
    const types::Type& type = *value->type;
    const bool may_be_empty =
        type.or_other_text && std::ranges::find(type.values, "") != type.values.end();
    if (!may_be_empty || sink_.has_error_within(value->span)) return;
    for (const ProviderText& rule : provider_texts()) {
      if (rule.subject != subject_ || !path.ends_with(rule.path) || fits("", rule.form)) continue;
      sink_
          .report(value->span, diag::RefusedByProvider, diag::Code{kind_},
                  diag::Prose{std::string(rule.rule)})
          .note(fmt::format("it may be empty: use it inside `if {} != \"\" {{ … }}`",
                            shown_path(value)));
    }
  }

  /// OpenStack compares it with names exactly, and those of SCS clouds follow SCS-0100.
  void check_flavor(ExprRef flavor, const std::string& path) {
    usual_.for_each_text(flavor, path, [&](const UsualText& usual) {
      const std::string meant = meant_scs_flavor(usual.text);
      if (meant.empty() || sink_.has_error_within(usual.written)) return;
      auto report = sink_.report(usual.written, diag::FlavorNearlyScs, diag::Code{usual.text});
      report.hint(fmt::format("did you mean `{}`?", meant));
      if (usual.used != usual.written) report.label(usual.used, diag::UsedHere);
    });
  }

  /// OpenStack compares it with names alone.
  void check_name(ExprRef name) {
    if (name->type->kind == types::Kind::String && name->type->format == "uuid")
      sink_.report(name->span, diag::IdAsName)
          .note("`filter: { name: … }` finds what is called so; an ID is given as `id: …`");
  }

  void check_record(const RecordLiteral& record, const std::string& path, source::Span span) {
    for (const Alternatives& rule : alternatives) {
      if (rule.subject == subject_ && rule.path == path) check_alternatives(record, rule.fields);
    }
    if (subject_ == ProviderSubject::Kubeadm && path.ends_with("xtraArgs")) check_arguments(record);
    if (kind_ == "KubeadmConfigTemplate" && path == "joinConfiguration") check_worker(record);
    if (subject_ == ProviderSubject::OpenStackCluster) check_openstack_cluster(record, path, span);
    const bool is_machine =
        subject_ == ProviderSubject::OpenStackMachine ? path.empty() : path == "bastion.spec";
    if (subject_ == ProviderSubject::Kubeadm) {
      if (path.empty()) check_ignition(record, kind_, sink_);
      return;
    }
    if (subject_ == ProviderSubject::DockerMachine && path == "extraMounts[]" &&
        find_entry(record, "containerPath") == nullptr)
      refuse(span, "a mount says where it is in the container: `containerPath`");
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

  void check_worker(const RecordLiteral& join) {
    const RecordLiteral::Entry* control_plane = find_entry(join, "controlPlane");
    if (control_plane != nullptr && !is_empty(control_plane->value))
      refuse(control_plane->span, "workers do not join as part of the control plane");
  }

  /// Files or mounts of one path that a node could get both of.
  void check_paths(const ir::ListLiteral& list, std::string_view field) {
    std::map<std::string, const ir::ListLiteral::Item*> seen;
    for (const auto& item : list.items) {
      const auto* record = item.value->as<RecordLiteral>();
      const std::string* path = record == nullptr ? nullptr : fixed_text(*record, field);
      if (path == nullptr) continue;
      const auto [other, is_new] = seen.emplace(*path, &item);
      if (is_new || exclusive(other->second->condition, item.condition)) continue;
      sink_
          .report(in_file_of(item, find_entry(*record, field)->value->span), diag::DuplicateKey,
                  diag::Prose{fmt::format("have `{}: \"{}\"`", field, *path)})
          .label(other->second->value->span, diag::AlsoHere);
    }
  }

  /// Volumes of one name for different paths of the node, of which kubeadm keeps the last one.
  void check_volumes(const ir::ListLiteral& volumes) {
    std::map<std::string, const ir::ListLiteral::Item*> seen;
    for (const auto& item : volumes.items) {
      const auto* volume = item.value->as<RecordLiteral>();
      const std::string* name = volume == nullptr ? nullptr : fixed_text(*volume, "name");
      const std::string* path = volume == nullptr ? nullptr : fixed_text(*volume, "hostPath");
      if (name == nullptr || path == nullptr) continue;
      const auto [other, is_new] = seen.emplace(*name, &item);
      const auto& first = *other->second;
      if (is_new || *fixed_text(*first.value->as<RecordLiteral>(), "hostPath") == *path ||
          exclusive(first.condition, item.condition))
        continue;
      sink_
          .report(in_file_of(item, find_entry(*volume, "name")->value->span), diag::DuplicateKey,
                  diag::Prose{fmt::format("have `name: \"{}\"`", *name)})
          .label(first.value->span, diag::AlsoHere)
          .note("kubeadm keeps one volume of each name");
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
    if (path.empty()) {
      check_external_network(record);
      check_bastion_address(record);
    }
    if (path.ends_with("SecurityGroupRules[]")) check_ports(record);
    if (path == "bastion" && !is_fixed(record, "enabled", false) &&
        find_entry(record, "spec") == nullptr)
      refuse(span, "a bastion is enabled unless it says `enabled: false`, and then needs a `spec`");
  }

  /// Whether some cluster has no external network and a bastion with a floating IP.
  void check_bastion_address(const RecordLiteral& record) {
    const RecordLiteral::Entry* network = find_entry(record, "disableExternalNetwork");
    if (network == nullptr || !is_constant(network->value, true)) return;
    for (const RecordLiteral::Entry& entry : record.entries) {
      const auto* bastion = entry.value->as<RecordLiteral>();
      if (entry.name != "bastion" || bastion == nullptr) continue;
      const RecordLiteral::Entry* address = find_entry(*bastion, "floatingIP");
      if (address == nullptr ||
          !possible(
              {{network->condition, true}, {entry.condition, true}, {address->condition, true}}))
        continue;
      refuse(address->span, "without an external network the bastion has no `floatingIP`");
    }
  }

  /// Whether some cluster has no external network and still asks for a floating IP.
  void check_external_network(const RecordLiteral& record) {
    const RecordLiteral::Entry* network = find_entry(record, "disableExternalNetwork");
    if (network == nullptr || !is_constant(network->value, true)) return;
    std::vector<Wanted> wanted{{network->condition, true}};
    source::Span place = network->span;
    for (const RecordLiteral::Entry& entry : record.entries) {
      if (entry.name != "disableAPIServerFloatingIP") continue;
      if (is_constant(entry.value, false)) place = entry.span;
      if (is_constant(entry.value, false)) continue;
      if (!is_constant(entry.value, true)) return;  // a variable decides it
      wanted.push_back({entry.condition, false});
    }
    if (possible(std::move(wanted)))
      refuse(place,
             "without an external network there is no floating IP, so "
             "`disableAPIServerFloatingIP: true` is needed too");
  }

  /// OpenStack's own rule; of ICMP the two are type and code.
  void check_ports(const RecordLiteral& record) {
    check_family(record);
    const std::string* protocol = fixed_text(record, "protocol");
    const Value* low = fixed_value(record, "portRangeMin");
    const Value* high = fixed_value(record, "portRangeMax");
    for (const Value* port : {low, high}) {
      if (port != nullptr && port->if_int() && *port->if_int() > 65535) {
        const std::string_view field = port == low ? "portRangeMin" : "portRangeMax";
        refuse(find_entry(record, field)->value->span, "a port is at most 65535");
      }
    }
    const bool has_ports = protocol != nullptr && (*protocol == "tcp" || *protocol == "udp");
    const auto least = usual_port(record, "portRangeMin");
    const auto most = usual_port(record, "portRangeMax");
    if (has_ports && least && most && *least > *most)
      refuse(find_entry(record, "portRangeMin")->value->span,
             fmt::format("`portRangeMin` is not above `portRangeMax`{}",
                         low != nullptr && high != nullptr
                             ? ""
                             : fmt::format("; by default they are {} and {}", *least, *most)));
  }

  /// What a field is, or by default comes to.
  std::optional<std::int64_t> usual_port(const RecordLiteral& record, std::string_view name) const {
    const RecordLiteral::Entry* entry = find_entry(record, name);
    std::optional<std::int64_t> first;
    if (entry == nullptr || entry->condition != nullptr) return first;
    usual_.for_each(entry->value, [&](const UsualValue& usual) {
      if (!first && usual.value.if_int()) first = *usual.value.if_int();
    });
    return first;
  }

  /// Neutron compares the two.
  void check_family(const RecordLiteral& record) {
    const std::string* family = fixed_text(record, "etherType");
    const std::string* prefix = fixed_text(record, "remoteIPPrefix");
    if (family == nullptr || prefix == nullptr || !fits(*prefix, network_or_address_form)) return;
    const std::string_view of_prefix = prefix->find(':') == std::string::npos ? "IPv4" : "IPv6";
    if (*family != of_prefix)
      refuse(find_entry(record, "etherType")->value->span,
             fmt::format("the addresses of `{}` are `{}`", *prefix, of_prefix));
  }

  void check_openstack_machine(const RecordLiteral& record) {
    if (const auto* id = find_entry(record, "providerID"))
      refuse(id->span, "`providerID` is set by the provider when the machine exists");
    const RecordLiteral::Entry* root = find_entry(record, "rootVolume");
    const RecordLiteral::Entry* devices = find_entry(record, "additionalBlockDevices");
    if (root == nullptr || devices == nullptr) return;
    if (root->condition == nullptr) check_usual_devices(devices->value);
    const auto* list = devices->value->as<ir::ListLiteral>();
    if (list == nullptr) return;
    for (const auto& item : list->items) {
      const auto* device = item.value->as<RecordLiteral>();
      const std::string* name = device == nullptr ? nullptr : fixed_text(*device, "name");
      if (name != nullptr && *name == "root")
        refuse(find_entry(*device, "name")->value->span,
               "a device named `root` cannot stand beside a `rootVolume`");
    }
  }

  /// Of devices that a variable lists.
  void check_usual_devices(ExprRef devices) {
    usual_.for_each(devices, [&](const UsualValue& usual) {
      const List* list = usual.value.if_list();
      const bool has_root = list != nullptr && std::ranges::any_of(*list, [](const Value& device) {
                              const Value* name =
                                  device.if_record() ? device.if_record()->find("name") : nullptr;
                              return name != nullptr && *name == Value("root");
                            });
      if (has_root)
        refuse(usual.written, "a device named `root` cannot stand beside a `rootVolume`");
    });
  }

  void check_openstack_part(const RecordLiteral& record, const std::string& path,
                            source::Span span) {
    const bool is_volume_zone = path.ends_with("rootVolume.availabilityZone") ||
                                path.ends_with("storage.volume.availabilityZone");
    if (is_volume_zone) check_volume_zone(record, span);
    if (path.ends_with("ports[]") && is_fixed(record, "disablePortSecurity", true)) {
      const auto* groups = find_entry(record, "securityGroups");
      if (groups != nullptr && !is_empty(groups->value))
        refuse(groups->span, "a port with `disablePortSecurity` has no security groups");
    }
    if (path.ends_with("schedulerHintAdditionalProperties[].value")) check_hint(record, span);
  }

  void check_volume_zone(const RecordLiteral& zone, source::Span span) {
    const RecordLiteral::Entry* from = find_entry(zone, "from");
    const RecordLiteral::Entry* name = find_entry(zone, "name");
    const std::string* known = fixed_text(zone, "from");
    const bool may_be_machine = from != nullptr && (known == nullptr || *known == "Machine");
    if (!may_be_machine && name == nullptr)
      refuse(span, "`availabilityZone` needs a `name` unless it is `from: \"Machine\"`");
    if (known != nullptr && *known == "Machine" && name != nullptr)
      refuse(name->span, "`availabilityZone` has no `name` if it is `from: \"Machine\"`");
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
    if (!fits || find_entry(record, wanted->second) == nullptr)
      refuse(span, fmt::format("a hint of type `{}` has the field `{}` and no other", *type,
                               wanted->second));
  }

  const std::string& kind_;
  ProviderSubject subject_;
  const UsualValues& usual_;
  diag::Sink& sink_;
};

}  // namespace

void check_provider_rules(const ir::Template& source, const UsualValues& usual, diag::Sink& sink) {
  ProviderRules rules(source.kind, usual, sink);
  const ExprRef configuration = kubeadm_configuration(source);
  const ExprRef root = configuration == nullptr ? source.spec : configuration;
  if (!rules.has_rules() || root == nullptr) return;
  for_each_value(root, [&](ExprRef value, const std::string& path) { rules.check(value, path); });
}

}  // namespace stackc::check
