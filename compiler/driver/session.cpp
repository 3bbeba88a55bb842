#include "compiler/driver/session.h"

#include <algorithm>

#include "compiler/driver/consequences.h"
#include "compiler/driver/workspace.h"
#include "compiler/parse/parse.h"
#include "stdlib/embedded.h"

namespace stackc::driver {
namespace {

constexpr std::string_view library_prefix = "std/";

std::string stem(const std::string& path) {
  const std::string name = path.substr(path.rfind('/') + 1);
  return name.substr(0, name.rfind('.'));
}

}  // namespace

/// Parsed files by key: `std/scs.stack` for the standard library, the normalized path for others.
class Session::Imports : public resolve::Library {
 public:
  Imports(source::FileSystem& files, source::SourceSet& sources)
      : files_(files), sources_(sources) {
    for (const stdlib::EmbeddedFile& file : stdlib::embedded_files()) {
      const std::string_view path = file.path;
      if (path.ends_with(".stack")) names_.push_back(stem(std::string(path)));
    }
  }

  std::variant<std::string, Missing> locate(std::string_view from,
                                            const syntax::Import& import) override {
    if (!import.is_path) {
      if (std::ranges::find(names_, import.target) == names_.end())
        return Missing{Failure::NoSuchModule, ""};
      return std::string(library_prefix) + import.target + ".stack";
    }
    const std::string key = normalized(joined(directory_of(std::string(from)), import.target));
    // Absolute paths differ from machine to machine, so they lie outside by definition.
    if (import.target.starts_with('/') || !is_inside(key, root_))
      return Missing{Failure::OutsideWorkspace, root_};
    return key;
  }

  std::variant<const syntax::Module*, Missing> load(const std::string& key) override {
    auto found = modules_.find(key);
    if (found == modules_.end()) {
      std::string text;
      if (key.starts_with(library_prefix)) {
        text = *stdlib::find_embedded(key.substr(library_prefix.size()));
      } else {
        auto read = files_.read(key, largest_source);
        if (!read) return Missing{Failure::Unreadable, read.error().text};
        text = *std::move(read);
      }
      Parsed parsed;
      parsed.module = std::make_unique<syntax::Module>(
          parse::parse(sources_.add(key, std::move(text)), parsed.sink));
      found = modules_.emplace(key, std::move(parsed)).first;
    }
    if (taken_.insert(key).second) {
      sink_->add_all(found->second.sink);
      unreadable_parts_ |= found->second.sink.has_errors();
    }
    return found->second.module.get();
  }

  std::vector<std::string_view> module_names() const override {
    return {names_.begin(), names_.end()};
  }

  /// Begins a compilation: where its imports may lead and where syntax errors go.
  void start(std::string root, diag::Sink& sink) {
    root_ = std::move(root);
    sink_ = &sink;
    taken_.clear();
    unreadable_parts_ = false;
  }

  /// Drops what was parsed of a file that nothing is likely to import.
  void forget(const std::string& key) { modules_.erase(key); }

  /// Has some file of the compilation a syntax error?
  bool unreadable_parts() const { return unreadable_parts_; }

 private:
  struct Parsed {
    std::unique_ptr<syntax::Module> module;
    diag::Sink sink;
  };

  source::FileSystem& files_;
  source::SourceSet& sources_;
  std::vector<std::string> names_;
  std::map<std::string, Parsed> modules_;
  std::set<std::string> taken_;  // whose reports this compilation has
  bool unreadable_parts_ = false;
  std::string root_;
  diag::Sink* sink_ = nullptr;
};

/// Provider schemas as the checker asks for them.
class Session::KnownSchemas : public check::Schemas {
 public:
  types::TypeRef find(std::string_view provider, std::string_view api_version,
                      std::string_view kind) override {
    const schema::KindSchema* found = schemas_.find(provider, api_version, kind);
    return found ? found->type : nullptr;
  }

  std::vector<std::string_view> providers() const override { return schemas_.providers(); }

  std::vector<std::string_view> releases(std::string_view provider) const override {
    return schemas_.releases(provider);
  }

  Result<void> add_directory(source::FileSystem& files, const std::string& directory) {
    return schemas_.add_directory(files, directory);
  }

 private:
  schema::SchemaSet schemas_;
};

/// Charts of add-ons as the checker asks for them. What keeps a chart from being checked is noted
/// in the file's result.
class Session::ChartsOfFile : public check::Charts {
 public:
  ChartsOfFile(ChartShelf* shelf, CheckedFile& file) : shelf_(shelf), file_(file) {}

  const schema::ChartValues* find(const ir::ChartReference& chart) override {
    if (shelf_ == nullptr) return nullptr;
    const auto found = shelf_->find(file_.path, chart);
    if (!found) {
      file_.unreadable_charts.insert(found.error().text);
      return nullptr;
    }
    if (*found == nullptr) file_.unchecked_charts.insert(chart.name);
    return *found;
  }

 private:
  ChartShelf* shelf_;
  CheckedFile& file_;
};

Session::Session(source::FileSystem& files, SessionOptions options, ChartShelf* charts)
    : files_(files),
      options_(std::move(options)),
      charts_(charts),
      imports_(std::make_unique<Imports>(files, sources_)) {}

Session::~Session() = default;

Result<check::Schemas*> Session::schemas_of(const std::string& workspace) {
  const auto directory = schemas_directory(files_, workspace, options_.schemas);
  auto& known = schemas_[directory.value_or("")];
  if (known == nullptr) {
    auto fresh = std::make_unique<KnownSchemas>();
    if (directory) {
      if (auto added = fresh->add_directory(files_, *directory); !added) return added.error();
    }
    known = std::move(fresh);
  }
  return known.get();
}

CheckedFile Session::check_file(const std::string& path) {
  CheckedFile result{.path = path,
                     .types = std::make_unique<types::TypeStore>(),
                     .checked = {},
                     .sink = {},
                     .unreadable = {},
                     .unreadable_charts = {},
                     .unchecked_charts = {}};
  const std::string key = normalized(path);
  const std::string workspace = workspace_root(files_, key);
  const auto schemas = schemas_of(workspace);
  if (!schemas) {
    result.unreadable = schemas.error();
    return result;
  }
  imports_->start(workspace, result.sink);
  const auto root = imports_->load(key);
  if (const auto* missing = std::get_if<resolve::Library::Missing>(&root)) {
    result.unreadable = Error{missing->text};
    return result;
  }
  diag::Sink found;  // syntax errors go to the result directly
  const resolve::Program program =
      resolve::resolve(*std::get<const syntax::Module*>(root), key, *imports_, found);
  ChartsOfFile charts(charts_, result);
  result.checked =
      check::check(program, {**schemas, charts, sources_}, options_.check, *result.types, found);
  if (!found.has_errors() && !imports_->unreadable_parts())
    resolve::report_unused_imports(program, sources_, found);
  const Consequences consequences(result.sink, program, sources_);
  for (const diag::Report& report : found.sorted()) {
    if (!imports_->unreadable_parts() || !consequences.hold(report)) result.sink.add(report);
  }
  imports_->forget(key);
  return result;
}

}  // namespace stackc::driver
