#pragma once

#include "compiler/parse/reports.h"
#include "compiler/parse/token.h"

namespace stackc::parse {

/// Reports `{{ .name }}` outside of a text, as templates of Helm and of Cluster API have it, and
/// replaces it: where a value stands by a broken literal, elsewhere by nothing.
void replace_templates(const source::SourceFile& file, std::vector<Token>& tokens,
                       Reports& reports);

}  // namespace stackc::parse
