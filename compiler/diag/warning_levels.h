#pragma once

#include <map>
#include <string>
#include <vector>

#include "compiler/base/result.h"
#include "compiler/diag/sink.h"

namespace stackc::diag {

/// What becomes of warnings, as `--warn` says: `error` (all of them), `off=stack/unused-let` (one),
/// `error=stack` (an area), `warn=stack` (as they are). Of several that speak of a warning the last
/// one counts. Errors stay errors.
class WarningLevels {
 public:
  /// The error names what is unknown, and what was probably meant.
  static Result<WarningLevels> parse(const std::vector<std::string>& options);

  /// Changes the severity of warnings, and drops those that are off.
  void apply(std::vector<Report>& reports) const;

 private:
  enum class Level : std::uint8_t { Off, Warn, Error };
  static Result<Level> parse_level(std::string_view word);

  std::map<std::string_view, Level> levels_;  // by id
};

}  // namespace stackc::diag
