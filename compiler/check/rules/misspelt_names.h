#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "compiler/diag/sink.h"
#include "compiler/source/source_set.h"

namespace stackc::check {

/// The name that `word` was meant to be: one that Kubernetes, the programs on a node or those of a
/// cloud know, and that is one slip of a finger away. Empty if the word is such a name itself, or
/// is like none. A word of other digits, or of another number (`groups`, `group`), is no slip.
std::string_view meant_name(std::string_view word);

/// The texts of a definition, and the keys of records that are written as texts. What they name
/// outside of the definition nothing resolves, so that a slip shows on a cluster only.
class WrittenTexts {
 public:
  /// A definition is elaborated once per Kubernetes line; a place counts once.
  void add(source::Span span, std::string_view text) { texts_.try_emplace(span, text); }
  void add_all(const WrittenTexts& other) {
    texts_.insert(other.texts_.begin(), other.texts_.end());
  }

  /// Warns of words that look like slips: of names that others know, and of names that the
  /// definition itself has elsewhere (`clouds-yaml`, `cluods-yaml`).
  void report(const source::SourceSet& sources, diag::Sink& sink) const;

 private:
  void report_confused(const std::set<source::Span>& told, diag::Sink& sink) const;

  std::map<source::Span, std::string> texts_;
};

}  // namespace stackc::check
