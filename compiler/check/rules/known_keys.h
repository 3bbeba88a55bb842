#pragma once

#include <string_view>

#include "compiler/base/text.h"

namespace stackc::check {

/// The label or taint of nodes that a key was probably meant to be: one in a domain of Kubernetes'
/// own (`kubernetes.io`, `k8s.io` and what is below them) that differs from a known one in two
/// characters at most. Nothing for known keys, and those in domains of others. Source: Kubernetes'
/// reference "Well-Known Labels, Annotations and Taints", and the taints of Cluster API.
Nearest meant_key(std::string_view key);

}  // namespace stackc::check
