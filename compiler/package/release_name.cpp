#include "compiler/package/release_name.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "compiler/base/check.h"

namespace stackc::package {
namespace {

constexpr std::string_view word_characters = "abcdefghijklmnopqrstuvwxyz0123456789";

constexpr std::size_t hash_characters = 7;

bool is_word(std::string_view text) {
  return !text.empty() && text.find_first_not_of(word_characters) == std::string_view::npos;
}

/// Decimal, without sign and leading zeros, at most nine digits.
std::optional<std::uint32_t> parse_number(std::string_view text) {
  constexpr std::size_t most_digits = 9;
  if (text.empty() || text.size() > most_digits || (text.size() > 1 && text[0] == '0'))
    return std::nullopt;
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.begin(), text.end(), number);
  if (error != std::errc{} || end != text.end()) return std::nullopt;
  return number;
}

Error bad_word(std::string_view what, std::string_view text) {
  if (text.empty()) return {fmt::format("the {} is empty", what)};
  return {fmt::format("{} `{}` has characters other than `a`–`z` and `0`–`9`", what, text)};
}

/// Versions of charts are semantic versions, and Helm's parser refuses such a part (Semantic
/// Versioning 2.0.0, item 9).
bool has_leading_zero(std::string_view part) {
  return part.size() > 1 && part[0] == '0' &&
         part.find_first_not_of("0123456789") == std::string_view::npos;
}

/// `major` is `v3`; channel and patch are both there or both empty.
Result<Version> make_version(std::string_view major, std::string_view channel,
                             std::string_view patch) {
  const std::optional<std::uint32_t> number =
      major.starts_with('v') ? parse_number(major.substr(1)) : std::nullopt;
  if (!number)
    return Error{fmt::format("version `{}` does not begin with `v` and a number", major)};
  return Version{*number, std::string(channel), std::string(patch)};
}

Result<Version> make_channel_version(std::string_view major, std::string_view channel,
                                     std::string_view patch) {
  if (!is_word(channel)) return bad_word("channel", channel);
  if (!is_word(patch)) return bad_word("patch", patch);
  for (const std::string_view part : {channel, patch}) {
    if (has_leading_zero(part))
      return Error{fmt::format("`{}` is a number with leading zeros, which Helm refuses", part)};
  }
  return make_version(major, channel, patch);
}

}  // namespace

std::string dotted(const Version& version) {
  if (version.channel.empty()) return fmt::format("v{}", version.major);
  return fmt::format("v{}-{}.{}", version.major, version.channel, version.patch);
}

std::string dashed(const Version& version) {
  if (version.channel.empty()) return fmt::format("v{}", version.major);
  return fmt::format("v{}-{}-{}", version.major, version.channel, version.patch);
}

Result<Version> parse_version(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return make_version(text, {}, {});
  const std::string_view rest = text.substr(dash + 1);
  const std::size_t dot = rest.find('.');
  if (dot == std::string_view::npos) {
    return Error{
        fmt::format("version `{}` has no patch after its channel; write `v0-beta.1`", text)};
  }
  return make_channel_version(text.substr(0, dash), rest.substr(0, dot), rest.substr(dot + 1));
}

Version hash_version(std::string_view hash) {
  CHECK(hash.size() >= hash_characters, "a SHA-256 has more characters than are cleaned away");
  while (has_leading_zero(hash.substr(0, hash_characters))) hash.remove_prefix(1);
  return {.major = 0, .channel = "sha", .patch = std::string(hash.substr(0, hash_characters))};
}

std::string tag(const ReleaseName& name) {
  return fmt::format("{}-{}", name.line, dashed(name.version));
}

std::string class_name(const ReleaseName& name) {
  return fmt::format("{}-{}", name.line, dotted(name.version));
}

}  // namespace stackc::package
