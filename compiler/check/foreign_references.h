#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stackc::check {

/// A place in a text that looks like a reference in another language: `{{ .x }}`, `$x`, `$(x)` or
/// `{x}`.
struct ForeignReference {
  std::size_t begin;  // in the text, in bytes
  std::size_t end;
  std::string path;  // `x` or `a.b`, without what is around it
};

/// All of a text, in order. A name that the text itself gives a value (`x=…`, `read x`, as scripts
/// do) is none.
std::vector<ForeignReference> foreign_references(std::string_view text);

}  // namespace stackc::check
