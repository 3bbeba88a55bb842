#pragma once

#include "compiler/base/embedded_file.h"

namespace stackc::stdlib {

using stackc::EmbeddedFile;

/// All `.stack` and `.schema` files of stdlib/, sorted by path: `openstack.stack`,
/// `schemas/openstack-v0.12/OpenStackMachineTemplate.v1beta1.schema`.
std::span<const EmbeddedFile> embedded_files();

std::optional<std::string_view> find_embedded(std::string_view path);

}  // namespace stackc::stdlib
