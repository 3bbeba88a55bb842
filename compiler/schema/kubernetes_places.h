#pragma once

#include <string_view>

#include "compiler/types/type.h"

namespace stackc::schema {

/// The texts that are quantities, such as `100m` or `2Gi`: the pattern that the API server
/// publishes.
inline constexpr std::string_view quantity =
    R"(^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$)";

/// The name of an object or of a part of one that becomes a part of names (RFC 1123, label).
inline constexpr std::string_view label_name = "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$";

/// Where Kubernetes takes a volume: no `:`.
inline constexpr std::string_view mount_path = "^[^:]+$";

/// Whether what Kubernetes takes under a key is a text that templates print right behind it.
bool is_text_place(std::string_view key);

/// What Kubernetes takes under a key such as `tolerations`, wherever it knows the key, as far as
/// charts let their users write it (Kubernetes API reference, PodSpec and Container); null for
/// other keys. The type is named by the key.
types::TypeRef kubernetes_place(std::string_view key, types::TypeStore& store);

}  // namespace stackc::schema
