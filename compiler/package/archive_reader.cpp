#include "compiler/package/archive_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

#include "compiler/base/text.h"
#include "compiler/package/gzip.h"
#include "compiler/package/tar_format.h"

namespace stackc::package {
namespace {

using tar_format::Field;

Error at_entry(std::string_view path, std::string_view what) {
  return {fmt::format("`{}` {}", path, what)};
}

std::optional<std::uint64_t> parse_number(std::string_view digits, int base) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(digits.begin(), digits.end(), number, base);
  if (error != std::errc{} || end != digits.end()) return std::nullopt;
  return number;
}

std::string_view raw(std::string_view block, Field field) {
  return block.substr(field.offset, field.length);
}

/// A text field: up to the first null, or all of it.
std::string_view text(std::string_view block, Field field) {
  const std::string_view bytes = raw(block, field);
  return bytes.substr(0, bytes.find('\0'));
}

/// Octal, with spaces around it. The binary form of GNU is for files beyond 8 GiB, which no limit
/// admits.
std::optional<std::uint64_t> number(std::string_view block, Field field) {
  std::string_view digits = text(block, field);
  digits.remove_prefix(std::min(digits.size(), digits.find_first_not_of(' ')));
  return parse_number(digits.substr(0, digits.find(' ')), 8);
}

/// The sum of a header's bytes, its own field counted as spaces.
std::uint64_t checksum(std::string_view block) {
  std::uint64_t sum = tar_format::checksum.length * ' ';
  for (std::size_t i = 0; i < block.size(); ++i) {
    const bool own = i - tar_format::checksum.offset < tar_format::checksum.length;
    sum += own ? 0 : static_cast<unsigned char>(block[i]);
  }
  return sum;
}

struct Header {
  std::string path;
  char type;
  std::uint64_t size;
};

Result<Header> parse_header(std::string_view block) {
  if (number(block, tar_format::checksum) != checksum(block))
    return Error{"damaged tar data: checksum of a header"};
  const std::optional<std::uint64_t> size = number(block, tar_format::size);
  if (!size) return Error{"damaged tar data: size of an entry"};
  std::string path(text(block, tar_format::name));
  // Only POSIX's own magic says that there is a prefix; GNU's has other things there.
  const std::string_view prefix = text(block, tar_format::prefix);
  if (raw(block, tar_format::magic) == tar_format::ustar_magic && !prefix.empty()) {
    path = fmt::format("{}/{}", prefix, path);
  }
  return Header{std::move(path), block[tar_format::type.offset], *size};
}

/// What entries for the archive's own use say about the entry that follows them.
struct Override {
  std::optional<std::string> path;
  std::optional<std::uint64_t> size;
};

/// `<length> <key>=<value>\n`, repeated; the length counts the whole record.
Result<void> read_pax_records(std::string_view records, Override& next) {
  const Error damaged{"damaged tar data: pax header"};
  while (!records.empty()) {
    const std::size_t space = records.find(' ');
    if (space == std::string_view::npos) return damaged;
    const std::optional<std::uint64_t> length = parse_number(records.substr(0, space), 10);
    if (!length || *length > records.size() || *length < space + 2) return damaged;
    const std::string_view record = records.substr(space + 1, *length - space - 1);
    records.remove_prefix(*length);
    const std::size_t equals = record.find('=');
    if (equals == std::string_view::npos || record.back() != '\n') return damaged;
    const std::string_view key = record.substr(0, equals);
    const std::string_view value = record.substr(equals + 1, record.size() - equals - 2);
    if (key == "path") next.path = value;
    if (key == "size" && !(next.size = parse_number(value, 10))) return damaged;
    if (key.starts_with("GNU.sparse.")) return Error{"a file has holes"};
  }
  return {};
}

/// The path without empty and `.` components, or why it is not one within a directory.
Result<std::string> clean_path(std::string_view path) {
  if (find_invalid_utf8(path) != std::string_view::npos ||
      path.find('\0') != std::string_view::npos) {
    return Error{"a path is not UTF-8"};
  }
  if (path.starts_with('/')) return at_entry(path, "is an absolute path");
  // Helm reads a backslash as a separator.
  if (path.find('\\') != std::string_view::npos)
    return at_entry(path, "has a backslash in its path");
  std::string clean;
  for (std::string_view rest = path; !rest.empty();) {
    const std::string_view component = rest.substr(0, rest.find('/'));
    rest.remove_prefix(std::min(rest.size(), component.size() + 1));
    if (component == "..") return at_entry(path, "leaves the directory of the archive");
    if (component.empty() || component == ".") continue;
    if (!clean.empty()) clean += '/';
    clean += component;
  }
  return clean;
}

Result<void> add_file(const Header& header, std::string_view content, FileTree& files) {
  Result<std::string> path = clean_path(header.path);
  if (!path) return path.error();
  switch (header.type) {
    case tar_format::directory:
      return {};
    case tar_format::regular_file:
    case tar_format::old_regular_file:
      break;
    case tar_format::hard_link:
    case tar_format::symbolic_link:
      return at_entry(header.path, "is a link");
    default:
      return at_entry(header.path, "is neither a file nor a directory");
  }
  if (path->empty()) return Error{"a file has no name"};
  if (!files.emplace(*std::move(path), content).second)
    return at_entry(header.path, "is there twice");
  return {};
}

/// Takes an entry in, or notes what it says about the next one.
Result<void> read_entry(Header header, std::string_view content, Override& next, FileTree& files) {
  if (header.type == tar_format::pax_global_header) return {};
  if (header.type == tar_format::pax_header) return read_pax_records(content, next);
  if (header.type == tar_format::gnu_long_name) {
    next.path = content.substr(0, content.find('\0'));
    return {};
  }
  if (next.path) header.path = *std::move(next.path);
  next = {};
  return add_file(header, content, files);
}

Result<FileTree> read_tar(std::string_view tar, std::size_t entry_limit) {
  FileTree files;
  Override next;
  for (std::size_t entries = 0; tar.size() >= tar_format::block_size; ++entries) {
    const std::string_view block = tar.substr(0, tar_format::block_size);
    tar.remove_prefix(tar_format::block_size);
    if (block.find_first_not_of('\0') == std::string_view::npos) return files;
    if (entries == entry_limit) return Error{fmt::format("more than {} entries", entry_limit)};
    Result<Header> header = parse_header(block);
    if (!header) return header.error();
    const std::uint64_t size = next.size.value_or(header->size);
    if (size > tar.size() || tar_format::padded(size) > tar.size())
      return Error{"damaged tar data: no end"};
    const Result<void> read = read_entry(*std::move(header), tar.substr(0, size), next, files);
    if (!read) return read.error();
    tar.remove_prefix(tar_format::padded(size));
  }
  return Error{"damaged tar data: no end"};
}

}  // namespace

Result<FileTree> read_tar_gz(std::string_view bytes, const ArchiveLimits& limits) {
  const Result<std::string> tar = gunzip(bytes, limits.unpacked_bytes);
  if (!tar) return tar.error();
  return read_tar(*tar, limits.entries);
}

}  // namespace stackc::package
