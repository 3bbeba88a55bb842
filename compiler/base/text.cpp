#include "compiler/base/text.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace stackc {

std::size_t edit_distance(std::string_view a, std::string_view b) {
  const std::size_t width = b.size() + 1;
  std::vector<std::size_t> two_back(width), previous(width), current(width);
  for (std::size_t j = 0; j < width; ++j) previous[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = i;
    for (std::size_t j = 1; j < width; ++j) {
      const std::size_t replace = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      current[j] = std::min({previous[j] + 1, current[j - 1] + 1, replace});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) current[j] = std::min(current[j], two_back[j - 2] + 1);
    }
    std::swap(two_back, previous);
    std::swap(previous, current);
  }
  return previous[b.size()];
}

namespace {

bool joins_words(char c) {
  return c == '-' || c == '_';
}

std::size_t folded_size(std::string_view word) {
  return word.size() - static_cast<std::size_t>(std::ranges::count_if(word, joins_words));
}

}  // namespace

std::string folded(std::string_view word) {
  std::string text;
  text.reserve(word.size());
  for (const char c : word) {
    if (joins_words(c)) continue;
    text += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return text;
}

namespace {

/// Whether some letter of one stands for another letter of the other; letters are dropped, doubled
/// and swapped more often than that.
bool has_replaced_letter(std::string_view a, std::string_view b) {
  return a.size() == b.size() && !std::ranges::is_permutation(a, b);
}

/// The shortest candidate that begins or ends with the word, else the longest that the word begins
/// or ends with: `architecture` for `arch`, `machine` for `machineTemplate`.
std::string_view abbreviated(const std::string& word,
                             const std::vector<std::string_view>& candidates) {
  constexpr std::size_t shortest_part = 3;   // of a word that says something
  constexpr std::size_t shortest_whole = 5;  // of a name that a longer one is likely to mean
  std::string_view best;
  for (const std::string_view candidate : candidates) {
    const std::string found = folded(candidate);
    if (std::min(found.size(), word.size()) < shortest_part) continue;
    const bool longer = found.starts_with(word) || found.ends_with(word);
    const bool shorter = word.starts_with(found) || word.ends_with(found);
    if (longer && (best.empty() || best.size() < word.size() || candidate.size() < best.size()))
      best = candidate;
    if (shorter && found.size() >= shortest_whole && best.size() < word.size() &&
        candidate.size() > best.size())
      best = candidate;
  }
  return best;
}

/// The shortest candidate of which the word leaves out something in the middle:
/// `kube-proxy-metrics-files` for `kube-proxy-files`.
std::string_view shortened(const std::string& word,
                           const std::vector<std::string_view>& candidates) {
  constexpr std::size_t shortest_part = 3;
  std::string_view best;
  for (const std::string_view candidate : candidates) {
    const std::string found = folded(candidate);
    if (found.size() <= word.size()) continue;
    const auto front = std::ranges::mismatch(word, found).in1 - word.begin();
    const auto back = std::mismatch(word.rbegin(), word.rend(), found.rbegin()).first;
    const auto begin = static_cast<std::size_t>(front);
    const auto end = static_cast<std::size_t>(back - word.rbegin());
    const bool fits = begin >= shortest_part && end >= shortest_part && begin + end >= word.size();
    if (fits && (best.empty() || candidate.size() < best.size())) best = candidate;
  }
  return best;
}

}  // namespace

Nearest nearest(std::string_view word, const std::vector<std::string_view>& candidates) {
  // A longer word is never what somebody meant to type, and the distance is quadratic in its
  // length.
  constexpr std::size_t longest_typed_name = 256;
  if (word.size() > longest_typed_name) return {};
  const std::string wanted = folded(word);
  const std::size_t limit = std::max<std::size_t>(1, wanted.size() / 3);
  Nearest best;
  std::tuple best_distance{limit, true, std::string_view::npos};
  for (const std::string_view candidate : candidates) {
    if (candidate == word) continue;
    const std::size_t size = folded_size(candidate);
    const std::size_t gap = size > wanted.size() ? size - wanted.size() : wanted.size() - size;
    if (gap > limit) continue;
    const std::string found = folded(candidate);
    const std::size_t edits = edit_distance(wanted, found);
    if (edits > limit) continue;
    const std::tuple distance{edits, has_replaced_letter(wanted, found),
                              edit_distance(word, candidate)};
    best.only = best.empty() || (best.only && candidate == best.name);
    if (distance < best_distance) {
      best.name = candidate;
      best_distance = distance;
    }
  }
  return best;
}

Nearest suggestion(std::string_view word, const std::vector<std::string_view>& candidates) {
  const Nearest near = nearest(word, candidates);
  if (!near.empty()) return near;
  const std::string wanted = folded(word);
  const std::string_view longer = abbreviated(wanted, candidates);
  return {.name = longer.empty() ? shortened(wanted, candidates) : longer};
}

namespace {

/// The words of a name, in lower case, that say something, without the `s` of a plural.
std::set<std::string> words_of(std::string_view name) {
  constexpr std::size_t shortest = 3;
  std::set<std::string> words;
  std::string word;
  const auto end_word = [&] {
    if (word.size() > shortest && word.ends_with('s')) word.pop_back();
    if (word.size() >= shortest) words.insert(word);
    word.clear();
  };
  for (const char c : name) {
    const bool is_capital = c >= 'A' && c <= 'Z';
    if (is_capital || joins_words(c)) end_word();
    if (!joins_words(c)) word += is_capital ? static_cast<char>(c - 'A' + 'a') : c;
  }
  end_word();
  return words;
}

}  // namespace

bool share_a_word(std::string_view a, std::string_view b) {
  const std::set<std::string> words = words_of(a);
  return std::ranges::any_of(words_of(b),
                             [&](const std::string& word) { return words.contains(word); });
}

std::size_t count_code_points(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

namespace {

/// Length of the UTF-8 sequence that starts at `rest`, or 0 if it is none.
std::size_t sequence_length(std::string_view rest) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(rest[i]); };
  const std::uint8_t first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
  if (length == 0 || first > 0xF4 || rest.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  const std::uint8_t second = byte(1);
  const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  const bool surrogate = first == 0xED && second >= 0xA0;
  const bool beyond_unicode = first == 0xF4 && second >= 0x90;
  return overlong || surrogate || beyond_unicode ? 0 : length;
}

}  // namespace

std::size_t find_invalid_utf8(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size();) {
    // Almost everything is ASCII, and lies in the way of every string that is written.
    std::uint64_t eight = 0;
    if (bytes.size() - i >= sizeof eight) {
      std::memcpy(&eight, bytes.data() + i, sizeof eight);
      if ((eight & 0x8080808080808080) == 0) {
        i += sizeof eight;
        continue;
      }
    }
    if (static_cast<unsigned char>(bytes[i]) < 0x80) {
      ++i;
      continue;
    }
    const std::size_t length = sequence_length(bytes.substr(i));
    if (length == 0) return i;
    i += length;
  }
  return std::string_view::npos;
}

std::string quoted_list(const std::vector<std::string_view>& names) {
  std::string text;
  for (const std::string_view name : names) {
    if (!text.empty()) text += ", ";
    text.append("`").append(name).append("`");
  }
  return text;
}

}  // namespace stackc
