#pragma once

#include "compiler/parse/reports.h"
#include "compiler/parse/token.h"
#include "compiler/source/source_set.h"

namespace stackc::parse {

/// Reports lists and records that are written by indentation, as YAML has them, and puts one value
/// that says nothing in the place of each.
void replace_yaml(const source::SourceFile& file, std::vector<Token>& tokens, Reports& reports);

}  // namespace stackc::parse
