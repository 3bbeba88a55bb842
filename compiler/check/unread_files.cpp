#include "compiler/check/unread_files.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/check/template_parts.h"
#include "compiler/diag/catalogue/stack.h"
#include "compiler/types/pattern.h"

namespace stackc::check {
namespace {

using ir::ExprRef;

/// Files of which a program reads those with certain names. All are patterns.
struct Directory {
  std::string_view files;  // paths of what lies in it
  std::string_view read;   // paths of those that are read
  std::string_view why;
};

// By the manual pages of the programs: sysctl.d(5), modules-load.d(5), modprobe.d(5),
// tmpfiles.d(5), systemd.unit(5), udev(7), sudoers(5), sources.list(5), update-ca-certificates(8),
// pam_limits(8).
constexpr std::array<Directory, 11> directories{{
    {"^/etc/sysctl[.]d/[^/]+$", "[.]conf$", "`sysctl` reads names that end in `.conf`"},
    {"^/etc/modules-load[.]d/[^/]+$", "[.]conf$", "systemd reads names that end in `.conf`"},
    {"^/etc/modprobe[.]d/[^/]+$", "[.]conf$", "`modprobe` reads names that end in `.conf`"},
    {"^/etc/tmpfiles[.]d/[^/]+$", "[.]conf$", "systemd reads names that end in `.conf`"},
    {"^/etc/systemd/([^/]+/)?[^/]+[.](service|socket|timer|slice|mount|target|network|conf)[.]d/"
     "[^/]+$",
     "[.]conf$", "systemd reads names that end in `.conf`"},
    {"^/etc/udev/rules[.]d/[^/]+$", "[.]rules$", "udev reads names that end in `.rules`"},
    {"^/etc/security/limits[.]d/[^/]+$", "[.]conf$", "names that end in `.conf` are read"},
    {"^/etc/sudoers[.]d/[^/]+$", "/[^/.]*[^/.~]$", "`sudo` reads names without a dot"},
    {"^/etc/apt/sources[.]list[.]d/[^/]+$", "[.](list|sources)$",
     "`apt` reads names that end in `.list` or `.sources`"},
    {"^/etc/profile[.]d/[^/]+$", "[.][a-z]*sh$", "shells read names that end in `.sh`"},
    {"^/usr/local/share/ca-certificates/", "[.]crt$",
     "`update-ca-certificates` reads names that end in `.crt`"},
}};

/// What kubeadm takes for a patch (its package `patches`): a target, perhaps a suffix and a type.
constexpr std::string_view patch_name =
    "^(etcd|kube-apiserver|kube-controller-manager|kube-scheduler|kubeletconfiguration|"
    "corednsdeployment)[^.+]*([+][^.]*)?([.].*)?[.](json|yaml)$";

const std::string* text_of(ExprRef value) {
  const auto* constant = value->as<ir::Constant>();
  return constant == nullptr ? nullptr : constant->value.if_string();
}

class UnreadFiles {
 public:
  explicit UnreadFiles(diag::Sink& sink) : sink_(sink) {}

  /// `path` is one in a kubeadm configuration.
  void read(ExprRef value, const std::string& path) {
    const bool is_script = path.starts_with("files[].content") ||
                           path.find("KubeadmCommands") != path.npos ||
                           path.starts_with("bootCommands");
    if (is_script) note_script(value);
    const std::string* text = text_of(value);
    if (text == nullptr) return;
    if (path == "files[].path") files_.push_back(value);
    if (path.ends_with("onfiguration.patches.directory")) patches_ = *text;
    while (patches_.ends_with('/')) patches_.pop_back();
  }

  void report() {
    for (const ExprRef file : files_) {
      const std::string& path = *text_of(file);
      const std::string why = why_unread(path);
      const std::string name = path.substr(path.rfind('/') + 1);
      const bool is_named = std::ranges::any_of(
          scripts_, [&](std::string_view script) { return script.find(name) != script.npos; });
      if (!why.empty() && !is_named)
        sink_.report(file->span, diag::IgnoredField, diag::Prose{fmt::format("`{}`", path)},
                     diag::Prose{why});
    }
  }

 private:
  void note_script(ExprRef value) {
    if (const auto* text = value->as<ir::Concat>())
      std::ranges::for_each(text->parts, [&](ExprRef part) { note_script(part); });
    else if (const std::string* script = text_of(value))
      scripts_.push_back(*script);
  }

  std::string why_unread(const std::string& path) const {
    const auto directory = std::ranges::find_if(directories, [&](const Directory& one) {
      return types::matches_pattern(path, one.files) && !types::matches_pattern(path, one.read);
    });
    if (directory != directories.end()) return std::string(directory->why);
    const std::size_t slash = path.rfind('/');
    const bool is_patch = !patches_.empty() && path.substr(0, slash) == patches_;
    if (!is_patch || types::matches_pattern(path.substr(slash + 1), patch_name)) return "";
    return "kubeadm takes patches with names like `kubeletconfiguration+merge.yaml`";
  }

  diag::Sink& sink_;
  std::vector<ExprRef> files_;
  std::vector<std::string_view> scripts_;  // and whatever else the node is given to read
  std::string patches_;                    // their directory; empty if there are none
};

}  // namespace

void check_unread_files(const ir::Template& source, diag::Sink& sink) {
  const ExprRef root = kubeadm_configuration(source);
  if (root == nullptr) return;
  UnreadFiles files(sink);
  for_each_value(root, [&](ExprRef value, const std::string& path) { files.read(value, path); });
  files.report();
}

}  // namespace stackc::check
