#include "compiler/testing/golden.h"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>

#include "compiler/cli/subcommand.h"
#include "compiler/package/sha256.h"
#include "compiler/testing/case_file.h"
#include "compiler/testing/memory_world.h"
#include "compiler/testing/packed_charts.h"
#include "compiler/testing/read_tree.h"
#include "compiler/testing/unified_diff.h"

namespace stackc::testing {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_diff_lines = 40;
constexpr std::string_view folder = "golden-tests/";

void write_file(const fs::path& path, const std::string& bytes) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

/// The file that describes a case.
std::string description_of(const Golden& golden) {
  return golden.name + (golden.is_folder ? "/case.txt" : ".golden");
}

Result<CaseFile> read_case(const Golden& golden, const fs::path& root) {
  return parse_case(read_file((root / folder / description_of(golden)).string()));
}

FileTree inputs_of(const CaseFile& file, const fs::path& root) {
  FileTree inputs;
  for (const std::string& stack : file.stacks) inputs.merge(read_tree(root.string(), stack));
  for (const CaseFile::Section& section : file.sections) {
    if (!is_expected(section)) inputs.insert_or_assign(section.name, section.text);
  }
  return with_packed_charts(inputs);
}

// ---- what is seen -----------------------------------------------------------------------------

struct Seen {
  std::string diagnostics;
  std::string out;
  FileTree files;
  bool failed = false;
};

/// Every line ends, so that sections do too.
std::string whole_lines(std::string text) {
  if (!text.empty() && !text.ends_with('\n')) text += "\n\\ no line end\n";
  return text;
}

Seen run_commands(const CaseFile& file, FileTree inputs) {
  MemoryWorld world(std::move(inputs));
  Seen seen;
  for (const std::string& command : file.runs) {
    std::istringstream words(command);
    const std::vector<std::string> arguments{std::istream_iterator<std::string>(words), {}};
    std::vector<const char*> pointers;
    for (const std::string& argument : arguments) pointers.push_back(argument.c_str());
    std::string out, err;
    driver::Environment environment{
        .files = world, .output = world, .out = out, .err = err, .binary_directory = {}};
    const driver::Exit exit = cli::run(pointers, environment);
    const std::string title = file.runs.size() > 1 ? fmt::format("$ stackc {}\n", command) : "";
    seen.diagnostics += title + whole_lines(std::move(err));
    seen.out += title + whole_lines(std::move(out));
    const bool ordinary = exit == driver::Exit::Fine || exit == driver::Exit::DefinitionHasErrors;
    if (!ordinary) seen.diagnostics += fmt::format("exit {}\n", static_cast<int>(exit));
    seen.failed |= exit != driver::Exit::Fine;
  }
  seen.files = world.written();
  return seen;
}

/// What a section should say, or nothing if it is not produced.
std::optional<std::string> text_of_section(std::string_view name, const Seen& seen) {
  constexpr std::string_view file = "out/files/";
  if (name == "out/diagnostics") return seen.diagnostics;
  if (name == "out/stdout") return seen.out;
  if (name == "out/files") {
    std::string list;
    for (const auto& [path, bytes] : seen.files) list += path + "\n";
    return list;
  }
  if (!name.starts_with(file)) return std::nullopt;
  const auto found = seen.files.find(name.substr(file.size()));
  return found == seen.files.end() ? std::nullopt : std::optional(whole_lines(found->second));
}

/// The case as it would have to be written to pass.
CaseFile corrected(const CaseFile& file, const Seen& seen) {
  CaseFile result{.head = file.head, .runs = file.runs, .stacks = file.stacks, .sections = {}};
  for (const CaseFile::Section& section : file.sections) {
    if (!is_expected(section)) {
      result.sections.push_back(section);
    } else if (auto text = text_of_section(section.name, seen)) {
      result.sections.push_back({section.name, *std::move(text)});
    }
  }
  if (!seen.diagnostics.empty() && !result.find("out/diagnostics")) {
    const auto behind_inputs = std::ranges::find_if(result.sections, is_expected);
    result.sections.insert(behind_inputs, {"out/diagnostics", seen.diagnostics});
  }
  return result;
}

/// What `expected/` would have to hold. Of files that nobody reads, only the manifest speaks.
FileTree expected_files(const std::string& directory, const Seen& seen) {
  FileTree files;
  std::string manifest;
  for (const auto& [path, bytes] : seen.files) {
    if (bytes.find('\0') == std::string::npos) {
      files.emplace(directory + path, bytes);
    } else {
      manifest += fmt::format("{}  {} bytes  sha256 {}\n", path, bytes.size(),
                              package::to_hex(package::sha256(bytes)));
    }
  }
  if (!manifest.empty()) files.emplace(directory + "manifest.txt", manifest);
  if (!seen.diagnostics.empty()) files.emplace(directory + "diagnostics.txt", seen.diagnostics);
  if (!seen.out.empty()) files.emplace(directory + "stdout.txt", seen.out);
  return files;
}

/// What a case expects and what it gets, as files below golden-tests.
struct Comparison {
  FileTree expected;
  FileTree seen;
  bool failed;  // some command
  bool is_new;
};

Result<Comparison> compare(const Golden& golden, const fs::path& root) {
  auto file = read_case(golden, root);
  if (!file) return file.error();
  const Seen seen = run_commands(*file, inputs_of(*file, root));
  Comparison result{.expected = {}, .seen = {}, .failed = seen.failed, .is_new = false};
  if (golden.is_folder) {
    const std::string directory = golden.name + "/expected/";
    result.expected = read_tree((root / folder).string(), directory);
    result.seen = expected_files(directory, seen);
    result.is_new = result.expected.empty();
  } else {
    const std::string path = description_of(golden);
    result.expected.emplace(path, read_file((root / folder / path).string()));
    result.seen.emplace(path, to_text(corrected(*file, seen)));
    result.is_new = std::ranges::none_of(file->sections, [](const auto& section) {
      return is_expected(section) && !section.text.empty();
    });
  }
  return result;
}

// ---- judging ----------------------------------------------------------------------------------

std::string base_name(const Golden& golden) {
  return golden.name.substr(golden.name.rfind('/') + 1);
}

std::string differences(const Comparison& comparison, std::size_t most_lines) {
  FileTree all = comparison.expected;
  all.insert(comparison.seen.begin(), comparison.seen.end());
  const auto text_in = [](const FileTree& files, const std::string& path) {
    const auto file = files.find(path);
    return file == files.end() ? std::string_view() : std::string_view(file->second);
  };
  std::string text;
  for (const auto& [path, unused] : all) {
    text += unified_diff(std::string(folder) + path, text_in(comparison.expected, path),
                         text_in(comparison.seen, path), most_lines);
  }
  return text;
}

/// Empty if the name tells whether the case fails.
std::string name_mistake(const Golden& golden, bool failed) {
  const bool says_so = base_name(golden).starts_with("fail_");
  if (says_so && !failed)
    return fmt::format("`{}` is called `fail_…`, but no command fails\n", golden.name);
  if (!says_so && failed)
    return fmt::format("`{}` fails, so its name must begin with `fail_`\n", golden.name);
  return "";
}

void write_expectations(const Comparison& comparison, const fs::path& root, Verdict& verdict) {
  for (const auto& [path, bytes] : comparison.seen) {
    const auto before = comparison.expected.find(path);
    if (before != comparison.expected.end() && before->second == bytes) continue;
    write_file(root / folder / path, bytes);
    verdict.changed.push_back(path);
  }
  for (const auto& [path, bytes] : comparison.expected) {
    if (comparison.seen.contains(path)) continue;
    fs::remove(root / folder / path);
    verdict.orphaned.push_back(path);
  }
}

Verdict failure(std::string message) {
  return {.passed = false, .changed = {}, .orphaned = {}, .message = std::move(message)};
}

}  // namespace

std::vector<Golden> find_goldens(const std::string& source_directory) {
  const fs::path root = fs::path(source_directory) / folder;
  std::vector<Golden> goldens;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    const std::string path = fs::relative(entry.path(), root).generic_string();
    if (entry.path().filename() == "case.txt") {
      goldens.push_back({.name = path.substr(0, path.rfind('/')), .is_folder = true});
    } else if (entry.path().extension() == ".golden") {
      goldens.push_back({.name = path.substr(0, path.rfind('.'))});
    }
  }
  std::ranges::sort(goldens, {}, &Golden::name);
  return goldens;
}

Result<FileTree> inputs_of(const Golden& golden, const std::string& source_directory) {
  const auto file = read_case(golden, source_directory);
  if (!file) return file.error();
  return inputs_of(*file, source_directory);
}

Mode mode_from(const char* golden_variable) {
  const std::string_view word = golden_variable ? golden_variable : "";
  return word == "update" ? Mode::Update : word == "diff" ? Mode::Diff : Mode::Check;
}

Verdict run_golden(const Golden& golden, const std::string& source_directory, Mode mode) {
  const auto comparison = compare(golden, source_directory);
  if (!comparison)
    return failure(fmt::format("`{}`: {}\n", description_of(golden), comparison.error().text));
  const bool same = comparison->expected == comparison->seen;
  if (base_name(golden).starts_with("todo_")) {
    return same ? failure(fmt::format(
                      "`{}` meets its expectations: it is done, and loses its `todo_`\n",
                      golden.name))
                : Verdict{};
  }
  if (const std::string mistake = name_mistake(golden, comparison->failed); !mistake.empty()) {
    return failure(mistake + differences(*comparison, most_diff_lines));
  }
  if (same) return {};
  if (mode == Mode::Update) {
    Verdict verdict{.is_new = comparison->is_new, .changed = {}, .orphaned = {}, .message = {}};
    write_expectations(*comparison, source_directory, verdict);
    return verdict;
  }
  const std::size_t most_lines = mode == Mode::Diff ? std::string::npos : most_diff_lines;
  return failure(differences(*comparison, most_lines));
}

}  // namespace stackc::testing
