#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "compiler/ir/stack.h"

namespace stackc::ir {

/// A Cluster API builtin that an expression may read (capi-contract.md section 2.6, those that all
/// supported releases have).
struct BuiltinVariable {
  enum class Shape : std::uint8_t {
    Label,  // a text of 1 to 63 characters, as labels hold it; Cluster API cuts names to that
    Text,
    Number,  // of 32 bits
    Texts,
    TextMap
  };
  enum class Where : std::uint8_t { Everywhere, ControlPlane, Workers };
  std::string_view path;  // below `builtin.`
  Shape shape;
  bool optional;  // may be absent
  Where where;
  bool direct;  // `valueFrom.variable` may name it in every Cluster API from 1.8 on

  /// Whether patches of a template with this role see it.
  bool is_seen_by(Role role) const;
};

std::span<const BuiltinVariable> builtins();

/// Null if there is none of that path.
const BuiltinVariable* find_builtin(std::string_view path);

}  // namespace stackc::ir
