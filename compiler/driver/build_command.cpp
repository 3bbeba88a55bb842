#include <fmt/core.h>

#include "compiler/driver/commands.h"
#include "compiler/driver/release_content.h"
#include "compiler/driver/run_files.h"
#include "compiler/driver/selected_lines.h"
#include "compiler/driver/vendored_charts.h"
#include "compiler/driver/workspace.h"

namespace stackc::driver {
namespace {

void build_line(const ir::Stack& stack, const BuildOptions& options,
                const std::optional<package::Version>& version, LoweredClasses& classes,
                CheckedFile& file, Environment& environment, FileResult& result) {
  auto charts = vendored_charts(environment.files, file.path, options.charts, stack.add_ons);
  if (!charts) {
    result.failures.push_back(charts.error().text);
    return;
  }
  auto content = ReleaseContent::make(stack, *file.checked.exprs, classes,
                                      std::move(charts->archives), file.sink);
  if (!content) return;
  const package::Version chosen =
      version ? *version : package::hash_version(content->hashes().cluster_stack);
  const std::string directory = joined(options.out, package::tag({content->line(), chosen}));
  const FileTree files = content->files(same_version(chosen));
  if (const auto written = environment.output.replace_directory(directory, files); !written) {
    result.failures.push_back(written.error().text);
    return;
  }
  result.out += fmt::format("{}  Kubernetes {}, {} files\n", directory, stack.kubernetes_version,
                            files.size());
  for (const std::string& note : charts->notes) result.out += fmt::format("  {}\n", note);
}

}  // namespace

Exit build(const BuildOptions& options, Environment& environment) {
  std::optional<package::Version> version;
  if (options.version) {
    const auto parsed = package::parse_version(*options.version);
    if (!parsed) {
      environment.err += fmt::format("error: {}\n", parsed.error().text);
      return Exit::Usage;
    }
    version = *parsed;
  }
  return run_files(options.paths,
                   {.check = {.cluster_api = options.cluster_api, .kubernetes = options.kubernetes},
                    .schemas = options.schemas,
                    .with_charts = true,
                    .charts = options.charts},
                   environment,
                   [&](CheckedFile& file, const source::SourceSet&, FileResult& result) {
                     LoweredClasses classes;
                     for (const ir::Stack& stack : selected_lines(file, options.kubernetes)) {
                       build_line(stack, options, version, classes, file, environment, result);
                     }
                   });
}

}  // namespace stackc::driver
