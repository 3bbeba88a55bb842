#include "compiler/resolve/program.h"

#include <fmt/core.h>

#include <algorithm>
#include <optional>

#include "compiler/base/text.h"
#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/resolve.h"
#include "compiler/diag/fixes.h"
#include "compiler/syntax/mentions.h"

namespace stackc::resolve {
namespace {

constexpr std::size_t most_files = 1000;

class Loader {
 public:
  Loader(Library& library, diag::Sink& sink) : library_(library), sink_(sink) {}

  Program run(const syntax::Module& root, std::string key) {
    for (const std::string_view name : library_.module_names()) program_.library.emplace_back(name);
    add(root, std::move(key), false);
    // Breadth first by a work list, so that a long chain of imports needs no deep stack.
    for (std::uint32_t i = 0; i < program_.modules.size(); ++i) {
      declare({i});
      import_all({i});
    }
    report_cycles();
    return std::move(program_);
  }

 private:
  ModuleId add(const syntax::Module& tree, std::string key, bool is_library) {
    const ModuleId id{static_cast<std::uint32_t>(program_.modules.size())};
    by_key_.emplace(key, id);
    keys_.push_back(std::move(key));
    program_.modules.push_back({&tree, {}, {}, is_library});
    edges_.emplace_back();
    return id;
  }

  void bind(ModuleId module, const syntax::Name& name, Target target) {
    auto& names = program_.modules[module.index].names;
    const auto [place, fresh] = names.emplace(name.text, target);
    if (fresh) return;
    sink_.report(name.span, diag::DuplicateName, diag::Code{name.text})
        .label(span_of_name(place->second, bindings_[{module, name.text}]), diag::DeclaredHere,
               diag::Code{name.text});
  }

  void declare(ModuleId module) {
    for (const syntax::Declaration& declaration :
         program_.modules[module.index].tree->declarations) {
      std::visit([&](const auto& node) { bind(module, node.name, &node); }, declaration);
    }
  }

  void import_all(ModuleId module) {
    for (const syntax::Import& import : program_.modules[module.index].tree->imports) {
      const syntax::Name& binding = import.binding;
      const source::Span span = import.target_span;
      if (const std::optional<ModuleId> target = find(module, import)) {
        edges_[module.index].push_back({*target, span});
        bindings_.emplace(std::pair(module, binding.text), binding.span);
        bind(module, binding, *target);
      } else {
        auto& broken = program_.modules[module.index].broken;
        broken.insert(binding.text);
        // The rest of the file uses the name that was meant.
        if (!import.is_path)
          broken.emplace(suggestion(import.target, library_.module_names()).name);
      }
    }
  }

  std::optional<ModuleId> find(ModuleId from, const syntax::Import& import) {
    auto key = library_.locate(keys_[from.index], import);
    if (const auto* missing = std::get_if<Library::Missing>(&key))
      return fail(from, import, *missing);
    if (const auto known = by_key_.find(std::get<std::string>(key)); known != by_key_.end())
      return known->second;
    if (program_.modules.size() >= most_files) {
      sink_.report(import.target_span, diag::TooManyFiles, diag::Count{most_files});
      return std::nullopt;
    }
    auto tree = library_.load(std::get<std::string>(key));
    if (const auto* missing = std::get_if<Library::Missing>(&tree))
      return fail(from, import, *missing);
    return add(*std::get<const syntax::Module*>(tree), std::get<std::string>(std::move(key)),
               !import.is_path);
  }

  std::nullopt_t fail(ModuleId from, const syntax::Import& import,
                      const Library::Missing& missing) {
    switch (missing.failure) {
      case Library::Failure::NoSuchModule:
        sink_.report(import.target_span, diag::NoSuchModule, diag::Code{import.target})
            .suggest(suggestion(import.target, library_.module_names()))
            .note("the standard library has " + quoted_list(library_.module_names()) +
                  "; a file is imported by its path in quotes");
        break;
      case Library::Failure::OutsideWorkspace:
        sink_.report(import.target_span, diag::ImportOutsideWorkspace, diag::Code{import.target},
                     diag::Code{missing.text});
        break;
      case Library::Failure::Unreadable:
        report_missing_file(from, import, missing.text);
        break;
    }
    return std::nullopt;
  }

  bool is_file(ModuleId from, const syntax::Import& import) {
    const auto key = library_.locate(keys_[from.index], import);
    return std::holds_alternative<std::string>(key) &&
           std::holds_alternative<const syntax::Module*>(library_.load(std::get<std::string>(key)));
  }

  void report_missing_file(ModuleId from, const syntax::Import& import, const std::string& text) {
    auto report = sink_.report(import.target_span, diag::NoSuchFile, diag::Prose{text});
    syntax::Import with_ending;
    with_ending.target = import.target + ".stack";
    with_ending.is_path = true;
    if (!import.target.ends_with(".stack") && is_file(from, with_ending)) {
      report.hint(fmt::format("did you mean `\"{}\"`?", with_ending.target))
          .fix({"Add `.stack`",
                {{import.target_span, fmt::format("\"{}\"", with_ending.target)}},
                true});
      return;
    }
    const auto& library = program_.library;
    if (std::ranges::find(library, import.target) == library.end()) return;
    report
        .hint(fmt::format("a module of the standard library has no quotes: `import {}`",
                          import.target))
        .fix({"Leave the quotes out", {{import.target_span, import.target}}});
  }

  /// One report per import that closes a cycle, found by a depth-first walk with its own stack.
  void report_cycles() {
    enum class State : std::uint8_t { New, Open, Done };
    std::vector<State> states(edges_.size(), State::New);
    std::vector<std::pair<ModuleId, std::size_t>> path{{Program::root, 0}};
    states[0] = State::Open;
    while (!path.empty()) {
      auto& [module, next] = path.back();
      if (next == edges_[module.index].size()) {
        states[module.index] = State::Done;
        path.pop_back();
        continue;
      }
      const Edge edge = edges_[module.index][next++];
      if (states[edge.target.index] == State::Open) {
        report_cycle(path, edge);
      } else if (states[edge.target.index] == State::New) {
        states[edge.target.index] = State::Open;
        path.emplace_back(edge.target, 0);
      }
    }
  }

  struct Edge {
    ModuleId target;
    source::Span span;
  };

  void report_cycle(const std::vector<std::pair<ModuleId, std::size_t>>& path,
                    const Edge& closing) {
    std::string chain;
    const auto start =
        std::ranges::find(path, closing.target, [](const auto& step) { return step.first; });
    for (auto step = start; step != path.end(); ++step)
      chain += fmt::format("`{}` imports ", keys_[step->first.index]);
    sink_
        .report(closing.span, diag::ImportCycle,
                diag::Prose{chain + fmt::format("`{}`", keys_[closing.target.index])})
        .note("move what both need into a file that imports neither");
  }

  Library& library_;
  diag::Sink& sink_;
  Program program_;
  std::vector<std::string> keys_;
  std::map<std::string, ModuleId, std::less<>> by_key_;
  std::map<std::pair<ModuleId, std::string>, source::Span> bindings_;
  std::vector<std::vector<Edge>> edges_;
};

}  // namespace

source::Span span_of_name(const Target& target, source::Span otherwise) {
  return std::visit(
      [&](const auto& declared) {
        if constexpr (std::is_same_v<decltype(declared), const ModuleId&>) {
          return otherwise;
        } else {
          return declared->name.span;
        }
      },
      target);
}

Program resolve(const syntax::Module& root, std::string root_key, Library& library,
                diag::Sink& sink) {
  return Loader(library, sink).run(root, std::move(root_key));
}

void report_unused_imports(const Program& program, const source::SourceSet& sources,
                           diag::Sink& sink) {
  for (const Module& module : program.modules) {
    if (module.is_library) continue;
    const auto used = syntax::mentioned_names(*module.tree);
    for (const syntax::Import& import : module.tree->imports) {
      if (used.contains(import.binding.text)) continue;
      auto report = sink.report(import.span, diag::UnusedImport, diag::Code{import.binding.text});
      const auto edit = diag::removal_of_lines(sources.file(import.span.file), import.span);
      if (edit && import.leading.annotations.empty()) report.fix({"Remove the import", {*edit}});
    }
  }
}

std::string_view alias_of(const Program& program, std::string_view module, source::FileId file) {
  for (const Module& each : program.modules) {
    for (const syntax::Import& import : each.tree->imports) {
      const bool is_meant = import.span.file == file && !import.is_path && import.target == module;
      if (is_meant && import.binding.text != module) return import.binding.text;
    }
  }
  return "";
}

}  // namespace stackc::resolve
