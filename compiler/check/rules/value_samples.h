#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "compiler/ir/expr.h"
#include "compiler/value/value.h"

namespace stackc::check {

/// What a value can come to. Paths are as in types::Mismatch.
struct ValueSample {
  Value value;
  std::map<std::string, source::Span> places;  // of what the author has written, by path
  std::set<std::string> stand_ins;  // paths of what is known later: a value of its kind is there
  std::set<std::string> left_out;   // likewise, but its kind is not known either
};

/// Samples in which each branch is taken at least once, within a bound; one if there are none.
std::vector<ValueSample> value_samples(ir::ExprRef expr);

}  // namespace stackc::check
