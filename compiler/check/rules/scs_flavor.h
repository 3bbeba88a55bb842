#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stackc::check {

/// The size in GB of the (first) disk that a flavor has by its name, 0 if it has none: SCS-0100-v3,
/// flavor naming, disk part. Nothing for a name of another kind, or one that leaves the size to the
/// cloud (`SCS-2V-4-s`).
std::optional<std::int64_t> disk_of_scs_flavor(std::string_view name);

/// The memory in MiB that a flavor has by its name (the same, RAM part). Nothing for a name of
/// another kind.
std::optional<std::int64_t> memory_of_scs_flavor(std::string_view name);

/// The name that a text was probably meant to be, which begins with `SCS` in some case and differs
/// from one in signs, case, the order of a number and its letter, or units: `SCS-2V-4-20s` for
/// `scs_2v4:20ssd`. Where the kind of the CPUs is missing it is `V`. Empty if the text is no such
/// name, or is right.
std::string meant_scs_flavor(std::string_view text);

}  // namespace stackc::check
