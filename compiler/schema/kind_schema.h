#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/result.h"
#include "compiler/types/type.h"

namespace stackc::schema {

/// The schema of one kind of Kubernetes object in one of its versions.
struct KindSchema {
  std::string api_version;  // `infrastructure.cluster.x-k8s.io/v1beta1`
  std::string kind;
  types::TypeRef type = nullptr;  // of the whole object
  std::vector<std::string>
      unchecked;  // paths of values with rules of the CRD that a type cannot say
};

/// The compact text of a schema: a header and, after an empty line, one field per line, its own
/// fields indented below.
///
///     kind OpenStackMachineTemplate
///     api-version infrastructure.cluster.x-k8s.io/v1beta1
///     unchecked spec.template.spec.rootVolume
///
///     object: record
///       spec: record
///         template: record
///           spec: record at-least-one-of(flavor, flavorID)
///             flavor?: string(1..)
///             sshKeyName: string = "admin"
///
/// A field is required unless it has a `?` or a default. The types are `any`, `bool`, `int(0..9)`,
/// `number`, `string(1..63)`, `enum("a", "b")`, `int-or-string`, `list(..5) of T`, `map of T` and
/// `record`; `record(1..1)` takes exactly one of its fields, `record(1..)` at least one. After
/// that, as far as they apply: `immutable`, `open`, `unique`, `keys(name)`, `format(uuid)`,
/// `pattern("^a")`, `exactly-one-of(a, b)`, `at-least-one-of(a, b)`. Lines that start with `#` are
/// comments.
std::string write_schema(const KindSchema& schema);

/// Reads the compact text; the types go to `store`. Errors start with `line 3: `.
Result<KindSchema> read_schema(std::string_view text, types::TypeStore& store);

/// Records, lists and maps nest no deeper in a schema, imported or read.
constexpr std::size_t max_schema_depth = 100;

/// A file of the compact form is no larger.
constexpr std::size_t max_schema_bytes = std::size_t{4} << 20;

/// `OpenStackMachineTemplate.v1beta1.schema`.
std::string schema_file_name(const KindSchema& schema);

/// The type of a field of a field, `spec.template.spec`, or null if a record on the way has no such
/// field.
types::TypeRef type_at(types::TypeRef type, std::string_view path);

}  // namespace stackc::schema
