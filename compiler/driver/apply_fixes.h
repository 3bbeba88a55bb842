#pragma once

#include <string>
#include <vector>

#include "compiler/diag/outcome.h"
#include "compiler/diag/warning_levels.h"
#include "compiler/driver/environment.h"
#include "compiler/driver/session.h"

namespace stackc::driver {

struct Fixes {
  std::vector<diag::AppliedFix> applied;
  std::vector<std::string> failures;  // of the world: a file that cannot be written
};

/// Applies what is certain (diag::certain_fix) to the files and to what they import, but not to the
/// standard library, until nothing certain is left; at most a few rounds, because a fix can uncover
/// the next mistake. Each file is written whole. Files that cannot be read are left to the check
/// that follows.
Fixes apply_fixes(const std::vector<std::string>& files, const SessionOptions& options,
                  const diag::WarningLevels& warnings, Environment& environment);

}  // namespace stackc::driver
