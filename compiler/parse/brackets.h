#pragma once

#include "compiler/parse/reports.h"
#include "compiler/parse/token.h"
#include "compiler/source/source_set.h"

namespace stackc::parse {

/// Nesting of brackets, interpolations, `if` and `match` in a file, and of operators in an
/// expression.
constexpr int deepest_nesting = 256;

/// The tokens with every bracket closed. The vectors run parallel to the tokens.
struct Balanced {
  static constexpr std::size_t none = ~std::size_t{0};

  std::vector<Token> tokens;
  std::vector<std::size_t> partner;  // of a token that opens or closes
  // The innermost bracket open around a token (for brackets: themselves), or none.
  std::vector<std::size_t> enclosing;
  std::vector<std::size_t> outer;     // of a bracket: the one around it, or none
  std::vector<source::Span> surplus;  // closing brackets that were dropped; not reported yet
  // Of the opening and the closing ones that are of two kinds; not reported yet.
  struct WrongPair {
    std::size_t opener, closer;
  };
  std::vector<WrongPair> wrong_pairs;

  /// Finds partners and what encloses what; after every change of the tokens.
  void link();
  /// The innermost bracket open behind a token, or none.
  std::size_t level_behind(std::size_t index) const {
    return closes(tokens[index].kind) ? outer[index] : enclosing[index];
  }
  /// Stands the token within a bracket whose closing one was missing?
  bool in_repaired(std::size_t index) const;
};

/// Reports brackets that are never closed, and repairs the tokens so that the parser meets no
/// unbalanced ones: a missing one is put where the indentation says that it was meant, one too many
/// is dropped. One that is closed by one of another kind stays as it is, in `wrong_pairs`.
Balanced balance(const source::SourceFile& file, std::vector<Token> tokens, Reports& reports);

/// The kind that closes what the other one opens.
TokenKind closer_of(TokenKind opener);

/// Reports (and says so) if the parser, which recurses, would go deeper than `deepest_nesting`.
bool too_deep(const source::SourceFile& file, const std::vector<Token>& tokens, Reports& reports);

}  // namespace stackc::parse
