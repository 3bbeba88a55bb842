#pragma once

#include "compiler/diag/diagnostic.h"

/// One header per area, so that a new diagnostic rebuilds the phase that reports it and no other.
namespace stackc::diag {

#define DIAG(name, id, severity, message, ...) \
  inline constexpr Diagnostic<__VA_ARGS__> name{id, Severity::severity, message};
#include "compiler/diag/catalogue/chart.def"
#undef DIAG

}  // namespace stackc::diag
