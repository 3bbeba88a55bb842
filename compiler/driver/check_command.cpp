#include "compiler/driver/commands.h"
#include "compiler/driver/run_files.h"

namespace stackc::driver {

Exit check(const CheckOptions& options, Environment& environment) {
  const auto nothing_more = [](CheckedFile&, const source::SourceSet&, FileResult&) {};
  return run_files(
      options.paths,
      {.check = {.cluster_api = options.cluster_api, .kubernetes = {}}, .schemas = options.schemas},
      environment, nothing_more);
}

}  // namespace stackc::driver
