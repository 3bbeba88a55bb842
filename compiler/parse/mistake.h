#pragma once

#include "compiler/parse/repair.h"

namespace stackc::parse {

/// How a message names a token: `a string`, `the end of the file`, or its text in backticks.
std::string describe_found(const source::SourceFile& file, const Token& token);

/// `a:` or `x =` without a value takes the name that starts the next line for one, and the parser
/// stumbles over what follows that name: is this the case at `index`?
bool name_for_value(const std::vector<Token>& tokens, std::size_t index);

/// Is it a form that the grammar keeps for later?
bool is_reserved_form(const Place& place);

/// Is it a value that is missing: nothing stands behind a sign that demands one?
bool lacks_value(const Place& place);

/// Reports that the token does not fit where the parser stands: what was found, what was expected,
/// and the way out where the mistake is a known one.
void report_mistake(const Place& place, const antlr4::Parser& parser, Reports& reports);

/// The same for a mistake after which the parser starts again.
void report_repaired(const Place& place, const antlr4::Parser& parser, const Repair& repair,
                     Reports& reports);

}  // namespace stackc::parse
