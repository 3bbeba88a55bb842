#pragma once

#include <string>
#include <vector>

#include "compiler/diag/sink.h"
#include "compiler/source/source_set.h"

namespace stackc::diag {

enum class Colour : std::uint8_t { Off, On };

/// The reports as a person reads them: message, place, source line with carets, labels, notes; then a line that counts.
/// Empty for no reports. At most `limit` reports are shown, the rest is counted.
std::string render_text(const std::vector<Report>& reports, const source::SourceSet& files, Colour colour,
                        std::size_t limit = 20);

}  // namespace stackc::diag
