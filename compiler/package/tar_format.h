#pragma once

#include <cstddef>
#include <string_view>

/// Layout of a tar header (POSIX.1-2008, pax, "ustar Interchange Format"), shared by writer and
/// reader.
namespace stackc::package::tar_format {

inline constexpr std::size_t block_size = 512;

/// Offset and length in bytes.
struct Field {
  std::size_t offset;
  std::size_t length;
};
inline constexpr Field name{0, 100};
inline constexpr Field mode{100, 8};
inline constexpr Field user{108, 8};
inline constexpr Field group{116, 8};
inline constexpr Field size{124, 12};
inline constexpr Field time{136, 12};
inline constexpr Field checksum{148, 8};
inline constexpr Field type{156, 1};
inline constexpr Field magic{257, 8};
inline constexpr Field prefix{345, 155};

inline constexpr std::string_view ustar_magic(
    "ustar\0"
    "00",
    8);

inline constexpr char regular_file = '0';
inline constexpr char old_regular_file = '\0';
inline constexpr char hard_link = '1';
inline constexpr char symbolic_link = '2';
inline constexpr char directory = '5';
inline constexpr char pax_header = 'x';  // records for the next entry
inline constexpr char pax_global_header =
    'g';  // records for all further entries; `git archive` writes a comment
inline constexpr char gnu_long_name = 'L';  // path of the next entry

/// Length of what so many bytes take in whole blocks.
constexpr std::size_t padded(std::size_t bytes) {
  return (bytes + block_size - 1) / block_size * block_size;
}

}  // namespace stackc::package::tar_format
