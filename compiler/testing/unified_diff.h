#pragma once

#include <string>
#include <string_view>

namespace stackc::testing {

/// The lines that differ, with three lines of context, in the format of `diff -u`; empty if nothing
/// differs. After `most_lines` it is cut, and says by how much.
std::string unified_diff(std::string_view path, std::string_view before, std::string_view after,
                         std::size_t most_lines);

}  // namespace stackc::testing
