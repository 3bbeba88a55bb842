#pragma once

#include <antlr4-runtime.h>

#include "compiler/parse/brackets.h"

namespace stackc::parse {

/// How a message names a token: `a string`, `the end of the file`, or its text in backticks.
std::string describe_found(const source::SourceFile& file, const Token& token);

/// Reports that the token at `index` does not fit where the parser stands: what was found, what was
/// expected, and the way out where the mistake is a known one.
void report_mistake(const source::SourceFile& file, const Balanced& balanced, std::size_t index,
                    antlr4::Parser& parser, Reports& reports);

}  // namespace stackc::parse
