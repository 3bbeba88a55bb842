#include "compiler/lower/template_object.h"

#include <algorithm>
#include <set>

#include "compiler/base/ascii.h"
#include "compiler/base/check.h"
#include "compiler/base/text.h"
#include "compiler/diag/catalogue/lower.h"
#include "compiler/ir/builtins.h"
#include "compiler/lower/go_text.h"
#include "compiler/lower/normalize.h"
#include "compiler/lower/placeholder.h"
#include "compiler/lower/rewrite.h"
#include "compiler/lower/value_template.h"
#include "compiler/types/validate.h"

namespace stackc::lower {

using ir::ExprRef;
using types::Kind;
using types::TypeRef;

namespace {

using Path = std::vector<std::string>;
using Operations = std::vector<Operation>;

/// The path for `valueFrom.variable`, or nothing if it cannot say it: keys with `.`, `[` or `]`
/// have no spelling there.
std::optional<std::string> variable_path(ExprRef expr) {
  if (const auto* variable = expr->as<ir::Variable>()) return variable->name;
  if (const auto* builtin = expr->as<ir::Builtin>()) {
    const ir::BuiltinVariable* known = ir::find_builtin(builtin->path);
    if (known == nullptr || !known->direct) return std::nullopt;
    return "builtin." + builtin->path;
  }
  const auto* member = expr->as<ir::Member>();
  if (member == nullptr || member->base->as<ir::Builtin>()) return std::nullopt;
  if (member->name.empty() || member->name.find_first_of(".[]") != std::string::npos)
    return std::nullopt;
  const auto base = variable_path(member->base);
  return base ? std::optional(*base + "." + member->name) : std::nullopt;
}

/// Cluster API takes what Go's Atoi reads for an index, even as the key of an object (section 3.6);
/// `-` means appending.
bool is_addressable(const Path& path) {
  return std::ranges::none_of(path, [](std::string_view segment) {
    if (segment.starts_with('-') || segment.starts_with('+')) segment.remove_prefix(1);
    return std::ranges::all_of(segment, is_digit);
  });
}

std::string escaped(std::string_view segment) {
  std::string text;
  for (const char c : segment) text += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return text;
}

Path below(Path path, const std::string& name) {
  path.push_back(name);
  return path;
}

/// Entries of a record under one name, as alternatives.
struct NamedField {
  std::string name;
  std::vector<Conditions::Alternative> alternatives;

  bool is_always() const {
    return alternatives.size() == 1 && lower::is_always(alternatives[0].condition);
  }
};

/// What stops an expression from being a patch of its own: then its parent is patched as a whole.
struct Obstacle {
  enum class Kind : std::uint8_t { Condition, Template, Address } kind;
  ExprRef expr;
  std::size_t size;
};

class Splitter {
 public:
  Splitter(const std::vector<ir::ClusterVariable>& variables, Conditions& conditions)
      : conditions_(conditions),
        variables_(variables),
        place_{.engine = Engine::ClusterApi, .variables = &variables} {}

  /// The constant part of a value, and the operations that add the rest.
  template <typename Constant>
  struct Split {
    Constant constant;
    Operations operations;
  };

  /// Where a record stands that is taken apart. In a base template its type tells what has to be
  /// there; below an operation that creates it (`guard` holds) nothing has to, because nobody sees
  /// it before it is complete.
  struct Site {
    Path path;
    TypeRef type;  // null: not known, or not in a base template
    ExprRef guard;
    bool in_base;
  };

  /// A record that is always there under the guard. Nothing if it must be patched as a whole.
  std::optional<Split<Record>> split_record(ExprRef record, const Site& site);

  /// Operations that set the value at the path, or append it to the list there, where `guard`
  /// holds.
  std::optional<Operations> set(ExprRef value, Operation target, ExprRef guard);

  /// The first one met.
  const std::optional<Obstacle>& obstacle() const { return obstacle_; }

 private:
  std::vector<NamedField> fields_of(ExprRef record);
  bool add_field(const NamedField& field, const Site& site, bool stand_in, Split<Record>& into);
  bool remove_stand_in(const NamedField& field, Operation target, Split<Record>& into);
  bool add_constant_part(const NamedField& field, const Site& site, Split<Record>& into);
  std::optional<Split<List>> split_list(const ir::ListLiteral& list, const Site& site);
  std::optional<Operations> stepwise(ExprRef value, const Operation& target, ExprRef guard);
  bool refuse(Obstacle::Kind kind, ExprRef expr, std::size_t size);

  Conditions& conditions_;
  const std::vector<ir::ClusterVariable>& variables_;
  Place place_;
  std::optional<Obstacle> obstacle_;
};

bool Splitter::refuse(Obstacle::Kind kind, ExprRef expr, std::size_t size) {
  if (!obstacle_) obstacle_ = Obstacle{kind, expr, size};
  return false;
}

std::vector<NamedField> Splitter::fields_of(ExprRef record) {
  std::vector<NamedField> fields;
  for (const auto& entry : record->as<ir::RecordLiteral>()->entries) {
    auto alternatives = conditions_.alternatives(entry.condition, entry.value);
    if (alternatives.empty()) continue;
    auto field = std::ranges::find(fields, entry.name, &NamedField::name);
    if (field == fields.end()) field = fields.insert(fields.end(), {entry.name, {}});
    std::ranges::move(alternatives, std::back_inserter(field->alternatives));
  }
  return fields;
}

/// Of each group one field must be in the base. A field that is always set can have a stand-in,
/// because a patch replaces it; one that is set at times cannot, because its stand-in would stay.
/// Nothing if a group has only such fields.
std::optional<std::vector<std::string>> group_stand_ins(const std::vector<NamedField>& fields,
                                                        const types::Type& type) {
  std::vector<std::vector<std::string>> groups = type.exactly_one_of;
  groups.insert(groups.end(), type.at_least_one_of.begin(), type.at_least_one_of.end());
  std::vector<std::string> names;
  for (const auto& group : groups) {
    const NamedField* always = nullptr;
    bool mentioned = false;
    for (const NamedField& field : fields) {
      if (std::ranges::find(group, field.name) == group.end()) continue;
      mentioned = true;
      if (field.is_always()) always = &field;
    }
    if (mentioned && always == nullptr) return std::nullopt;
    if (mentioned) names.push_back(always->name);
  }
  return names;
}

std::optional<Splitter::Split<Record>> Splitter::split_record(ExprRef record, const Site& site) {
  const std::vector<NamedField> fields = fields_of(record);
  std::vector<std::string> stand_ins;
  if (site.type != nullptr) {
    auto names = group_stand_ins(fields, *site.type);
    if (!names) return std::nullopt;
    stand_ins = std::move(*names);
  }
  Split<Record> result;
  for (const NamedField& field : fields) {
    const types::Field* known = site.type ? site.type->find(field.name) : nullptr;
    const bool stand_in =
        (known && known->required) || std::ranges::find(stand_ins, field.name) != stand_ins.end();
    const Site inner{below(site.path, field.name), known ? known->type : nullptr, site.guard,
                     site.in_base};
    if (!add_field(field, inner, stand_in, result)) return std::nullopt;
  }
  return result;
}

bool Splitter::add_field(const NamedField& field, const Site& site, bool stand_in,
                         Split<Record>& into) {
  if (field.is_always() && add_constant_part(field, site, into)) return true;
  Operation target{.path = site.path};
  if (stand_in) {
    Value value = placeholder(field.alternatives, site.type, variables_);
    if (is_solid(value)) target.verb = Verb::Replace;
    into.constant.set(field.name, std::move(value));
  }
  for (const auto& [condition, value] : field.alternatives) {
    auto operations = set(value, target, conditions_.both(site.guard, condition));
    if (!operations) return false;
    std::ranges::move(*operations, std::back_inserter(into.operations));
  }
  return !stand_in || remove_stand_in(field, std::move(target), into);
}

/// The alternatives name every value of one enumeration.
bool name_every_value(const std::vector<Conditions::Alternative>& alternatives) {
  ExprRef subject = nullptr;
  std::set<std::string> named;
  for (const auto& alternative : alternatives) {
    for (const ExprRef part : disjuncts(alternative.condition)) {
      const auto* compare = part->as<ir::Compare>();
      if (compare == nullptr || compare->op != ir::Compare::Op::Eq) return false;
      if (subject != nullptr && !same(subject, compare->left)) return false;
      subject = compare->left;
      const auto value = constant_value(compare->right);
      if (value && value->if_string()) named.insert(*value->if_string());
    }
  }
  if (subject == nullptr || subject->type->values.empty() || subject->type->or_other_text)
    return false;
  return std::ranges::all_of(subject->type->values,
                             [&](const std::string& value) { return named.contains(value); });
}

/// Where no alternative applies, the field must be gone. That should never be, as the schema
/// requires the field; but then the real engine refuses the object, and nobody gets a cluster with
/// a placeholder in it.
bool Splitter::remove_stand_in(const NamedField& field, Operation target, Split<Record>& into) {
  ExprRef any = conditions_.never();
  for (const auto& alternative : field.alternatives)
    any = conditions_.either(any, alternative.condition);
  if (is_always(any) || name_every_value(field.alternatives)) return true;
  if (target.verb != Verb::Replace) return false;  // it might be gone already, then removing fails
  target.verb = Verb::Remove;
  target.condition = conditions_.opposite(any);
  target.source = field.alternatives[0].value;
  target.enabled_if = condition_template(target.condition, place_);
  const std::size_t size = count_code_points(target.enabled_if);
  if (size > max_condition) return refuse(Obstacle::Kind::Condition, target.condition, size);
  into.operations.push_back(std::move(target));
  return true;
}

/// False if the field has no part that is constant, or if the rest cannot be added to it.
bool Splitter::add_constant_part(const NamedField& field, const Site& site, Split<Record>& into) {
  const ExprRef value = field.alternatives[0].value;
  if (auto constant = constant_value(value)) {
    into.constant.set(field.name, std::move(*constant));
    return true;
  }
  const auto add = [&](auto split) {
    if (!split || split->constant.empty()) return false;
    Value part(std::move(split->constant));
    if (site.in_base && !is_solid(part)) return false;
    into.constant.set(field.name, std::move(part));
    std::ranges::move(split->operations, std::back_inserter(into.operations));
    return true;
  };
  if (value->as<ir::RecordLiteral>()) return add(split_record(value, site));
  if (const auto* list = value->as<ir::ListLiteral>()) return add(split_list(*list, site));
  return false;
}

/// The items up to the first that depends on something, and operations that append the others.
std::optional<Splitter::Split<List>> Splitter::split_list(const ir::ListLiteral& list,
                                                          const Site& site) {
  Split<List> result;
  std::size_t next = 0;
  for (; next < list.items.size(); ++next) {
    auto constant =
        list.items[next].condition ? std::nullopt : constant_value(list.items[next].value);
    if (!constant) break;
    result.constant.push_back(std::move(*constant));
  }
  const std::int64_t least = site.type ? site.type->min.value_or(0) : 0;
  if (static_cast<std::int64_t>(next) < least) return std::nullopt;
  for (; next < list.items.size(); ++next) {
    for (const auto& [condition, value] :
         conditions_.alternatives(list.items[next].condition, list.items[next].value)) {
      auto operations =
          set(value, {.path = site.path, .append = true}, conditions_.both(site.guard, condition));
      if (!operations) return std::nullopt;
      std::ranges::move(*operations, std::back_inserter(result.operations));
    }
  }
  return result;
}

std::optional<Operations> Splitter::set(ExprRef value, Operation target, ExprRef guard) {
  if (is_never(guard)) return Operations();
  const std::size_t length = count_code_points(json_pointer(target));
  if (!is_addressable(target.path) || length > max_json_path) {
    refuse(Obstacle::Kind::Address, value, length);
    return std::nullopt;
  }
  if (!is_always(guard)) target.enabled_if = condition_template(guard, place_);
  if (const std::size_t size = count_code_points(target.enabled_if); size > max_condition) {
    refuse(Obstacle::Kind::Condition, guard, size);
    return std::nullopt;
  }
  target.condition = guard;
  target.source = value;
  if (auto constant = constant_value(value); constant && !constant->is_null()) {
    target.value = std::move(*constant);
    return Operations{std::move(target)};
  }
  if (auto path = variable_path(value); path && path->size() <= max_variable_path) {
    target.value = VariablePath{std::move(*path)};
    return Operations{std::move(target)};
  }
  std::string text = value_template(value, place_, conditions_);
  const std::size_t size = count_code_points(text);
  if (size > max_template) {
    auto operations = target.append ? std::nullopt : stepwise(value, target, guard);
    if (!operations) refuse(Obstacle::Kind::Template, value, size);
    return operations;
  }
  target.value = TemplateText{std::move(text)};
  return Operations{std::move(target)};
}

/// First the constant part, which may be empty, then everything else below it.
std::optional<Operations> Splitter::stepwise(ExprRef value, const Operation& target,
                                             ExprRef guard) {
  const Site site{target.path, nullptr, guard, false};
  const auto chain = [&](auto split) -> std::optional<Operations> {
    if (!split) return std::nullopt;
    Operations operations{target};
    operations[0].value = Value(std::move(split->constant));
    std::ranges::move(split->operations, std::back_inserter(operations));
    return operations;
  };
  if (value->as<ir::RecordLiteral>()) return chain(split_record(value, site));
  if (const auto* list = value->as<ir::ListLiteral>()) return chain(split_list(*list, site));
  return std::nullopt;
}

void report(const Obstacle& obstacle, diag::Sink& sink) {
  const auto size = diag::Count{static_cast<std::int64_t>(obstacle.size)};
  const auto limit = [](std::size_t characters) {
    return diag::Count{static_cast<std::int64_t>(characters)};
  };
  switch (obstacle.kind) {
    case Obstacle::Kind::Condition:
      sink.report(obstacle.expr->span, diag::ConditionTooLong, size, limit(max_condition));
      return;
    case Obstacle::Kind::Template:
      sink.report(obstacle.expr->span, diag::TemplateTooLong, size, limit(max_template));
      return;
    case Obstacle::Kind::Address:
      sink.report(obstacle.expr->span, diag::PathNotAddressable, limit(max_json_path));
      return;
  }
}

/// What stands in for the values of clusters may be no value of its field: nobody can make up a
/// text for any pattern.
void check_stand_ins(const ir::Template& source, const Record& base, diag::Sink& sink) {
  const auto* spec = source.spec->as<ir::RecordLiteral>();
  if (source.schema == nullptr || spec == nullptr) return;
  for (const types::Mismatch& mismatch : types::validate(Value(base), *source.schema)) {
    const auto field = mismatch.path.substr(0, mismatch.path.find_first_of(".["));
    const auto entry = std::ranges::find(spec->entries, field, &ir::RecordLiteral::Entry::name);
    if (entry == spec->entries.end() || constant_value(entry->value)) continue;
    if (sink.has_error_at(entry->value->span)) continue;
    sink.report(entry->value->span, diag::NeedsExample, diag::Code{mismatch.path})
        .note("give the variable that it comes from a default, or an `@example(…)`");
  }
}

}  // namespace

std::string_view place_of(const ir::Template& source) {
  switch (source.role) {
    case ir::Role::InfrastructureCluster:
      return "cluster";
    case ir::Role::ControlPlane:
    case ir::Role::ControlPlaneMachine:
      return "control-plane";
    case ir::Role::Bootstrap:
    case ir::Role::Machine:
      return source.worker_class;
  }
  return "";
}

std::string json_pointer(const Operation& operation) {
  std::string text = "/spec/template/spec";
  for (const std::string& segment : operation.path) text += "/" + escaped(segment);
  return operation.append ? text + "/-" : text;
}

TemplateObject split_template(const ir::Template& source,
                              const std::vector<ir::ClusterVariable>& variables,
                              Conditions& conditions, diag::Sink& sink) {
  const ExprRef spec = normalize(source.spec, conditions);
  if (const ExprRef part = find_inexpressible(spec)) {
    sink.report(part->span, diag::NotExpressible);
    return {};
  }
  if (auto constant = constant_value(spec)) return {std::move(*constant->if_record()), {}};
  Splitter splitter(variables, conditions);
  auto split = splitter.split_record(spec, {{}, source.schema, nullptr, true});
  if (split && is_solid(split->constant)) {
    check_stand_ins(source, split->constant, sink);
    return {std::move(split->constant), std::move(split->operations)};
  }

  // Nothing to hold on to: the spec is set as a whole, if there is any.
  const ExprRef present = conditions.presence(spec);
  Record base;
  if (is_always(present))
    base = *placeholder({{nullptr, spec}}, source.schema, variables).if_record();
  if (!base.empty()) check_stand_ins(source, base, sink);
  auto operations = splitter.set(conditions.assume(spec, present),
                                 {.verb = is_solid(base) ? Verb::Replace : Verb::Add}, present);
  if (operations) return {std::move(base), std::move(*operations)};
  CHECK(splitter.obstacle().has_value(), "set() says why it refuses");
  report(*splitter.obstacle(), sink);
  return {std::move(base), {}};
}

}  // namespace stackc::lower
