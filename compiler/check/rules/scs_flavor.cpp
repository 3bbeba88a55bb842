#include "compiler/check/rules/scs_flavor.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>
#include <vector>

#include "compiler/base/ascii.h"
#include "compiler/base/text.h"
#include "compiler/types/pattern.h"

namespace stackc::check {
namespace {

/// Reads a name from the left.
class Reader {
 public:
  explicit Reader(std::string_view rest) : rest_(rest) {}

  bool skip(std::string_view text) {
    if (!rest_.starts_with(text)) return false;
    rest_.remove_prefix(text.size());
    return true;
  }
  bool skip_one_of(std::string_view letters) {
    if (rest_.empty() || letters.find(rest_.front()) == letters.npos) return false;
    rest_.remove_prefix(1);
    return true;
  }
  /// A positive number without leading zero.
  std::optional<std::int64_t> count() {
    if (rest_.empty() || rest_.front() < '1' || rest_.front() > '9') return std::nullopt;
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), number);
    if (error != std::errc()) return std::nullopt;
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    return number;
  }
  /// CPU, memory and disk end here; extensions begin with `_`.
  bool at_end() const { return rest_.empty() || rest_.front() == '_'; }

 private:
  std::string_view rest_;
};

bool skip_cpu(Reader& name) {
  if (!name.skip("SCS-") || !name.count() || !name.skip_one_of("CTVL")) return false;
  name.skip("i");
  return true;
}

/// In MiB.
std::optional<std::int64_t> memory(Reader& name) {
  constexpr std::int64_t half = 512;
  constexpr std::int64_t most = 1'000'000;  // GiB; what has more is no machine
  std::int64_t size = half;
  if (!name.skip("-")) return std::nullopt;
  if (!name.skip("0.5")) {
    const auto gib = name.count();
    if (!gib || *gib > most) return std::nullopt;
    size = *gib * 2 * half + (name.skip(".5") ? half : 0);
  }
  name.skip("u");
  name.skip("o");
  return size;
}

}  // namespace

std::optional<std::int64_t> disk_of_scs_flavor(std::string_view name) {
  Reader reader(name);
  if (!skip_cpu(reader) || !memory(reader)) return std::nullopt;
  if (reader.at_end()) return 0;
  if (!reader.skip("-")) return std::nullopt;
  std::optional<std::int64_t> size = reader.count();
  if (size && reader.skip("x")) {  // that was how many disks
    size = reader.count();
    if (!size) return std::nullopt;
  }
  reader.skip_one_of("nhsp");
  return reader.at_end() ? size : std::nullopt;
}

std::optional<std::int64_t> memory_of_scs_flavor(std::string_view name) {
  Reader reader(name);
  if (!skip_cpu(reader)) return std::nullopt;
  const auto size = memory(reader);
  return reader.at_end() || reader.skip("-") ? size : std::nullopt;
}

namespace {

/// The numbers and words of a text, without the signs between them; words in lower case.
std::vector<std::string> parts_of_name(std::string_view text) {
  std::vector<std::string> parts;
  char previous = '-';
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (is_digit(previous) && text.substr(at).starts_with(".5")) {
      parts.back() += ".5";
      previous = text[++at];
      continue;
    }
    const char c = text[at];
    const bool continues = is_letter(c) ? is_letter(previous) : is_digit(c) && is_digit(previous);
    if (is_letter_or_digit(c) && !continues) parts.emplace_back();
    if (is_letter_or_digit(c))
      parts.back() += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    previous = c;
  }
  return parts;
}

/// Takes what is there from the left, in the order of the standard or with a word before its
/// number.
class Parts {
 public:
  explicit Parts(std::vector<std::string> parts) : parts_(std::move(parts)) {}

  bool at_end() const { return next_ == parts_.size(); }
  bool at_word() const { return !at_end() && is_letter(parts_[next_].front()); }

  /// Without the zeros at its front; empty if there is none.
  std::string number() {
    if (at_end() || at_word()) return "";
    const std::string& text = parts_[next_++];
    const bool is_below_one = text.starts_with("0.");
    return is_below_one ? text : text.substr(std::min(text.find_first_not_of('0'), text.size()));
  }

  /// What is written for the word, if it is one of those.
  template <std::size_t Size>
  std::string_view word(
      const std::array<std::pair<std::string_view, std::string_view>, Size>& meanings) {
    if (!at_word()) return "";
    const auto found = std::ranges::find(meanings, std::string_view(parts_[next_]),
                                         &std::pair<std::string_view, std::string_view>::first);
    if (found == meanings.end()) return "";
    ++next_;
    return found->second;
  }

 private:
  std::vector<std::string> parts_;
  std::size_t next_ = 0;
};

using Meaning = std::pair<std::string_view, std::string_view>;
constexpr std::array<Meaning, 9> cpu_words{{{"c", "C"},
                                            {"t", "T"},
                                            {"v", "V"},
                                            {"l", "L"},
                                            {"ci", "Ci"},
                                            {"ti", "Ti"},
                                            {"vi", "Vi"},
                                            {"li", "Li"},
                                            {"vcpu", "V"}}};
constexpr std::array<Meaning, 3> memory_words{{{"u", "u"}, {"o", "o"}, {"uo", "uo"}}};
constexpr std::array<Meaning, 4> units{{{"g", ""}, {"gb", ""}, {"gi", ""}, {"gib", ""}}};
constexpr std::array<Meaning, 7> disk_words{
    {{"n", "n"}, {"h", "h"}, {"s", "s"}, {"p", "p"}, {"nvme", "n"}, {"hdd", "h"}, {"ssd", "s"}}};
constexpr std::array<Meaning, 1> times{{{"x", "x"}}};

/// `4V-8-50s`, or nothing if the parts are not those of a flavor.
std::string flavor_of(Parts parts) {
  std::string_view kind = parts.word(cpu_words);
  const std::string cpus = parts.number();
  if (kind.empty()) kind = parts.word(cpu_words);
  const std::string memory = parts.number();
  if (cpus.empty() || memory.empty()) return "";
  std::string name = cpus + std::string(kind.empty() ? "V" : kind) + "-" + memory;
  name += parts.word(memory_words);
  parts.word(units);
  if (parts.at_end()) return name;
  std::string_view disk = parts.word(disk_words);
  std::string size = parts.number();
  if (!parts.word(times).empty()) size += "x" + parts.number();
  if (size.empty()) return "";
  parts.word(units);
  if (disk.empty()) disk = parts.word(disk_words);
  return parts.at_end() ? name + "-" + size + std::string(disk) : "";
}

/// Where the extensions begin: `_` and a letter.
std::size_t end_of_sizes(std::string_view text) {
  std::size_t end = text.find('_');
  while (end != text.npos && (end + 1 == text.size() || !is_letter(text[end + 1])))
    end = text.find('_', end + 1);
  return std::min(end, text.size());
}

}  // namespace

namespace {

/// Whether a flavor begins with `SCS` in some case, or with a slip of it before sizes that are
/// written as the standard has them.
bool is_mark(std::string_view mark, std::string_view rest) {
  constexpr std::string_view right = "SCS";
  return folded(mark) == folded(right) ||
         (edit_distance(mark, right) == 1 &&
          types::matches_pattern(rest, "^-[1-9][0-9]*[CTVL]i?-[0-9]"));
}

}  // namespace

std::string meant_scs_flavor(std::string_view text) {
  constexpr std::size_t longest = 100;
  const auto end_of_mark = std::ranges::find_if_not(text, is_letter);
  const auto length = static_cast<std::size_t>(end_of_mark - text.begin());
  const std::string_view rest = text.substr(length);
  if (text.size() > longest || !is_mark(text.substr(0, length), rest)) return "";
  const std::size_t end = end_of_sizes(rest);
  const std::string sizes = flavor_of(Parts(parts_of_name(rest.substr(0, end))));
  const std::string meant = "SCS-" + sizes + std::string(rest.substr(end));
  const bool is_name = !sizes.empty() && memory_of_scs_flavor(meant) && disk_of_scs_flavor(meant);
  return is_name && meant != text ? meant : "";
}

}  // namespace stackc::check
