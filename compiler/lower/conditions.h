#pragma once

#include <vector>

#include "compiler/ir/expr.h"

namespace stackc::lower {

/// Reasons with conditions. Null is the condition that always holds, as in
/// ir::RecordLiteral::Entry.
class Conditions {
 public:
  explicit Conditions(ir::ExprStore& exprs) : exprs_(exprs) {}

  ir::ExprRef never();
  ir::ExprRef both(ir::ExprRef a, ir::ExprRef b);
  ir::ExprRef either(ir::ExprRef a, ir::ExprRef b);
  ir::ExprRef opposite(ir::ExprRef condition);

  /// The arm is taken.
  ir::ExprRef takes(const ir::Match& match, const ir::Match::Arm& arm);
  /// No arm is taken.
  ir::ExprRef takes_none(const ir::Match& match);

  /// When the value is there, by the rules of absence (ir::Expr).
  ir::ExprRef presence(ir::ExprRef value);

  /// One way in which a value comes about. The conditions of the alternatives of one value exclude
  /// each other.
  struct Alternative {
    ir::ExprRef condition;
    ir::ExprRef value;
  };
  /// The value's branches, if it chooses between records or lists; a choice between scalars stays
  /// one value. Nested choices are flattened; branches that are always absent are left out.
  std::vector<Alternative> alternatives(ir::ExprRef condition, ir::ExprRef value);

  /// `expr` where `known` holds: what follows from it is decided.
  ir::ExprRef assume(ir::ExprRef expr, ir::ExprRef known);

  ir::ExprStore& exprs() { return exprs_; }

 private:
  void collect(ir::ExprRef condition, ir::ExprRef value, std::vector<Alternative>& found);
  ir::ExprRef residual(ir::ExprRef condition, const std::vector<ir::ExprRef>& known);
  ir::ExprRef assume_all(ir::ExprRef expr, const std::vector<ir::ExprRef>& known);
  ir::ExprRef assume_record(ir::ExprRef expr, const std::vector<ir::ExprRef>& known);
  ir::ExprRef assume_list(ir::ExprRef expr, const std::vector<ir::ExprRef>& known);
  ir::ExprRef assume_match(ir::ExprRef expr, const std::vector<ir::ExprRef>& known);
  /// `taken`, or that the arm is.
  ir::ExprRef or_takes(ir::ExprRef taken, const ir::Match& match, const ir::Match::Arm& arm);
  ir::ExprRef condition_node(ir::Expr::Node node, ir::ExprRef like);

  ir::ExprStore& exprs_;
};

/// True or false if it is decided (null is true).
bool is_always(ir::ExprRef condition);
bool is_never(ir::ExprRef condition);

/// The conditions that all have to hold, the outermost `&&` taken apart; empty for null.
std::vector<ir::ExprRef> conjuncts(ir::ExprRef condition);

/// The conditions of which one has to hold, the outermost `||` taken apart.
std::vector<ir::ExprRef> disjuncts(ir::ExprRef condition);

/// The type of every condition made here.
types::TypeRef boolean_type();

}  // namespace stackc::lower
