#include "compiler/check/scs_flavor.h"

#include <charconv>

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

}  // namespace stackc::check
