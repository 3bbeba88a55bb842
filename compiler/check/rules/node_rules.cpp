#include "compiler/check/rules/node_rules.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/check/conform.h"
#include "compiler/check/expr_parts.h"
#include "compiler/check/rules/argument_values.h"
#include "compiler/check/rules/component_arguments.h"
#include "compiler/check/rules/jinja_text.h"
#include "compiler/check/rules/kubeadm_names.h"
#include "compiler/check/rules/template_parts.h"
#include "compiler/check/rules/text_forms.h"
#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/stack.h"
#include "compiler/types/format.h"

namespace stackc::check {
namespace {

using ir::ExprRef;
using ir::RecordLiteral;

struct NodeText {
  std::string_view path;  // how that of the text ends
  std::string_view program;
  TextForm form;
  std::string_view rule;
};

// What kubeadm's ValidateCertSANs takes: names in lower case, perhaps with `*.` before them, and
// addresses.
constexpr TextForm certificate_name_form{
    "^(([*][.])?[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*"
    "|[0-9a-fA-F]{0,4}(:[0-9a-fA-F]{0,4}){1,7}:[0-9a-fA-F.]*)$"};
constexpr std::string_view certificate_name_rule =
    "a name in a certificate is a host name in lower case or an address, without scheme and port";

constexpr std::array<NodeText, 19> node_texts{{
    {"mageRepository", "kubeadm", image_repository_form,
     "`imageRepository` is a registry, perhaps with a path, as in `registry.k8s.io`"},
    {"files[].permissions",
     "cloud-init",
     {"^(0[oO])?[0-7]+$"},
     "`permissions` are octal digits, as in `0644`"},
    {"nodeRegistration.taints[].effect",
     "kubelet",
     {"^(NoSchedule|PreferNoSchedule|NoExecute)$"},
     "`effect` is `NoSchedule`, `PreferNoSchedule` or `NoExecute`"},
    {"nodeRegistration.taints[].key",
     "kubelet",
     {"^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$"},
     "`key` is a name of letters, digits, `-`, `_` and `.`, perhaps with a domain before it"},
    {"nodeRegistration.taints[].value",
     "kubelet",
     {"^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$"},
     "the `value` of a taint is at most 63 letters, digits, `-`, `_` and `.`"},
    // sshd(8), AUTHORIZED_KEYS FILE FORMAT; options may stand before the type.
    {"users[].sshAuthorizedKeys[]",
     "sshd",
     {"^(.* )?(ssh-|ecdsa-|sk-|webauthn-|rsa-|x509|spki-|pgp-)[^ ]* +[^ ]"},
     "a public key begins with its type, as in `ssh-ed25519 AAAA…`"},
    // sudoers(5): a user specification has hosts and commands on both sides of `=`.
    {"users[].sudo",
     "sudo",
     {"^[^=]*=|^(|[Ff]alse|[Nn]one|null)$"},
     "a rule of `sudo` is written like `ALL=(ALL) NOPASSWD:ALL`"},
    {"diskSetup.filesystems[].filesystem",
     "cloud-init",
     {"^(ext[234]|ext4dev|[^e].*|e|e[^x].*|ex|ex[^t].*)$"},
     "of the kind `ext` there are `ext2`, `ext3` and `ext4`"},
    {"extraVolumes[].name",
     "kubelet",
     {"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$"},
     "the `name` of a volume is lower-case letters, digits and dashes, at most 63 characters"},
    {"apiServer.certSANs[]", "kubeadm", certificate_name_form, certificate_name_rule},
    {"etcd.local.serverCertSANs[]", "kubeadm", certificate_name_form, certificate_name_rule},
    {"etcd.local.peerCertSANs[]", "kubeadm", certificate_name_form, certificate_name_rule},
    {"extraVolumes[].pathType",
     "kubelet",
     {"^(|DirectoryOrCreate|Directory|FileOrCreate|File|Socket|CharDevice|BlockDevice)$"},
     "`pathType` is a type of `hostPath`, such as `File` or `DirectoryOrCreate`"},
    {"nodeRegistration.criSocket",
     "kubeadm",
     {"^(/|unix:(///|/[^/])|npipe://)"},
     "`criSocket` is a path, as in `unix:///run/containerd/containerd.sock`"},
    {"etcd.local.dataDir",
     "kubeadm",
     {.form = "^/", .may_be_empty = true},
     "`dataDir` is a path from the root, as in `/var/lib/etcd`"},
    {"clusterConfiguration.certificatesDir",
     "kubeadm",
     {.form = "^/", .may_be_empty = true},
     "`certificatesDir` is a path from the root, as in `/etc/kubernetes/pki`"},
    {"networking.podSubnet", "kubeadm", networks_form,
     "`podSubnet` is one network or two, as in `192.168.0.0/16`"},
    {"networking.serviceSubnet", "kubeadm", networks_form,
     "`serviceSubnet` is one network or two, as in `10.96.0.0/12`"},
    {"networking.dnsDomain",
     "kubeadm",
     {"^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"},
     "`dnsDomain` is the name of a domain, as in `cluster.local`"},
}};

/// An argument without which a component does not take another one. It may be given elsewhere where
/// kubeadm has patches or the kubelet reads a configuration of the node's own.
struct Companion {
  std::string_view program;
  std::string_view argument;
  std::string_view needs;
};

constexpr std::array<Companion, 3> companions{{
    {"kube-apiserver", "oidc-client-id", "oidc-issuer-url"},
    {"kube-apiserver", "oidc-issuer-url", "oidc-client-id"},
    {"kubelet", "eviction-soft", "eviction-soft-grace-period"},
}};

/// A component of the control plane that kubeadm asks for its health at a port of its own choice
/// (kubeadm, GetStaticPodSpecs).
struct ProbedPort {
  std::string_view component;
  std::string_view program;
  std::string_view port;
};

constexpr std::array<ProbedPort, 2> probed_ports{{
    {"controllerManager", "kube-controller-manager", "10257"},
    {"scheduler", "kube-scheduler", "10259"},
}};

const RecordLiteral* record_at(const RecordLiteral& record, std::string_view name) {
  const auto* entry = find_entry(record, name);
  return entry == nullptr ? nullptr : entry->value->as<RecordLiteral>();
}

/// Text that cloud-init fills in when the machine boots.
bool is_filled_in(std::string_view text) {
  return text.find("{{") != std::string_view::npos || text.find("{%") != std::string_view::npos;
}

class NodeRules {
 public:
  NodeRules(const UsualValues& usual, bool reads_jinja, bool has_patches, diag::Sink& sink)
      : usual_(usual), reads_jinja_(reads_jinja), has_patches_(has_patches), sink_(sink) {}

  void check(ExprRef value, const std::string& path) {
    if (const auto* record = value->as<RecordLiteral>()) {
      if (path == "files[]") check_encoding(*record);
      if (path == "clusterConfiguration.etcd.local.extraArgs") check_election(*record);
      if (path == "clusterConfiguration" && !has_patches_) check_ports(*record);
      if (path == "clusterConfiguration") check_node_mask(*record);
      if (path.ends_with(".kubeletExtraArgs")) check_image_gc(*record);
      if (path == "clusterConfiguration.featureGates") check_feature_gates(*record);
      if (!has_patches_) check_companions(*record, path);
    }
    if (reads_jinja_) check_jinja(value);
    usual_.for_each_text(value, path, [&](const UsualText& usual) { check_text(usual); });
  }

 private:
  void refuse(const UsualText& usual, std::string_view program, std::string_view rule,
              std::string hint) {
    if (sink_.has_error_at(usual.written)) return;
    auto report = sink_.report(usual.written, diag::RefusedOnNode, diag::Code{std::string(program)},
                               diag::Prose{std::string(rule)});
    report.hint(std::move(hint));
    if (usual.used != usual.written) report.label(usual.used, diag::UsedHere);
    if (usual.is_made)
      report.note(fmt::format("a default or an example makes `{}` of it", usual.text));
  }

  /// Nothing where an error is told already.
  void refuse(source::Span span, std::string_view program, std::string_view rule,
              std::string hint = "") {
    if (sink_.has_error_at(span)) return;
    sink_
        .report(span, diag::RefusedOnNode, diag::Code{std::string(program)},
                diag::Prose{std::string(rule)})
        .hint(std::move(hint));
  }

  void check_text(const UsualText& usual) {
    if (usual.path.ends_with("kubeletExtraArgs.provider-id")) check_provider_id(usual);
    if (is_filled_in(usual.text)) return;
    for (const NodeText& rule : node_texts) {
      if (usual.path.ends_with(rule.path) && !fits(usual.text, rule.form))
        refuse(usual, rule.program, rule.rule, hint_from_choices(usual.text, rule.form));
    }
    if (usual.path.ends_with("Configuration.skipPhases[]")) check_phase(usual);
    if (usual.path.ends_with("apiServer.certSANs[]")) check_address(usual);
    const std::size_t dot = usual.path.rfind('.');
    if (dot == std::string::npos) return;
    const auto component =
        std::ranges::find(components(), usual.path.substr(0, dot), &Component::path);
    if (component == components().end()) return;
    ArgumentRule broken = broken_rule(component->name, usual.path.substr(dot + 1), usual.text);
    if (!broken.rule.empty()) refuse(usual, component->name, broken.rule, std::move(broken.hint));
  }

  /// kubeadm takes any digits with dots between for the name of a host.
  void check_address(const UsualText& usual) {
    const bool is_numeric = usual.text.find_first_not_of("0123456789.") == std::string::npos;
    if (!is_numeric || fits(usual.text, address_form) || sink_.has_error_at(usual.written)) return;
    sink_.report(usual.written, diag::IgnoredField, diag::Prose{fmt::format("`{}`", usual.text)},
                 diag::Prose{"it is no address, and no host has such a name"});
  }

  /// What the controllers of cloud-provider-openstack read as the name of a machine (its package
  /// `openstack`, instances.go): a region, which may be empty, and an ID.
  void check_provider_id(const UsualText& usual) {
    constexpr TextForm form{"^openstack://[^/]*/[^/]+$"};
    if (reads_jinja_ && !fits(usual.text, form))
      refuse(usual, "openstack-cloud-controller-manager",
             "`provider-id` is written `openstack:///{{ instance_id }}`", "");
  }

  void check_jinja(ExprRef value) {
    const std::string mistake = jinja_mistake(known_text(value));
    if (mistake.empty() || sink_.has_error_within(value->span)) return;
    sink_.report(value->span, diag::RefusedOnNode, diag::Code{"cloud-init"}, diag::Prose{mistake})
        .note(
            "it fills in `{{ … }}` when the machine boots; between `{% raw %}` and `{% endraw %}` "
            "it leaves everything as it is");
  }

  /// The controller manager gives each node a part of the pods' network, and ends if one is larger
  /// than the whole.
  void check_node_mask(const RecordLiteral& cluster) {
    const auto part = [&](std::string_view name) {
      const auto* entry = find_entry(cluster, name);
      return entry == nullptr ? nullptr : entry->value->as<RecordLiteral>();
    };
    const RecordLiteral* networking = part("networking");
    const RecordLiteral* manager = part("controllerManager");
    const auto* entry = manager == nullptr ? nullptr : find_entry(*manager, "extraArgs");
    const auto* arguments = entry == nullptr ? nullptr : entry->value->as<RecordLiteral>();
    if (networking == nullptr || arguments == nullptr) return;
    const std::string* pods = fixed_text(*networking, "podSubnet");
    const std::string* mask = fixed_text(*arguments, "node-cidr-mask-size");
    if (pods == nullptr || mask == nullptr || !types::has_format(*pods, "cidr")) return;
    const std::string length = pods->substr(pods->find('/') + 1);
    const bool is_number = !mask->empty() && mask->size() < 4 &&
                           mask->find_first_not_of("0123456789") == std::string::npos;
    if (!is_number || find_entry(*arguments, "allocate-node-cidrs") != nullptr) return;
    if (std::stoi(*mask) < std::stoi(length))
      refuse(
          find_entry(*arguments, "node-cidr-mask-size")->value->span, "kube-controller-manager",
          fmt::format("a part with the mask {} is larger than the `podSubnet` `{}`", *mask, *pods));
  }

  void check_phase(const UsualText& usual) {
    const Nearest phase = meant_phase(usual.text);
    if (!phase.empty())
      refuse(usual, "kubeadm", fmt::format("it has no phase `{}`", usual.text),
             fmt::format("did you mean `{}`?", phase.name));
  }

  void check_feature_gates(const RecordLiteral& gates) {
    for (const RecordLiteral::Entry& entry : gates.entries) {
      const Nearest gate = meant_feature_gate(entry.name);
      if (!gate.empty())
        refuse(entry.span, "kubeadm", fmt::format("it has no feature gate `{}`", entry.name),
               fmt::format("did you mean `{}`?", gate.name));
    }
  }

  void check_encoding(const RecordLiteral& file) {
    const std::string* encoding = fixed_text(file, "encoding");
    const auto* content = find_entry(file, "content");
    if (encoding == nullptr || content == nullptr || !encoding->ends_with("base64")) return;
    const std::string rule =
        fmt::format("with `encoding: \"{}\"` the content is written in base64", *encoding);
    bool is_told = false;  // of one of its branches
    for (const ExprRef branch : branches_of(content->value)) {
      usual_.for_each_text(branch, "", [&](const UsualText& usual) {
        std::string digits = usual.text;
        std::erase_if(digits, [](char c) { return c == '\n' || c == ' '; });
        if (is_told || is_filled_in(digits) || types::has_format(digits, "byte")) return;
        refuse(usual, "cloud-init", rule, "");
        is_told = true;
      });
    }
  }

  /// etcd compares the two when it starts.
  void check_election(const RecordLiteral& arguments) {
    const auto is_told = [&](const RecordLiteral::Entry& entry) {
      return sink_.has_error_at(entry.span);  // which may be the one that is missing
    };
    if (std::ranges::any_of(arguments.entries, is_told)) return;
    constexpr std::int64_t least_beats = 5;
    const auto milliseconds = [&](std::string_view name, std::int64_t otherwise) {
      const std::string* text = fixed_text(arguments, name);
      const bool is_number = text != nullptr && !text->empty() && text->size() < 10 &&
                             text->find_first_not_of("0123456789") == std::string::npos;
      if (find_entry(arguments, name) == nullptr) return otherwise;
      return is_number ? std::int64_t{std::stol(*text)} : 0;  // 0: not known here
    };
    const std::int64_t election = milliseconds("election-timeout", 1000);
    const std::int64_t heartbeat = milliseconds("heartbeat-interval", 100);
    if (election == 0 || heartbeat == 0 || election >= least_beats * heartbeat) return;
    const auto* written = find_entry(arguments, "election-timeout");
    if (written == nullptr) written = find_entry(arguments, "heartbeat-interval");
    refuse(written->value->span, "etcd",
           fmt::format("`election-timeout` must be at least {} times `heartbeat-interval`, {} here",
                       least_beats, heartbeat));
  }

  /// The kubelet compares the two when it starts.
  void check_image_gc(const RecordLiteral& arguments) {
    const auto percent = [&](std::string_view name) -> std::optional<int> {
      const std::string* text = fixed_text(arguments, name);
      const bool is_number = text != nullptr && !text->empty() && text->size() < 4 &&
                             text->find_first_not_of("0123456789") == std::string::npos;
      return is_number ? std::optional(std::stoi(*text)) : std::nullopt;
    };
    const auto high = percent("image-gc-high-threshold");
    const auto low = percent("image-gc-low-threshold");
    if (high && low && *low >= *high)
      refuse(
          find_entry(arguments, "image-gc-high-threshold")->value->span, "kubelet",
          fmt::format("`image-gc-high-threshold` must be above `image-gc-low-threshold`, {} here",
                      *low));
  }

  /// The kubelet would restart for ever what answers elsewhere.
  void check_ports(const RecordLiteral& cluster) {
    for (const ProbedPort& probed : probed_ports) {
      const RecordLiteral* settings = record_at(cluster, probed.component);
      const auto* arguments = settings == nullptr ? nullptr : record_at(*settings, "extraArgs");
      const std::string* port =
          arguments == nullptr ? nullptr : fixed_text(*arguments, "secure-port");
      if (port == nullptr || *port == probed.port || is_filled_in(*port)) continue;
      refuse(find_entry(*arguments, "secure-port")->value->span, probed.program,
             fmt::format("kubeadm has it asked for its health at port {}", probed.port));
    }
  }

  /// Whether some node gets the one argument without the other. Of two that need each other one is
  /// told, and none where an unknown argument may be the one that is missing.
  void check_companions(const RecordLiteral& arguments, const std::string& path) {
    const auto component = std::ranges::find(components(), path, &Component::path);
    if (component == components().end()) return;
    const bool all_known =
        std::ranges::all_of(arguments.entries, [&](const RecordLiteral::Entry& entry) {
          return std::ranges::binary_search(component->arguments, entry.name);
        });
    const bool reads_more = find_entry(arguments, "config") || find_entry(arguments, "config-dir");
    if (!all_known || reads_more) return;
    for (const Companion& rule : companions) {
      if (rule.program != component->name) continue;
      for (const RecordLiteral::Entry& entry : arguments.entries) {
        if (entry.name != rule.argument || sink_.has_error_at(entry.value->span)) continue;
        std::vector<Wanted> wanted{{entry.condition, true}};
        std::optional<source::Span> conditional;
        for (const RecordLiteral::Entry& other : arguments.entries) {
          if (other.name != rule.needs) continue;
          wanted.push_back({other.condition, false});
          conditional = other.span;
        }
        if (!possible(std::move(wanted))) continue;
        if (sink_.has_error_at(entry.span)) return;
        auto report = sink_.report(
            entry.span, diag::RefusedOnNode, diag::Code{std::string(rule.program)},
            diag::Prose{fmt::format("`{}` needs `{}` too", rule.argument, rule.needs)});
        if (conditional) report.label(*conditional, diag::NotAlwaysThere);
        return;
      }
    }
  }

  const UsualValues& usual_;
  bool reads_jinja_;
  bool has_patches_;
  diag::Sink& sink_;
};

/// Ignition has no templates; what a variable chooses may be that.
bool is_cloud_config(ExprRef configuration) {
  const auto* record = configuration->as<RecordLiteral>();
  if (record == nullptr || find_entry(*record, "format") == nullptr) return true;
  const std::string* format = fixed_text(*record, "format");
  return format != nullptr && *format == "cloud-config";
}

}  // namespace

void check_node_rules(const ir::Template& configuration, const UsualValues& usual,
                      bool on_real_machines, diag::Sink& sink) {
  const ExprRef root = kubeadm_configuration(configuration);
  if (root == nullptr) return;
  NodeRules rules(usual, on_real_machines && is_cloud_config(root), has_kubeadm_patches(root),
                  sink);
  for_each_value(root, [&](ExprRef value, const std::string& path) { rules.check(value, path); });
}

}  // namespace stackc::check
