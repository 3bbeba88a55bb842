#include "compiler/diag/fixes.h"

#include <algorithm>

namespace stackc::diag {

const Fix* certain_fix(const Report& report) {
  return report.fixes.size() == 1 && report.fixes.front().certain ? &report.fixes.front() : nullptr;
}

bool overlap(const Edit& a, const Edit& b) {
  if (a.span.file != b.span.file) return false;
  return a.span.begin == b.span.begin || (a.span.begin < b.span.end && b.span.begin < a.span.end);
}

std::string with_edits(std::string_view text, std::vector<Edit> edits) {
  std::ranges::sort(edits, {}, [](const Edit& edit) { return edit.span.begin; });
  std::string result;
  std::size_t done = 0;
  for (const Edit& edit : edits) {
    result += text.substr(done, edit.span.begin - done);
    result += edit.replacement;
    done = edit.span.end;
  }
  return result += text.substr(done);
}

}  // namespace stackc::diag
