#pragma once

#include "compiler/parse/brackets.h"
#include "grammar/antlr.h"

namespace stackc::parse {

/// How a message names a token: `a string`, `the end of the file`, or its text in backticks.
std::string describe_found(const source::SourceFile& file, const Token& token);

/// `a:` or `x =` without a value takes the name that starts the next line for one, and the parser
/// stumbles over what follows that name: is this the case at `index`?
bool name_for_value(const std::vector<Token>& tokens, std::size_t index);

/// Reports that the token at `index` does not fit where the parser stands: what was found, what was
/// expected, and the way out where the mistake is a known one.
void report_mistake(const source::SourceFile& file, const Balanced& balanced, std::size_t index,
                    antlr4::Parser& parser, Reports& reports);

}  // namespace stackc::parse
