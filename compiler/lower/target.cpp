#include "compiler/lower/target.h"

#include <algorithm>

#include "compiler/lower/kubeadm_v1beta2.h"
#include "compiler/lower/rewrite.h"

namespace stackc::lower {

namespace {

/// A field that says what holds anyway, in front of a configuration that may be left without any.
ir::ExprRef with_format(ir::ExprRef configuration, ir::ExprStore& exprs) {
  static const types::Type text{.kind = types::Kind::String};
  ir::RecordLiteral result = *configuration->as<ir::RecordLiteral>();
  const auto format = std::ranges::find(result.entries, "format", &ir::RecordLiteral::Entry::name);
  if (format != result.entries.end()) return configuration;  // its author says when it holds
  const ir::ExprRef value =
      exprs.add({ir::Constant{"cloud-config"}, &text, ir::Stage::Release, configuration->span});
  result.entries.insert(result.entries.begin(), {"format", configuration->span, nullptr, value});
  return in_place_of(configuration, std::move(result), exprs);
}

/// A configuration as the API of the target needs it: v1beta1 wants one in a control plane, v1beta2
/// at least one field in any.
ir::ExprRef never_missing(ir::ExprRef configuration, bool is_v1beta2, Conditions& conditions) {
  const auto* record = configuration->as<ir::RecordLiteral>();
  if (record == nullptr) return configuration;
  const bool may_vanish = !is_always(conditions.presence(configuration));
  const bool is_empty = record->entries.empty();
  return may_vanish || (is_empty && is_v1beta2) ? with_format(configuration, conditions.exprs())
                                                : configuration;
}

ir::ExprRef with_configuration(const ir::Template& source, bool is_v1beta2,
                               Conditions& conditions) {
  if (source.kind == "KubeadmConfigTemplate")
    return is_v1beta2 ? never_missing(source.spec, true, conditions) : source.spec;
  ir::RecordLiteral spec = *source.spec->as<ir::RecordLiteral>();
  bool changed = false;
  for (auto& entry : spec.entries) {
    if (entry.name != "kubeadmConfigSpec") continue;
    const ir::ExprRef kept = never_missing(entry.value, is_v1beta2, conditions);
    changed = changed || kept != entry.value;
    entry.value = kept;
  }
  return changed ? in_place_of(source.spec, std::move(spec), conditions.exprs()) : source.spec;
}

}  // namespace

ir::Stack adapt_to_target(const ir::Stack& stack, ir::ExprStore& exprs, diag::Sink& sink) {
  ir::Stack adapted = stack;
  Conditions conditions(exprs);
  for (ir::Template& source : adapted.templates) {
    if (source.kind != "KubeadmControlPlaneTemplate" && source.kind != "KubeadmConfigTemplate")
      continue;
    const bool is_v1beta2 = stack.target.cluster_api == "v1beta2";
    if (is_v1beta2) source.spec = kubeadm_v1beta2(source.spec, conditions, sink);
    source.spec = with_configuration(source, is_v1beta2, conditions);
  }
  return adapted;
}

}  // namespace stackc::lower
