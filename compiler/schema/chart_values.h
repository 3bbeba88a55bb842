#pragma once

#include <optional>
#include <vector>

#include "compiler/base/file_tree.h"
#include "compiler/base/result.h"
#include "compiler/schema/json_schema.h"
#include "compiler/types/type.h"
#include "compiler/types/validate.h"

namespace stackc::schema {

/// What a Helm chart says about its values.
struct ChartValues {
  Value defaults;                         // values.yaml; a record
  types::TypeRef shape = nullptr;         // of the defaults and those of its subcharts
  std::optional<JsonSchema> json_schema;  // values.schema.json
};

/// Reads the chart whose files (`values.yaml`, `templates/…`, `charts/…`, paths below the chart's
/// own directory) are given. A record has the fields that its default names or that templates read
/// (`.Values.image.tag`). Free are records of which templates read the whole, empty ones (`{}`),
/// those that Kubernetes leaves free (labels, annotations, resources, …), `global`, and lists in
/// what they hold. A field has the type of its default, none of `null`, and none at all where a
/// JSON Schema says it better; an integer may also be a text (`25%`).
Result<ChartValues> read_chart_values(const FileTree& chart, types::TypeStore& store);

/// What in the values the chart would not know or not take, unknown fields first.
std::vector<types::Mismatch> check_chart_values(const Value& values, const ChartValues& chart);

}  // namespace stackc::schema
