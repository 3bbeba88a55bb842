#pragma once

#include <string>
#include <vector>

#include "compiler/diag/sink.h"
#include "compiler/source/source_set.h"

namespace stackc::diag {

enum class Colour : std::uint8_t { Off, On };

/// One report as a person reads it: message, place, source line with carets, labels, notes, and an
/// empty line.
std::string render_report(const Report& report, const source::SourceSet& files, Colour colour);

/// A person is shown no more reports at once.
inline constexpr std::size_t most_shown = 20;

/// `… and 3 more` with a line end, of that many reports; empty if all are shown.
std::string render_hidden(std::size_t reports, std::size_t limit = most_shown);

/// `2 errors, 1 warning` with a line end; empty for none.
std::string render_counts(std::size_t errors, std::size_t warnings);

/// The reports as a person reads them: message, place, source line with carets, labels, notes; then
/// a line that counts. Empty for no reports. At most `limit` reports are shown, the rest is
/// counted.
std::string render_text(const std::vector<Report>& reports, const source::SourceSet& files,
                        Colour colour, std::size_t limit = most_shown);

}  // namespace stackc::diag
