#pragma once

#include <set>
#include <string>
#include <unordered_set>

#include "compiler/diag/sink.h"
#include "compiler/ir/stack.h"
#include "compiler/syntax/ast.h"

namespace stackc::check {

/// The fields of variables that some object of a release depends on, over all Kubernetes lines.
class ReadFields {
 public:
  void add(const ir::Stack& line);

  /// Warns of the others, and of those that are asked for only: fields of records that a variable
  /// declares in its own type, if something else of the variable is read.
  void report(const syntax::Stack& stack, diag::Sink& sink) const;

 private:
  void collect(ir::ExprRef expr);
  bool is_read(const std::string& path) const;
  void report_fields(const syntax::RecordType& record, const std::string& path,
                     diag::Sink& sink) const;

  // Paths such as `oidc.issuerURL`. What stands for all that is below it counts for its fields too.
  std::set<std::string, std::less<>> read_;
  std::set<std::string, std::less<>> asked_;  // whether they are there; read or not
  std::unordered_set<ir::ExprRef> seen_;
};

}  // namespace stackc::check
