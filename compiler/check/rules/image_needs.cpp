#include "compiler/check/rules/image_needs.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "compiler/check/expr_parts.h"
#include "compiler/check/rules/scs_flavor.h"
#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/stack.h"
#include "compiler/topology/evaluate.h"
#include "compiler/topology/variables.h"

namespace stackc::check {
namespace {

using ir::ExprRef;
using ir::RecordLiteral;

/// What an expression reads from a Cluster.
struct Reads {
  std::set<std::string, std::less<>> variables;
  bool others = false;  // builtins, and what is broken

  // Recursion follows the expression, whose depth the checker bounds.
  void collect(ExprRef expr) {
    if (const auto* variable = expr->as<ir::Variable>()) variables.insert(variable->name);
    if (expr->as<ir::Builtin>() || expr->as<ir::Live>()) others = true;
    if (expr->type->kind == types::Kind::Poison) others = true;
    for (const ExprRef part : parts_of(expr)) collect(part);
  }
};

/// The field of a record that a Cluster gets; null if it gets none.
ExprRef field(const RecordLiteral& record, std::string_view name,
              const topology::Environment& environment) {
  const auto applies = [&](const RecordLiteral::Entry& entry) {
    return entry.name == name && (entry.condition == nullptr ||
                                  topology::evaluate(entry.condition, environment) == Value(true));
  };
  const auto entry = std::ranges::find_if(record.entries, applies);
  return entry == record.entries.end() ? nullptr : entry->value;
}

/// The disk that a machine boots from, or its memory.
struct Size {
  // GiB of a volume, GB of a flavor: Nova compares both with the image's GiB. MiB of memory.
  std::int64_t size = 0;
  std::string flavor;        // whose it is; empty for a volume
  ExprRef written;           // the size of the volume, or the flavor
  ExprRef volume = nullptr;  // the condition under which there would be a volume; null if never
};

std::optional<Size> volume_of(ExprRef volume, const topology::Environment& environment) {
  const auto value = topology::evaluate(volume, environment);
  const Value* size = value && value->if_record() ? value->if_record()->find("sizeGiB") : nullptr;
  if (size == nullptr || size->if_int() == nullptr) return std::nullopt;
  const auto* literal = volume->as<RecordLiteral>();
  return Size{.size = *size->if_int(),
              .flavor = "",
              .written = literal ? field(*literal, "sizeGiB", environment) : volume};
}

/// What the name of the flavor says; nothing if only the cloud knows.
std::optional<Size> of_flavor(const RecordLiteral& machine,
                              const topology::Environment& environment,
                              std::optional<std::int64_t> (*size_of)(std::string_view)) {
  const ExprRef flavor = field(machine, "flavor", environment);
  const auto name = flavor ? topology::evaluate(flavor, environment) : std::nullopt;
  if (!name || !name->if_string()) return std::nullopt;
  const auto size = size_of(*name->if_string());
  if (!size) return std::nullopt;
  return Size{.size = *size, .flavor = *name->if_string(), .written = flavor};
}

std::optional<Size> boot_disk(const RecordLiteral& machine,
                              const topology::Environment& environment) {
  if (const ExprRef volume = field(machine, "rootVolume", environment)) {
    if (auto disk = volume_of(volume, environment)) return disk;
  }
  auto disk = of_flavor(machine, environment, disk_of_scs_flavor);
  const auto volume = std::ranges::find(machine.entries, "rootVolume", &RecordLiteral::Entry::name);
  if (disk && volume != machine.entries.end()) disk->volume = volume->condition;
  return disk;
}

/// The variable that an expression is, or is a field of; empty if it is neither.
std::string_view variable_of(ExprRef expr) {
  while (const auto* member = expr->as<ir::Member>()) expr = member->base;
  const auto* variable = expr->as<ir::Variable>();
  return variable ? std::string_view(variable->name) : "";
}

class Machines {
 public:
  Machines(const ir::Stack& stack, const PlacesOfVariables& places, const ImageNeed& need,
           diag::Sink& sink)
      : stack_(stack), places_(places), need_(need), sink_(sink) {}

  void check(const RecordLiteral& machine) {
    Reads reads;
    for (const RecordLiteral::Entry& entry : machine.entries) {
      const bool is_volume = entry.name == "rootVolume" && is_disk();
      if (!is_volume && entry.name != "flavor") continue;
      if (entry.condition) reads.collect(entry.condition);
      reads.collect(entry.value);
    }
    std::vector<ir::ClusterVariable> variables;
    for (const ir::ClusterVariable& variable : stack_.variables) {
      if (!reads.variables.contains(variable.name)) continue;
      if (!has_usual_value(variable)) return;
      variables.push_back(variable);
    }
    if (reads.others) return;
    const auto usual = too_small(machine, variables, nullptr, {});
    ++machines_;
    if (usual) ++small_machines_;
    if (usual) add(*usual, usual_place(usual->written));
    for (const ir::ClusterVariable& variable : variables) {
      for (std::size_t index = 0; index < variable.examples.size(); ++index) {
        auto size = too_small(machine, variables, &variable, variable.examples[index]);
        if (size) size->volume = nullptr;                          // the example decides it
        if (!size || (variable.required && index == 0)) continue;  // that is the usual one
        // What is small without the example too has been told, and a root volume helps all flavors.
        const bool is_new = size->flavor.empty() && variable_of(size->written) == variable.name;
        if (usual && !is_new) continue;
        const source::Span example = places_.find(variable.name)->second.examples[index];
        const bool is_of_another = size->flavor.empty() && !variable_of(size->written).empty();
        add(*size, is_new || !is_of_another ? example : usual_place(size->written));
      }
    }
  }

  /// Where no machine at all has it, the image asks for too much.
  void report() {
    const auto& too_little = is_disk() ? diag::DiskTooSmall : diag::MemoryTooSmall;
    if (machines_ > 1 && small_machines_ == machines_) {
      auto told = sink_.report(need_.place, too_little, diag::Prose{small_.front().what},
                               diag::Code{need_.image});
      for (const Small& small : small_) told.label(small.place, diag::TooSmall);
      told.note(is_disk() ? "no machine of the stack has such a disk"
                          : "no machine of the stack has as much memory");
      return;
    }
    for (const Small& small : small_) {
      auto told =
          sink_.report(small.place, too_little, diag::Prose{small.what}, diag::Code{need_.image});
      told.label(need_.place, is_disk() ? diag::NeedsDisk : diag::NeedsMemory,
                 diag::Count{need_.amount})
          .note(small.why);
      if (small.switched_off) told.label(*small.switched_off, diag::SwitchedOff);
    }
  }

 private:
  bool is_disk() const { return need_.of == ImageNeed::Of::Disk; }

  struct Small {
    source::Span place;
    std::string what;
    std::string why;
    std::optional<source::Span> switched_off;  // what leaves the root volume away
  };

  /// Or may be absent. A required variable has its first example.
  bool has_usual_value(const ir::ClusterVariable& variable) const {
    if (variable.type->kind == types::Kind::Poison) return false;
    if (variable.required) return !variable.examples.empty();
    const bool has_default = places_.find(variable.name)->second.default_value.has_value();
    return has_default == variable.default_value.has_value();  // otherwise it is broken
  }

  /// What the machine has with one of the variables that it depends on changed, if it is too small.
  std::optional<Size> too_small(const RecordLiteral& machine,
                                const std::vector<ir::ClusterVariable>& variables,
                                const ir::ClusterVariable* changed, const Value& value) const {
    std::vector<topology::GivenVariable> given;
    for (const ir::ClusterVariable& variable : variables) {
      if (&variable == changed) {
        given.push_back({variable.name, value});
      } else if (variable.required && !variable.examples.empty()) {
        given.push_back({variable.name, variable.examples.front()});
      }
    }
    const Record values =
        topology::resolve_variables(given, variables, topology::VariableScope::Cluster, "").values;
    const Record no_builtins;
    const topology::Environment environment{.variables = values, .builtins = no_builtins};
    auto size = is_disk() ? boot_disk(machine, environment)
                          : of_flavor(machine, environment, memory_of_scs_flavor);
    if (size && size->size >= need_.amount) size.reset();
    return size;
  }

  source::Span usual_place(ExprRef written) const {
    const auto places = places_.find(variable_of(written));
    if (places == places_.end()) return written->span;
    if (places->second.default_value) return *places->second.default_value;
    return places->second.examples.empty() ? written->span : places->second.examples.front();
  }

  void add(const Size& size, source::Span place) {
    if (is_disk()) return add_disk(size, place);
    small_.push_back(
        {place, fmt::format("flavor `{}` with {} MiB of memory", size.flavor, size.size),
         "the name of an SCS flavor has its memory in GiB behind the second dash", std::nullopt});
  }

  void add_disk(const Size& disk, source::Span place) {
    std::string what = fmt::format("a root volume of {} GiB", disk.size);
    std::string why =
        fmt::format("the volume has {} GiB, the image needs {} GiB", disk.size, need_.amount);
    if (!disk.flavor.empty()) {
      what = disk.size == 0 ? fmt::format("flavor `{}` without a disk", disk.flavor)
                            : fmt::format("the {} GB disk of flavor `{}`", disk.size, disk.flavor);
      why = fmt::format(
          "without a root volume a machine boots from the disk of its flavor; "
          "`rootVolume: {{ sizeGiB: {} }}` gives it one",
          need_.amount);
    }
    small_.push_back({place, std::move(what), std::move(why), switch_of(disk.volume)});
  }

  /// The default that decides a condition alone.
  std::optional<source::Span> switch_of(ExprRef condition) const {
    Reads reads;
    if (condition) reads.collect(condition);
    if (reads.variables.size() != 1 || reads.others) return std::nullopt;
    return places_.find(*reads.variables.begin())->second.default_value;
  }

  const ir::Stack& stack_;
  const PlacesOfVariables& places_;
  const ImageNeed& need_;
  diag::Sink& sink_;
  std::vector<Small> small_;
  int machines_ = 0;  // that are looked at
  int small_machines_ = 0;
};

}  // namespace

void check_image_need(const ir::Stack& stack, const PlacesOfVariables& places,
                      const ImageNeed& need, diag::Sink& sink) {
  Machines sizes(stack, places, need, sink);
  for (const ir::Template& source : stack.templates) {
    const auto* machine = source.spec->as<RecordLiteral>();
    if (source.kind == "OpenStackMachineTemplate" && machine) sizes.check(*machine);
  }
  sizes.report();
}

}  // namespace stackc::check
