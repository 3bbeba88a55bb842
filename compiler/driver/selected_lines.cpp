#include "compiler/driver/selected_lines.h"

#include <fmt/core.h>

#include "compiler/base/text.h"
#include "compiler/lower/target.h"

namespace stackc::driver {

std::deque<ir::Stack> selected_lines(CheckedFile& file,
                                     const std::optional<std::string>& kubernetes,
                                     FileResult& result) {
  std::deque<ir::Stack> selected;
  for (const ir::Stack& stack : file.checked.stacks) {
    if (!kubernetes || stack.kubernetes_minor == *kubernetes) {
      selected.push_back(lower::adapt_to_target(stack, *file.checked.exprs, file.sink));
    }
  }
  if (selected.empty() && !file.checked.lines.empty()) {
    result.failures.push_back(
        fmt::format("`{}` has no line for Kubernetes {}; it has {}", file.path, *kubernetes,
                    quoted_list({file.checked.lines.begin(), file.checked.lines.end()})));
  }
  return selected;
}

}  // namespace stackc::driver
