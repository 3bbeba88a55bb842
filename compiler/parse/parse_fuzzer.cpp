#include <cstdint>
#include <cstdlib>
#include <string>

#include "compiler/diag/render_text.h"
#include "compiler/parse/parse.h"
#include "compiler/testing/dump.h"

/// Any bytes give a tree and reports that can be shown; a file without reports has a tree without
/// holes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace stackc;
  source::SourceSet files;
  const auto& file = files.add("a.stack", std::string(reinterpret_cast<const char*>(bytes), size));
  diag::Sink sink;
  const std::string tree = testing::dump(parse::parse(file, sink), testing::Spans::Show);
  diag::render_text(sink.sorted(), files, diag::Colour::Off);
  const bool has_hole = tree.find("hole @") != std::string::npos;
  if (has_hole && !sink.has_errors()) std::abort();
  return 0;
}
