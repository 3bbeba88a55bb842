#include <cstdint>

#include "compiler/driver/commands.h"
#include "compiler/testing/memory_world.h"

/// Everything between a definition and the files of its releases, in memory.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  stackc::testing::MemoryWorld world(
      {{"main.stack", std::string(reinterpret_cast<const char*>(data), size)}});
  std::string out, err;
  stackc::driver::Environment environment{
      .files = world, .output = world, .out = out, .err = err, .binary_directory = {}};
  stackc::driver::build({.paths = {"main.stack"},
                         .out = "out",
                         .kubernetes = {},
                         .cluster_api = {},
                         .charts = {},
                         .version = "v1"},
                        environment);
  return 0;
}
