#include "compiler/driver/lowered_classes.h"

#include "compiler/lower/lower.h"

namespace stackc::driver {

LoweredClass& LoweredClasses::of(const ir::Stack& stack, ir::ExprStore& exprs, diag::Sink& sink) {
  const auto [place, fresh] = by_class_.try_emplace(stack.class_id);
  if (fresh) place->second.objects = lower::lower_class(stack, exprs, emit::line_name(stack), sink);
  return place->second;
}

}  // namespace stackc::driver
