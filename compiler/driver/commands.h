#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/driver/environment.h"

/// What the subcommands do. Each has its own file `<name>_command.cpp`.
namespace stackc::driver {

struct CheckOptions {
  std::vector<std::string> paths;
  std::vector<std::string> clusters;  // manifests
  std::optional<std::string> cluster_api;
  std::optional<std::string> schemas;
  std::optional<std::string> charts;
  std::string format = "text";        // or `json`, `sarif`
  std::vector<std::string> warnings;  // as diag::WarningLevels reads them
  bool fix = false;
};
Exit check(const CheckOptions& options, Environment& environment);

struct ExplainOptions {
  std::optional<std::string> subject;  // an id, or an area; nothing: list all
};
Exit explain(const ExplainOptions& options, Environment& environment);

struct BuildOptions {
  std::vector<std::string> paths;
  std::string out = "out";
  std::optional<std::string> kubernetes;
  std::optional<std::string> cluster_api;
  std::optional<std::string> schemas;
  std::optional<std::string> charts;
  std::optional<std::string> version;
};
Exit build(const BuildOptions& options, Environment& environment);

struct RenderOptions {
  std::string path;
  std::vector<std::string> clusters;
  std::optional<std::string> kubernetes;  // default: the line of the Cluster's own version
  std::optional<std::string> cluster_api;
  std::optional<std::string> schemas;
  std::string format = "yaml";
};
Exit render(const RenderOptions& options, Environment& environment);

struct ReleaseOptions {
  std::vector<std::string> paths;
  std::string repository;
  bool bare = false;
  std::optional<std::string> kubernetes;
  std::optional<std::string> cluster_api;
  std::optional<std::string> schemas;
  std::optional<std::string> charts;
  std::string version_mode = "stable";
  std::optional<std::string> version;
  std::optional<std::int64_t> unix_time;
};
Exit release(const ReleaseOptions& options, Environment& environment);

struct VendorOptions {
  std::vector<std::string> paths;
  std::optional<std::string> charts;
  std::optional<std::string> schemas;
};
Exit vendor(const VendorOptions& options, Environment& environment);

struct SchemaImportOptions {
  std::vector<std::string> paths;
  std::string out;
};
Exit import_schemas(const SchemaImportOptions& options, Environment& environment);

struct SchemaListOptions {
  std::optional<std::string> schemas;
};
Exit list_schemas(const SchemaListOptions& options, Environment& environment);

}  // namespace stackc::driver
