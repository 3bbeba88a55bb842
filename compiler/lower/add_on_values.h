#pragma once

#include <string>
#include <string_view>

#include "compiler/diag/sink.h"
#include "compiler/ir/stack.h"

namespace stackc::lower {

/// The values of an add-on's chart, parted by when they are known. Helm merges them again, record
/// by record.
struct AddOnValues {
  Record known;           // for `values.yaml`
  std::string overwrite;  // text of `overwrite.yaml`, which the operator renders (artifacts.md
                          // "Add-on charts"); may be empty
};

/// `alias` is the dependency's name in `Chart.yaml`, under which Helm expects its values; both
/// parts have it. What the operator's templates cannot compute is reported.
AddOnValues lower_values(const ir::AddOn& add_on, std::string_view alias, const ir::Stack& stack,
                         ir::ExprStore& exprs, diag::Sink& sink);

}  // namespace stackc::lower
