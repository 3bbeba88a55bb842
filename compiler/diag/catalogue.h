#pragma once

#include <span>

#include "compiler/diag/diagnostic.h"

namespace stackc::diag {

/// Every entry of the catalogue, in the order of the phases.
std::span<const Entry> catalogue();

/// Null for an id that is none.
const Entry* find_entry(std::string_view id);

/// `type` of `type/unknown-field`.
std::string_view area_of(std::string_view id);

/// The areas that have entries other than labels, in the order of the phases.
std::vector<std::string_view> areas();

/// What the message says of every case: `no field … in …`.
std::string summary(const Entry& entry);

}  // namespace stackc::diag
