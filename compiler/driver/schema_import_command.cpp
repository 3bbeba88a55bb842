#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "compiler/driver/commands.h"
#include "compiler/driver/workspace.h"
#include "compiler/schema/import.h"

namespace stackc::driver {
namespace {

/// What the compact form could not take over.
std::string note_of(std::size_t unchecked) {
  if (unchecked == 0) return "";
  return fmt::format("  note: rules on {} are left to the API server; the file lists {}\n",
                     unchecked == 1 ? "1 value" : fmt::format("{} values", unchecked),
                     unchecked == 1 ? "it" : "them");
}

/// Everything that the CRDs give, or what is wrong with them, all of it.
class Import {
 public:
  explicit Import(Environment& environment) : environment_(environment) {}

  void add(const std::string& path) {
    const auto text = environment_.files.read(path, schema::max_crd_bytes);
    if (!text) return fail(text.error().text, Exit::World);
    auto files = schema::import_crds(path, *text);
    if (!files) return fail(files.error().text, Exit::DefinitionHasErrors);
    for (schema::SchemaFile& file : *files) {
      const auto [known, is_new] = names_.try_emplace(file.name, path);
      if (is_new) {
        imported_.push_back(std::move(file));
      } else {
        fail(fmt::format("`{}` comes from `{}` and from `{}`", file.name, known->second, path),
             Exit::DefinitionHasErrors);
      }
    }
  }

  Exit write(const std::string& directory) {
    if (exit_ != Exit::Fine) return exit_;
    for (const schema::SchemaFile& file : imported_) {
      const std::string path = joined(directory, file.name);
      const auto written = environment_.output.write_file(path, file.text);
      if (!written) {
        fail(written.error().text, Exit::World);
        return exit_;
      }
      environment_.out += path + '\n' + note_of(file.unchecked.size());
    }
    return exit_;
  }

 private:
  void fail(const std::string& why, Exit exit) {
    environment_.err += fmt::format("error: {}\n", why);
    exit_ = std::max(exit_, exit);
  }

  Environment& environment_;
  std::map<std::string, std::string> names_;  // which file a schema is from
  std::vector<schema::SchemaFile> imported_;
  Exit exit_ = Exit::Fine;
};

}  // namespace

Exit import_schemas(const SchemaImportOptions& options, Environment& environment) {
  Import import(environment);
  for (const std::string& path : options.paths) import.add(path);
  return import.write(normalized(options.out));
}

}  // namespace stackc::driver
