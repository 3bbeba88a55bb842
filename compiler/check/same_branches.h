#pragma once

#include <map>
#include <vector>

#include "compiler/diag/sink.h"
#include "compiler/source/source_set.h"

namespace stackc::check {

/// Choices whose branches are all written alike: the condition has no effect, and one branch was
/// copied and not changed. A definition is elaborated once per Kubernetes line; a place counts
/// once.
class SameBranches {
 public:
  /// `chosen_by` is the condition or the subject of a match; a branch without entries has no place.
  void add(source::Span chosen_by, std::vector<source::Span> branches) {
    choices_.insert_or_assign(chosen_by, std::move(branches));
  }
  void add_all(const SameBranches& other) {
    choices_.insert(other.choices_.begin(), other.choices_.end());
  }

  void report(const source::SourceSet& sources, diag::Sink& sink) const;

 private:
  std::map<source::Span, std::vector<source::Span>> choices_;
};

}  // namespace stackc::check
