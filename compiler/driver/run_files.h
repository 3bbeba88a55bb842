#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "compiler/driver/environment.h"
#include "compiler/driver/session.h"

namespace stackc::driver {

/// What a command made of one file; printed in the order of the files, whatever thread was first.
struct FileResult {
  std::vector<diag::Report> reports;
  std::vector<std::string> rendered;       // one per report
  std::vector<std::string> failures;       // of the world, each a sentence without a full stop
  std::set<std::string> unchecked_charts;  // of which no archive is at hand
  std::string out;                         // for standard output
};

/// Called on a worker thread with a file that was read and checked. If the file has errors, only
/// they are reported and this is not called. It may add reports to the sink, files that they point
/// into, text to `out`, and failures.
using Process =
    std::function<void(CheckedFile& file, source::SourceSet& sources, FileResult& result)>;

/// Checks every file that the paths stand for, on all threads of the environment, and processes
/// those without errors. Prints reports (each once, though two files may share a library),
/// failures, which charts were not at hand, and a count to `err`, texts to `out`. The exit code is
/// the gravest: a failure of the world before errors in a definition.
Exit run_files(const std::vector<std::string>& paths, const SessionOptions& options,
               Environment& environment, const Process& process);

}  // namespace stackc::driver
