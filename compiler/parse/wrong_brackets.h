#pragma once

#include <functional>

#include "compiler/parse/brackets.h"

namespace stackc::parse {

/// How many syntax errors the tokens give.
using CountErrors = std::function<int(Balanced tokens)>;

/// Where a bracket is closed by one of another kind, one of the two is wrong: the one without which
/// the file has fewer errors. Reports it and changes its kind, in each of `balanced.wrong_pairs`.
void settle_wrong_brackets(const source::SourceFile& file, Balanced& balanced,
                           const CountErrors& count_errors, Reports& reports);

}  // namespace stackc::parse
