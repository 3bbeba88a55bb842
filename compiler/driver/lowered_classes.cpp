#include "compiler/driver/lowered_classes.h"

#include "compiler/emit/emit.h"
#include "compiler/lower/lower.h"

namespace stackc::driver {

lower::ClassObjects& LoweredClasses::of(const ir::Stack& stack, ir::ExprStore& exprs,
                                        diag::Sink& sink) {
  const auto [place, fresh] = by_class_.try_emplace(stack.class_id);
  if (fresh) place->second = lower::lower_class(stack, exprs, emit::line_name(stack), sink);
  return place->second;
}

}  // namespace stackc::driver
