#pragma once

#include <optional>
#include <string_view>

namespace stackc::check {

/// A kind of Kubernetes itself and the API version that has it.
struct KubernetesKind {
  std::string_view api_version;
  std::string_view kind;
};

/// What is meant by a kind that Kubernetes does not have in this API version: one of the same name
/// elsewhere, or one of nearly that name. Nothing if it is right, or if it may be: other software
/// brings API groups of its own, and a later Kubernetes has more kinds.
std::optional<KubernetesKind> wrong_kind(std::string_view api_version, std::string_view kind);

}  // namespace stackc::check
