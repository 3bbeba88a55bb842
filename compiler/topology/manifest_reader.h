#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/topology/cluster.h"

namespace stackc::topology {

/// Takes typed fields out of a manifest and notes what has the wrong shape. Null counts as missing,
/// as for the API server.
class ManifestReader {
 public:
  /// Missing, or of another type (which is refused): empty.
  std::string text(const Record& record, std::string_view field, const std::string& path);
  std::optional<std::int64_t> integer(const Record& record, std::string_view field,
                                      const std::string& path);
  /// Missing: an empty record.
  const Record& record(const Record& record, std::string_view field, const std::string& path);
  const List& list(const Record& record, std::string_view field, const std::string& path);
  /// A list of strings.
  List texts(const Record& record, std::string_view field, const std::string& path);
  /// Item of a list that must be a record.
  const Record& item(const Value& value, const std::string& path);

  Metadata metadata(const Record& owner, const std::string& path);
  std::vector<GivenVariable> variables(const Record& owner, std::string_view field,
                                       const std::string& path);

  /// Nothing is refused for what it lacks or holds if it was refused for its shape.
  void refuse(Refusal refusal);
  std::vector<Refusal> take() { return std::move(refusals_); }
  bool refused() const { return !refusals_.empty(); }

 private:
  const Value* find(const Record& record, std::string_view field) const;
  void wrong_kind(const Value& value, std::string_view expected, std::string path);

  std::vector<Refusal> refusals_;
  std::vector<std::string> misshapen_;  // paths
};

}  // namespace stackc::topology
