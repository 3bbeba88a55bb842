#pragma once

#include "compiler/parse/repair.h"

namespace stackc::parse {

/// A token of another kind at the place of one.
Token made(TokenKind kind, const Token& from);

/// A name or a text between the quotes of a string.
Token unquoted(const Token& string);

/// Puts tokens of these kinds in the place of `erased` ones, and asks whether `shown` was meant.
Repair replace(const Place& place, std::size_t index, const std::vector<TokenKind>& kinds,
               std::string_view shown, std::size_t erased = 1);

/// What to write instead of `list[0]`.
inline constexpr std::string_view no_item_by_number =
    "items have no numbers: `[for item in list { … }]` goes through them, and one that is needed "
    "alone gets a name";

/// The kinds of repairs that have a file of their own: imports, types and declarations, and values
/// as other languages write them. Only the first may be asked about the first token of a file.
std::optional<Repair> repair_import(const Place& place);
std::optional<Repair> repair_type(const Place& place);
std::optional<Repair> repair_value(const Place& place);

}  // namespace stackc::parse
