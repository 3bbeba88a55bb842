#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace stackc::stdlib {

/// A file of stdlib/ as it was when the compiler was built. The bytes are part of the program;
/// nothing is read or constructed at its start.
struct EmbeddedFile {
  const char* path;  // below stdlib/: `openstack.stack`,
                     // `schemas/openstack-v0.12/OpenStackMachineTemplate.v1beta1.schema`
  const char* begin;
  const char* end;

  std::string_view text() const { return {begin, static_cast<std::size_t>(end - begin)}; }
};

/// All `.stack` and `.schema` files of stdlib/, sorted by path.
std::span<const EmbeddedFile> embedded_files();

std::optional<std::string_view> find_embedded(std::string_view path);

}  // namespace stackc::stdlib
