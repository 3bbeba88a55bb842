#pragma once

#include <optional>
#include <string_view>

#include "compiler/source/span.h"

namespace stackc::check {

/// Where the bytes `begin` to `end` of a text stand in the literal that it was written as; `raw` is
/// the source at `literal`, quotes included. Nothing if the literal says more than the text
/// (interpolation), or is none.
std::optional<source::Span> place_in_literal(std::string_view raw, source::Span literal,
                                             std::string_view text, std::size_t begin,
                                             std::size_t end);

}  // namespace stackc::check
