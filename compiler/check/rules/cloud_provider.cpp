#include "compiler/check/rules/cloud_provider.h"

#include <algorithm>
#include <vector>

#include "compiler/check/rules/template_parts.h"
#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/stack.h"

namespace stackc::check {
namespace {

constexpr std::string_view argument = "cloud-provider";

/// Whether a configuration speaks of the argument, as one of a component or in a file.
bool names_argument(ir::ExprRef configuration) {
  bool found = false;
  const auto speaks = [](std::string_view text) { return text.find(argument) != text.npos; };
  for_each_value(configuration, [&](ir::ExprRef value, const std::string&) {
    const auto* constant = value->as<ir::Constant>();
    const std::string* text = constant == nullptr ? nullptr : constant->value.if_string();
    found = found || (text != nullptr && speaks(*text));
    if (const auto* parts = value->as<ir::Concat>()) {
      found = found || std::ranges::any_of(parts->parts, names_argument);
    }
    if (const auto* record = value->as<ir::RecordLiteral>()) {
      found =
          found || std::ranges::any_of(record->entries, speaks, &ir::RecordLiteral::Entry::name);
    }
  });
  return found;
}

/// What kubelets get, beside what the components of the control plane do.
bool kubelets_have_argument(const ir::RecordLiteral& configuration) {
  return std::ranges::any_of(configuration.entries, [](const ir::RecordLiteral::Entry& entry) {
    return entry.name != "clusterConfiguration" && names_argument(entry.value);
  });
}

}  // namespace

void check_cloud_provider(const ir::Stack& stack, diag::Sink& sink) {
  const auto is_manager = [](const ir::AddOn& add_on) {
    return add_on.chart.name == "openstack-cloud-controller-manager";
  };
  const bool is_on_openstack = std::ranges::find(stack.templates, "OpenStackMachineTemplate",
                                                 &ir::Template::kind) != stack.templates.end();
  if (sink.has_errors() || !is_on_openstack || std::ranges::none_of(stack.add_ons, is_manager))
    return;
  std::vector<source::Span> without;
  for (const ir::Template& source : stack.templates) {
    const ir::ExprRef root = kubeadm_configuration(source);
    const auto* configuration = root == nullptr ? nullptr : root->as<ir::RecordLiteral>();
    if (configuration != nullptr && !kubelets_have_argument(*configuration))
      without.push_back(source.span);
  }
  if (without.empty()) return;
  auto report = sink.report(without.front(), diag::NoCloudProvider);
  for (auto other = without.begin() + 1; other != without.end(); ++other)
    report.label(*other, diag::AlsoHere);
  report.note(
      "`nodeRegistration: { kubeletExtraArgs: { cloud-provider: \"external\" } }` does; the "
      "manager leaves other nodes as they are");
}

}  // namespace stackc::check
