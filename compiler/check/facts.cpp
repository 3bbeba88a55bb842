#include "compiler/check/facts.h"

#include <algorithm>

#include "compiler/check/expr_key.h"

namespace stackc::check {

std::string path_of(ir::ExprRef expr) {
  if (const auto* variable = expr->as<ir::Variable>()) return "variable " + variable->name;
  if (const auto* builtin = expr->as<ir::Builtin>()) return "builtin " + builtin->path;
  if (const auto* local = expr->as<ir::Local>()) return "local " + std::to_string(local->id);
  if (const auto* live = expr->as<ir::Live>())
    return "live " + std::to_string(static_cast<int>(live->object));
  if (const auto* member = expr->as<ir::Member>()) {
    const std::string base = path_of(member->base);
    return base.empty() ? "" : base + "." + member->name;
  }
  return "";
}

std::string shown_path(ir::ExprRef expr) {
  if (const auto* variable = expr->as<ir::Variable>()) return variable->name;
  if (const auto* builtin = expr->as<ir::Builtin>()) return "builtin." + builtin->path;
  if (const auto* local = expr->as<ir::Local>()) return local->name;
  if (const auto* live = expr->as<ir::Live>()) return std::string(ir::name_of(live->object));
  const auto* member = expr->as<ir::Member>();
  if (member == nullptr || path_of(member->base).empty()) return "this value";
  return shown_path(member->base) + "." + member->name;
}

std::string quoted_path(ir::ExprRef expr) {
  const std::string path = shown_path(expr);
  return path == "this value" ? path : "`" + path + "`";
}

namespace {

using Op = ir::Compare::Op;

const Fact* add(Fact fact, std::deque<Fact>& store) {
  return &store.emplace_back(std::move(fact));
}

bool is_empty_literal(ir::ExprRef expr) {
  const auto* list = expr->as<ir::ListLiteral>();
  const auto* record = expr->as<ir::RecordLiteral>();
  return (list && list->items.empty()) || (record && record->entries.empty());
}

/// What follows for the integer at `path`, or for the number of items of the list or map there.
const Fact* assume_bound(Op op, const std::string& path, std::int64_t bound, const Fact* facts,
                         std::deque<Fact>& store) {
  const auto at_least = [&](std::int64_t least) {
    return add({facts, Fact::Kind::AtLeast, path, {}, least}, store);
  };
  const auto at_most = [&](std::int64_t most) {
    return add({facts, Fact::Kind::AtMost, path, {}, most}, store);
  };
  switch (op) {
    case Op::Gt:
      return bound == INT64_MAX ? facts : at_least(bound + 1);
    case Op::Ge:
      return at_least(bound);
    case Op::Lt:
      return bound == INT64_MIN ? facts : at_most(bound - 1);
    case Op::Le:
      return at_most(bound);
    case Op::Eq:
      facts = at_least(bound);
      return at_most(bound);
    case Op::Ne:
      return add({facts, Fact::Kind::NotEqual, path, Value(bound)}, store);
  }
  return facts;
}

const Fact* assume_compare(const ir::Compare& compare, bool holds, const Fact* facts,
                           std::deque<Fact>& store) {
  const auto* call = compare.left->as<ir::Call>();
  const bool asks_size = call && call->function == ir::Function::Size;
  const std::string path = key_of(asks_size ? call->arguments[0] : compare.left);
  if (path.empty()) return facts;
  const Op op = holds ? compare.op : ir::opposite(compare.op);
  if (is_empty_literal(compare.right)) {
    return op == Op::Ne ? add({facts, Fact::Kind::AtLeast, path, {}, 1}, store)
                        : add({facts, Fact::Kind::AtMost, path, {}, 0}, store);
  }
  const auto* constant = compare.right->as<ir::Constant>();
  if (constant == nullptr) return facts;
  if (const std::int64_t* bound = constant->value.if_int())
    return assume_bound(op, path, *bound, facts, store);
  if (op == Op::Eq) return add({facts, Fact::Kind::Equal, path, constant->value}, store);
  if (op == Op::Ne) return add({facts, Fact::Kind::NotEqual, path, constant->value}, store);
  return facts;
}

}  // namespace

const Fact* assume(ir::ExprRef condition, bool holds, const Fact* facts, std::deque<Fact>& store) {
  if (const auto* negation = condition->as<ir::Not>())
    return assume(negation->operand, !holds, facts, store);
  if (const auto* logic = condition->as<ir::Logic>()) {
    // Both sides are settled only by a true `and` or a false `or`.
    if ((logic->op == ir::Logic::Op::And) != holds) return facts;
    return assume(logic->right, holds, assume(logic->left, holds, facts, store), store);
  }
  if (const auto* present = condition->as<ir::Present>()) {
    if (!holds) return add({facts, Fact::Kind::Absent, path_of(present->operand), {}}, store);
    // A field can only be there if what holds it is.
    for (ir::ExprRef at = present->operand;;) {
      facts = add({facts, Fact::Kind::Present, path_of(at), {}}, store);
      const auto* member = at->as<ir::Member>();
      if (member == nullptr) return facts;
      at = member->base;
    }
  }
  if (const auto* compare = condition->as<ir::Compare>())
    return assume_compare(*compare, holds, facts, store);
  const std::string path = key_of(condition);  // a boolean as such
  return path.empty() ? facts : add({facts, Fact::Kind::Equal, path, Value(holds)}, store);
}

const Fact* assume_equal(ir::ExprRef subject, const Value& value, const Fact* facts,
                         std::deque<Fact>& store) {
  const std::string path = key_of(subject);
  return path.empty() ? facts : add({facts, Fact::Kind::Equal, path, value}, store);
}

namespace {

bool is_known(Fact::Kind kind, const std::string& path, const Fact* facts) {
  for (; facts != nullptr; facts = facts->outer) {
    if (facts->kind == kind && facts->path == path) return true;
  }
  return false;
}

}  // namespace

bool known_present(const std::string& path, const Fact* facts) {
  return is_known(Fact::Kind::Present, path, facts);
}

bool known_absent(const std::string& path, const Fact* facts) {
  return is_known(Fact::Kind::Absent, path, facts);
}

namespace {

void apply(const Fact& fact, types::Type& type) {
  const std::string* text = fact.value.if_string();
  switch (fact.kind) {
    case Fact::Kind::Present:
    case Fact::Kind::Absent:
      return;
    case Fact::Kind::Equal:
      if (text) {
        type.values = {*text};
        type.or_other_text = false;
        type.pattern.clear();
        type.format.clear();
      }
      return;
    case Fact::Kind::NotEqual:
      if (const std::int64_t* number = fact.value.if_int()) {
        // Lists and maps have no fewer than 0 items.
        const bool counts = type.kind == types::Kind::List || type.kind == types::Kind::Map;
        if (type.min == *number || (counts && *number == 0)) type.min = *number + 1;
        if (type.max == *number) type.max = *number - 1;
        return;
      }
      if (!text) return;
      if (!type.values.empty()) {
        std::erase(type.values, *text);
        return;
      }
      if (text->empty()) type.min = std::max<std::int64_t>(1, type.min.value_or(0));
      return;
    case Fact::Kind::AtLeast:
      type.min = std::max(fact.bound, type.min.value_or(fact.bound));
      return;
    case Fact::Kind::AtMost:
      type.max = std::min(fact.bound, type.max.value_or(fact.bound));
      return;
  }
}

bool can_narrow(types::Kind kind) {
  using types::Kind;
  return kind == Kind::String || kind == Kind::Int || kind == Kind::List || kind == Kind::Map;
}

}  // namespace

types::TypeRef narrow(const std::string& path, types::TypeRef type, const Fact* facts,
                      types::TypeStore& types) {
  if (path.empty() || !can_narrow(type->kind)) return type;
  std::optional<types::Type> narrowed;
  for (; facts != nullptr; facts = facts->outer) {
    const bool is_presence =
        facts->kind == Fact::Kind::Present || facts->kind == Fact::Kind::Absent;
    if (facts->path != path || is_presence) continue;
    if (!narrowed) narrowed = *type;
    apply(*facts, *narrowed);
  }
  return narrowed ? types.add(std::move(*narrowed)) : type;
}

}  // namespace stackc::check
