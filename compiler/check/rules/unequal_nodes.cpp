#include "compiler/check/rules/unequal_nodes.h"

#include "compiler/check/rules/template_parts.h"
#include "compiler/diag/catalogue/stack.h"

namespace stackc::check {
namespace {

using ir::RecordLiteral;

constexpr std::string_view registration = "nodeRegistration";

/// Of a part that is there under a condition nothing is known: the other may be there otherwise.
struct Registration {
  bool is_known = true;
  const RecordLiteral::Entry* entry = nullptr;
};

Registration registration_in(const RecordLiteral& configuration, std::string_view part) {
  const RecordLiteral::Entry* entry = find_entry(configuration, part);
  if (entry == nullptr) return {};
  const auto* record = entry->value->as<RecordLiteral>();
  if (entry->condition != nullptr || record == nullptr) return {.is_known = false};
  const RecordLiteral::Entry* found = find_entry(*record, registration);
  if (found == nullptr) return {};
  return {found->condition == nullptr && !is_empty(found->value), found};
}

}  // namespace

void check_unequal_nodes(const ir::Template& source, diag::Sink& sink) {
  if (source.kind != "KubeadmControlPlaneTemplate") return;
  const ir::ExprRef root = kubeadm_configuration(source);
  const auto* configuration = root == nullptr ? nullptr : root->as<RecordLiteral>();
  // What seems to be missing may stand in an unknown field.
  if (configuration == nullptr || sink.has_error_within(root->span)) return;
  const Registration first = registration_in(*configuration, "initConfiguration");
  const Registration others = registration_in(*configuration, "joinConfiguration");
  if (!first.is_known || !others.is_known) return;
  if (first.entry != nullptr && others.entry == nullptr) {
    sink.report(first.entry->span, diag::UnequalNodes,
                diag::Prose{"the first node of the control plane gets"},
                diag::Code{std::string(registration)})
        .note("the others join with `joinConfiguration`, which has none");
  } else if (first.entry == nullptr && others.entry != nullptr) {
    sink.report(others.entry->span, diag::UnequalNodes,
                diag::Prose{"nodes that join the control plane later get"},
                diag::Code{std::string(registration)})
        .note("the first one starts with `initConfiguration`, which has none");
  }
}

}  // namespace stackc::check
