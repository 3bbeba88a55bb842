#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "compiler/value/value.h"

namespace stackc::schema {

/// What a plain (unquoted, untagged) scalar stands for in the YAML 1.1 of go-yaml v2, which
/// sigs.k8s.io/yaml uses, after the way through JSON: numbers without fraction are integers. None
/// for `.nan` and the infinities, which JSON has not.
std::optional<Value> resolve_plain_scalar(std::string_view text);

}  // namespace stackc::schema
