#pragma once

#include "compiler/diag/sink.h"
#include "compiler/resolve/program.h"
#include "compiler/source/source_set.h"

namespace stackc::driver {

/// Which reports about a definition that could not be read in full follow from what could not be
/// read, and are no mistakes of their own: everything about a declaration or an item of a stack
/// with a syntax error in it, and that something is missing or unknown anywhere.
class Consequences {
 public:
  Consequences(const diag::Sink& syntax_errors, const resolve::Program& program,
               const source::SourceSet& sources);

  bool hold(const diag::Report& report) const;

 private:
  bool damages(const source::Span& span, const diag::Report& syntax_error) const;

  const source::SourceSet& sources_;
  std::vector<source::Span> damaged_;       // declarations and items with a syntax error
  std::vector<source::FileId> unbalanced_;  // files in which a bracket is missing or too many
};

}  // namespace stackc::driver
