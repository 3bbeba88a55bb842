#pragma once

#include <set>
#include <string>
#include <vector>

#include "compiler/diag/outcome.h"
#include "compiler/diag/warning_levels.h"
#include "compiler/driver/environment.h"

namespace stackc::driver {

/// What was fixed before the check.
struct Fixes {
  std::vector<diag::AppliedFix> applied;
  std::vector<std::string> failures;  // of the world: a file that cannot be written
};

/// What a command made of one file; printed in the order of the files, whatever thread was first.
struct FileResult {
  struct Finding {
    diag::PlacedReport report;
    std::string text;  // as a person reads it
  };
  std::vector<Finding> findings;
  std::vector<std::string> failures;       // of the world, each a sentence without a full stop
  std::set<std::string> unchecked_charts;  // of which no archive is at hand
  std::set<std::string> lines;             // Kubernetes minor versions of its stacks: `1.34`
  std::string out;                         // for standard output
};

enum class ReportFormat : std::uint8_t { Text, Json, Sarif };

/// How findings are shown.
struct Presentation {
  ReportFormat format = ReportFormat::Text;
  diag::WarningLevels warnings = {};
  Fixes before = {};
};

/// Prints reports (each once, though two files may share a library), failures, a count and which
/// charts were not at hand to `err`, texts to `out`; in another format than text everything is one
/// document on `out`. The exit code is the gravest: a failure of the world before errors in a
/// definition.
Exit present(const std::vector<FileResult>& results, const Presentation& how,
             Environment& environment);

}  // namespace stackc::driver
