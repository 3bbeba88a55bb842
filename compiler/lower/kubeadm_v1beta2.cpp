#include "compiler/lower/kubeadm_v1beta2.h"

#include <algorithm>
#include <array>

#include "compiler/diag/catalogue/lower.h"
#include "compiler/lower/rewrite.h"

namespace stackc::lower {

using ir::ExprRef;

namespace {

constexpr std::array<std::string_view, 6> argument_maps = {
    "clusterConfiguration.apiServer.extraArgs",
    "clusterConfiguration.controllerManager.extraArgs",
    "clusterConfiguration.scheduler.extraArgs",
    "clusterConfiguration.etcd.local.extraArgs",
    "initConfiguration.nodeRegistration.kubeletExtraArgs",
    "joinConfiguration.nodeRegistration.kubeletExtraArgs"};

struct Gone {
  std::string_view path;
  std::string_view way_out;
};

constexpr std::string_view leave_out = "leave it out, or target `v1beta1`";
constexpr std::string_view set_by_cluster_api = "leave it out, Cluster API sets it";

constexpr std::array<Gone, 12> gone = {{
    {"clusterConfiguration.apiServer.timeoutForControlPlane", leave_out},
    {"joinConfiguration.discovery.timeout", leave_out},
    {"useExperimentalRetryJoin", leave_out},
    {"clusterConfiguration.networking", set_by_cluster_api},
    {"clusterConfiguration.clusterName", set_by_cluster_api},
    {"clusterConfiguration.kubernetesVersion", set_by_cluster_api},
    {"clusterConfiguration.apiVersion", set_by_cluster_api},
    {"clusterConfiguration.kind", set_by_cluster_api},
    {"initConfiguration.apiVersion", set_by_cluster_api},
    {"initConfiguration.kind", set_by_cluster_api},
    {"joinConfiguration.apiVersion", set_by_cluster_api},
    {"joinConfiguration.kind", set_by_cluster_api},
}};

types::TypeRef text_type() {
  static const types::Type text{.kind = types::Kind::String};
  return &text;
}

types::TypeRef argument_type() {
  static const types::Type argument{
      .kind = types::Kind::Record,
      .fields = {{.name = "name", .type = text_type(), .required = true},
                 {.name = "value", .type = text_type(), .required = true}}};
  return &argument;
}

types::TypeRef arguments_type() {
  static const types::Type arguments{.kind = types::Kind::List, .element = argument_type()};
  return &arguments;
}

class Adapter {
 public:
  Adapter(Conditions& conditions, diag::Sink& sink)
      : conditions_(conditions), exprs_(conditions.exprs()), sink_(sink) {}

  /// `path` is below the kubeadm configuration; empty for the configuration itself.
  ExprRef adapt(ExprRef value, const std::string& path) {
    if (value->as<ir::Conditional>() || value->as<ir::Match>()) {
      return map_operands(value, exprs_, [&](ExprRef operand) {
        return operand->type->kind == types::Kind::Record ? adapt(operand, path) : operand;
      });
    }
    const ExprRef written = written_out(value);
    if (!written->as<ir::RecordLiteral>()) return value;
    ir::RecordLiteral result;
    for (const auto& entry : written->as<ir::RecordLiteral>()->entries) add(entry, path, result);
    return in_place_of(written, std::move(result), exprs_);
  }

 private:
  /// A constant record as a literal.
  ExprRef written_out(ExprRef value) {
    const auto* constant = value->as<ir::Constant>();
    const Record* record = constant ? constant->value.if_record() : nullptr;
    if (record == nullptr) return value;
    ir::RecordLiteral literal;
    for (const auto& [name, field] : *record) {
      const types::Field* known = value->type->find(name);
      const types::TypeRef type = known                  ? known->type
                                  : value->type->element ? value->type->element
                                                         : value->type;
      literal.entries.push_back(
          {name, value->span, nullptr,
           exprs_.add({ir::Constant{field}, type, value->stage, value->span})});
    }
    return in_place_of(value, std::move(literal), exprs_);
  }

  void add(const ir::RecordLiteral::Entry& entry, const std::string& parent,
           ir::RecordLiteral& result) {
    const std::string path = parent.empty() ? entry.name : parent + "." + entry.name;
    if (const auto field = std::ranges::find(gone, path, &Gone::path); field != gone.end()) {
      sink_.report(entry.span, diag::GoneInTarget, diag::Code{path}, diag::Code{"v1beta2"},
                   diag::Prose{std::string(field->way_out)});
      return;
    }
    if (path == "kubeadmConfigSpec") {
      result.entries.push_back({entry.name, entry.span, entry.condition, adapt(entry.value, "")});
    } else if (std::ranges::find(argument_maps, path) != argument_maps.end()) {
      for (const auto& [condition, value] :
           conditions_.alternatives(entry.condition, entry.value)) {
        add_arguments(entry, condition, value, result);
      }
    } else {
      report_filtered(entry.value, path);
      add_filled(entry, adapt(entry.value, path), result);
    }
  }

  /// Whether a filter leaves an item is more than a condition of Cluster API can ask.
  void report_filtered(ExprRef value, const std::string& path) {
    if (value->as<ir::Conditional>() || value->as<ir::Match>()) {
      for_each_operand(value, [&](ExprRef operand) { report_filtered(operand, path); });
    } else if (const auto* walk = value->as<ir::Comprehension>(); walk && walk->condition) {
      sink_.report(value->span, diag::MaybeEmptyList, diag::Code{path}, diag::Code{"v1beta2"})
          .note("leave out the `if` behind `for`, or target `v1beta1`");
    }
  }

  /// An entry with what is not empty: v1beta2 has neither empty records nor empty lists.
  void add_filled(const ir::RecordLiteral::Entry& entry, ExprRef value, ir::RecordLiteral& result) {
    if (!may_be_empty(value)) {
      result.entries.push_back({entry.name, entry.span, entry.condition, value});
      return;
    }
    for (const auto& [condition, branch] : conditions_.alternatives(entry.condition, value)) {
      const ExprRef filled = conditions_.both(condition, filled_when(branch));
      if (!is_never(filled)) result.entries.push_back({entry.name, entry.span, filled, branch});
    }
  }

  bool may_be_empty(ExprRef value) {
    if (!value->as<ir::Conditional>() && !value->as<ir::Match>()) {
      const ExprRef filled = filled_when(value);
      return filled != nullptr && !is_always(filled);
    }
    bool empty = false;
    for_each_operand(value, [&](ExprRef operand) {
      const types::Kind kind = operand->type->kind;
      const bool is_branch =
          kind == types::Kind::Record || kind == types::Kind::List || kind == types::Kind::Map;
      empty = empty || (is_branch && may_be_empty(operand));
    });
    return empty;
  }

  /// When a value other than a choice holds something. A record with entries vanishes by itself.
  ExprRef filled_when(ExprRef value) {
    if (const auto* constant = value->as<ir::Constant>()) {
      const Record* record = constant->value.if_record();
      const List* list = constant->value.if_list();
      const bool empty = (record && record->empty()) || (list && list->empty());
      return empty ? conditions_.never() : nullptr;
    }
    if (const auto* record = value->as<ir::RecordLiteral>())
      return record->entries.empty() ? conditions_.never() : nullptr;
    if (const auto* list = value->as<ir::ListLiteral>()) {
      ExprRef some = conditions_.never();
      for (const auto& item : list->items) some = conditions_.either(some, item.condition);
      return some;
    }
    if (const auto* walk = value->as<ir::Comprehension>())
      return walk->condition == nullptr ? filled_when(walk->source) : nullptr;
    const types::Type& type = *value->type;
    const bool has_items = type.kind == types::Kind::List || type.kind == types::Kind::Map;
    return has_items && type.min.value_or(0) < 1 ? not_empty(value) : nullptr;
  }

  /// An entry with the list, if there is an item in it: v1beta2 has no empty lists.
  void add_arguments(const ir::RecordLiteral::Entry& entry, ExprRef condition, ExprRef value,
                     ir::RecordLiteral& result) {
    const ExprRef written = written_out(value);
    const bool from_fields =
        !written->as<ir::RecordLiteral>() && value->type->kind == types::Kind::Record;
    if (!written->as<ir::RecordLiteral>() && !from_fields) {
      const ExprRef some = conditions_.both(condition, not_empty(value));
      result.entries.push_back({entry.name, entry.span, some, walk(value)});
      return;
    }
    const ir::ListLiteral list =
        from_fields ? items_of_fields(value) : items_of(*written->as<ir::RecordLiteral>());
    if (list.items.empty()) return;
    ExprRef some = conditions_.never();
    for (const auto& item : list.items) some = conditions_.either(some, item.condition);
    const ExprRef expr = exprs_.add({list, arguments_type(), value->stage, value->span});
    result.entries.push_back({entry.name, entry.span, conditions_.both(condition, some), expr});
  }

  ExprRef argument(ExprRef name, ExprRef value) {
    ir::RecordLiteral literal{
        {{"name", name->span, nullptr, name}, {"value", value->span, nullptr, value}}};
    return exprs_.add({std::move(literal), argument_type(), value->stage, value->span});
  }

  ExprRef text(const std::string& name, source::Span span) {
    return exprs_.add({ir::Constant{name}, text_type(), ir::Stage::Release, span});
  }

  /// What is always the same comes first: it stands in the base template, and patches append the
  /// rest.
  ir::ListLiteral items_of(const ir::RecordLiteral& map) {
    ir::ListLiteral list;
    for (const bool constants : {true, false}) {
      for (const auto& entry : map.entries) {
        const bool constant = entry.condition == nullptr && entry.value->as<ir::Constant>();
        if (constant == constants)
          list.items.push_back(
              {entry.condition, argument(text(entry.name, entry.span), entry.value)});
      }
    }
    return list;
  }

  /// A variable that is a record: its fields, if they are there.
  ir::ListLiteral items_of_fields(ExprRef record) {
    ir::ListLiteral list;
    for (const types::Field& field : record->type->fields) {
      const ExprRef value =
          exprs_.add({ir::Member{record, field.name}, field.type, record->stage, record->span});
      const bool always = field.required || field.default_value;
      const ExprRef present =
          always ? nullptr
                 : exprs_.add({ir::Present{value}, boolean_type(), record->stage, record->span});
      list.items.push_back({present, argument(text(field.name, record->span), value)});
    }
    return list;
  }

  ExprRef walk(ExprRef map) {
    const ExprRef key =
        exprs_.add({ir::Local{exprs_.new_local(), "name"}, text_type(), map->stage, map->span});
    const ExprRef item =
        exprs_.add({ir::Local{exprs_.new_local(), "value"}, text_type(), map->stage, map->span});
    return exprs_.add({ir::Comprehension{map, key, item, nullptr, argument(key, item)},
                       arguments_type(), map->stage, map->span});
  }

  ExprRef not_empty(ExprRef items) {
    const Value none = items->type->kind == types::Kind::List ? Value(List()) : Value(Record());
    const ExprRef empty =
        exprs_.add({ir::Constant{none}, items->type, ir::Stage::Release, items->span});
    return exprs_.add({ir::Compare{ir::Compare::Op::Ne, items, empty}, boolean_type(), items->stage,
                       items->span});
  }

  Conditions& conditions_;
  ir::ExprStore& exprs_;
  diag::Sink& sink_;
};

}  // namespace

ExprRef kubeadm_v1beta2(ExprRef spec, Conditions& conditions, diag::Sink& sink) {
  return Adapter(conditions, sink).adapt(spec, "");
}

}  // namespace stackc::lower
