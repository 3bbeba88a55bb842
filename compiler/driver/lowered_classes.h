#pragma once

#include <map>

#include "compiler/diag/sink.h"
#include "compiler/emit/emit.h"
#include "compiler/ir/stack.h"
#include "compiler/lower/class_objects.h"

namespace stackc::driver {

struct LoweredClass {
  lower::ClassObjects objects;
  emit::ClassTexts texts;
};

/// The Cluster API objects of the lines of one file. Lines that have their class in common share
/// its objects, so whoever uses them first gives them the name of his line
/// (lower::rename_class).
class LoweredClasses {
 public:
  /// What cannot be lowered is reported. The stack has been adapted to its target.
  LoweredClass& of(const ir::Stack& stack, ir::ExprStore& exprs, diag::Sink& sink);

 private:
  std::map<std::size_t, LoweredClass> by_class_;  // class_id of the stack
};

}  // namespace stackc::driver
