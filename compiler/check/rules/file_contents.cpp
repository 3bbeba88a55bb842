#include "compiler/check/rules/file_contents.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/text.h"
#include "compiler/check/expr_parts.h"
#include "compiler/check/literal_place.h"
#include "compiler/check/rules/template_parts.h"
#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/stack.h"

namespace stackc::check {
namespace {

using ir::ExprRef;
using ir::RecordLiteral;

/// Kinds of configuration files (Kubernetes reference, "Configuration APIs").
struct Configuration {
  std::string_view group;
  std::string_view kind;
  std::string_view program;
};

constexpr std::array<Configuration, 22> configurations{{
    {"kubelet.config.k8s.io", "KubeletConfiguration", "kubelet"},
    {"kubelet.config.k8s.io", "CredentialProviderConfig", "kubelet"},
    {"kubeproxy.config.k8s.io", "KubeProxyConfiguration", "kube-proxy"},
    {"kubescheduler.config.k8s.io", "KubeSchedulerConfiguration", "kube-scheduler"},
    {"kubeadm.k8s.io", "ClusterConfiguration", "kubeadm"},
    {"kubeadm.k8s.io", "InitConfiguration", "kubeadm"},
    {"kubeadm.k8s.io", "JoinConfiguration", "kubeadm"},
    {"kubeadm.k8s.io", "ResetConfiguration", "kubeadm"},
    {"kubeadm.k8s.io", "UpgradeConfiguration", "kubeadm"},
    {"apiserver.config.k8s.io", "AdmissionConfiguration", "kube-apiserver"},
    {"apiserver.config.k8s.io", "AuthenticationConfiguration", "kube-apiserver"},
    {"apiserver.config.k8s.io", "AuthorizationConfiguration", "kube-apiserver"},
    {"apiserver.config.k8s.io", "EncryptionConfiguration", "kube-apiserver"},
    {"apiserver.config.k8s.io", "EgressSelectorConfiguration", "kube-apiserver"},
    {"apiserver.config.k8s.io", "TracingConfiguration", "kube-apiserver"},
    {"apiserver.config.k8s.io", "WebhookAdmission", "kube-apiserver"},
    {"apiserver.config.k8s.io", "WebhookAdmissionConfiguration", "kube-apiserver"},
    {"apiserver.k8s.io", "EgressSelectorConfiguration", "kube-apiserver"},
    {"apiserver.k8s.io", "TracingConfiguration", "kube-apiserver"},
    {"audit.k8s.io", "Policy", "kube-apiserver"},
    {"pod-security.admission.config.k8s.io", "PodSecurityConfiguration", "kube-apiserver"},
    {"eventratelimit.admission.k8s.io", "Configuration", "kube-apiserver"},
}};

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t\r\"'";
  const std::size_t first = text.find_first_not_of(blank);
  if (first == text.npos) return "";
  return text.substr(first, text.find_last_not_of(blank) + 1 - first);
}

/// The value of a key at the beginning of a line of YAML, without a comment behind it; empty if
/// another key is there.
std::string_view value_of(std::string_view line, std::string_view key) {
  const bool is_there = line.starts_with(key) && line.substr(key.size()).starts_with(':');
  if (!is_there) return "";
  const std::string_view value = line.substr(key.size() + 1);
  return trimmed(value.substr(0, value.find(" #")));
}

/// The kind that was meant: near, or longer or shorter than what is written.
const Configuration* meant_kind(std::string_view group, std::string_view kind) {
  std::vector<std::string_view> kinds;
  for (const Configuration& one : configurations) {
    if (one.group == group) kinds.push_back(one.kind);
  }
  if (kind.empty() || std::ranges::find(kinds, kind) != kinds.end()) return nullptr;
  std::string_view meant = nearest(kind, kinds).name;
  for (const std::string_view one : kinds) {
    if (meant.empty() && (one.starts_with(kind) || kind.starts_with(one))) meant = one;
  }
  const auto found = std::ranges::find_if(configurations, [&](const Configuration& one) {
    return one.group == group && one.kind == meant;
  });
  return found == configurations.end() ? nullptr : &*found;
}

class FileContents {
 public:
  FileContents(const ExprBuilder& build, const source::SourceSet& sources, diag::Sink& sink)
      : build_(build), sources_(sources), sink_(sink) {}

  void check(const RecordLiteral& file) {
    const auto* content = find_entry(file, "content");
    const std::string* path = fixed_text(file, "path");
    if (content == nullptr || find_entry(file, "encoding") != nullptr) return;
    for (const ExprRef branch : branches_of(content->value)) {
      const std::string text = known_text(branch);
      check_kinds(text, branch);
      const bool is_for_sysctl =
          path != nullptr && path->starts_with("/etc/sysctl.d/") && path->ends_with(".conf");
      if (is_for_sysctl) check_settings(text, branch);
    }
  }

 private:
  /// The first one that there is not.
  void check_kinds(const std::string& text, ExprRef content) {
    std::string_view group;
    std::string_view kind;
    const auto check_document = [&] {
      const Configuration* meant = meant_kind(group, kind);
      if (meant != nullptr)
        refuse(content, text, kind, meant->program,
               fmt::format("`{}` has no kind `{}`", group, kind),
               fmt::format("did you mean `{}`?", meant->kind));
      group = kind = "";
      return meant == nullptr;
    };
    for (const std::string_view line : lines_of(text)) {
      if (line.starts_with("---") && !check_document()) return;
      const std::string_view version = value_of(line, "apiVersion");
      if (!version.empty()) group = version.substr(0, version.find('/'));
      if (const std::string_view named = value_of(line, "kind"); !named.empty()) kind = named;
    }
    check_document();
  }

  /// sysctl.d(5): a name and a value with `=` between them; a name alone after `-` is an exception.
  void check_settings(const std::string& text, ExprRef content) {
    for (const std::string_view line : lines_of(text)) {
      const std::string_view setting = trimmed(line);
      const bool is_none = setting.empty() || setting.starts_with('#') ||
                           setting.starts_with(';') || setting.starts_with('-');
      const bool is_filled_in =
          setting.find("{{") != setting.npos || setting.find("{%") != setting.npos;
      if (is_none || is_filled_in || setting == "x" || setting.find('=') != setting.npos) continue;
      return refuse(content, text, setting, "sysctl",
                    fmt::format("`{}` is no setting like `vm.swappiness = 1`", setting), "");
    }
  }

  /// `part` is one of the text.
  void refuse(ExprRef content, const std::string& text, std::string_view part,
              std::string_view program, std::string rule, std::string hint) {
    const auto origin = build_.origin(content);
    const bool is_near = origin && origin->file == content->span.file;
    const source::Span written = is_near ? *origin : content->span;
    const auto begin = static_cast<std::size_t>(part.data() - text.data());
    const auto inside =
        content->as<ir::Constant>() == nullptr
            ? std::nullopt
            : place_in_literal(sources_.text(written), written, text, begin, begin + part.size());
    const source::Span place = inside.value_or(written);
    if (sink_.has_error_at(place)) return;
    auto report = sink_.report(place, diag::RefusedOnNode, diag::Code{std::string(program)},
                               diag::Prose{std::move(rule)});
    report.hint(std::move(hint));
    if (written != content->span) report.label(content->span, diag::UsedHere);
  }

  const ExprBuilder& build_;
  const source::SourceSet& sources_;
  diag::Sink& sink_;
};

}  // namespace

void check_file_contents(const ir::Template& source, const ExprBuilder& build,
                         const source::SourceSet& sources, diag::Sink& sink) {
  const ExprRef root = kubeadm_configuration(source);
  if (root == nullptr) return;
  FileContents contents(build, sources, sink);
  for_each_value(root, [&](ExprRef value, const std::string& path) {
    const auto* file = value->as<RecordLiteral>();
    if (path == "files[]" && file != nullptr) contents.check(*file);
  });
}

}  // namespace stackc::check
