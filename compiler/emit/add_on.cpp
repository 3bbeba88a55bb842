#include <fmt/format.h>

#include "compiler/base/check.h"
#include "compiler/emit/artifacts.h"
#include "compiler/emit/yaml_writer.h"
#include "compiler/package/release_layout.h"

namespace stackc::emit {

void emit_add_on(const ir::AddOn& add_on, const AddOnContent& content, FileTree& files) {
  CHECK(add_on.name == content.name, "lowering keeps the order of the add-ons");
  const ir::ChartReference& chart = add_on.chart;
  const std::string folder = fmt::format("{}/{}/", package::layout::cluster_addon, add_on.name);

  // The folder's version is that of the chart in it: a folder that did not change keeps its bytes
  // from release to release.
  //
  // The repository stays even where the chart is vendored. `helm template --dependency-update`
  // downloads only if a dependency is missing in `charts/` (Helm 3.22: runInstall in
  // cmd/helm/install.go updates after CheckDependencies in pkg/action/install.go failed, which
  // compares names), so with the archive there nothing is asked of the network, and without
  // `--dependency-update` the same files work too. Leaving the repository out would be worse: an
  // update that somebody runs by hand then insists on an unpacked folder `charts/<name>`
  // (downloadAll in pkg/downloader/manager.go). For the same reason there is no Chart.lock: only
  // `helm dependency build` reads it.
  const Record dependency{{"name", chart.name},
                          {"alias", chart_alias(add_on)},
                          {"version", chart.version},
                          {"repository", chart.repository}};
  const Record description{
      {"apiVersion", "v2"},
      {"name", add_on.name},
      {"description", summary(add_on.description, fmt::format("{} {}", chart.name, chart.version))},
      {"type", "application"},
      {"version", chart.version},
      {"dependencies", List{dependency}}};
  files[folder + "Chart.yaml"] = write_yaml(description);
  if (!content.values.empty()) {
    files[folder + "values.yaml"] = write_yaml(content.values);
  }
  if (!content.overwrite.empty()) files[folder + "overwrite.yaml"] = content.overwrite;
  if (!content.archive.empty()) {
    files[folder + "charts/" + package::layout::archive(chart.name, chart.version)] =
        content.archive;
  }
}

}  // namespace stackc::emit
