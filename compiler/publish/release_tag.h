#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stackc::publish {

/// The number of a stable release of a line: 3 for `openstack-scs2-1-34-v3`. Nothing for other
/// lines, for other channels
/// (`…-v0-sha-rwvgrna`) and for numbers that no release has (`v0`, `v03`, more than 9 digits). The
/// rule is that of the operator, which splits a release name at its dashes and takes 5 parts as
/// stable.
std::optional<std::uint32_t> stable_number(std::string_view tag, std::string_view line);

/// The stable tag with the highest number (as a number: v10 is newer than v9), or nothing.
std::optional<std::string> newest_stable(const std::vector<std::string>& tags,
                                         std::string_view line);

/// The number after the newest; 1 for a line without a stable release.
std::uint32_t next_stable_number(const std::vector<std::string>& tags, std::string_view line);

}  // namespace stackc::publish
