#include "compiler/check/stack_builder.h"

#include <fmt/core.h>

#include <algorithm>

#include "compiler/base/text.h"
#include "compiler/check/conform.h"
#include "compiler/check/examples.h"
#include "compiler/check/expr_parts.h"
#include "compiler/check/facts.h"
#include "compiler/check/rules/argument_checks.h"
#include "compiler/check/rules/cloud_provider.h"
#include "compiler/check/rules/file_contents.h"
#include "compiler/check/rules/ignored_fields.h"
#include "compiler/check/rules/node_disks.h"
#include "compiler/check/rules/node_rules.h"
#include "compiler/check/rules/provider_rules.h"
#include "compiler/check/rules/unequal_nodes.h"
#include "compiler/check/rules/unmounted_files.h"
#include "compiler/check/rules/unread_files.h"
#include "compiler/check/rules/usual_flavors.h"
#include "compiler/check/rules/usual_lists.h"
#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/resolve.h"
#include "compiler/diag/catalogue/stack.h"
#include "compiler/diag/catalogue/type.h"
#include "compiler/types/format.h"
#include "compiler/types/validate.h"

namespace stackc::check {

using diag::Code;
using diag::Count;
using diag::Prose;
using ir::ExprRef;
using ir::Stage;

StackBuilder::StackBuilder(const StackInput& input, const syntax::KubernetesLine& line,
                           ExprBuilder& build, diag::Sink& sink)
    : input_(input),
      line_(line),
      build_(build),
      sink_(sink),
      elaborator_(input.program, build, sink),
      scope_{.kubernetes = {build.poison(line.span)},
             .stack = &input.stack,
             .line_span = line.version.span},
      result_{.span = input.stack.span} {
  const std::string& version = line.version.text;
  result_.provider = input.stack.provider.text;
  result_.name = input.stack.name.text;
  result_.doc = input.stack.leading.doc;
  result_.kubernetes_version = version;
  result_.kubernetes_minor = version.substr(0, version.rfind('.'));
}

void StackBuilder::take_class(const StackBuilder& other, const ir::Stack& made) {
  result_.target = made.target;
  result_.variables = made.variables;
  result_.templates = made.templates;
  result_.worker_classes = made.worker_classes;
  result_.image_list = made.image_list;
  result_.class_id = made.class_id;
  scope_.variable_values = other.scope_.variable_values;
  variable_places_ = other.variable_places_;
  has_class_ = true;
}

ir::Stack StackBuilder::run(std::size_t new_class) {
  declare_names();
  kubernetes_facts();
  if (!has_class_) {
    result_.class_id = new_class;
    make_class();
  }
  add_ons();
  check_cloud_provider(result_, sink_);
  stages();
  images();
  image_needs(ImageNeed::Of::Disk);
  image_needs(ImageNeed::Of::Memory);
  for (const ir::Template& source : result_.templates) {
    const UsualValues usual(source, result_.variables, variable_places_, build_);
    check_usual_flavors(source, usual, variable_places_, sink_);
  }
  for (const source::Span value : elaborator_.suspicious_values()) sink_.fold_warnings(value);
  return std::move(result_);
}

void StackBuilder::make_class() {
  targets();
  // First, so that one that is missing is told where it is named.
  if (const auto info = provider(input_.stack.provider)) result_.image_list = info->image_list;
  declare_variables();
  check_functions();
  templates();
  const bool on_real_machines = std::ranges::find(result_.templates, "OpenStackMachineTemplate",
                                                  &ir::Template::kind) != result_.templates.end();
  for (const ir::Template& source : result_.templates) {
    const UsualValues usual(source, result_.variables, variable_places_, build_);
    check_provider_rules(source, usual, sink_);
    check_usual_lists(source, usual, sink_);
    check_arguments(source, result_.kubernetes_minor, sink_);
    check_node_rules(source, usual, on_real_machines, sink_);
    check_node_disks(source, sink_);
    check_file_contents(source, build_, input_.sources, sink_);
    check_unmounted_files(source, sink_);
    check_unread_files(source, sink_);
    check_ignored_fields(source, sink_);
    check_unequal_nodes(source, sink_);
  }
  check_worker_names();
}

Context StackBuilder::context(std::optional<ir::Role> role) const {
  return {.module = resolve::Program::root, .stack = &scope_, .role = role};
}

void StackBuilder::declare_names() {
  std::map<std::string, source::Span, std::less<>> seen;
  const auto declare = [&](const syntax::Name& name, auto& names, const auto* node) {
    const auto [first, fresh] = seen.emplace(name.text, name.span);
    if (fresh) {
      names.emplace(name.text, node);
      constexpr bool is_value = !std::is_same_v<decltype(node), const syntax::TypeDeclaration*>;
      if (is_value) elaborator_.warn_if_hiding(name, module_context());
    } else {
      sink_.report(name.span, diag::DuplicateName, Code{name.text})
          .label(first->second, diag::DeclaredHere, Code{name.text});
      scope_.declared_twice.insert(name.text);
      elaborator_.doubt_names();
    }
  };
  for (const auto* variable : items<syntax::Variable>())
    declare(variable->name, scope_.variables, variable);
  for (const auto* let : items<syntax::Let>()) declare(let->name, scope_.lets, let);
  for (const auto* type : items<syntax::TypeDeclaration>()) declare(type->name, scope_.types, type);
}

void StackBuilder::kubernetes_facts() {
  std::vector<ir::RecordLiteral::Entry> entries{
      {"version", line_.version.span, nullptr,
       build_.constant(result_.kubernetes_version, line_.version.span)},
      {"minor", line_.version.span, nullptr,
       build_.constant(result_.kubernetes_minor, line_.version.span)}};
  build_.set_facts(line_.facts ? std::optional(line_.facts->span) : std::nullopt);
  if (line_.facts) {
    const Typed facts = elaborator_.expression(*line_.facts, nullptr, module_context());
    if (const auto* record = facts.expr->as<ir::RecordLiteral>()) {
      for (const auto& entry : record->entries) {
        scope_.line_facts.emplace(entry.name, entry.span);
        const bool known_name = entry.name == "version" || entry.name == "minor";
        if (known_name)
          sink_.report(entry.span, diag::WrittenTwice, Code{entry.name})
              .note("it follows from the line's own version");
        if (!known_name) entries.push_back(entry);
      }
    }
  }
  for (const auto* other : items<syntax::KubernetesLine>()) {
    const auto* facts = other->facts ? other->facts->as<syntax::Record>() : nullptr;
    if (other == &line_ || facts == nullptr) continue;
    for (const syntax::Entry& entry : facts->entries) {
      if (entry.name) scope_.facts_of_other_lines.insert(entry.name->text);
    }
  }
  collect_fields_of_rows();
  const ExprRef record = build_.record(std::move(entries), line_.version.span);
  types::Type named = *record->type;
  named.name = fmt::format("kubernetes {}", result_.kubernetes_minor);
  scope_.kubernetes = {build_.with_type(record, build_.types().add(std::move(named)))};
}

void StackBuilder::collect_fields_of_rows() {
  std::map<std::string_view, int> count;
  const auto add_list = [&](const syntax::List& list) {
    for (const syntax::ListItem& item : list.items) {
      const auto* row = item.value ? item.value->as<syntax::Record>() : nullptr;
      if (row == nullptr) continue;
      for (const syntax::Entry& entry : row->entries) {
        if (entry.name && ++count[entry.name->text] > 1)
          scope_.fields_of_rows.insert(entry.name->text);
      }
    }
  };
  for (const auto* line : items<syntax::KubernetesLine>()) {
    const auto* facts = line->facts ? line->facts->as<syntax::Record>() : nullptr;
    if (facts == nullptr) continue;
    for (const syntax::Entry& entry : facts->entries) {
      if (const auto* list = entry.value ? entry.value->as<syntax::List>() : nullptr)
        add_list(*list);
      const auto* record = entry.value ? entry.value->as<syntax::Record>() : nullptr;
      if (record == nullptr || line == &line_) continue;
      for (const syntax::Entry& field : record->entries) {
        if (field.name) scope_.fields_of_rows.insert(field.name->text);
      }
    }
  }
}

namespace {

constexpr std::int64_t longest_variable_name = 256;  // of the CRD of ClusterClass

/// What Cluster API's templates can name as `.name` (capi-contract.md section 2.4).
bool is_go_identifier(std::string_view name) {
  return name.find('-') == std::string_view::npos && name != "builtin";
}

}  // namespace

void StackBuilder::declare_variables() {
  for (const auto* variable : items<syntax::Variable>()) {
    if (!is_go_identifier(variable->name.text)) {
      sink_.report(variable->name.span, diag::BadVariableName, Code{variable->name.text})
          .note("letters, digits and underscores; not `builtin`");
      elaborator_.doubt_names();
    }
    if (std::ssize(variable->name.text) > longest_variable_name) {
      sink_.report(variable->name.span, diag::NameTooLong, Code{variable->name.text},
                   Count{std::ssize(variable->name.text)}, Count{longest_variable_name},
                   Prose{"in a ClusterClass"});
    }
    ir::ClusterVariable result{
        .name = variable->name.text, .doc = variable->leading.doc, .span = variable->name.span};
    result.type = elaborator_.type(*variable->type, context());
    if (sink_.has_error_within(variable->type->span)) result.type = build_.types().poison();
    if (variable->default_value) {
      const auto* name = variable->default_value->as<syntax::NameRef>();
      const bool is_null = name && name->name == "null";
      if (variable->type->optional && !is_null) {
        sink_.report(variable->name.span, diag::DefaultAndOptional, Code{variable->name.text});
        result.type = build_.types().poison();  // nor is it known which values it may have
      }
      result.default_value =
          constant(*variable->default_value, result.type, "the default of a variable");
      // What else is made of the variable follows its type or its default, whichever is right. A
      // misspelt choice leaves no doubt.
      const bool is_choice = result.type->values.size() > 1 && !result.type->or_other_text;
      if (is_choice) distrust_type(result, *variable->default_value);
      if (!result.default_value && !is_choice) result.type = build_.types().poison();
    }
    VariablePlaces& places = variable_places_[result.name];
    if (variable->default_value) places.default_value = variable->default_value->span;
    result.required = !variable->type->optional && !variable->default_value;
    if (result.required) elaborator_.check_choices(variable->name, *variable->type);
    for (const syntax::Annotation& annotation : variable->leading.annotations) {
      const auto* example =
          example_of(annotation, "a variable can have `@example(…)`, once or more", sink_);
      if (example == nullptr) continue;
      // Where the default does not fit, the type may be what is wrong, and the example right.
      const bool is_doubtful =
          variable->default_value && sink_.has_error_within(variable->default_value->span);
      if (is_doubtful) continue;
      if (auto value = constant(*example, result.type, "an example")) {
        result.examples.push_back(std::move(*value));
        places.examples.push_back(example->span);
      } else {
        distrust_type(result, *example);
      }
    }
    // Of one that is declared twice nobody knows which is meant.
    const bool is_second = scope_.variables.at(result.name) != variable;
    const ExprRef value = is_second ? build_.poison(variable->name.span)
                                    : build_.node(ir::Variable{result.name}, result.type,
                                                  Stage::Cluster, variable->name.span);
    const bool may_be_absent = variable->type->optional && !variable->default_value;
    scope_.variable_values.insert_or_assign(result.name, Typed{value, may_be_absent});
    result_.variables.push_back(std::move(result));
  }
}

/// Where type and value disagree altogether, what else is made of the variable follows one of them.
void StackBuilder::distrust_type(ir::ClusterVariable& variable, const syntax::Expr& given) {
  const ExprRef plain = elaborator_.value(given, nullptr, context());
  if (!may_be(*plain->type, *variable.type)) variable.type = build_.types().poison();
}

void StackBuilder::report_bad_object_name(const syntax::Name& name) {
  std::string meant = name.text;
  std::ranges::transform(meant, meant.begin(), [](char c) {
    return c == '_' || c == '.' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  auto report = sink_.report(name.span, diag::BadObjectName, Code{name.text});
  if (types::has_format(meant, "k8s-short-name")) report.suggest({.name = meant});
}

/// They end the names of templates, and Clusters repeat them.
void StackBuilder::check_worker_names() {
  for (const ir::WorkerClass& worker : result_.worker_classes) {
    if (!types::has_format(worker.name, "k8s-short-name"))
      report_bad_object_name({worker.name, worker.span});
  }
}

void StackBuilder::check_functions() {
  for (const auto* let : items<syntax::Let>()) {
    if (let->is_function)
      elaborator_.check_function(*let, context(ir::Role::InfrastructureCluster));
  }
}

namespace {

/// The first part of an expression that is known only at its latest stage.
ExprRef latest_part(ExprRef expr) {
  if (expr->as<ir::Variable>() || expr->as<ir::Builtin>() || expr->as<ir::Live>() ||
      expr->as<ir::Member>())
    return expr;
  for (const ExprRef part : parts_of(expr)) {
    if (part->stage == expr->stage) return latest_part(part);
  }
  return expr;
}

}  // namespace

ExprRef StackBuilder::at_most(ExprRef expr, source::Span written, Stage latest,
                              std::string_view position, std::string_view when) {
  if (expr->stage <= latest) return expr;
  const ExprRef late = latest_part(expr);
  const char* known_when = late->stage == Stage::Cluster
                               ? "known only when a cluster is created"
                               : "known only when the add-on is installed";
  const source::Span place = late->span.file == written.file ? late->span : written;
  sink_.report(place, diag::TooLate, Code{shown_path(late)}, Prose{known_when},
               Prose{std::string(position)}, Prose{std::string(when)});
  return build_.poison(expr->span);
}

std::optional<Value> StackBuilder::constant(const syntax::Expr& expr, types::TypeRef type,
                                            std::string_view position) {
  const ExprRef value = release_value(expr, type, position);
  if (value->type->kind == types::Kind::Poison) return std::nullopt;
  return constant_value(value);
}

ExprRef StackBuilder::release_value(const syntax::Expr& expr, types::TypeRef type,
                                    std::string_view position) {
  return at_most(elaborator_.value(expr, type, context()), expr.span, Stage::Release, position,
                 "when the release is built");
}

}  // namespace stackc::check
