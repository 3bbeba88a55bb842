#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace stackc::check {

/// A place in a text that looks like a reference in another language: `{{ .x }}`, `$x`, `$(x)` or
/// `{x}`.
struct ForeignReference {
  std::size_t begin;  // in the text, in bytes
  std::size_t end;
  std::string path;  // `x` or `a.b`, without what is around it
};

/// The next one at or behind `from`. A name that the text itself gives a value (`x=…`, as scripts
/// do) is none.
std::optional<ForeignReference> next_reference(std::string_view text, std::size_t from);

}  // namespace stackc::check
