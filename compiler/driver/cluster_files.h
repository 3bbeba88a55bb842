#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/diag/sink.h"
#include "compiler/driver/session.h"
#include "compiler/schema/yaml_reader.h"
#include "compiler/source/source_set.h"
#include "compiler/topology/desired.h"
#include "compiler/topology/refusal.h"

namespace stackc::driver {

/// A Cluster of a manifest file.
struct ClusterFile {
  std::string path;
  std::string text;  // of the whole file
  schema::YamlDocument document;
  std::vector<topology::Refusal> refusals;     // by its CRD, whatever its class says
  std::optional<schema::YamlMistake> mistake;  // then the file is no YAML, and there is no document
};

/// The Clusters of a YAML file; other kinds are passed over. A file without a Cluster is an error,
/// and one that is no YAML stands for a Cluster with a mistake.
Result<std::vector<ClusterFile>> read_clusters(source::FileSystem& files, const std::string& path);

/// Reads all files; the first that fails ends it.
Result<std::vector<ClusterFile>> read_clusters(source::FileSystem& files,
                                               const std::vector<std::string>& paths);

/// Fails if the paths stand for more than one definition: nobody could say whose class is meant by
/// a Cluster whose class none of them has.
Result<void> expect_one_definition(source::FileSystem& files,
                                   const std::vector<std::string>& paths);

/// What Cluster API makes of a Cluster with the class that it names, which must be one of a checked
/// definition. Everything that stands against it goes to the sink of the definition, with its place
/// in the manifest, and then nothing is made. `kubernetes` (`1.34`) insists on a line.
std::optional<topology::Desired> stage_cluster(const ClusterFile& cluster, CheckedFile& file,
                                               const std::optional<std::string>& kubernetes,
                                               source::SourceSet& sources);

}  // namespace stackc::driver
