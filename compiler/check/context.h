#pragma once

#include <optional>
#include <string>

#include "compiler/ir/stack.h"
#include "compiler/resolve/program.h"

namespace stackc::check {

/// An elaborated expression. Its type is `expr->type`.
struct Typed {
  ir::ExprRef expr;
  bool optional = false;  // absent unless `has` says otherwise

  types::TypeRef type() const { return expr->type; }
  bool poisoned() const { return expr->type->kind == types::Kind::Poison; }
};

/// A name bound by a parameter or a comprehension; a chain of these is the innermost scope.
struct Binding {
  const Binding* outer;
  const syntax::Name* name;
  Typed value;
  types::TypeRef declared = nullptr;  // of a parameter; what is passed may be of a narrower type
};

/// Something that holds wherever the context reaches: the outcome of a condition on a path such as
/// `oidc.clientID`, or on what was computed, such as `size / 3`.
struct Fact {
  enum class Kind : std::uint8_t { Present, Absent, Equal, NotEqual, AtLeast, AtMost };
  const Fact* outer;
  Kind kind;
  std::string path;        // key_of() of an expression
  Value value;             // for Equal and NotEqual
  std::int64_t bound = 0;  // for AtLeast and AtMost; of a list or map: its number of items
};

/// A condition that holds, or does not, wherever the context reaches. Facts are what follows for
/// single values; this is the condition as a whole.
struct Assumption {
  const Assumption* outer;
  ir::ExprRef condition;
  bool holds;
};

struct StackScope;

/// Where an expression stands: which names it sees and what is known there.
struct Context {
  resolve::ModuleId module;
  const StackScope* stack = nullptr;  // null for the values of a module
  const Binding* bindings = nullptr;
  const Fact* facts = nullptr;
  const Assumption* assumed = nullptr;
  std::optional<ir::Role> role;  // of the template, for `builtin`
  bool live_objects = false;     // the values of an add-on see the operator's objects
};

}  // namespace stackc::check
