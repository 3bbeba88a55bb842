#include "compiler/check/rules/unread_files.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/check/meant.h"
#include "compiler/check/rules/template_parts.h"
#include "compiler/diag/catalogue/note.h"
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

constexpr std::string_view characters_of_paths =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./+@";

/// Whether a command makes or removes what is named at `at`: behind `>`, `tee` or `-o` it is no
/// file that was there before.
bool is_made_there(std::string_view script, std::size_t at) {
  constexpr auto makers =
      std::to_array<std::string_view>({">", " tee", " tee -a", " -o", " -O", " -out", " --output",
                                       "touch", "rm", "rm -f", "rm -rf"});
  const std::string_view before = script.substr(0, at);
  const std::string_view words = before.substr(0, before.find_last_not_of(" \"'=") + 1);
  return std::ranges::any_of(makers, [&](std::string_view one) { return words.ends_with(one); });
}

std::string without_digits(std::string_view path) {
  std::string rest(path);
  std::erase_if(rest, [](char c) { return c >= '0' && c <= '9'; });
  return rest;
}

/// Whether one path may be the other misspelt. Files with another number or ending are others, and
/// short names are near to anything.
bool is_nearly(std::string_view named, const std::string& path) {
  constexpr std::size_t shortest_stem = 6, most_more = 2;
  if (named.size() > path.size() + most_more) return false;
  const auto ending_of = [](std::string_view file) {
    const std::string_view name = file.substr(file.rfind('/') + 1);
    return name.substr(std::min(name.rfind('.'), name.size()));
  };
  const std::size_t stem = path.size() - path.rfind('/') - 1 - ending_of(path).size();
  return stem >= shortest_stem && ending_of(named) == ending_of(path) &&
         without_digits(named) != without_digits(path) && !meant_of_alike(named, {path}).empty();
}

class UnreadFiles {
 public:
  explicit UnreadFiles(diag::Sink& sink) : sink_(sink) {}

  /// `path` is one in a kubeadm configuration.
  void read(ExprRef value, const std::string& path) {
    const bool is_script = path.starts_with("files[].content") ||
                           path.find("KubeadmCommands") != path.npos ||
                           path.starts_with("bootCommands");
    is_command_ = !path.starts_with("files[]");
    if (is_script) note_script(value, value->span);
    const std::string* text = text_of(value);
    if (text == nullptr) return;
    if (path == "files[].path") {
      files_.push_back(value);
      written_.insert(*text);
    }
    if (path.ends_with("onfiguration.patches.directory")) {
      patches_ = *text;
      while (patches_.ends_with('/')) patches_.pop_back();
      place_of_patches_ = value->span;
    }
  }

  void report() {
    for (const ExprRef file : files_) {
      const std::string& path = *text_of(file);
      if (is_named(path.substr(path.rfind('/') + 1)) || is_in_pattern(path)) continue;
      if (const std::string why = why_unread(path); !why.empty())
        sink_.report(file->span, diag::IgnoredField, diag::Prose{fmt::format("`{}`", path)},
                     diag::Prose{why});
      else
        report_misnamed(file->span, path);
    }
    report_patches();
  }

 private:
  struct Script {
    std::string_view text;
    source::Span place;
    bool is_command;  // and no content of a file
  };

  void note_script(ExprRef value, source::Span place) {
    if (const auto* text = value->as<ir::Concat>())
      std::ranges::for_each(text->parts, [&](ExprRef part) { note_script(part, place); });
    else if (const std::string* script = text_of(value))
      scripts_.push_back({*script, place, is_command_});
  }

  bool is_named(std::string_view file) const {
    return std::ranges::any_of(
        scripts_, [&](const Script& script) { return script.text.find(file) != script.text.npos; });
  }

  /// By some command.
  bool is_made(std::string_view named) const {
    return std::ranges::any_of(scripts_, [&](const Script& script) {
      const std::size_t at = script.text.find(named);
      return at != script.text.npos && is_made_there(script.text, at);
    });
  }

  /// With all files of its directory, as in `for f in /etc/own/*`.
  bool is_in_pattern(std::string_view path) const {
    return is_named(fmt::format("{}*", path.substr(0, path.rfind('/') + 1)));
  }

  /// A path in the same directory that a command or another file names, that nothing writes, and
  /// that is alike.
  void report_misnamed(source::Span place, const std::string& path) {
    constexpr std::int64_t cost_of_looking = 1'000;  // through all that is there
    const std::string directory = path.substr(0, path.rfind('/') + 1);
    for (const Script& script : scripts_) {
      for (std::size_t at = script.text.find(directory); at != script.text.npos;
           at = script.text.find(directory, at + 1)) {
        if (--comparisons_left_ < 0) return;
        const std::size_t end = script.text.find_first_not_of(characters_of_paths, at);
        const std::string_view named = script.text.substr(at, end - at);
        if (written_.contains(named) || !is_nearly(named, path)) continue;
        if (script.is_command && is_made(named)) {
          comparisons_left_ -= cost_of_looking;
          continue;
        }
        if (script.is_command)
          sink_
              .report(script.place, diag::RefusedOnNode, diag::Code{"cloud-init"},
                      diag::Prose{fmt::format("`files` writes no `{}`", named)})
              .label(place, diag::AlsoHere)
              .hint(fmt::format("did you mean `{}`?", path));
        else
          sink_
              .report(place, diag::IgnoredField, diag::Prose{fmt::format("`{}`", path)},
                      diag::Prose{fmt::format("another file names `{}`", named)})
              .label(script.place, diag::UsedHere)
              .hint(fmt::format("did you mean `{}`?", named));
        return;
      }
    }
  }

  /// A directory without files, where files are written into one that is alike.
  void report_patches() {
    const auto directory_of = [](ExprRef file) {
      const std::string_view path = *text_of(file);
      return path.substr(0, std::min(path.rfind('/'), path.size()));
    };
    std::vector<std::string_view> written;
    for (const ExprRef file : files_) written.push_back(directory_of(file));
    const bool has_files = std::ranges::find(written, patches_) != written.end();
    if (patches_.empty() || has_files || is_named(patches_)) return;
    const Nearest near = meant_of_alike(patches_, written);
    if (!near.empty())
      sink_
          .report(place_of_patches_, diag::RefusedOnNode, diag::Code{"kubeadm"},
                  diag::Prose{fmt::format("`files` writes nothing into `{}`", patches_)})
          .suggest({.name = near.name});
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
  bool is_command_ = false;  // what is read
  std::vector<ExprRef> files_;
  std::set<std::string_view> written_;  // their paths
  std::vector<Script> scripts_;         // and whatever else the node is given to read
  std::string patches_;                 // their directory; empty if there are none
  source::Span place_of_patches_;
  std::int64_t comparisons_left_ = 100'000;  // of paths, for those that were meant
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
