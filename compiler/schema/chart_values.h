#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "compiler/base/file_tree.h"
#include "compiler/base/result.h"
#include "compiler/schema/chart_volumes.h"
#include "compiler/schema/json_schema.h"
#include "compiler/types/type.h"
#include "compiler/types/validate.h"

namespace stackc::schema {

/// Where the values of a chart or of one of its subcharts are, and when they count.
struct ValuesPlace {
  std::vector<std::string> path;  // of names; empty for the chart itself
  /// Paths below the chart's values, as in `metrics.enabled`; where one leads to `false`, the
  /// subchart is not there.
  std::vector<std::string> conditions;
};

/// A `values.schema.json`.
struct ValuesSchema {
  ValuesPlace place;
  JsonSchema schema;
};

/// What a Helm chart says about its values.
struct ChartValues {
  std::string name;                // as Chart.yaml says; empty if it does not
  std::string version;             // likewise
  Value defaults;                  // values.yaml, those of subcharts included; a record
  types::TypeRef shape = nullptr;  // see chart_shape.h
  // Values with which the templates fail, by their paths, and what they say then: `tunnel`.
  std::map<std::string, std::string, std::less<>> refusals;
  ChartVolumes volumes;
  std::vector<ValuesSchema> schemas;
  std::set<std::string, std::less<>> names;  // that templates write out behind `name:`
};

/// Reads the chart whose files (`Chart.yaml`, `values.yaml`, `templates/…`, `charts/…`, paths below
/// the chart's own directory) are given. Errors name the file.
Result<ChartValues> read_chart_values(const FileTree& chart, types::TypeStore& store);

/// What in the values the chart's schemas would not take, which Helm checks together with the
/// defaults.
std::vector<SchemaMismatch> check_against_schemas(const Value& values, const ChartValues& chart);

}  // namespace stackc::schema
