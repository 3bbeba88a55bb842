#include "compiler/package/archive_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "compiler/base/check.h"
#include "compiler/package/gzip.h"
#include "compiler/package/tar_format.h"

namespace stackc::package {
namespace {

using tar_format::Field;

void put(std::string& header, Field field, std::string_view text) {
  CHECK(text.size() <= field.length, "the caller knows the length of the field");
  text.copy(&header[field.offset], field.length);
}

void put_octal(std::string& header, Field field, std::uint64_t number) {
  // All but the last byte, which ends the text.
  for (std::size_t i = field.length - 1; i-- > 0; number >>= 3)
    header[field.offset + i] = static_cast<char>('0' + (number & 7));
}

/// A path that fits into a header: `<prefix>/<name>`, or no slash and no prefix.
struct SplitPath {
  std::string_view prefix;
  std::string_view name;
};

/// Neither part is set if the path does not fit or is not ASCII, which is all that a ustar header
/// may hold.
SplitPath split_path(std::string_view path) {
  const bool ascii =
      std::ranges::all_of(path, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (!ascii) return {};
  if (path.size() <= tar_format::name.length) return {{}, path};
  // The first slash that leaves a short enough name.
  const std::size_t slash = path.find('/', path.size() - tar_format::name.length - 1);
  if (slash == std::string_view::npos || slash > tar_format::prefix.length) return {};
  return {path.substr(0, slash), path.substr(slash + 1)};
}

std::string header(SplitPath path, char type, std::size_t size) {
  std::string block(tar_format::block_size, '\0');
  put(block, tar_format::name, path.name);
  put_octal(block, tar_format::mode, 0644);
  put_octal(block, tar_format::user, 0);
  put_octal(block, tar_format::group, 0);
  put_octal(block, tar_format::size, size);
  put_octal(block, tar_format::time, 0);
  put(block, tar_format::type, {&type, 1});
  put(block, tar_format::magic, tar_format::ustar_magic);
  put(block, tar_format::prefix, path.prefix);
  // The sum counts its own field as spaces and is written with six digits, a null and a space.
  put(block, tar_format::checksum, "        ");
  std::uint64_t sum = 0;
  for (const char c : block) sum += static_cast<unsigned char>(c);
  put_octal(block, {tar_format::checksum.offset, tar_format::checksum.length - 1}, sum);
  block[tar_format::checksum.offset + 6] = '\0';
  return block;
}

/// `<length> path=<path>\n`, where the length counts itself.
std::string path_record(std::string_view path) {
  const std::string rest = fmt::format(" path={}\n", path);
  std::size_t length = rest.size();
  while (length != rest.size() + fmt::formatted_size("{}", length)) {
    length = rest.size() + fmt::formatted_size("{}", length);
  }
  return fmt::format("{}{}", length, rest);
}

void append_padded(std::string& tar, std::string_view bytes) {
  tar += bytes;
  tar.resize(tar_format::padded(tar.size()), '\0');
}

}  // namespace

std::string tar_gz(const FileTree& files) {
  std::size_t size = 2 * tar_format::block_size;
  for (const auto& [path, bytes] : files)
    size += tar_format::block_size + tar_format::padded(bytes.size());
  std::string tar;
  tar.reserve(size);  // pax headers, which few paths need, come on top
  for (const auto& [path, bytes] : files) {
    SplitPath split = split_path(path);
    if (split.name.empty()) {
      // The real path stands in front; these names are what a reader sees that does not know pax
      // headers.
      const std::string record = path_record(path);
      tar += header({{}, "pax-header"}, tar_format::pax_header, record.size());
      append_padded(tar, record);
      split = {{}, "pax-file"};
    }
    tar += header(split, tar_format::regular_file, bytes.size());
    append_padded(tar, bytes);
  }
  tar.append(2 * tar_format::block_size, '\0');
  return gzip(tar);
}

}  // namespace stackc::package
