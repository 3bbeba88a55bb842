#pragma once

#include "compiler/parse/reports.h"
#include "compiler/parse/token.h"
#include "compiler/source/source_set.h"

namespace stackc::parse {

/// Reports lists and records that are written by indentation, as YAML has them, and puts one value
/// that says nothing in the place of each.
void replace_yaml(const source::SourceFile& file, std::vector<Token>& tokens, Reports& reports);

/// Where the text of several lines behind `|` at `begin` ends: before the first line that is
/// indented no deeper than `indent` bytes.
std::size_t end_of_yaml_text(std::string_view text, std::size_t begin, std::size_t indent);

}  // namespace stackc::parse
