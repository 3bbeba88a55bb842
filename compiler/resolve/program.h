#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "compiler/diag/sink.h"
#include "compiler/source/source_set.h"
#include "compiler/syntax/ast.h"

/// The files of one compilation and the names that each declares. Names inside a stack are looked
/// up by `check`, which knows the scopes that variables, parameters and comprehensions open.
namespace stackc::resolve {

struct ModuleId {
  std::uint32_t index = 0;
  auto operator<=>(const ModuleId&) const = default;
};

/// What a top-level name stands for.
using Target = std::variant<const syntax::TypeDeclaration*, const syntax::Let*,
                            const syntax::Provider*, const syntax::Stack*, ModuleId>;

/// Where the name was declared.
source::Span span_of_name(const Target& target, source::Span otherwise);

struct Module {
  const syntax::Module* tree;  // owned by the Library
  std::map<std::string, Target, std::less<>> names;
  std::set<std::string, std::less<>>
      broken;  // imports that failed: reported, so their uses are not
  bool is_library = false;
};

struct Program {
  std::vector<Module> modules;       // the root first, then in the order of first import
  std::vector<std::string> library;  // names of the modules of the standard library
  const Module& module(ModuleId id) const { return modules.at(id.index); }
  static constexpr ModuleId root{};
};

/// What the file calls the module of the standard library, if that is another name: `s` for
/// `import scs as s`. Empty if it does not import it, or by its own name.
std::string_view alias_of(const Program& program, std::string_view module, source::FileId file);

/// Where imports come from; the driver implements it over its file system and the embedded standard
/// library.
class Library {
 public:
  virtual ~Library() = default;

  enum class Failure : std::uint8_t { NoSuchModule, OutsideWorkspace, Unreadable };
  struct Missing {
    Failure failure;
    std::string text;  // of the world, for Unreadable; the workspace for OutsideWorkspace
  };

  /// The key of what `target` means when imported by the file with key `from`.
  virtual std::variant<std::string, Missing> locate(std::string_view from,
                                                    const syntax::Import& target) = 0;
  /// The parsed file, kept by the library; its syntax errors have been reported when this returns.
  virtual std::variant<const syntax::Module*, Missing> load(const std::string& key) = 0;
  /// Names of the modules of the standard library.
  virtual std::vector<std::string_view> module_names() const = 0;
};

/// Loads what the root imports, directly and indirectly, each file once. Reports missing files,
/// cycles and names declared twice.
Program resolve(const syntax::Module& root, std::string root_key, Library& library,
                diag::Sink& sink);

/// Warns of what the author's own files import and never use. For a program without errors: a
/// misspelt use is no missing one.
void report_unused_imports(const Program& program, const source::SourceSet& sources,
                           diag::Sink& sink);

}  // namespace stackc::resolve
