#include "compiler/driver/selected_lines.h"

#include <algorithm>
#include <set>

#include <fmt/core.h>

#include "compiler/base/text.h"
#include "compiler/lower/target.h"

namespace stackc::driver {

std::deque<ir::Stack> selected_lines(CheckedFile& file, const std::optional<std::string>& kubernetes, FileResult& result) {
  std::deque<ir::Stack> selected;
  std::vector<std::string_view> known;
  for (const ir::Stack& stack : file.checked.stacks) {
    known.push_back(stack.kubernetes_minor);
    if (!kubernetes || stack.kubernetes_minor == *kubernetes) {
      selected.push_back(lower::adapt_to_target(stack, *file.checked.exprs, file.sink));
    }
  }
  if (selected.empty() && !known.empty()) {
    result.failures.push_back(fmt::format("`{}` has no line for Kubernetes {}; it has {}", file.path, *kubernetes, quoted_list(known)));
  }
  return selected;
}

}  // namespace stackc::driver
