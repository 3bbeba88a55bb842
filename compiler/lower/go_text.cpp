#include "compiler/lower/go_text.h"

#include <fmt/core.h>

#include <algorithm>

#include "compiler/base/ascii.h"
#include "compiler/base/check.h"
#include "compiler/lower/rewrite.h"

namespace stackc::lower {

using ir::ExprRef;
using types::Kind;

bool is_identifier(std::string_view name) {
  if (name.empty() || is_digit(name[0])) return false;
  return std::ranges::all_of(name, [](char c) { return is_letter_or_digit(c) || c == '_'; });
}

std::string Place::fresh_name(std::string_view wanted) const {
  const std::string base = fmt::format("${}", is_identifier(wanted) ? wanted : "item");
  std::string name = base;
  for (int i = 2; std::ranges::find(names, name) != names.end(); ++i)
    name = fmt::format("{}{}", base, i);
  return name;
}

namespace {

struct CodePoint {
  char32_t value;
  std::size_t size;
};

/// `text` is valid UTF-8, as every value.
CodePoint first_code_point(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return static_cast<char32_t>(static_cast<unsigned char>(text[i]));
  };
  if (byte(0) < 0x80) return {byte(0), 1};
  const std::size_t size = byte(0) < 0xE0 ? 2 : byte(0) < 0xF0 ? 3 : 4;
  CHECK(size <= text.size(), "values hold valid UTF-8");
  char32_t value = byte(0) & (0xFFU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) value = (value << 6) | (byte(i) & 0x3F);
  return {value, size};
}

/// Controls, line and paragraph separators, the byte order mark, private use and unassigned
/// specials.
bool must_escape(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0x2028 || c == 0x2029 || c == 0xFEFF ||
         (c >= 0xE000 && c <= 0xF8FF) || (c >= 0xFFF0 && c <= 0xFFFF) || c >= 0xE0000;
}

}  // namespace

std::string quoted(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    const CodePoint c = first_code_point(text);
    if (c.value == '"' || c.value == '\\') {
      out += '\\';
      out += static_cast<char>(c.value);
    } else if (c.value == '\n') {
      out += "\\n";
    } else if (c.value == '\t') {
      out += "\\t";
    } else if (!must_escape(c.value)) {
      out += text.substr(0, c.size);
    } else if (c.value < 0x80) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned>(c.value));
    } else if (c.value < 0x10000) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c.value));
    } else {
      out += fmt::format("\\U{:08x}", static_cast<unsigned>(c.value));
    }
    text.remove_prefix(c.size);
  }
  return out + '"';
}

namespace {

std::string join(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::string in_data(const Place& place, std::string_view name) {
  return fmt::format("{}.{}", place.inside_range ? "$" : "", name);
}

std::string_view live_name(ir::Live::Object object) {
  switch (object) {
    case ir::Live::Object::Cluster:
      return "Cluster";
    case ir::Live::Object::ControlPlane:
      return "ControlPlane";
    case ir::Live::Object::InfraCluster:
      return "InfraCluster";
  }
  return "";
}

std::string member_of(const std::string& base, std::string_view name) {
  if (is_identifier(name)) return fmt::format("{}.{}", base, name);
  return fmt::format("(index {} {})", base, quoted(name));
}

std::vector<std::string_view> split(std::string_view path) {
  std::vector<std::string_view> segments;
  while (true) {
    const std::size_t dot = path.find('.');
    segments.push_back(path.substr(0, dot));
    if (dot == std::string_view::npos) return segments;
    path.remove_prefix(dot + 1);
  }
}

std::string variable_path(const std::string& name, const Place& place) {
  return place.engine == Engine::Operator ? "$variables." + name : in_data(place, name);
}

}  // namespace

std::string reference(ExprRef expr, const Place& place) {
  if (const auto* variable = expr->as<ir::Variable>()) return variable_path(variable->name, place);
  if (const auto* builtin = expr->as<ir::Builtin>()) {
    std::string path = in_data(place, "builtin");
    for (const std::string_view segment : split(builtin->path)) path = member_of(path, segment);
    return path;
  }
  if (const auto* live = expr->as<ir::Live>()) return in_data(place, live_name(live->object));
  if (const auto* member = expr->as<ir::Member>())
    return member_of(reference(member->base, place), member->name);
  const auto* local = expr->as<ir::Local>();
  CHECK(local != nullptr, "find_inexpressible() lets only paths be referred to");
  const auto found =
      std::ranges::find(place.locals, local->id, &std::pair<std::uint32_t, std::string>::first);
  CHECK(found != place.locals.end(), "a local is used inside its comprehension only");
  return found->second;
}

namespace {

bool is_path(ExprRef expr) {
  return expr->as<ir::Variable>() || expr->as<ir::Builtin>() || expr->as<ir::Live>() ||
         expr->as<ir::Member>() || expr->as<ir::Local>();
}

bool is_empty_collection(ExprRef expr) {
  const auto value = constant_value(expr);
  return value && (value->if_list() || value->if_record());
}

/// A call `name argument …`, as words.
struct Words {
  std::vector<std::string> words;
  std::string as_pipeline() const { return join(words); }
  std::string as_term() const { return words.size() == 1 ? words[0] : "(" + join(words) + ")"; }
};

Words words_of(ExprRef expr, const Place& place);

/// A number as the float64 that variables are.
std::string float_term(ExprRef expr, const Place& place) {
  if (const auto* constant = expr->as<ir::Constant>()) {
    const std::string text = to_json(constant->value);
    return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
  }
  if (is_path(expr)) {
    // The operator's live objects hold int64 where the value is a whole number.
    const std::string path = reference(expr, place);
    return place.engine == Engine::ClusterApi ? path : fmt::format("(float64 {})", path);
  }
  return expr->type->kind == Kind::Int ? fmt::format("(float64 {})", term(expr, place))
                                       : term(expr, place);
}

std::string constant_term(const ir::Constant& constant) {
  if (const auto* text = constant.value.if_string()) return quoted(*text);
  std::string text = to_json(constant.value);
  if (constant.value.if_number() && text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

/// `eq a b` and its kin. Integers compare as int64, because Go refuses to compare a float64 with an
/// integer literal.
Words compare_words(const ir::Compare& compare, const Place& place) {
  using Op = ir::Compare::Op;
  const bool equal = compare.op == Op::Eq;
  if (is_empty_collection(compare.right)) {
    return {{equal ? "eq" : "ne", fmt::format("(len {})", reference(compare.left, place)), "0"}};
  }
  if (is_empty_collection(compare.left)) {
    return {{equal ? "eq" : "ne", fmt::format("(len {})", reference(compare.right, place)), "0"}};
  }
  if (const auto* constant = compare.right->as<ir::Constant>();
      constant && constant->value.if_bool()) {
    if (*constant->value.if_bool() == equal) return words_of(compare.left, place);
    return {{"not", term(compare.left, place)}};
  }
  const bool floats =
      compare.left->type->kind == Kind::Number || compare.right->type->kind == Kind::Number;
  const auto operand = [&](ExprRef side) {
    return floats ? float_term(side, place) : term(side, place);
  };
  const auto name = [&]() -> std::string {
    switch (compare.op) {
      case Op::Eq:
        return "eq";
      case Op::Ne:
        return "ne";
      case Op::Lt:
        return "lt";
      case Op::Le:
        return "le";
      case Op::Gt:
        return "gt";
      case Op::Ge:
        return "ge";
    }
    return "";
  };
  return {{name(), operand(compare.left), operand(compare.right)}};
}

void flatten(ExprRef expr, ir::Logic::Op op, std::vector<ExprRef>& parts) {
  const auto* logic = expr->as<ir::Logic>();
  if (logic == nullptr || logic->op != op) {
    parts.push_back(expr);
    return;
  }
  flatten(logic->left, op, parts);
  flatten(logic->right, op, parts);
}

/// `x == "a" || x == "b"` as `eq x "a" "b"`; nothing if the parts are not all of that kind.
std::vector<std::string> one_of_words(const std::vector<ExprRef>& parts, const Place& place) {
  std::vector<std::string> words;
  ExprRef subject = nullptr;
  for (const ExprRef part : parts) {
    const auto* compare = part->as<ir::Compare>();
    if (compare == nullptr || compare->op != ir::Compare::Op::Eq ||
        !compare->right->as<ir::Constant>())
      return {};
    if (is_empty_collection(compare->right) || compare->left->type->kind == Kind::Bool) return {};
    if (subject != nullptr && !same(subject, compare->left)) return {};
    const Words equal = compare_words(*compare, place);
    if (subject == nullptr) words = {equal.words[0], equal.words[1]};
    words.push_back(equal.words[2]);
    subject = compare->left;
  }
  return words;
}

/// A path is there if each step of it is; steps that the schema guarantees are not asked for.
void presence_steps(ExprRef expr, const Place& place, std::vector<Words>& steps) {
  if (const auto* variable = expr->as<ir::Variable>()) {
    const auto known =
        std::ranges::find(*place.variables, variable->name, &ir::ClusterVariable::name);
    const bool always =
        known != place.variables->end() && (known->required || known->default_value);
    const bool on_operator = place.engine == Engine::Operator;
    if (!always)
      steps.push_back({{"hasKey", on_operator ? "$variables" : "$", quoted(variable->name)}});
  } else if (const auto* builtin = expr->as<ir::Builtin>()) {
    const std::string root = "$.builtin";
    std::string path = root;
    for (const std::string_view segment : split(builtin->path)) {
      if (path != root || segment != "cluster")
        steps.push_back({{"hasKey", path, quoted(segment)}});
      path = member_of(path, segment);
    }
  } else if (expr->as<ir::Live>()) {
    steps.push_back({{"not", fmt::format("(empty {})", reference(expr, place))}});
  } else if (const auto* member = expr->as<ir::Member>()) {
    presence_steps(member->base, place, steps);
    const types::Field* field = member->base->type->find(member->name);
    if (field && (field->required || field->default_value)) return;
    Place absolute = place;
    absolute.inside_range = true;
    steps.push_back({{"hasKey", reference(member->base, absolute), quoted(member->name)}});
  }
}

Words present_words(const ir::Present& present, const Place& place) {
  std::vector<Words> steps;
  presence_steps(present.operand, place, steps);
  if (steps.empty()) return {{"true"}};
  if (steps.size() == 1) return steps[0];
  Words all{{"and"}};
  for (const Words& step : steps) all.words.push_back(step.as_term());
  return all;
}

Words logic_words(ExprRef expr, const Place& place) {
  const ir::Logic::Op op = expr->as<ir::Logic>()->op;
  std::vector<ExprRef> parts;
  flatten(expr, op, parts);
  if (op == ir::Logic::Op::Or) {
    if (auto words = one_of_words(parts, place); !words.empty()) return {std::move(words)};
  }
  Words result{{op == ir::Logic::Op::And ? "and" : "or"}};
  const auto add = [&](const std::string& operand) {
    if (std::ranges::find(result.words, operand) == result.words.end())
      result.words.push_back(operand);
  };
  for (const ExprRef part : parts) {
    const auto* present = part->as<ir::Present>();
    if (present == nullptr || op == ir::Logic::Op::Or) {
      add(term(part, place));
      continue;
    }
    std::vector<Words> steps;
    presence_steps(present->operand, place, steps);
    for (const Words& step : steps) add(step.as_term());
  }
  return result.words.size() > 1 ? result : Words{{"true"}};
}

/// `printf "a-%s" .b`, constants in the format.
Words concat_words(const ir::Concat& concat, const Place& place) {
  std::string format;
  std::vector<std::string> arguments;
  for (const ExprRef part : concat.parts) {
    if (const auto* constant = part->as<ir::Constant>()) {
      const auto* text = constant->value.if_string();
      for (const char c : text ? *text : to_json(constant->value))
        format += c == '%' ? "%%" : std::string(1, c);
      continue;
    }
    format += part->type->kind == Kind::Bool ? "%t" : part->type->kind == Kind::Int ? "%d" : "%s";
    arguments.push_back(term(part, place));
  }
  if (arguments.empty()) return {{"printf", quoted(format)}};
  arguments.insert(arguments.begin(), {"printf", quoted(format)});
  return {std::move(arguments)};
}

/// sprig's integer functions convert their arguments themselves.
Words arithmetic_words(const ir::Arithmetic& arithmetic, const Place& place) {
  using Op = ir::Arithmetic::Op;
  const auto name = [&]() -> std::string {
    switch (arithmetic.op) {
      case Op::Add:
        return "add";
      case Op::Sub:
        return "sub";
      case Op::Mul:
        return "mul";
      case Op::Div:
        return "div";
      case Op::Mod:
        return "mod";
    }
    return "";
  };
  const auto operand = [&](ExprRef side) {
    return is_path(side) ? reference(side, place) : term(side, place);
  };
  return {{name(), operand(arithmetic.left), operand(arithmetic.right)}};
}

Words contains_words(ExprRef collection, ExprRef item, const Place& place) {
  if (collection->type->kind == Kind::String)
    return {{"contains", term(item, place), term(collection, place)}};
  const bool number = item->type->kind == Kind::Int || item->type->kind == Kind::Number;
  const auto constant = constant_value(collection);
  if (!constant)
    return {{"has", number ? float_term(item, place) : term(item, place),
             reference(collection, place)}};
  if (constant->if_list()->empty()) return {{"false"}};
  Words words{{"eq", term(item, place)}};
  for (const Value& value : *constant->if_list()) {
    // An integer from a list of numbers must look like the item.
    const bool as_float = item->type->kind == Kind::Number && value.if_int();
    words.words.push_back(constant_term({value}) + (as_float ? ".0" : ""));
  }
  return words;
}

Words call_words(const ir::Call& call, const Place& place) {
  const auto& arguments = call.arguments;
  switch (call.function) {
    case ir::Function::Size:
      return {{"len", reference(arguments[0], place)}};
    case ir::Function::StartsWith:
      return {{"hasPrefix", term(arguments[1], place), term(arguments[0], place)}};
    case ir::Function::EndsWith:
      return {{"hasSuffix", term(arguments[1], place), term(arguments[0], place)}};
    case ir::Function::Contains:
      return contains_words(arguments[0], arguments[1], place);
  }
  return {};
}

/// A condition that depends on others: `and` and `or` stop where they are decided, `ternary` would
/// not.
Words conditional_words(const ir::Conditional& choice, const Place& place) {
  const std::string condition = term(choice.condition, place);
  return {{"or", fmt::format("(and {} {})", condition, term(choice.then, place)),
           fmt::format("(and (not {}) {})", condition, term(choice.otherwise, place))}};
}

std::string arm_condition(const ir::Match& match, const ir::Match::Arm& arm, const Place& place) {
  if (match.subject->type->kind == Kind::Bool) {
    if (arm.values.size() > 1) return "true";
    return *arm.values[0].if_bool() ? term(match.subject, place)
                                    : fmt::format("(not {})", term(match.subject, place));
  }
  const bool floats = match.subject->type->kind == Kind::Number;
  std::string text =
      "(eq " + (floats ? float_term(match.subject, place) : term(match.subject, place));
  for (const Value& value : arm.values)
    text += " " + constant_term({value}) + (floats && value.if_int() ? ".0" : "");
  return text + ")";
}

Words match_words(const ir::Match& match, const Place& place) {
  Words words{{"or"}};
  std::string none = "(not (or";
  for (const auto& arm : match.arms) {
    const std::string condition = arm_condition(match, arm, place);
    words.words.push_back(fmt::format("(and {} {})", condition, term(arm.result, place)));
    none += " " + condition;
  }
  if (match.otherwise)
    words.words.push_back(fmt::format("(and {})) {})", none, term(match.otherwise, place)));
  return words;
}

struct WordMaker {
  ExprRef expr;
  const Place& place;

  Words path() const {
    const std::string text = reference(expr, place);
    if (expr->type->kind == Kind::Int) return {{"int64", text}};
    return {{text}};
  }
  Words operator()(const ir::Constant& node) const { return {{constant_term(node)}}; }
  Words operator()(const ir::Variable&) const { return path(); }
  Words operator()(const ir::Builtin&) const { return path(); }
  Words operator()(const ir::Live&) const { return path(); }
  Words operator()(const ir::Local&) const { return path(); }
  Words operator()(const ir::Member&) const { return path(); }
  Words operator()(const ir::Present& node) const { return present_words(node, place); }
  Words operator()(const ir::Not& node) const { return {{"not", term(node.operand, place)}}; }
  Words operator()(const ir::Logic&) const { return logic_words(expr, place); }
  Words operator()(const ir::Compare& node) const { return compare_words(node, place); }
  Words operator()(const ir::Arithmetic& node) const { return arithmetic_words(node, place); }
  Words operator()(const ir::Concat& node) const { return concat_words(node, place); }
  Words operator()(const ir::Call& node) const { return call_words(node, place); }
  Words operator()(const ir::Conditional& node) const { return conditional_words(node, place); }
  Words operator()(const ir::Match& node) const { return match_words(node, place); }
  Words operator()(const ir::RecordLiteral&) const { return refuse(); }
  Words operator()(const ir::ListLiteral&) const { return refuse(); }
  Words operator()(const ir::Comprehension&) const { return refuse(); }
  static Words refuse() {
    CHECK(false, "find_inexpressible() lets no record or list be an operand");
    return {};
  }
};

Words words_of(ExprRef expr, const Place& place) {
  return std::visit(WordMaker{expr, place}, expr->node);
}

}  // namespace

std::string term(ExprRef expr, const Place& place) {
  return words_of(expr, place).as_term();
}

std::string pipeline(ExprRef expr, const Place& place) {
  return words_of(expr, place).as_pipeline();
}

}  // namespace stackc::lower
