#pragma once

#include "compiler/diag/sink.h"
#include "compiler/schema/yaml_reader.h"
#include "compiler/source/source_set.h"
#include "compiler/topology/refusal.h"

namespace stackc::driver {

/// Where the parts of a manifest stand in its file.
class ManifestPlaces {
 public:
  /// Both outlive this.
  ManifestPlaces(const schema::YamlDocument& document, const source::SourceFile& file)
      : document_(document), file_(file) {}

  /// Reports a refusal where its path leads, or at the nearest thing around what is missing. A note
  /// names the path.
  void report(const topology::Refusal& refusal, diag::Sink& sink) const;
  /// Reports why the file could not be read.
  void report(const schema::YamlMistake& mistake, diag::Sink& sink) const;

 private:
  /// Name and value of a field if they are on one line, otherwise its name; of an item its start.
  source::Span span_of(const schema::Located& where) const;
  source::Span value_span(const schema::Located& where) const;

  const schema::YamlDocument& document_;
  const source::SourceFile& file_;
};

}  // namespace stackc::driver
