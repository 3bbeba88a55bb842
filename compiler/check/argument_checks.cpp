#include "compiler/check/argument_checks.h"

#include <fmt/core.h>

#include <algorithm>

#include "compiler/base/text.h"
#include "compiler/check/component_arguments.h"
#include "compiler/diag/catalogue/stack.h"

namespace stackc::check {
namespace {

using ir::RecordLiteral;

/// Closer than names of different arguments are: one more release may bring one that is merely
/// near.
Nearest meant(std::string_view name, const Component& component) {
  constexpr std::size_t most_edits = 2;
  const std::vector<std::string_view> known(component.arguments.begin(), component.arguments.end());
  const Nearest near = nearest(name, known);
  const bool is_close =
      !near.empty() && edit_distance(folded(name), folded(near.name)) <= most_edits;
  return is_close ? near : Nearest{};
}

bool knows(const Component& component, const std::string& argument) {
  return std::ranges::binary_search(component.arguments, argument);
}

class ArgumentChecks {
 public:
  explicit ArgumentChecks(diag::Sink& sink) : sink_(sink) {}

  /// Recursion follows the expression, whose depth the checker bounds.
  void walk(ir::ExprRef value, const std::string& path) {
    const auto component = std::ranges::find(components(), path, &Component::path);
    if (const auto* record = value->as<RecordLiteral>()) {
      for (const RecordLiteral::Entry& entry : record->entries) {
        if (component != components().end()) {
          check(entry, *component);
        } else {
          walk(entry.value, path.empty() ? entry.name : path + "." + entry.name);
        }
      }
    } else if (const auto* choice = value->as<ir::Conditional>()) {
      walk(choice->then, path);
      walk(choice->otherwise, path);
    } else if (const auto* match = value->as<ir::Match>()) {
      for (const auto& arm : match->arms) walk(arm.result, path);
      if (match->otherwise) walk(match->otherwise, path);
    }
  }

 private:
  void check(const RecordLiteral::Entry& entry, const Component& component) {
    constexpr std::size_t shortest_name = 5;  // two edits make anything of a shorter one
    if (entry.name.size() < shortest_name || knows(component, entry.name)) return;
    const auto other = std::ranges::find_if(
        components(), [&](const Component& one) { return knows(one, entry.name); });
    const Nearest near = meant(entry.name, component);
    if (near.empty() && other == components().end()) return;
    auto report = sink_.report(entry.span, diag::UnknownArgument,
                               diag::Code{std::string(component.name)}, diag::Code{entry.name});
    if (!near.empty()) {
      report.suggest(near);
    } else {
      report.note(fmt::format("it is an argument of `{}`", other->name));
    }
  }

  diag::Sink& sink_;
};

}  // namespace

void check_arguments(const ir::Template& source, diag::Sink& sink) {
  const auto* root = source.spec ? source.spec->as<RecordLiteral>() : nullptr;
  if (root == nullptr) return;
  if (source.kind == "KubeadmConfigTemplate") ArgumentChecks(sink).walk(source.spec, "");
  if (source.kind != "KubeadmControlPlaneTemplate") return;
  const auto body =
      std::ranges::find(root->entries, "kubeadmConfigSpec", &RecordLiteral::Entry::name);
  if (body != root->entries.end()) ArgumentChecks(sink).walk(body->value, "");
}

}  // namespace stackc::check
