#include "compiler/check/rules/misspelt_names.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "compiler/base/ascii.h"
#include "compiler/base/text.h"
#include "compiler/check/literal_place.h"
#include "compiler/check/meant.h"
#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/stack.h"

namespace stackc::check {
namespace {

/// Sorted. Names as they stand between slashes, blanks and quotes: of Kubernetes' well-known
/// labels, annotations and taints, of namespaces, of the files and programs on a node, of
/// registries and clouds.
constexpr auto known_names = std::to_array<std::string_view>({
    "--kubelet-insecure-tls",
    "--kubelet-preferred-address-types",
    "--kubelet-use-node-status-port",
    "--metric-resolution",
    "NoExecute",
    "NoSchedule",
    "PreferNoSchedule",
    "admin.conf",
    "amphora",
    "amphorae",
    "app.kubernetes.io",
    "beta.kubernetes.io",
    "bootstrap.cluster.x-k8s.io",
    "calico",
    "cilium",
    "cloud.conf",
    "clouds.yaml",
    "clouds.yml",
    "cluster-autoscaler.kubernetes.io",
    "cluster.local",
    "cluster.x-k8s.io",
    "containerd",
    "containerd.sock",
    "control-plane",
    "controller-manager.conf",
    "controlplane",
    "controlplane.cluster.x-k8s.io",
    "coredns",
    "crictl",
    "crio.sock",
    "debian",
    "default",
    "disk-pressure",
    "docker.io",
    "docker.sock",
    "exclude-from-external-load-balancers",
    "flatcar",
    "ghcr.io",
    "groups",
    "host.docker.internal",
    "hostname",
    "infrastructure.cluster.x-k8s.io",
    "instance-type",
    "iptables",
    "is-default-class",
    "journalctl",
    "k8s.gcr.io",
    "kindest",
    "kube-apiserver",
    "kube-controller-manager",
    "kube-node-lease",
    "kube-proxy",
    "kube-public",
    "kube-scheduler",
    "kube-system",
    "kubeadm",
    "kubeadm-flags.env",
    "kubectl",
    "kubelet",
    "kubelet.conf",
    "kubernetes",
    "kubernetes.io",
    "localdomain",
    "localhost",
    "mcr.microsoft.com",
    "memory-pressure",
    "metrics-server",
    "modprobe",
    "network-unavailable",
    "networking.k8s.io",
    "node-restriction.kubernetes.io",
    "node-role.kubernetes.io",
    "node.cloudprovider.kubernetes.io",
    "node.cluster.x-k8s.io",
    "node.kubernetes.io",
    "octavia",
    "openstack",
    "out-of-service",
    "pid-pressure",
    "pod-security.kubernetes.io",
    "preferred_username",
    "public.ecr.aws",
    "quay.io",
    "registry.gitlab.com",
    "registry.k8s.io",
    "registry.scs.community",
    "scheduler.conf",
    "service.kubernetes.io",
    "storage.k8s.io",
    "storageclass.kubernetes.io",
    "super-admin.conf",
    "swapoff",
    "systemctl",
    "topology.kubernetes.io",
    "ubuntu",
    "uninitialized",
    "unreachable",
    "unschedulable",
    "update-ca-certificates",
    "volume.kubernetes.io",
});

/// Sorted. Words that look like slips of those and are none.
constexpr auto other_words = std::to_array<std::string_view>({
    "apf.kubernetes.io",
    "apt.kubernetes.io",
    "contained",
    "container",
    "containerId",
    "containerid",
    "containers",
    "docker.ico",
    "gcr.io",
    "instancetype",
    "kubeapiserver",
    "kubectx",
    "kubenet",
    "kubeproxy",
    "kubescheduler",
    "metricsserver",
    "octavian",
    "uninitialised",
});

/// The directories of a root (Filesystem Hierarchy Standard 3.0, section 3), with what containers
/// are often given.
constexpr auto root_directories = std::to_array<std::string_view>(
    {"app", "bin",  "boot", "data", "dev",  "etc",  "home", "lib", "lib64", "media", "mnt",
     "opt", "proc", "root", "run",  "sbin", "snap", "srv",  "sys", "tmp",   "usr",   "var"});

constexpr bool separates(char c) {
  return c == '-' || c == '_' || c == '.';
}

/// A word of a text, and what it was meant to be.
struct Slip {
  std::string_view word;
  std::string_view meant;
};

bool is_word_part(char c) {
  return is_letter_or_digit(c) || separates(c);
}

/// Without what ends a sentence, or joins the word with what is put in behind it.
std::string_view without_ends(std::string_view word) {
  while (!word.empty() && separates(word.back())) word.remove_suffix(1);
  while (!word.empty() && separates(word.front()) && !word.starts_with("--")) word.remove_prefix(1);
  return word;
}

/// Whether the first letter of a word in a text is an option or a sign of its own, and the rest a
/// name: `-nkube-system`, `\nlocalhost`.
bool has_mark(std::string_view word, std::string_view text) {
  const auto begin = static_cast<std::size_t>(word.data() - text.data());
  const bool may_have_one =
      word.size() > 1 && begin > 0 && (text[begin - 1] == '-' || text[begin - 1] == '\\');
  return may_have_one && std::ranges::binary_search(known_names, word.substr(1));
}

bool begins_path(std::string_view text, std::size_t at) {
  if (text[at] != '/') return false;
  if (at == 0 || text.substr(0, at).ends_with("unix://")) return true;
  return !is_word_part(text[at - 1]) &&
         std::string_view("/:}").find(text[at - 1]) == std::string_view::npos;
}

/// Of `/ect/kubernetes`: `ect`.
Slip slip_in_root(std::string_view text, std::size_t at) {
  if (!begins_path(text, at)) return {};
  const std::size_t end = text.find_first_of("/ \n\"'", at + 1);
  if (end == text.npos || text[end] != '/') return {};
  const std::string_view name = text.substr(at + 1, end - at - 1);
  if (std::ranges::binary_search(root_directories, name)) return {};
  for (const std::string_view known : {"etc", "opt", "proc", "run", "sys", "tmp", "usr", "var"}) {
    // `/us/` and `/et/` may be countries.
    if (name.size() >= known.size() && is_slip(name, known)) return {name, known};
  }
  return {};
}

std::optional<Slip> first_slip(std::string_view text) {
  for (const std::string_view flag : {"true", "false"}) {
    if (is_slip(text, flag)) return Slip{text, flag};
  }
  for (std::size_t at = 0; at < text.size();) {
    if (Slip slip = slip_in_root(text, at); !slip.word.empty()) return slip;
    if (!is_word_part(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && is_word_part(text[end])) ++end;
    const std::string_view word = without_ends(text.substr(at, end - at));
    const auto meant = has_mark(word, text) ? std::string_view() : meant_name(word);
    if (!meant.empty()) return Slip{word, meant};
    at = end;
  }
  return std::nullopt;
}

}  // namespace

std::string_view meant_name(std::string_view word) {
  constexpr std::size_t shortest = 5, longest = 40;
  if (word.size() < shortest || word.size() > longest) return "";
  if (std::ranges::binary_search(known_names, word) ||
      std::ranges::binary_search(other_words, word))
    return "";
  const auto* known =
      std::ranges::find_if(known_names, [&](std::string_view name) { return is_slip(word, name); });
  return known == known_names.end() ? std::string_view() : *known;
}

namespace {

bool is_name_part(char c) {
  return is_word_part(c) || c == '/';
}

/// The part of a name between dashes, dots and slashes in which `at` is.
std::string_view part_around(std::string_view name, std::size_t at) {
  const auto ends = [](char c) { return separates(c) || c == '/'; };
  std::size_t begin = at, end = at;
  while (begin > 0 && !ends(name[begin - 1])) --begin;
  while (end < name.size() && !ends(name[end])) ++end;
  return name.substr(begin, end - begin);
}

/// Whether one of two names of an author's own is hardly another one: letters are swapped, missing
/// or too many inside a word. At its ends they make other forms of it.
bool are_confused(std::string_view a, std::string_view b) {
  constexpr std::size_t shortest = 5;
  if (a.size() < b.size()) std::swap(a, b);
  if (!is_slip(a, b) || (a.size() == b.size() && !std::ranges::is_permutation(a, b))) return false;
  const auto at = static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
  const std::string_view word = part_around(a, at);
  const std::size_t in_word = at - static_cast<std::size_t>(word.data() - a.data());
  const bool is_swapped = a.size() == b.size();
  const bool is_inside = in_word > 0 && in_word + 1 < word.size();
  return word.size() >= shortest && !separates(a[at]) && (is_swapped || is_inside);
}

/// Whether a text names something, as those of volumes and files do.
bool is_name(std::string_view text) {
  constexpr std::size_t shortest = 5, longest = 80;
  return text.size() >= shortest && text.size() <= longest &&
         std::ranges::all_of(text, is_name_part);
}

}  // namespace

namespace {

using PlacesOfNames = std::map<std::string_view, std::vector<source::Span>>;

/// How often each word of the names stands in them.
std::map<std::string_view, std::size_t> count_words(const PlacesOfNames& names) {
  std::map<std::string_view, std::size_t> counts;
  for (const auto& [name, places] : names) {
    for (std::size_t at = 0; at < name.size();) {
      const std::string_view word = part_around(name, at);
      counts[word] += places.size();
      at += word.size() + 1;
    }
  }
  return counts;
}

}  // namespace

void WrittenTexts::report_confused(const std::set<source::Span>& told, diag::Sink& sink) const {
  PlacesOfNames names;
  for (const auto& [span, text] : texts_) {
    if (told.contains(span)) continue;
    if (is_name(text)) names[text].push_back(span);
  }
  constexpr std::size_t most_names = 500;  // each is compared with each
  if (names.size() > most_names) return;
  const auto words = count_words(names);
  for (auto a = names.begin(); a != names.end(); ++a) {
    for (auto b = std::next(a); b != names.end(); ++b) {
      if (!are_confused(a->first, b->first)) continue;
      // The one whose word is rarer, and of two the later one.
      const auto at = static_cast<std::size_t>(std::ranges::mismatch(a->first, b->first).in1 -
                                               a->first.begin());
      const auto weight = [&](const auto& name) {
        return std::pair(words.at(part_around(name.first, at)), name.second.size());
      };
      const bool is_first = weight(*a) < weight(*b) ||
                            (weight(*a) == weight(*b) && b->second.front() < a->second.front());
      const auto& [wrong, places] = is_first ? *a : *b;
      const auto& [meant, others] = is_first ? *b : *a;
      sink.report(places.front(), diag::MisspeltName, diag::Code{std::string(wrong)})
          .label(others.front(), diag::OtherName, diag::Code{std::string(meant)})
          .hint(fmt::format("did you mean `{}`?", meant));
    }
  }
}

namespace {

/// Where something is told, as that a file has another name where it is used.
std::set<source::Span> told_places(const diag::Sink& sink) {
  std::set<source::Span> places;
  for (const diag::Report& report : sink.sorted()) {
    places.insert(report.span);
    for (const diag::Label& label : report.labels) places.insert(label.span);
  }
  return places;
}

}  // namespace

void WrittenTexts::report(const source::SourceSet& sources, diag::Sink& sink) const {
  std::set<source::Span> told = told_places(sink);
  for (const auto& [span, text] : texts_) {
    const std::optional<Slip> slip = first_slip(text);
    if (!slip) continue;
    told.insert(span);
    const auto begin = static_cast<std::size_t>(slip->word.data() - text.data());
    const auto place =
        place_in_literal(sources.text(span), span, text, begin, begin + slip->word.size());
    sink.report(place.value_or(span), diag::MisspeltName, diag::Code{std::string(slip->word)})
        .suggest({.name = slip->meant, .only = true});
  }
  report_confused(told, sink);
}

}  // namespace stackc::check
