#pragma once

#include "compiler/parse/reports.h"
#include "compiler/parse/token.h"
#include "compiler/source/source_set.h"

namespace stackc::parse {

/// More tokens than any real file has; bounds the memory of the tree.
constexpr std::size_t most_tokens = 250'000;

/// Cuts a file of valid UTF-8 into tokens. Written by hand, because ANTLR's lexer is too slow when
/// cold, counts in code points, and cannot say what is wrong with a string. Stops early after
/// `most_tokens`.
Tokens lex(const source::SourceFile& file, Reports& reports);

}  // namespace stackc::parse
