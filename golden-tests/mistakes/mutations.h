#pragma once

#include <string_view>
#include <vector>

#include "compiler/source/source_set.h"
#include "golden-tests/mistakes/corpus.h"

namespace stackc::mistakes {

/// A mistake that a program made.
struct Mutation {
  std::string_view kind;
  Edit edit;
  std::string meant;  // what was misspelt; empty for other mistakes
};

/// Every single slip that the operators know, in the order of the text: names with a letter too
/// few, too many or of another case, tokens that are left out, doubled or taken from another
/// language. Most of them make the file wrong, but not all.
std::vector<Mutation> mutations_of(const source::SourceFile& file);

}  // namespace stackc::mistakes
