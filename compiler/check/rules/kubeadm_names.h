#pragma once

#include <string_view>

#include "compiler/base/text.h"

namespace stackc::check {

/// The phase of `kubeadm init` and `join` that is meant by a text that names none; nothing if it
/// names one, or resembles none: a later release may have more.
Nearest meant_phase(std::string_view text);

/// Likewise for the feature gates of kubeadm.
Nearest meant_feature_gate(std::string_view text);

}  // namespace stackc::check
