#pragma once

#include <string>
#include <string_view>

#include "compiler/base/result.h"

namespace stackc::package {

/// One gzip member (RFC 1952) without name, time and comment. The same bytes give the same result
/// with every binary built from one version of libdeflate.
std::string gzip(std::string_view bytes);

/// The content of one gzip member with its checksum verified. Fails if there is more than `limit`
/// of it, before that much is held in memory; a few bytes cannot claim gigabytes.
Result<std::string> gunzip(std::string_view bytes, std::size_t limit);

}  // namespace stackc::package
