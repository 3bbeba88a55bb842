#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/parse/place.h"

namespace stackc::parse {

/// Tokens that are put in the place of others.
struct TokenEdit {
  std::size_t index;
  std::size_t erased;
  std::vector<Token> tokens;
};

/// A change of the tokens after which the file reads as its author meant it. The parser starts
/// again then, so that nothing follows from the mistake but its own report.
struct Repair {
  std::vector<TokenEdit> edits;  // in the order of the tokens, apart from each other
  std::size_t place;             // of the token to report, which may stand before the one found
  std::string hint;              // replaces the one that the place suggests; may be empty
  std::string replacement;       // what a fix puts in the place of the reported token; may be empty
  bool ends_early = false;       // the line does, behind the reported token: the fix goes there
};

/// How to read on, if one small change of the tokens at the place or directly before it does it.
std::optional<Repair> find_repair(const Place& place);

/// Changes the tokens.
void apply(const Repair& repair, Balanced& balanced);

}  // namespace stackc::parse
