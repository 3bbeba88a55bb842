#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/diag/sink.h"

namespace stackc::diag {

/// What `--fix` applies for a report: its one fix, if that is certain. Several are a choice, which
/// a person makes. Null if there is none.
const Fix* certain_fix(const Report& report);

/// Whether both cannot be applied in one go: they replace the same text or insert at one place.
bool overlap(const Edit& a, const Edit& b);

/// The text of a file after edits of it that do not overlap.
std::string with_edits(std::string_view text, std::vector<Edit> edits);

}  // namespace stackc::diag
