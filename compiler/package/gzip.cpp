#include "compiler/package/gzip.h"

#include <fmt/format.h>
#include <libdeflate.h>

#include <algorithm>
#include <memory>

#include "compiler/base/check.h"

namespace stackc::package {
namespace {

// A release is some kilobytes of text: 1 makes them 8 % larger than 6, in half of the time. Charts
// inside it are compressed already.
constexpr int level = 1;

constexpr std::size_t gzip_header_size = 10;
constexpr std::size_t gzip_os_offset = 9;
constexpr char unknown_os = '\xFF';

// Where growing starts: more than a chart of the usual size unpacks to.
constexpr std::size_t first_guess = std::size_t{1} << 20;

struct FreeCompressor {
  void operator()(libdeflate_compressor* it) const { libdeflate_free_compressor(it); }
};
struct FreeDecompressor {
  void operator()(libdeflate_decompressor* it) const { libdeflate_free_decompressor(it); }
};

}  // namespace

std::string gzip(std::string_view bytes) {
  // Its tables are most of a megabyte, more than everything else that a release takes: kept, they
  // stay in the cache. What is compressed does not depend on what was compressed before.
  thread_local const std::unique_ptr<libdeflate_compressor, FreeCompressor> compressor(
      libdeflate_alloc_compressor(level));
  CHECK(compressor != nullptr, "the level is one of libdeflate's");
  std::string out(libdeflate_gzip_compress_bound(compressor.get(), bytes.size()), '\0');
  out.resize(libdeflate_gzip_compress(compressor.get(), bytes.data(), bytes.size(), out.data(),
                                      out.size()));
  CHECK(out.size() > gzip_header_size, "the bound that libdeflate gives is enough for it");
  // libdeflate names the system it was built for in some versions; the content has none.
  out[gzip_os_offset] = unknown_os;
  return out;
}

Result<std::string> gunzip(std::string_view bytes, std::size_t limit) {
  const std::unique_ptr<libdeflate_decompressor, FreeDecompressor> decompressor(
      libdeflate_alloc_decompressor());
  CHECK(decompressor != nullptr, "there is memory for libdeflate's tables");
  std::string out;
  for (std::size_t size = std::min(limit, first_guess);; size = std::min(limit, size * 4)) {
    out.resize(size);
    std::size_t consumed = 0;
    std::size_t produced = 0;
    const libdeflate_result result =
        libdeflate_gzip_decompress_ex(decompressor.get(), bytes.data(), bytes.size(), out.data(),
                                      out.size(), &consumed, &produced);
    if (result == LIBDEFLATE_SUCCESS) {
      if (consumed != bytes.size()) return Error{"bytes follow the end of the gzip data"};
      out.resize(produced);
      return out;
    }
    if (result != LIBDEFLATE_INSUFFICIENT_SPACE) return Error{"not gzip data, or damaged"};
    if (size == limit) return Error{fmt::format("more than {} bytes when unpacked", limit)};
  }
}

}  // namespace stackc::package
