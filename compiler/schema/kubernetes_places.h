#pragma once

#include <string_view>

#include "compiler/types/type.h"

namespace stackc::schema {

/// The texts that are quantities, such as `100m` or `2Gi`: the pattern that the API server
/// publishes.
inline constexpr std::string_view quantity =
    R"(^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$)";

/// What Kubernetes takes under a key such as `tolerations`, wherever it knows the key, as far as
/// charts let their users write it (Kubernetes API reference, PodSpec and Container); null for
/// other keys. The type is named by the key.
types::TypeRef kubernetes_place(std::string_view key, types::TypeStore& store);

}  // namespace stackc::schema
