#pragma once

#include <functional>
#include <string>
#include <vector>

#include "compiler/driver/environment.h"
#include "compiler/driver/present.h"
#include "compiler/driver/session.h"

namespace stackc::driver {

/// Called on a worker thread with a file that was read and checked. If the file has errors, only
/// they are reported and this is not called. It may add reports to the sink, files that they point
/// into, text to `out`, and failures.
using Process =
    std::function<void(CheckedFile& file, source::SourceSet& sources, FileResult& result)>;

/// The files that the paths of a command line stand for, each once.
Result<std::vector<std::string>> files_of(const std::vector<std::string>& paths,
                                          source::FileSystem& files);

/// Checks one file and processes it if it has no errors. What the result holds of the world is in
/// `result`, the reports are in the sink of what is returned.
CheckedFile examine(const std::string& path, Session& session, const Process& process,
                    FileResult& result);

/// Checks every file that the paths stand for, on all threads of the environment, processes those
/// without errors, and presents what came of it. If the options ask for one Kubernetes line, some
/// stack must have it.
Exit run_files(const std::vector<std::string>& paths, const SessionOptions& options,
               Environment& environment, const Process& process, const Presentation& how = {});

}  // namespace stackc::driver
