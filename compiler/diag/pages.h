#pragma once

#include <optional>
#include <string_view>

namespace stackc::diag {

/// The page of a diagnostic, docs/diagnostics/<area>/<slug>.md, as it was when the compiler was
/// built.
std::optional<std::string_view> find_page(std::string_view id);

}  // namespace stackc::diag
