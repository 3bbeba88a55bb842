#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diag/sink.h"
#include "compiler/ir/expr.h"
#include "compiler/schema/chart_values.h"

namespace stackc::check {

/// What the values of a chart say of pods, as far as Kubernetes compares its parts with each other
/// or with the names that it knows. Places are called as schema::kubernetes_place() calls them.
class PodParts {
 public:
  PodParts(const schema::ChartValues& chart, diag::Sink& sink) : chart_(chart), sink_(sink) {}

  /// To be called for each record and list of the values, with the place that it belongs to; empty
  /// for none.
  void record(const ir::RecordLiteral& record, std::string_view place, const std::string& path);
  void list(const ir::ListLiteral& list, std::string_view place, const std::string& path);
  /// To be called when all of `values` have been seen.
  void finish(ir::ExprRef values) const;

 private:
  /// A text that names something, and where it stands.
  struct Name {
    std::string name;
    std::string path;
    ir::ExprRef written;
  };

  void add(std::vector<Name>& all, const ir::RecordLiteral& record, std::string_view field,
           const std::string& path) const;
  void toleration(const ir::RecordLiteral& record, const std::string& path) const;
  void known_resources(const ir::RecordLiteral& amounts, const std::string& path) const;
  void known_key(std::string_view key, source::Span span, const std::string& path) const;
  void check_mounts(ir::ExprRef values) const;
  void check_unmounted(ir::ExprRef values) const;
  std::optional<std::set<std::string, std::less<>>> possible_volumes(ir::ExprRef values) const;
  void check_secrets() const;
  void meant(const Name& name, std::string_view what, std::string_view meant) const;

  const schema::ChartValues& chart_;
  diag::Sink& sink_;
  std::vector<Name> volumes_, mounts_;
  std::vector<Name> made_secrets_, read_secrets_;
};

}  // namespace stackc::check
