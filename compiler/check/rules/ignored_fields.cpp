#include "compiler/check/rules/ignored_fields.h"

#include <fmt/core.h>

#include "compiler/check/conform.h"
#include "compiler/check/rules/template_parts.h"
#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/stack.h"

namespace stackc::check {
namespace {

using ir::RecordLiteral;

void check_worker(const RecordLiteral& fields, diag::Sink& sink) {
  for (const RecordLiteral::Entry& entry : fields.entries) {
    if (entry.name != "clusterConfiguration" && entry.name != "initConfiguration") continue;
    sink.report(entry.span, diag::IgnoredField,
                diag::Prose{fmt::format("`{}` of workers", entry.name)},
                diag::Prose{"they only join"})
        .note("what workers need stands in `joinConfiguration`");
  }
}

/// CAPO takes an existing network only if it makes no subnets itself (OpenStackClusterSpec,
/// `network` and `subnets`).
void check_network(const RecordLiteral& fields, diag::Sink& sink) {
  const RecordLiteral::Entry* managed = find_entry(fields, "managedSubnets");
  if (managed == nullptr || is_empty(managed->value)) return;
  for (const RecordLiteral::Entry& entry : fields.entries) {
    if (entry.name != "network" && entry.name != "subnets") continue;
    const bool is_read = possible({{entry.condition, true}, {managed->condition, false}});
    if (is_empty(entry.value) || is_read) continue;
    sink.report(entry.span, diag::IgnoredField, diag::Prose{fmt::format("`{}`", entry.name)},
                diag::Prose{"with `managedSubnets` a network is created"})
        .label(managed->span, diag::AlsoHere);
  }
}

/// CAPO takes `volume` with the type `Volume` alone (BlockDeviceStorage, a union). One that is
/// empty says nothing.
void check_storage(const RecordLiteral& storage, diag::Sink& sink) {
  const std::string* type = fixed_text(storage, "type");
  const RecordLiteral::Entry* volume = find_entry(storage, "volume");
  if (type == nullptr || *type != "Local" || volume == nullptr || is_empty(volume->value)) return;
  sink.report(volume->span, diag::IgnoredField, diag::Prose{"`volume`"},
              diag::Prose{"a block device of the type `Local` is a disk of the host"});
}

}  // namespace

void check_ignored_fields(const ir::Template& source, diag::Sink& sink) {
  const auto* fields = source.spec->as<RecordLiteral>();
  if (fields == nullptr) return;
  if (source.kind == "OpenStackClusterTemplate") check_network(*fields, sink);
  if (source.role == ir::Role::Bootstrap && source.kind == "KubeadmConfigTemplate")
    check_worker(*fields, sink);
  for_each_value(source.spec, [&](ir::ExprRef value, const std::string& path) {
    const auto* record = value->as<RecordLiteral>();
    if (record != nullptr && path.ends_with("lockDevices[].storage")) check_storage(*record, sink);
  });
}

}  // namespace stackc::check
