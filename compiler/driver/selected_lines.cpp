#include "compiler/driver/selected_lines.h"

#include "compiler/lower/target.h"

namespace stackc::driver {

std::deque<ir::Stack> selected_lines(CheckedFile& file,
                                     const std::optional<std::string>& kubernetes) {
  std::deque<ir::Stack> selected;
  for (const ir::Stack& stack : file.checked.stacks) {
    if (!kubernetes || stack.kubernetes_minor == *kubernetes) {
      selected.push_back(lower::adapt_to_target(stack, *file.checked.exprs, file.sink));
    }
  }
  return selected;
}

}  // namespace stackc::driver
