#include <fmt/core.h>

#include <map>
#include <mutex>

#include "compiler/driver/commands.h"
#include "compiler/driver/run_files.h"
#include "compiler/driver/vendored_charts.h"
#include "compiler/driver/workspace.h"
#include "compiler/package/sha256.h"
#include "compiler/publish/loader.h"

namespace stackc::driver {
namespace {

constexpr std::size_t largest_chart = std::size_t{64} << 20;

/// The charts that the stacks of one lock file need.
struct Wanted {
  std::string directory;  // for the archives
  std::map<std::pair<std::string, std::string>, std::string>
      charts;  // repository by name and version
};

Exit fail(const Error& error, Environment& environment) {
  environment.err += fmt::format("error: {}\n", error.text);
  return Exit::World;
}

/// Fetches what is not there yet and pins it. A chart that is pinned already must come out with the
/// same digest, whoever serves it.
Result<void> fetch(const Wanted& wanted, const std::string& lock_path,
                   publish::Publisher& publisher, Environment& environment) {
  auto pinned = read_lock_file(environment.files, lock_path);
  if (!pinned) return pinned.error();
  std::vector<charts::PinnedChart> kept;
  for (const auto& [key, repository] : wanted.charts) {
    charts::PinnedChart chart{key.first, key.second, repository, {}};
    const charts::PinnedChart* pin = charts::find_chart(*pinned, chart.name, chart.version);
    const std::string path = joined(wanted.directory, charts::archive_name(chart));
    std::string bytes;
    if (pin && environment.files.exists(path)) {
      auto there = environment.files.read(path, largest_chart);
      if (!there) return there.error();
      bytes = *std::move(there);
      environment.out += fmt::format("{}  is there\n", path);
    } else {
      auto fetched = publisher.fetch_chart({chart.name, chart.version, repository});
      if (!fetched) return fetched.error();
      bytes = std::move(fetched->bytes);
      environment.out += fmt::format("{}  fetched, {} bytes\n", path, bytes.size());
    }
    chart.sha256 = package::to_hex(package::sha256(bytes));
    if (pin) {
      if (auto same = charts::expect_digest(*pin, path, chart.sha256); !same) return same;
    }
    if (auto written = environment.output.write_file(path, bytes); !written) return written;
    kept.push_back(std::move(chart));
  }
  return environment.output.write_file(lock_path, charts::print_lock_file(std::move(kept)));
}

}  // namespace

Exit vendor(const VendorOptions& options, Environment& environment) {
  std::mutex mutex;
  std::map<std::string, Wanted> by_lock_file;
  const Exit checked = run_files(
      options.paths, {.check = {}, .schemas = options.schemas}, environment,
      [&](CheckedFile& file, const source::SourceSet&, FileResult&) {
        const std::lock_guard lock(mutex);
        for (const ir::Stack& stack : file.checked.stacks) {
          Wanted& wanted = by_lock_file[lock_file_path(file.path)];
          wanted.directory = charts_directory(file.path, options.charts);
          for (const ir::AddOn& add_on : stack.add_ons)
            wanted.charts[{add_on.chart.name, add_on.chart.version}] = add_on.chart.repository;
        }
      });
  if (checked != Exit::Fine) return checked;
  const auto publisher = publish::load_publisher(environment.binary_directory);
  if (!publisher) return fail(publisher.error(), environment);
  for (const auto& [lock_path, wanted] : by_lock_file) {
    if (const auto fetched = fetch(wanted, lock_path, **publisher, environment); !fetched)
      return fail(fetched.error(), environment);
  }
  return Exit::Fine;
}

}  // namespace stackc::driver
