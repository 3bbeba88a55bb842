#pragma once

#include <string>
#include <vector>

#include "compiler/types/type.h"
#include "compiler/value/value.h"

namespace stackc::types {

/// Where and why a value is not of its type.
struct Mismatch {
  std::string
      path;  // below the value: `oidc.issuerURL`, `rules[2].name`; empty for the value itself
  std::string message;  // in the wording of a diagnostic: ``value 0 is less than 1``

  friend bool operator==(const Mismatch&, const Mismatch&) = default;
};

/// Compares a value with a type as Cluster API compares a variable with its schema
/// (capi-contract.md sections 2.1, 2.2, 2.5), and the API server an object with its CRD: kinds,
/// bounds, enumerations, patterns, formats, uniqueness, required and unknown fields. Empty if the
/// value fits. In the order of the value, missing fields of a record after its given ones. Defaults
/// are not applied, but a field that has one may be missing. A number without fraction (`1.0`) is
/// an integer.
///
/// Stricter than Cluster API in two places, where it lets through what no author means: a list for
/// a string with a format, and a number beyond 100 million with a tiny fraction for an integer.
std::vector<Mismatch> validate(const Value& value, const Type& type);

/// The path of a field or an item below a path, as Mismatch spells it.
std::string field_path(std::string_view path, std::string_view field);
std::string item_path(std::string_view path, std::size_t index);

}  // namespace stackc::types
