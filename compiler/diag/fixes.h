#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diag/sink.h"
#include "compiler/source/source_set.h"

namespace stackc::diag {

/// What `--fix` applies for a report: its one fix, if that is certain. Several are a choice, which
/// a person makes. Null if there is none.
const Fix* certain_fix(const Report& report);

/// Whether both cannot be applied in one go: they replace the same text or insert at one place.
bool overlap(const Edit& a, const Edit& b);

/// Takes out what stands on lines of its own, with the `///` lines above it, a comment behind it
/// and one of the empty lines around it. Nothing if it shares a line.
std::optional<Edit> removal_of_lines(const source::SourceFile& file, source::Span span);

/// The text of a file after edits of it that do not overlap.
std::string with_edits(std::string_view text, std::vector<Edit> edits);

}  // namespace stackc::diag
