#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace stackc {

/// What somebody probably meant to type.
struct Nearest {
  std::string_view name;  // empty: nothing is near
  bool only = false;      // no other candidate is near

  bool empty() const { return name.empty(); }
};

/// The candidate closest to `word`. Near is what is within a third of its length (at least one
/// edit). Between candidates that are equally close one with a letter more or less wins over one
/// with another letter (`mirror` for `miror`, not `minor`), then the one with the same case, dashes
/// and underscores, then the earlier.
Nearest nearest(std::string_view word, const std::vector<std::string_view>& candidates);

/// The nearest candidate; else the one that is best abbreviated by `word`, or that `word` has more
/// words than or leaves out something in the middle of, which is a guess and never `only`; else
/// nothing.
Nearest suggestion(std::string_view word, const std::vector<std::string_view>& candidates);

/// Whether two names such as `nodeImage` and `node-images` have a word in common that says
/// something, singular or plural.
bool share_a_word(std::string_view a, std::string_view b);

/// Without what people confuse when they remember a name: case, dashes and underscores.
std::string folded(std::string_view word);

/// Number of single-character insertions, deletions, replacements and neighbour swaps between two
/// words.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// Code points in valid UTF-8 text.
std::size_t count_code_points(std::string_view utf8);

/// Offset of the first byte that is not part of valid UTF-8 (RFC 3629: no surrogates, no overlong
/// forms), or npos.
std::size_t find_invalid_utf8(std::string_view bytes);

/// `a, b, c`, each in backticks, for messages that list choices.
std::string quoted_list(const std::vector<std::string_view>& names);

}  // namespace stackc
