#pragma once

#include <string>
#include <vector>

#include "compiler/diag/warning_levels.h"
#include "compiler/driver/environment.h"
#include "compiler/driver/present.h"
#include "compiler/driver/run_files.h"
#include "compiler/driver/session.h"

namespace stackc::driver {

/// Applies what is certain (diag::certain_fix) to the files and to what they import, but not to the
/// standard library, until nothing certain is left; at most a few rounds, because a fix can uncover
/// the next mistake. The reports are those of run_files() with the same `process`. Each file is
/// written whole. Files that cannot be read are left to the check that follows.
Fixes apply_fixes(const std::vector<std::string>& files, const SessionOptions& options,
                  const Process& process, const diag::WarningLevels& warnings,
                  Environment& environment);

}  // namespace stackc::driver
