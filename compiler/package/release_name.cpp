#include "compiler/package/release_name.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <vector>

#include "compiler/base/check.h"

namespace stackc::package {
namespace {

constexpr std::string_view word_characters = "abcdefghijklmnopqrstuvwxyz0123456789";

// Helm refuses longer release names (ValidateReleaseName in pkg/chartutil/validate_name.go).
constexpr std::size_t longest_line = 53;

constexpr std::size_t hash_characters = 7;

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

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

std::string to_string(const LineName& line) {
  return fmt::format("{}-{}-{}-{}", line.provider, line.stack, line.kubernetes_major,
                     line.kubernetes_minor);
}

std::string tag(const ReleaseName& name) {
  return fmt::format("{}-{}", to_string(name.line), dashed(name.version));
}

std::string class_name(const ReleaseName& name) {
  return fmt::format("{}-{}", to_string(name.line), dotted(name.version));
}

Result<LineName> parse_line_name(std::string_view text) {
  const std::vector<std::string_view> parts = split(text, '-');
  if (parts.size() != 4) {
    return Error{fmt::format(
        "`{}` is not `<provider>-<stack>-<major>-<minor>`; the four parts have no dash", text)};
  }
  if (!is_word(parts[0])) return bad_word("provider", parts[0]);
  if (!is_word(parts[1])) return bad_word("stack name", parts[1]);
  const std::optional<std::uint32_t> major = parse_number(parts[2]);
  const std::optional<std::uint32_t> minor = parse_number(parts[3]);
  if (!major || !minor) {
    return Error{
        fmt::format("`{}-{}` is not the minor version of a Kubernetes", parts[2], parts[3])};
  }
  if (text.size() > longest_line) {
    return Error{fmt::format("`{}` has {} characters, at most {} in the name of a Helm release",
                             text, text.size(), longest_line)};
  }
  return LineName{std::string(parts[0]), std::string(parts[1]), *major, *minor};
}

Result<ReleaseName> parse_release_name(std::string_view text) {
  const std::vector<std::string_view> parts = split(text, '-');
  if (parts.size() < 5 || parts.size() > 7) {
    return Error{fmt::format(
        "release name `{}` is not `<provider>-<stack>-<major>-<minor>-<version>`", text)};
  }
  const std::size_t line_size = static_cast<std::size_t>(parts[4].data() - text.data()) - 1;
  Result<LineName> line = parse_line_name(text.substr(0, line_size));
  if (!line) return line.error();
  Result<Version> version = parts.size() == 7 ? make_channel_version(parts[4], parts[5], parts[6])
                                              : parse_version(text.substr(line_size + 1));
  if (!version) return version.error();
  return ReleaseName{*std::move(line), *std::move(version)};
}

}  // namespace stackc::package
