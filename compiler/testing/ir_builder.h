#pragma once

#include <string>
#include <utility>
#include <vector>

#include "compiler/ir/stack.h"

namespace stackc::testing {

/// Writes core expressions and stacks by hand, in tests. Keeps what it makes alive.
class IrBuilder {
 public:
  using Ref = ir::ExprRef;

  ir::ExprStore exprs;
  types::TypeStore types;
  ir::Stack stack{.provider = "openstack",
                  .name = "test",
                  .kubernetes_version = "1.34.7",
                  .kubernetes_minor = "1.34"};

  types::TypeRef choice(std::vector<std::string> values) {
    return types.add({.kind = types::Kind::String, .values = std::move(values)});
  }
  types::TypeRef list_of(types::TypeRef element) { return types.list_of(element); }
  types::TypeRef record_type(std::vector<types::Field> fields) {
    return types.add({.kind = types::Kind::Record, .fields = std::move(fields)});
  }

  /// Declares a variable with a default and reads it.
  Ref variable(const std::string& name, types::TypeRef type, Value default_value) {
    stack.variables.push_back(
        {.name = name, .type = type, .default_value = std::move(default_value)});
    return read(name, type);
  }
  /// Declares a variable that may be absent and reads it.
  Ref optional(const std::string& name, types::TypeRef type) {
    stack.variables.push_back({.name = name, .type = type});
    return read(name, type);
  }
  Ref required(const std::string& name, types::TypeRef type) {
    stack.variables.push_back({.name = name, .type = type, .required = true});
    return read(name, type);
  }

  Ref node(ir::Expr::Node what, types::TypeRef type, ir::Stage stage = ir::Stage::Cluster) {
    return exprs.add({std::move(what), type, stage, span});
  }
  Ref read(const std::string& name, types::TypeRef type) { return node(ir::Variable{name}, type); }
  Ref builtin(const std::string& path) { return node(ir::Builtin{path}, types.string()); }
  Ref live(types::TypeRef type) {
    return node(ir::Live{ir::Live::Object::Cluster}, type, ir::Stage::AddOn);
  }

  Ref constant(const char* text) {
    return node(ir::Constant{text}, types.string(), ir::Stage::Release);
  }
  Ref constant(std::string text) {
    return node(ir::Constant{std::move(text)}, types.string(), ir::Stage::Release);
  }
  Ref constant(int number) {
    return node(ir::Constant{number}, types.integer(), ir::Stage::Release);
  }
  Ref constant(bool flag) { return node(ir::Constant{flag}, types.boolean(), ir::Stage::Release); }
  Ref constant(double number) {
    return node(ir::Constant{number}, types.number(), ir::Stage::Release);
  }

  Ref member(Ref base, const std::string& name) {
    const types::Field* field = base->type->find(name);
    return node(ir::Member{base, name}, field ? field->type : types.string(), base->stage);
  }
  Ref has(Ref operand) { return node(ir::Present{operand}, types.boolean(), operand->stage); }
  Ref negation(Ref operand) { return node(ir::Not{operand}, types.boolean(), operand->stage); }
  Ref both(Ref a, Ref b) { return node(ir::Logic{ir::Logic::Op::And, a, b}, types.boolean()); }
  Ref either(Ref a, Ref b) { return node(ir::Logic{ir::Logic::Op::Or, a, b}, types.boolean()); }
  Ref compare(Ref a, ir::Compare::Op op, Ref b) {
    return node(ir::Compare{op, a, b}, types.boolean());
  }
  Ref equal(Ref a, Ref b) { return compare(a, ir::Compare::Op::Eq, b); }
  Ref not_equal(Ref a, Ref b) { return compare(a, ir::Compare::Op::Ne, b); }
  Ref not_empty(Ref collection) { return not_equal(collection, list({})); }
  Ref concat(std::vector<Ref> parts) { return node(ir::Concat{std::move(parts)}, types.string()); }
  Ref arithmetic(Ref a, ir::Arithmetic::Op op, Ref b) {
    return node(ir::Arithmetic{op, a, b}, types.integer());
  }
  Ref call(ir::Function function, std::vector<Ref> arguments, types::TypeRef type) {
    return node(ir::Call{function, std::move(arguments)}, type);
  }
  Ref conditional(Ref condition, Ref then, Ref otherwise) {
    return node(ir::Conditional{condition, then, otherwise}, then->type);
  }
  Ref match(Ref subject, std::vector<ir::Match::Arm> arms, Ref otherwise = nullptr) {
    const types::TypeRef type = arms[0].result->type;
    return node(ir::Match{subject, std::move(arms), otherwise}, type);
  }

  struct Entry {
    std::string name;
    Ref value;
    Ref condition = nullptr;
  };
  Ref record(std::vector<Entry> entries) {
    ir::RecordLiteral literal;
    types::Type type{.kind = types::Kind::Record};
    for (auto& [name, value, condition] : entries) {
      if (!type.find(name))
        type.fields.push_back(
            {.name = name, .type = value->type, .required = condition == nullptr});
      literal.entries.push_back({name, span, condition, value});
    }
    return node(std::move(literal), types.add(std::move(type)));
  }
  struct Item {
    Ref value;
    Ref condition = nullptr;
  };
  Ref list(std::vector<Item> items) {
    ir::ListLiteral literal;
    for (const auto& [value, condition] : items) literal.items.push_back({condition, value});
    return node(std::move(literal),
                types.list_of(items.empty() ? types.any() : items[0].value->type));
  }

  Ref local(const std::string& name, types::TypeRef type) {
    return node(ir::Local{exprs.new_local(), name}, type);
  }
  Ref each(Ref source, Ref item, Ref body, Ref condition = nullptr, Ref key = nullptr) {
    return node(ir::Comprehension{source, key, item, condition, body}, types.list_of(body->type));
  }

  /// Adds a template of the OpenStack provider, or of kubeadm.
  ir::Template& add_template(ir::Role role, Ref spec, types::TypeRef schema = nullptr,
                             const std::string& worker = "") {
    const bool is_control_plane = role == ir::Role::ControlPlane;
    const bool is_bootstrap = role == ir::Role::Bootstrap;
    ir::Template added{
        .role = role, .worker_class = worker, .spec = spec, .schema = schema, .span = span};
    added.api_version = is_control_plane ? "controlplane.cluster.x-k8s.io/v1beta1"
                        : is_bootstrap   ? "bootstrap.cluster.x-k8s.io/v1beta1"
                                         : "infrastructure.cluster.x-k8s.io/v1beta1";
    added.kind = is_control_plane                          ? "KubeadmControlPlaneTemplate"
                 : is_bootstrap                            ? "KubeadmConfigTemplate"
                 : role == ir::Role::InfrastructureCluster ? "OpenStackClusterTemplate"
                                                           : "OpenStackMachineTemplate";
    if (!worker.empty() && role == ir::Role::Bootstrap)
      stack.worker_classes.push_back({worker, span});
    stack.templates.push_back(std::move(added));
    return stack.templates.back();
  }

  source::Span span{};
};

}  // namespace stackc::testing
