#pragma once

#include <string_view>

#include "compiler/types/type.h"

namespace stackc::schema {

/// What Kubernetes takes under a key such as `tolerations`, wherever it knows the key, as far as
/// charts let their users write it (Kubernetes API reference, PodSpec and Container); null for
/// other keys. The type is named by the key.
types::TypeRef kubernetes_place(std::string_view key, types::TypeStore& store);

}  // namespace stackc::schema
