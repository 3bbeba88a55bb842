#pragma once

#include <vector>

#include "compiler/syntax/ast.h"

namespace stackc::mistakes {

/// A name in a file, by what it is there.
struct NamePlace {
  enum class Kind : std::uint8_t {
    Use,      // of a variable, let, parameter, function or module
    Member,   // behind a dot
    Field,    // of a record whose fields are known
    Type,     // of a variable, field or parameter
    Choice,   // a text among listed ones: a pattern of a match
    Import,   // of a module
    Section,  // and hooks
    Step,     // of a stage
  };
  Kind kind;
  source::Span span;
};

/// Names whose misspelling makes the file wrong, in the order of the tree.
std::vector<NamePlace> names_of(const syntax::Module& module);

}  // namespace stackc::mistakes
