#include "compiler/check/rules/unmounted_files.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/check/meant.h"
#include "compiler/check/rules/template_parts.h"
#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/stack.h"

namespace stackc::check {
namespace {

using ir::ExprRef;
using ir::RecordLiteral;

/// A component that kubeadm runs in a container. Lists have a blank around each of their words.
struct Container {
  std::string_view program;
  std::string_view settings;   // its field in a cluster's configuration
  std::string_view arguments;  // that name a file which must be there when it starts
  std::string_view mounts;     // by kubeadm, beside what `extraVolumes` say
  bool sees_certificates;      // those of the cluster and of the system
};

// The references of the components; the mounts are those of kubeadm's `controlplane` package.
constexpr std::array<Container, 3> containers{
    {{"kube-apiserver", "apiServer",
      " admission-control-config-file audit-policy-file audit-webhook-config-file "
      "authentication-config authentication-token-webhook-config-file authorization-config "
      "authorization-policy-file authorization-webhook-config-file client-ca-file "
      "egress-selector-config-file encryption-provider-config kubelet-certificate-authority "
      "kubelet-client-certificate kubelet-client-key oidc-ca-file peer-ca-file "
      "proxy-client-cert-file proxy-client-key-file requestheader-client-ca-file "
      "service-account-key-file service-account-signing-key-file tls-cert-file "
      "tls-private-key-file token-auth-file tracing-config-file ",
      " /dev ", true},
     {"kube-controller-manager", "controllerManager",
      " authentication-kubeconfig authorization-kubeconfig client-ca-file cloud-config "
      "cluster-signing-cert-file cluster-signing-key-file kubeconfig requestheader-client-ca-file "
      "root-ca-file service-account-private-key-file tls-cert-file tls-private-key-file ",
      " /dev /etc/kubernetes/controller-manager.conf ", true},
     {"kube-scheduler", "scheduler",
      " authentication-kubeconfig authorization-kubeconfig client-ca-file config kubeconfig "
      "requestheader-client-ca-file tls-cert-file tls-private-key-file ",
      " /dev /etc/kubernetes/scheduler.conf ", false}}};

constexpr std::string_view usual_certificates = "/etc/kubernetes/pki";
constexpr std::string_view system_certificates =
    " /etc/ssl/certs /etc/pki /etc/ca-certificates /usr/share/ca-certificates "
    "/usr/local/share/ca-certificates ";

bool is_listed(std::string_view word, std::string_view list) {
  return list.find(fmt::format(" {} ", word)) != std::string_view::npos;
}

std::string_view without_slash(std::string_view path) {
  while (path.ends_with('/')) path.remove_suffix(1);
  return path;
}

/// Whether the path is in the directory, or is the file, that is mounted there.
bool is_below(std::string_view path, std::string_view mount) {
  mount = without_slash(mount);
  return path.starts_with(mount) && (path.size() == mount.size() || path[mount.size()] == '/');
}

bool is_below_any(std::string_view path, std::string_view list) {
  for (std::size_t at = path.size(); at != std::string_view::npos && at > 0;
       at = path.rfind('/', at - 1)) {
    if (is_listed(path.substr(0, at), list)) return true;
  }
  return false;
}

struct Path {
  std::string_view text;
  source::Span place;
  bool is_directory = false;  // says its volume
};

/// `pathType: "Directory"` or `"DirectoryOrCreate"`.
bool says_directory(ExprRef volume) {
  const auto* record = volume->as<RecordLiteral>();
  const std::string* type = record == nullptr ? nullptr : fixed_text(*record, "pathType");
  return type != nullptr && type->starts_with("Directory");
}

/// A directory or file of the node, and where a container sees it.
struct Volume {
  std::string_view in_container;
  std::string_view on_node;
  source::Span place;  // of the path on the node

  std::string on_node_of(std::string_view path) const {
    return fmt::format("{}{}", on_node, path.substr(in_container.size()));
  }
  std::string in_container_of(std::string_view path) const {
    return fmt::format("{}{}", in_container, path.substr(on_node.size()));
  }
};

/// What some node gets; nothing is known of the whole if a cluster chooses a part of it, or
/// cloud-init fills it in.
struct Paths {
  std::vector<Path> all;
  bool all_known = true;

  void add(ExprRef value, bool is_directory = false) {
    const auto* constant = value->as<ir::Constant>();
    const std::string* text = constant == nullptr ? nullptr : constant->value.if_string();
    const bool is_looked_into = value->as<RecordLiteral>() || value->as<ir::ListLiteral>() ||
                                value->as<ir::Conditional>() || value->as<ir::Match>() ||
                                value->as<ir::Comprehension>();
    const bool is_filled_in = text != nullptr && text->find("{{") != std::string::npos;
    if (text != nullptr && !is_filled_in) {
      all.push_back({*text, value->span, is_directory});
    } else if (!is_looked_into) {
      all_known = false;
    }
  }

  std::vector<std::string_view> texts() const {
    std::vector<std::string_view> result;
    for (const Path& path : all) result.push_back(path.text);
    return result;
  }
};

/// The paths in the configuration of one container.
class UnmountedFiles {
 public:
  UnmountedFiles(const Container& container, diag::Sink& sink)
      : container_(container), sink_(sink) {}

  /// `path` is one in a kubeadm configuration.
  void read(ExprRef value, std::string_view path) {
    if (path == "files" || path == "files[]" || path == "files[].path") files_.add(value);
    if (path.starts_with("files[].content") || path.find("KubeadmCommands") != path.npos)
      note_script(value);
    if (!take(path, "clusterConfiguration.")) return;
    if (path == "certificatesDir") certificates_.add(value);
    if (!take(path, container_.settings)) return;
    if (path == ".extraVolumes" || path == ".extraVolumes[]") {
      if (const auto* volume = value->as<RecordLiteral>()) note_volume(*volume);
      mounted_.add(value);
      held_.add(value);
      is_directory_ = says_directory(value);
    } else if (path == ".extraVolumes[].mountPath") {
      mounted_.add(value);
    } else if (path == ".extraVolumes[].hostPath") {
      held_.add(value, is_directory_);
    } else if (take(path, ".extraArgs.") && is_listed(path, container_.arguments)) {
      arguments_.add(value);
    }
  }

  void report() {
    if (mounted_.all_known && certificates_.all_known) report_unseen();
    if (!held_.all_known || !files_.all_known) return;
    report_misnamed();
    if (mounted_.all_known) report_unwritten();
  }

 private:
  static bool take(std::string_view& path, std::string_view prefix) {
    if (!path.starts_with(prefix)) return false;
    path.remove_prefix(prefix.size());
    return true;
  }

  void note_script(ExprRef value) {
    const auto* constant = value->as<ir::Constant>();
    if (const auto* text = value->as<ir::Concat>())
      std::ranges::for_each(text->parts, [&](ExprRef part) { note_script(part); });
    else if (constant != nullptr && constant->value.if_string() != nullptr)
      scripts_.push_back(*constant->value.if_string());
  }

  void note_volume(const RecordLiteral& volume) {
    const std::string* on_node = fixed_text(volume, "hostPath");
    const std::string* in_container = fixed_text(volume, "mountPath");
    if (on_node != nullptr && in_container != nullptr)
      volumes_.push_back({without_slash(*in_container), without_slash(*on_node),
                          find_entry(volume, "hostPath")->value->span});
  }

  void report_unseen() {
    const std::vector<std::string_view> mounted = mounted_.texts();
    for (const Path& file : arguments_.all) {
      if (!file.text.starts_with('/') || sees(file.text)) continue;
      if (sink_.has_error_at(file.place)) continue;
      refuse(file.place, fmt::format("no volume of its container holds `{}`", file.text))
          .suggest(meant(file.text, mounted))
          .note(fmt::format("it sees what `extraVolumes` of `{}` mount", container_.settings));
    }
  }

  /// A volume of a file that is nearly one which the node is given, and which no volume has. Others
  /// may be in the image, and scripts may make what they name. Of a path without a slash at the
  /// front nothing is said: where cloud-init runs, it comes to the same.
  void report_misnamed() {
    std::vector<std::string_view> unused;
    for (const Path& file : files_.all) {
      const auto holds = [&](const Path& volume) { return is_below(file.text, volume.text); };
      if (file.text.starts_with('/') && std::ranges::none_of(held_.all, holds))
        unused.push_back(file.text);
    }
    for (const Path& volume : held_.all) {
      if (volume.is_directory) continue;
      const auto names = [&](std::string_view script) {
        return script.find(volume.text) != script.npos;
      };
      const Nearest near = meant(volume.text, unused);
      if (near.empty() || std::ranges::any_of(scripts_, names) || sink_.has_error_at(volume.place))
        continue;
      refuse(volume.place, fmt::format("`files` writes no `{}`", volume.text)).suggest(near);
    }
  }

  /// An argument for a file that nothing writes, where another is written that nothing names: in
  /// the same mounted directory, or where the argument would be without the mount.
  void report_unwritten() {
    for (const Path& argument : arguments_.all) {
      const auto volume = std::ranges::find_if(
          volumes_, [&](const Volume& one) { return is_below(argument.text, one.in_container); });
      if (volume == volumes_.end()) continue;
      const std::string on_node = volume->on_node_of(argument.text);
      const bool is_told = sink_.has_error_at(argument.place) || sink_.has_error_at(volume->place);
      if (is_written(on_node) || is_in_script(on_node) || is_told) continue;
      const std::string_view meant_file = only_unnamed_file(*volume, argument.text);
      if (meant_file.empty()) continue;
      auto report = refuse(argument.place, fmt::format("`files` writes no `{}`", on_node));
      if (meant_file == argument.text)
        report.label(volume->place, diag::AlsoHere);
      else
        report.hint(fmt::format("did you mean `{}`?", volume->in_container_of(meant_file)));
    }
  }

  /// Empty if there is none, or more than one.
  std::string_view only_unnamed_file(const Volume& volume, std::string_view argument) const {
    std::string_view found;
    for (const Path& file : files_.all) {
      const bool fits = file.text == argument || is_below(file.text, volume.on_node);
      if (!fits || is_named(file.text) || is_in_script(file.text)) continue;
      if (!found.empty()) return "";
      found = file.text;
    }
    return found;
  }

  bool is_written(std::string_view path) const {
    return std::ranges::find(files_.all, path, &Path::text) != files_.all.end();
  }

  bool is_in_script(std::string_view path) const {
    return std::ranges::any_of(
        scripts_, [&](std::string_view script) { return script.find(path) != script.npos; });
  }

  /// By an argument, as the container sees it.
  bool is_named(std::string_view file) const {
    return std::ranges::any_of(arguments_.all, [&](const Path& argument) {
      return std::ranges::any_of(volumes_, [&](const Volume& volume) {
        return is_below(argument.text, volume.in_container) &&
               volume.on_node_of(argument.text) == file;
      });
    });
  }

  /// The path that was meant, of paths that are alike anyway.
  Nearest meant(std::string_view path, const std::vector<std::string_view>& candidates) {
    comparisons_left_ -= static_cast<std::int64_t>(candidates.size());
    return comparisons_left_ < 0 ? Nearest{} : meant_of_alike(path, candidates);
  }

  bool sees(std::string_view file) const {
    const auto holds = [&](const Path& directory) { return is_below(file, directory.text); };
    if (std::ranges::any_of(mounted_.all, holds) || is_below_any(file, container_.mounts))
      return true;
    return container_.sees_certificates &&
           (std::ranges::any_of(certificates_.all, holds) ||
            (certificates_.all.empty() && is_below(file, usual_certificates)) ||
            is_below_any(file, system_certificates));
  }

  diag::ReportBuilder refuse(source::Span place, std::string why) {
    return sink_.report(place, diag::RefusedOnNode, diag::Code{std::string(container_.program)},
                        diag::Prose{std::move(why)});
  }

  const Container& container_;
  diag::Sink& sink_;
  Paths files_;
  Paths certificates_;
  Paths mounted_;  // in the container
  Paths held_;     // on the node
  std::vector<Volume> volumes_;
  bool is_directory_ = false;  // of the volume that is read
  Paths arguments_;
  std::vector<std::string_view> scripts_;    // and whatever else the node is given to read
  std::int64_t comparisons_left_ = 100'000;  // of paths, for those that were meant
};

}  // namespace

void check_unmounted_files(const ir::Template& source, diag::Sink& sink) {
  const ExprRef root = kubeadm_configuration(source);
  const auto* configuration = root == nullptr ? nullptr : root->as<RecordLiteral>();
  if (configuration == nullptr || has_kubeadm_patches(root)) return;
  if (find_entry(*configuration, "clusterConfiguration") == nullptr) return;
  std::vector<UnmountedFiles> all;
  for (const Container& container : containers) all.emplace_back(container, sink);
  for_each_value(root, [&](ExprRef value, const std::string& path) {
    for (UnmountedFiles& files : all) files.read(value, path);
  });
  for (UnmountedFiles& files : all) files.report();
}

}  // namespace stackc::check
