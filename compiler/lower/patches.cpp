#include "compiler/lower/patches.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>
#include <unordered_map>

#include "compiler/diag/catalogue/lower.h"
#include "compiler/lower/patch_names.h"

namespace stackc::lower {

namespace {

constexpr std::size_t max_patches = 1000;
/// Operations in one patch: then neither its definitions nor the operations of one can be more than
/// the 100 allowed.
constexpr std::size_t max_operations = 100;

/// An operation on every template that needs it.
struct Shared {
  const Operation* operation;
  std::vector<const ir::Template*> templates;  // all of one kind
};

struct Patch {
  std::string enabled_if;
  std::string topic;  // what operations without condition have in common
  std::vector<Shared> operations;
};

/// Where an operation of a template went; they apply in this order.
struct Position {
  std::size_t patch = 0;
  std::size_t operation = 0;  // one past it
  auto operator<=>(const Position&) const = default;
};

/// One of them is at or above the place of the other, so their order matters.
bool touch(const Operation& a, const Operation& b) {
  std::size_t i = std::min(a.path.size(), b.path.size());
  while (i > 0 && a.path[i - 1] == b.path[i - 1]) --i;  // most paths differ at their end
  return i == 0;
}

bool do_the_same(const Operation& a, const Operation& b) {
  return a.path == b.path && a.append == b.append && a.verb == b.verb &&
         a.enabled_if == b.enabled_if && a.value == b.value;
}

bool of_one_kind(const ir::Template& a, const ir::Template& b) {
  return a.kind == b.kind && a.api_version == b.api_version;
}

std::string dotted(const std::vector<std::string>& path, std::string_view separator = ".") {
  std::string text;
  for (const std::string& segment : path)
    text += (text.empty() ? "" : std::string(separator)) + segment;
  return text;
}

std::string topic_of(const Operation& operation) {
  if (!operation.enabled_if.empty()) return topic_of_condition(operation.condition);
  const bool constant = std::holds_alternative<Value>(operation.value);
  const auto variables = constant ? std::vector<std::string>() : variables_in(operation.source);
  return variables.empty() ? dotted(operation.path, "-") : dotted(variables, "-");
}

class Grouping {
 public:
  void add(const TemplateOperations& source) {
    std::vector<Position> positions;
    for (std::size_t i = 0; i < source.operations.size(); ++i) {
      const Operation& operation = source.operations[i];
      Position earliest;
      for (std::size_t before = 0; before < i; ++before) {
        if (touch(source.operations[before], operation))
          earliest = std::max(earliest, positions[before]);
      }
      positions.push_back(place(operation, *source.source, earliest));
    }
  }

  const std::vector<Patch>& patches() const { return patches_; }

 private:
  Position place(const Operation& operation, const ir::Template& target, Position earliest) {
    if (const auto shared = share(operation, target, earliest)) return *shared;
    const std::string topic = topic_of(operation);
    std::vector<std::size_t>& same_condition = by_condition_[operation.enabled_if];
    for (const std::size_t i : same_condition) {
      Patch& patch = patches_[i];
      if (i < earliest.patch || patch.topic != topic) continue;
      if (patch.operations.size() == max_operations) continue;
      patch.operations.push_back({&operation, {&target}});
      return {i, patch.operations.size()};
    }
    same_condition.push_back(patches_.size());
    patches_.push_back({operation.enabled_if, topic, {{&operation, {&target}}}});
    return {patches_.size() - 1, 1};
  }

  std::optional<Position> share(const Operation& operation, const ir::Template& target,
                                Position earliest) {
    for (const std::size_t i : by_condition_[operation.enabled_if]) {
      if (i < earliest.patch) continue;
      auto& operations = patches_[i].operations;
      for (std::size_t k = i == earliest.patch ? earliest.operation : 0; k < operations.size();
           ++k) {
        Shared& shared = operations[k];
        if (!do_the_same(*shared.operation, operation) ||
            !of_one_kind(*shared.templates[0], target))
          continue;
        if (std::ranges::find(shared.templates, &target) != shared.templates.end()) continue;
        shared.templates.push_back(&target);
        return Position{i, k + 1};
      }
    }
    return std::nullopt;
  }

  std::vector<Patch> patches_;
  // Places in `patches_`, ascending: what does the same, or goes into one patch, has one condition.
  std::unordered_map<std::string, std::vector<std::size_t>> by_condition_;
};

std::string_view verb_name(Verb verb) {
  switch (verb) {
    case Verb::Add:
      return "add";
    case Verb::Replace:
      return "replace";
    case Verb::Remove:
      return "remove";
  }
  return "";
}

Record json_patch(const Operation& operation) {
  Record patch;
  patch.set("op", verb_name(operation.verb));
  patch.set("path", json_pointer(operation));
  if (operation.verb == Verb::Remove) return patch;
  if (const auto* value = std::get_if<Value>(&operation.value)) {
    patch.set("value", *value);
    return patch;
  }
  Record from;
  if (const auto* variable = std::get_if<VariablePath>(&operation.value))
    from.set("variable", variable->path);
  if (const auto* text = std::get_if<TemplateText>(&operation.value))
    from.set("template", text->text);
  patch.set("valueFrom", std::move(from));
  return patch;
}

Record selector(const std::vector<const ir::Template*>& templates) {
  Record resources;
  List names;
  for (const ir::Template* target : templates) {
    switch (target->role) {
      case ir::Role::InfrastructureCluster:
        resources.set("infrastructureCluster", true);
        break;
      case ir::Role::ControlPlane:
      case ir::Role::ControlPlaneMachine:
        resources.set("controlPlane", true);
        break;
      case ir::Role::Bootstrap:
      case ir::Role::Machine:
        names.emplace_back(target->worker_class);
        break;
    }
  }
  if (!names.empty()) {
    Record classes;
    classes.set("names", std::move(names));
    resources.set("machineDeploymentClass", std::move(classes));
  }
  Record result;
  result.set("apiVersion", templates[0]->api_version);
  result.set("kind", templates[0]->kind);
  result.set("matchResources", std::move(resources));
  return result;
}

/// Neighbouring operations on the same templates as one definition.
List definitions(const Patch& patch) {
  List result;
  for (std::size_t i = 0; i < patch.operations.size();) {
    const auto& templates = patch.operations[i].templates;
    List operations;
    for (; i < patch.operations.size() && patch.operations[i].templates == templates; ++i) {
      operations.emplace_back(json_patch(*patch.operations[i].operation));
    }
    Record definition;
    definition.set("selector", selector(templates));
    definition.set("jsonPatches", std::move(operations));
    result.emplace_back(std::move(definition));
  }
  return result;
}

/// Neither empty nor the reserved word, and free; told apart by the place if it is one, by the
/// field, by a number.
std::string free_name(const Patch& patch, std::set<std::string>& taken) {
  const Shared& first = patch.operations[0];
  const auto& path = first.operation->path;
  const std::string field = path.empty() ? "spec" : path.back();
  const std::string base = !patch.topic.empty() ? patch.topic
                           : path.empty()       ? field
                                                : dotted(path, "-");
  std::vector<std::string> candidates = {base};
  if (first.templates.size() == 1)
    candidates.push_back(fmt::format("{}-{}", base, place_of(*first.templates[0])));
  candidates.push_back(base + "-" + field);
  for (const std::string& candidate : candidates) {
    const std::string name = as_name(candidate);
    if (!name.empty() && name != "inline" && taken.insert(name).second) return name;
  }
  for (int i = 2;; ++i) {
    const std::string name = fmt::format("{}-{}", as_name(base), i);
    if (taken.insert(name).second) return name;
  }
}

/// `Sets rootVolume in OpenStackMachineTemplate of control-plane, default-worker.`
std::string description(const Patch& patch) {
  constexpr std::size_t shown = 4;
  std::vector<std::string> fields;
  std::vector<std::string> kinds;
  std::vector<std::string> places;
  const auto add = [](std::vector<std::string>& words, const std::string& word) {
    if (std::ranges::find(words, word) == words.end()) words.push_back(word);
  };
  for (const auto& [operation, templates] : patch.operations) {
    add(fields, operation->path.empty() ? "spec" : dotted(operation->path));
    for (const ir::Template* target : templates) {
      add(kinds, target->kind);
      add(places, std::string(place_of(*target)));
    }
  }
  const auto listed = [&](const std::vector<std::string>& words) {
    const std::vector<std::string> first(
        words.begin(), words.begin() + static_cast<std::ptrdiff_t>(std::min(shown, words.size())));
    const std::size_t rest = words.size() - first.size();
    return dotted(first, ", ") + (rest > 0 ? fmt::format(" and {} more", rest) : "");
  };
  std::string text =
      fmt::format("Sets {} in {} of {}.", listed(fields), listed(kinds), listed(places));
  if (text.size() > 1000)
    text = fmt::format("Sets {} fields in {}.", fields.size(), listed(kinds).substr(0, 500));
  return text;
}

}  // namespace

List class_patches(const std::vector<TemplateOperations>& templates, source::Span stack,
                   diag::Sink& sink) {
  Grouping grouping;
  for (const TemplateOperations& source : templates) grouping.add(source);
  const std::size_t count = grouping.patches().size();
  if (count > max_patches) {
    sink.report(stack, diag::TooManyPatches, diag::Count{static_cast<std::int64_t>(count)},
                diag::Count{static_cast<std::int64_t>(max_patches)});
  }
  List result;
  std::set<std::string> taken;
  for (const Patch& patch : grouping.patches()) {
    Record record;
    record.set("name", free_name(patch, taken));
    record.set("description", description(patch));
    if (!patch.enabled_if.empty()) record.set("enabledIf", patch.enabled_if);
    record.set("definitions", definitions(patch));
    result.emplace_back(std::move(record));
  }
  return result;
}

}  // namespace stackc::lower
