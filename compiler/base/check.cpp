#include "compiler/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace stackc {

void check_failed(const char* file, int line, std::string_view why) {
  std::fprintf(
      stderr, "stackc: internal error at %s:%d: %.*s\nThis is a bug in stackc; please report it.\n",
      file, line, static_cast<int>(why.size()), why.data());
  std::_Exit(70);
}

}  // namespace stackc
