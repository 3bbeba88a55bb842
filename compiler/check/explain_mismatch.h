#pragma once

#include "compiler/diag/sink.h"
#include "compiler/ir/expr.h"

namespace stackc::check {

/// Adds to a report about `found` how it becomes a value of `expected`. `is_at_place`: the report
/// stands where the value is written.
void explain_mismatch(diag::ReportBuilder& report, ir::ExprRef found, const types::Type& expected,
                      bool is_at_place);

/// Asks whether the constant was meant as one of the type: `did you mean `"50"`?`; empty if it
/// cannot have been.
std::string conversion(const Value& value, const types::Type& expected);

/// The comparison that an author means who uses a value as a condition: `name != ""`; empty if
/// there is none that some value fails.
std::string comparison_for(ir::ExprRef found);

}  // namespace stackc::check
