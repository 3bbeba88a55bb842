#include "compiler/publish/chart_index.h"

#include <fmt/core.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <sstream>
#include <vector>

#include "compiler/base/text.h"
#include "compiler/charts/lock_file.h"

namespace stackc::publish {
namespace {

/// Follows where in the document the parser is and keeps the scalars it was asked for. The places
/// that count:
///   entries / <name> / [] / version, digest, urls / []
class IndexReader : public YAML::EventHandler {
 public:
  IndexReader(std::string_view name, std::string_view version) : name_(name), version_(version) {}

  bool is_found() const { return found_; }
  const ChartEntry& entry() const { return entry_; }
  const std::vector<std::string>& names() const { return names_; }
  const std::vector<std::string>& versions() const { return versions_; }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override { take({}); }
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override { take({}); }
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t,
                const std::string& value) override {
    take(value);
  }
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    open({.is_map = false});
  }
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {
    open({.is_map = true});
    if (is_at_chart_version()) current_ = {};
  }
  void OnSequenceEnd() override { close(); }
  void OnMapEnd() override {
    if (is_at_chart_version()) finish_chart_version();
    close();
  }

 private:
  struct Level {
    bool is_map = false;
    bool has_key = false;  // in a map: the key is read, its value comes next
    std::string key{};
  };
  struct ChartVersion {
    std::string version;
    ChartEntry entry;
  };

  /// Inside the map of one version of our chart.
  bool is_at_chart_version() const {
    return levels_.size() == 4 && is_below_our_chart() && levels_[3].is_map;
  }
  bool is_below_our_chart() const {
    return levels_.size() > 2 && levels_[0].is_map && levels_[0].key == "entries" &&
           levels_[1].is_map && levels_[1].key == name_ && !levels_[2].is_map;
  }

  void open(Level level) { levels_.push_back(std::move(level)); }
  void close() {
    levels_.pop_back();
    if (levels_.empty() || !levels_.back().is_map) return;
    Level& level = levels_.back();
    if (!level.has_key) level.key.clear();  // a map or list as key; no place that counts has one
    level.has_key = !level.has_key;
  }

  void take(const std::string& scalar) {
    if (levels_.empty()) return;
    Level& level = levels_.back();
    if (level.is_map && !level.has_key) {
      level.key = scalar;
      level.has_key = true;
      const bool is_name = levels_.size() == 2 && levels_[0].key == "entries";
      if (is_name && names_.size() < most_names) names_.push_back(scalar);
      return;
    }
    level.has_key = false;
    if (!is_below_our_chart() || levels_.size() < 4 || !levels_[3].is_map) return;
    const std::string& key = levels_[3].key;
    if (levels_.size() == 4 && key == "version") current_.version = scalar;
    if (levels_.size() == 4 && key == "digest") current_.entry.digest = scalar;
    const bool in_list = levels_.size() == 5 && !levels_[4].is_map;
    if (in_list && key == "urls" && current_.entry.url.empty()) current_.entry.url = scalar;
  }

  void finish_chart_version() {
    if (versions_.size() < most_versions) versions_.push_back(current_.version);
    if (found_ || current_.version != version_) return;
    found_ = true;
    entry_ = current_.entry;
  }

  static constexpr std::size_t most_names = 10'000;
  static constexpr std::size_t most_versions = 5;  // to show; an index lists the newest first
  std::string_view name_;
  std::string_view version_;
  std::vector<Level> levels_;
  ChartVersion current_;
  ChartEntry entry_;
  bool found_ = false;
  std::vector<std::string> names_;
  std::vector<std::string> versions_;
};

Error not_found(const IndexReader& reader, std::string_view name, std::string_view version) {
  // An index is somebody else's text: only what looks like a name or version may reach a message.
  std::vector<std::string_view> versions;
  for (const std::string& listed : reader.versions()) {
    if (charts::is_chart_version(listed)) versions.push_back(listed);
  }
  if (!versions.empty()) {
    return {fmt::format("chart `{}` has no version `{}` there; it has {} and maybe more", name,
                        version, quoted_list(versions))};
  }
  std::vector<std::string_view> names;
  for (const std::string& listed : reader.names()) {
    if (charts::is_chart_name(listed)) names.push_back(listed);
  }
  const std::string_view near = nearest(name, names).name;
  return {fmt::format("no chart `{}` there{}", name,
                      near.empty() ? "" : fmt::format("; did you mean `{}`?", near))};
}

}  // namespace

Result<ChartEntry> find_in_index(const std::string& index, std::string_view name,
                                 std::string_view version) {
  IndexReader reader(name, version);
  try {
    std::istringstream text(index);
    YAML::Parser parser(text);
    parser.HandleNextDocument(reader);
  } catch (const YAML::Exception& problem) {
    return Error{fmt::format("its `index.yaml` is no valid YAML: line {}: {}",
                             problem.mark.line + 1, problem.msg)};
  }
  if (!reader.is_found()) return not_found(reader, name, version);
  if (reader.entry().url.empty()) {
    return Error{fmt::format("its `index.yaml` gives no URL for `{}` {}", name, version)};
  }
  return reader.entry();
}

}  // namespace stackc::publish
