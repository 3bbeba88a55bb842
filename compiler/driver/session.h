#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "compiler/check/check.h"
#include "compiler/diag/sink.h"
#include "compiler/driver/chart_shelf.h"
#include "compiler/resolve/program.h"
#include "compiler/schema/schema_set.h"
#include "compiler/source/file_system.h"
#include "compiler/source/source_set.h"

namespace stackc::driver {

/// What one file came to.
struct CheckedFile {
  std::string path;
  std::unique_ptr<types::TypeStore> types;  // before what refers to it
  check::Checked checked;
  diag::Sink sink;
  std::optional<Error> unreadable;          // the world's failure; everything else is empty then
  std::set<std::string> unreadable_charts;  // likewise, of charts: why
  std::set<std::string> unchecked_charts;   // names of charts that are not at hand
};

struct SessionOptions {
  check::Options check;
  /// Directory with schemas of providers; without it, `schemas/` at the root of each file's
  /// workspace, if there is one.
  std::optional<std::string> schemas;
  bool with_charts = false;           // compare the values of add-ons with their charts
  std::optional<std::string> charts;  // directory of their archives; default: `charts/` beside the
                                      // stack
};

/// Checks files one after the other and keeps what they share: the standard library, the provider
/// schemas, imported files. One session is for one thread.
class Session {
 public:
  /// Without a shelf, the values of add-ons are not compared with their charts.
  Session(source::FileSystem& files, SessionOptions options, ChartShelf* charts = nullptr);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session();

  CheckedFile check_file(const std::string& path);
  source::SourceSet& sources() { return sources_; }

 private:
  class Imports;
  class KnownSchemas;
  class ChartsOfFile;

  /// The schemas for the files of a workspace.
  Result<check::Schemas*> schemas_of(const std::string& workspace);

  source::FileSystem& files_;
  SessionOptions options_;
  ChartShelf* charts_;
  source::SourceSet sources_;
  std::unique_ptr<Imports> imports_;
  std::map<std::string, std::unique_ptr<KnownSchemas>> schemas_;  // by directory of the user's own
};

/// Largest source file that is read, in bytes.
inline constexpr std::size_t largest_source = std::size_t{4} << 20;

}  // namespace stackc::driver
