#include "compiler/check/rules/argument_checks.h"

#include <fmt/core.h>

#include <algorithm>

#include "compiler/check/meant.h"
#include "compiler/check/rules/component_arguments.h"
#include "compiler/check/rules/template_parts.h"
#include "compiler/diag/catalogue/stack.h"

namespace stackc::check {
namespace {

using ir::RecordLiteral;

/// The one argument that has a word more at its end. A word less is what new arguments have beside
/// known ones: `config-dir` came after `config`.
Nearest with_another_word(std::string_view name, const Component& component) {
  Nearest found;
  for (const std::string_view argument : component.arguments) {
    const bool is_longer = argument.size() > name.size() + 1 && argument.starts_with(name) &&
                           argument[name.size()] == '-' &&
                           argument.find('-', name.size() + 1) == argument.npos;
    if (!is_longer) continue;
    if (!found.empty()) return {};
    found = {.name = argument};
  }
  return found;
}

std::vector<std::string_view> words_of(std::string_view name) {
  std::vector<std::string_view> words;
  for (std::size_t begin = 0; begin <= name.size();) {
    const std::size_t end = std::min(name.find('-', begin), name.size());
    words.push_back(name.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

/// The same words in another order, or all but one, which begins another one or begins with it:
/// `fail-on-swap`, `oidc-user-claim`.
bool has_same_words(std::string_view name, std::string_view argument) {
  constexpr std::size_t shortest = 3;
  const auto ours = words_of(name), theirs = words_of(argument);
  if (ours.size() < 3 || ours.size() != theirs.size()) return false;
  const auto [one, other] = std::ranges::mismatch(ours, theirs);
  if (one == ours.end() || std::ranges::is_permutation(ours, theirs)) return true;
  const bool is_begun = std::min(one->size(), other->size()) >= shortest &&
                        (one->starts_with(*other) || other->starts_with(*one));
  return is_begun && std::equal(one + 1, ours.end(), other + 1);
}

/// Closer than names of different arguments are: one more release may bring one that is merely
/// near.
Nearest meant(std::string_view name, const Component& component) {
  const Nearest near = meant_of_alike(name, component.arguments);
  if (!near.empty()) return near;
  const auto same = std::ranges::find_if(component.arguments, [&](std::string_view argument) {
    return has_same_words(name, argument);
  });
  return same == component.arguments.end() ? with_another_word(name, component)
                                           : Nearest{.name = *same};
}

bool knows(const Component& component, std::string_view argument) {
  return std::ranges::binary_search(component.arguments, argument);
}

class ArgumentChecks {
 public:
  ArgumentChecks(bool are_all_known, diag::Sink& sink)
      : are_all_known_(are_all_known), sink_(sink) {}

  void check(ir::ExprRef value, const std::string& path) {
    const auto component = std::ranges::find(components(), path, &Component::path);
    const auto* arguments = value->as<RecordLiteral>();
    if (component == components().end() || arguments == nullptr) return;
    for (const RecordLiteral::Entry& entry : arguments->entries) check_name(entry, *component);
  }

 private:
  void check_name(const RecordLiteral::Entry& entry, const Component& component) {
    constexpr std::size_t shortest_name = 5;  // two edits make anything of a shorter one
    const bool is_certain = are_all_known_ && component.name != "etcd";
    const bool is_too_short = entry.name.size() < shortest_name && !is_certain;
    const bool is_told =
        sink_.has_error_at(entry.span) || sink_.has_error_within(entry.value->span);
    if (is_too_short || knows(component, entry.name) || is_told) return;
    const auto other = std::ranges::find_if(
        components(), [&](const Component& one) { return knows(one, entry.name); });
    Nearest near = meant(entry.name, component);
    if (near.empty() && other == components().end() && !is_certain) return;
    if (near.empty() && other == components().end() && entry.name.size() >= shortest_name)
      near = suggestion(entry.name, component.arguments);
    auto report = sink_.report(entry.span, diag::UnknownArgument,
                               diag::Code{std::string(component.name)}, diag::Code{entry.name});
    if (!near.empty()) {
      report.suggest(near);
    } else if (other != components().end()) {
      report.note(fmt::format("it is an argument of `{}`", other->name));
    } else if (component.name == "kubelet") {
      report.note(
          "what only the file of its configuration sets goes into a patch for kubeadm, "
          "`kubeletconfiguration+merge.yaml`");
    }
  }

  bool are_all_known_;
  diag::Sink& sink_;
};

}  // namespace

void check_arguments(const ir::Template& source, std::string_view kubernetes_minor,
                     diag::Sink& sink) {
  const ir::ExprRef root = kubeadm_configuration(source);
  if (root == nullptr) return;
  ArgumentChecks checks(knows_all_arguments_of(kubernetes_minor), sink);
  for_each_value(root,
                 [&](ir::ExprRef value, const std::string& path) { checks.check(value, path); });
}

}  // namespace stackc::check
