#include "compiler/topology/evaluate.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "compiler/base/check.h"
#include "compiler/ir/operations.h"
#include "compiler/value/find_at.h"

namespace stackc::topology {

namespace {

using Maybe = std::optional<Value>;

std::int64_t to_integer(const Value& value) {
  if (const std::int64_t* integer = value.if_int()) return *integer;
  const double* number = value.if_number();
  CHECK(number != nullptr && std::trunc(*number) == *number && std::fabs(*number) < 0x1p63,
        "the checker gives arithmetic integers only");
  return static_cast<std::int64_t>(*number);
}

bool to_bool(const Value& value) {
  CHECK(value.if_bool() != nullptr, "the checker gives conditions the type Bool");
  return *value.if_bool();
}

Maybe copy(const Value* value) {
  return value == nullptr ? std::nullopt : Maybe(*value);
}

/// One evaluation; the call operators are the cases of ir::Expr.
class Evaluation {
 public:
  explicit Evaluation(const Environment& environment) : environment_(environment) {}

  Maybe evaluate(ir::ExprRef expr) {
    return std::visit([this](const auto& node) { return (*this)(node); }, expr->node);
  }

  Maybe operator()(const ir::Constant& node) { return node.value; }
  Maybe operator()(const ir::Variable& node) {
    return copy(environment_.variables.find(node.name));
  }
  Maybe operator()(const ir::Builtin& node) {
    return copy(find_at(environment_.builtins, node.path));
  }

  Maybe operator()(const ir::Live& node) {
    CHECK(environment_.live != nullptr, "the checker admits live objects in add-ons only");
    return copy(environment_.live->find(ir::name_of(node.object)));
  }

  Maybe operator()(const ir::Local& node) {
    const auto bound = std::ranges::find(locals_, node.id, &Binding::id);
    CHECK(bound != locals_.end(), "a local is read inside its comprehension only");
    return bound->value;
  }

  Maybe operator()(const ir::Member& node) {
    const Maybe base = evaluate(node.base);
    const Record* record = base ? base->if_record() : nullptr;
    return record == nullptr ? std::nullopt : copy(record->find(node.name));
  }

  Maybe operator()(const ir::Present& node) { return evaluate(node.operand).has_value(); }
  Maybe operator()(const ir::Not& node) { return !condition(node.operand); }

  Maybe operator()(const ir::Logic& node) {
    const bool left = condition(node.left);
    const bool decided = left == (node.op == ir::Logic::Op::Or);
    return decided ? left : condition(node.right);
  }

  Maybe operator()(const ir::Compare& node) {
    return ir::holds(node.op, require(node.left), require(node.right));
  }

  Maybe operator()(const ir::Arithmetic& node) {
    return ir::calculate(node.op, to_integer(require(node.left)), to_integer(require(node.right)))
        .value;
  }

  Maybe operator()(const ir::Concat& node) {
    std::string text;
    for (const ir::ExprRef part : node.parts) text += ir::text_of(require(part));
    return text;
  }

  Maybe operator()(const ir::Call& node) {
    std::vector<Value> arguments;
    for (const ir::ExprRef argument : node.arguments) arguments.push_back(require(argument));
    return ir::call(node.function, arguments);
  }

  Maybe operator()(const ir::Conditional& node) {
    return evaluate(condition(node.condition) ? node.then : node.otherwise);
  }

  Maybe operator()(const ir::Match& node) {
    const Value subject = require(node.subject);
    for (const ir::Match::Arm& arm : node.arms) {
      if (std::ranges::find(arm.values, subject) != arm.values.end()) return evaluate(arm.result);
    }
    CHECK(node.otherwise != nullptr, "the checker has the arms of a match cover its type");
    return evaluate(node.otherwise);
  }

  Maybe operator()(const ir::RecordLiteral& node) {
    Record record;
    for (const ir::RecordLiteral::Entry& entry : node.entries) {
      if (!applies(entry.condition)) continue;
      if (Maybe value = evaluate(entry.value)) record.set(entry.name, std::move(*value));
    }
    if (record.empty() && !node.entries.empty()) return std::nullopt;
    return record;
  }

  Maybe operator()(const ir::ListLiteral& node) {
    List items;
    for (const ir::ListLiteral::Item& item : node.items) {
      if (!applies(item.condition)) continue;
      if (Maybe value = evaluate(item.value)) items.push_back(std::move(*value));
    }
    return items;
  }

  Maybe operator()(const ir::Comprehension& node) {
    List items;
    for (auto& [key, value] : pairs(require(node.source))) {
      const std::size_t outer = locals_.size();
      if (node.key != nullptr) bind(*node.key, std::move(key));
      bind(*node.item, std::move(value));
      if (applies(node.condition)) {
        if (Maybe item = evaluate(node.body)) items.push_back(std::move(*item));
      }
      locals_.resize(outer);
    }
    return items;
  }

 private:
  struct Binding {
    std::uint32_t id = 0;
    Value value;
  };

  Value require(ir::ExprRef expr) {
    Maybe value = evaluate(expr);
    CHECK(value.has_value(), "the checker guards what may be absent with `has`");
    return std::move(*value);
  }

  bool condition(ir::ExprRef expr) { return to_bool(require(expr)); }
  bool applies(ir::ExprRef optional_condition) {
    return optional_condition == nullptr || condition(optional_condition);
  }

  void bind(const ir::Expr& local, Value value) {
    const auto* name = local.as<ir::Local>();
    CHECK(name != nullptr, "a comprehension binds locals");
    locals_.push_back({name->id, std::move(value)});
  }

  /// Index and item of a list; key and value of a map, by ascending key bytes.
  static std::vector<std::pair<Value, Value>> pairs(const Value& source) {
    std::vector<std::pair<Value, Value>> result;
    if (const List* list = source.if_list()) {
      for (const Value& item : *list)
        result.emplace_back(static_cast<std::int64_t>(result.size()), item);
      return result;
    }
    CHECK(source.if_record() != nullptr, "the checker has comprehensions walk lists and maps only");
    std::vector<const Record::Field*> fields;
    for (const Record::Field& field : *source.if_record()) fields.push_back(&field);
    std::ranges::sort(fields, {},
                      [](const Record::Field* field) -> const std::string& { return field->name; });
    for (const Record::Field* field : fields) result.emplace_back(field->name, field->value);
    return result;
  }

  const Environment& environment_;
  std::vector<Binding> locals_;
};

}  // namespace

std::optional<Value> evaluate(ir::ExprRef expr, const Environment& environment) {
  return Evaluation(environment).evaluate(expr);
}

}  // namespace stackc::topology
