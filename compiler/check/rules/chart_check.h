#pragma once

#include "compiler/diag/sink.h"
#include "compiler/ir/stack.h"
#include "compiler/schema/chart_values.h"

namespace stackc::check {

/// Compares the values of an add-on with what its chart says of them, on every path: names and
/// kinds with the chart's defaults, everything else with its JSON Schemas. A value that is known
/// only when the add-on is installed counts by its type.
void check_chart(const ir::AddOn& add_on, const schema::ChartValues& chart, diag::Sink& sink);

}  // namespace stackc::check
