#pragma once

#include "compiler/check/context.h"
#include "compiler/check/expr_builder.h"
#include "compiler/diag/sink.h"

namespace stackc::check {

/// `found` as a value of type `expected`: the same expression, or poison after a report at the part
/// that does not fit. A null `expected` accepts everything. Looks into literals and into every
/// branch, so that an error points at the field that is wrong, on every path (language.md, fixed
/// property 3).
ir::ExprRef conform(ir::ExprRef found, types::TypeRef expected, ExprBuilder& build,
                    diag::Sink& sink);

/// Whether every value of one type is a value of the other, by what is known without running
/// anything.
bool assignable(const types::Type& from, const types::Type& to);

/// The part of it that is about bounds: every value, length or number of items that the one allows
/// is allowed by the other.
bool bounds_within(const types::Type& from, const types::Type& to);

/// Whether a value of one type can be one of the other, by the kinds of the two alone.
bool may_be(const types::Type& found, const types::Type& expected);

// By trying the values of what the conditions ask, within a bound; see conditions.cpp.

/// Whether at least one of the conditions holds whatever the variables are; null conditions always
/// hold.
bool exhaustive(const std::vector<ir::ExprRef>& conditions);
/// Whether two conditions can be seen never to hold together.
bool exclusive(ir::ExprRef a, ir::ExprRef b);
/// A condition and what it shall come to.
struct Wanted {
  ir::ExprRef condition;
  bool holds;
};
/// Whether the conditions may all come out as wanted. `visits` bounds the work of several questions
/// together.
bool possible(std::vector<Wanted> wanted);
bool possible(std::vector<Wanted> wanted, int& visits);
/// Truth values that the conditions can have together, so that each is true once and false once, if
/// it can be. Never empty.
std::vector<std::vector<bool>> outcomes_each_way(const std::vector<ir::ExprRef>& conditions);

/// "the text `abc`", "a list", "a value of type `scs.UUID`": what was found, for messages.
std::string describe_found(ir::ExprRef expr);
/// "an integer", "a record, `{name, id}`", "a text, `String(1..63)`": what was expected.
std::string describe_expected(const types::Type& type);

}  // namespace stackc::check
