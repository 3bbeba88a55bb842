#pragma once

#include <string_view>

#include "compiler/value/value.h"

namespace stackc {

/// The value below fields of fields, `spec.topology.version`; a null pointer if one of them is not
/// there or is below something else than a record. Names with dots cannot be reached.
const Value* find_at(const Record& record, std::string_view path);

/// The same if it is a record.
const Record* record_at(const Record& record, std::string_view path);

}  // namespace stackc
