#include "compiler/check/ignored_fields.h"

#include "compiler/diag/catalogue/stack.h"

namespace stackc::check {

void check_ignored_fields(const ir::Template& source, diag::Sink& sink) {
  if (source.role != ir::Role::Bootstrap || source.kind != "KubeadmConfigTemplate") return;
  const auto* fields = source.spec->as<ir::RecordLiteral>();
  if (fields == nullptr) return;
  for (const auto& entry : fields->entries) {
    if (entry.name != "clusterConfiguration" && entry.name != "initConfiguration") continue;
    sink.report(entry.span, diag::IgnoredField, diag::Code{entry.name})
        .note("what workers need stands in `joinConfiguration`");
  }
}

}  // namespace stackc::check
