#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace stackc::check {

/// The size in GB of the (first) disk that a flavor has by its name, 0 if it has none: SCS-0100-v3,
/// flavor naming, disk part. Nothing for a name of another kind, or one that leaves the size to the
/// cloud (`SCS-2V-4-s`).
std::optional<std::int64_t> disk_of_scs_flavor(std::string_view name);

/// The memory in MiB that a flavor has by its name (the same, RAM part). Nothing for a name of
/// another kind.
std::optional<std::int64_t> memory_of_scs_flavor(std::string_view name);

}  // namespace stackc::check
