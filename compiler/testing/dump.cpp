#include "compiler/testing/dump.h"

#include <fmt/format.h>

namespace stackc::testing {

using namespace syntax;  // nearly every name here is one of the tree's

namespace {

std::string_view symbol(Binary::Op op) {
  switch (op) {
    case Binary::Op::Or:
      return "||";
    case Binary::Op::And:
      return "&&";
    case Binary::Op::Eq:
      return "==";
    case Binary::Op::Ne:
      return "!=";
    case Binary::Op::Lt:
      return "<";
    case Binary::Op::Le:
      return "<=";
    case Binary::Op::Gt:
      return ">";
    case Binary::Op::Ge:
      return ">=";
    case Binary::Op::Add:
      return "+";
    case Binary::Op::Sub:
      return "-";
    case Binary::Op::Mul:
      return "*";
    case Binary::Op::Div:
      return "/";
    case Binary::Op::Mod:
      return "%";
    case Binary::Op::Coalesce:
      return "??";
  }
  return "";
}

std::string_view symbol(Unary::Op op) {
  switch (op) {
    case Unary::Op::Not:
      return "!";
    case Unary::Op::Negate:
      return "-";
    case Unary::Op::Has:
      return "has";
  }
  return "";
}

std::string quoted(const std::string& text) {
  return to_json(Value(text));
}

std::string alternatives_of(const std::vector<Name>& values) {
  std::string text;
  for (const Name& value : values) text += (text.empty() ? "" : " | ") + quoted(value.text);
  return text;
}

/// Depth is bounded by the parser's limit on nesting.
class Dumper {
 public:
  explicit Dumper(Spans spans) : spans_(spans) {}
  std::string take() { return std::move(out_); }

  void module(const Module& module);

 private:
  /// One line at the current depth.
  void line(Span span, std::string_view text);
  /// A line with what `children` writes below it.
  template <typename Children>
  void node(Span span, std::string_view text, Children children) {
    line(span, text);
    ++depth_;
    children();
    --depth_;
  }
  void part(Span span, std::string_view label, const ExprPtr& expression);

  void leading(const Leading& leading, Span span);
  void notes(const std::string& doc, const std::vector<Comment>& comments, Span span);
  void annotations(const std::vector<Annotation>& annotations);

  void expr(const Expr& expression);
  void show(const Hole&, Span span) { line(span, "hole"); }
  void show(const Literal& literal, Span span) { line(span, "literal " + to_json(literal.value)); }
  void show(const Interpolation& text, Span span);
  void show(const NameRef& name, Span span) { line(span, "name " + name.name); }
  void show(const Member& member, Span span);
  void show(const Call& call, Span span);
  void show(const Unary& unary, Span span);
  void show(const Binary& binary, Span span);
  void show(const IfThenElse& choice, Span span);
  void show(const Match& match, Span span);
  void show(const syntax::List& list, Span span);
  void show(const Comprehension& loop, Span span);
  void show(const syntax::Record& record, Span span);
  void list_item(const ListItem& item);
  void entry(const Entry& entry);

  void type(const TypeExpr& type);
  void show(const TypeHole&, Span span, std::string_view mark);
  void show(const NamedType& named, Span span, std::string_view mark);
  void show(const EnumType& choice, Span span, std::string_view mark);
  void show(const UnionType& alternatives, Span span, std::string_view mark);
  void show(const ListType& list, Span span, std::string_view mark);
  void show(const MapType& map, Span span, std::string_view mark);
  void show(const RecordType& record, Span span, std::string_view mark);
  void arguments(const std::vector<TypeArgument>& arguments);
  void field(const TypeField& field);

  void show(const Import& import);
  void show(const TypeDeclaration& declaration);
  void show(const Let& let);
  void show(const Provider& provider);
  void show(const Stack& stack);
  void show(const KubernetesLine& kubernetes);
  void show(const Variable& variable);
  void show(const Section& section);
  void show(const Group& group);
  void show(const AddOn& add_on);
  void show(const Stages& stages);
  void show(const Image& image);
  void show(const Images& images);
  void step(const StageStep& step);

  Spans spans_;
  std::string out_;
  std::size_t depth_ = 0;
};

void Dumper::line(Span span, std::string_view text) {
  out_.append(2 * depth_, ' ').append(text);
  if (spans_ == Spans::Show) out_ += fmt::format(" @{}..{}", span.begin, span.end);
  out_ += '\n';
}

void Dumper::part(Span span, std::string_view label, const ExprPtr& expression) {
  if (expression != nullptr) node(span, label, [&] { expr(*expression); });
}

void Dumper::notes(const std::string& doc, const std::vector<Comment>& comments, Span span) {
  for (const Comment& comment : comments) line(comment.span, "comment " + quoted(comment.text));
  if (!doc.empty()) line(span, "doc " + quoted(doc));
}

void Dumper::annotations(const std::vector<Annotation>& annotations) {
  for (const Annotation& annotation : annotations) {
    node(annotation.span, "annotation " + annotation.name.text, [&] {
      for (const ExprPtr& argument : annotation.arguments) expr(*argument);
    });
  }
}

void Dumper::leading(const Leading& leading, Span span) {
  notes(leading.doc, leading.comments, span);
  annotations(leading.annotations);
}

// ---- values ----

void Dumper::expr(const Expr& expression) {
  std::visit([&](const auto& node) { show(node, expression.span); }, expression.node);
}

void Dumper::show(const Interpolation& text, Span span) {
  node(span, "interpolation", [&] {
    for (const ExprPtr& each : text.parts) expr(*each);
  });
}

void Dumper::show(const Member& member, Span span) {
  node(span, "member " + member.name.text, [&] { expr(*member.base); });
}

void Dumper::show(const Call& call, Span span) {
  node(span, "call", [&] {
    expr(*call.callee);
    for (const ExprPtr& argument : call.arguments) expr(*argument);
  });
}

void Dumper::show(const Unary& unary, Span span) {
  node(span, symbol(unary.op), [&] { expr(*unary.operand); });
}

void Dumper::show(const Binary& binary, Span span) {
  node(span, symbol(binary.op), [&] {
    expr(*binary.left);
    expr(*binary.right);
  });
}

void Dumper::show(const IfThenElse& choice, Span span) {
  node(span, "choice", [&] {
    part(span, "if", choice.condition);
    part(span, "then", choice.then);
    part(span, "else", choice.otherwise);
  });
}

void Dumper::show(const Match& match, Span span) {
  node(span, "match", [&] {
    expr(*match.subject);
    for (const MatchArm& arm : match.arms) {
      node(arm.span, arm.patterns.empty() ? "arm _" : "arm", [&] {
        for (const ExprPtr& pattern : arm.patterns) part(pattern->span, "pattern", pattern);
        expr(*arm.result);
      });
    }
  });
}

void Dumper::show(const syntax::List& list, Span span) {
  node(span, "list", [&] {
    for (const ListItem& item : list.items) list_item(item);
  });
}

void Dumper::list_item(const ListItem& item) {
  if (item.value != nullptr) return expr(*item.value);
  part(item.span, "if", item.condition);
  node(item.span, "then", [&] {
    for (const ListItem& each : item.then) list_item(each);
  });
  if (item.otherwise.empty()) return;
  node(item.span, "else", [&] {
    for (const ListItem& each : item.otherwise) list_item(each);
  });
}

void Dumper::show(const Comprehension& loop, Span span) {
  node(span, loop.key ? "for " + loop.key->text + ", " + loop.item.text : "for " + loop.item.text,
       [&] {
         part(span, "in", loop.source);
         part(span, "if", loop.condition);
         part(span, "body", loop.body);
       });
}

void Dumper::show(const syntax::Record& record, Span span) {
  node(span, "record", [&] {
    for (const Entry& each : record.entries) entry(each);
  });
}

void Dumper::entry(const Entry& entry) {
  notes(entry.doc, entry.comments, entry.span);
  if (entry.name) {
    return node(entry.span, entry.name->text + ":", [&] { expr(*entry.value); });
  }
  part(entry.span, "if", entry.condition);
  node(entry.span, "then", [&] {
    for (const Entry& each : entry.then) this->entry(each);
  });
  if (entry.otherwise.empty()) return;
  node(entry.span, "else", [&] {
    for (const Entry& each : entry.otherwise) this->entry(each);
  });
}

// ---- types ----

void Dumper::type(const TypeExpr& type) {
  const std::string_view mark = type.optional ? "?" : "";
  std::visit([&](const auto& node) { show(node, type.span, mark); }, type.node);
}

void Dumper::show(const TypeHole&, Span span, std::string_view mark) {
  line(span, fmt::format("type hole{}", mark));
}

void Dumper::show(const NamedType& named, Span span, std::string_view mark) {
  const std::string module = named.module ? named.module->text + "." : "";
  node(span, fmt::format("type {}{}{}", module, named.name.text, mark),
       [&] { arguments(named.arguments); });
}

void Dumper::show(const EnumType& choice, Span span, std::string_view mark) {
  line(span, fmt::format("type {}{}", alternatives_of(choice.values), mark));
}

void Dumper::show(const UnionType& alternatives, Span span, std::string_view mark) {
  node(span, fmt::format("type or {}{}", alternatives_of(alternatives.values), mark),
       [&] { type(*alternatives.base); });
}

void Dumper::show(const ListType& list, Span span, std::string_view mark) {
  node(span, fmt::format("type list{}", mark), [&] {
    type(*list.element);
    arguments(list.arguments);
  });
}

void Dumper::show(const MapType& map, Span span, std::string_view mark) {
  node(span, fmt::format("type map{}", mark), [&] {
    type(*map.element);
    arguments(map.arguments);
  });
}

void Dumper::show(const RecordType& record, Span span, std::string_view mark) {
  node(span, fmt::format("type record{}", mark), [&] {
    for (const TypeField& each : record.fields) field(each);
  });
}

void Dumper::arguments(const std::vector<TypeArgument>& arguments) {
  for (const TypeArgument& argument : arguments) {
    const std::string label = argument.is_range ? "range"
                              : argument.name   ? "argument " + argument.name->text
                                                : "argument";
    node(argument.span, label, [&] {
      part(argument.span, "low", argument.low);
      part(argument.span, "high", argument.high);
      if (argument.value != nullptr) expr(*argument.value);
    });
  }
}

void Dumper::field(const TypeField& field) {
  notes(field.doc, field.comments, field.span);
  annotations(field.annotations);
  node(field.span, "field " + field.name.text, [&] {
    type(*field.type);
    part(field.span, "default", field.default_value);
  });
}

// ---- declarations and items ----

void Dumper::module(const Module& module) {
  for (const Import& import : module.imports) show(import);
  for (const Declaration& declaration : module.declarations) {
    std::visit([&](const auto& each) { show(each); }, declaration);
  }
  for (const Comment& comment : module.trailing_comments)
    line(comment.span, "comment " + quoted(comment.text));
}

void Dumper::show(const Import& import) {
  leading(import.leading, import.span);
  const std::string target = import.is_path ? quoted(import.target) : import.target;
  line(import.span, fmt::format("import {} as {}", target, import.binding.text));
}

void Dumper::show(const TypeDeclaration& declaration) {
  leading(declaration.leading, declaration.span);
  node(declaration.span, "declare type " + declaration.name.text, [&] { type(*declaration.type); });
}

void Dumper::show(const Let& let) {
  leading(let.leading, let.span);
  node(let.span, (let.is_function ? "function " : "let ") + let.name.text, [&] {
    for (const Parameter& parameter : let.parameters) {
      node(parameter.name.span, "parameter " + parameter.name.text, [&] { type(*parameter.type); });
    }
    if (let.type != nullptr) type(*let.type);
    expr(*let.value);
  });
}

void Dumper::show(const Provider& provider) {
  leading(provider.leading, provider.span);
  node(provider.span, "provider " + provider.name.text, [&] { expr(*provider.body); });
}

void Dumper::show(const Stack& stack) {
  leading(stack.leading, stack.span);
  node(stack.span, fmt::format("stack {} on {}", stack.name.text, stack.provider.text), [&] {
    for (const StackItem& item : stack.items) {
      std::visit([&](const auto& each) { show(each); }, item);
    }
  });
}

void Dumper::show(const KubernetesLine& kubernetes) {
  leading(kubernetes.leading, kubernetes.span);
  node(kubernetes.span, "kubernetes " + kubernetes.version.text, [&] {
    if (kubernetes.facts != nullptr) expr(*kubernetes.facts);
  });
}

void Dumper::show(const Variable& variable) {
  leading(variable.leading, variable.span);
  node(variable.span, "variable " + variable.name.text, [&] {
    type(*variable.type);
    part(variable.span, "default", variable.default_value);
  });
}

void Dumper::show(const Section& section) {
  leading(section.leading, section.span);
  node(section.span, "section " + section.name.text, [&] { expr(*section.body); });
}

void Dumper::show(const Group& group) {
  leading(group.leading, group.span);
  const bool is_workers = group.kind == Group::Kind::Workers;
  node(group.span, is_workers ? "workers " + group.name->text : "control-plane", [&] {
    for (const Section& section : group.sections) show(section);
  });
}

void Dumper::show(const AddOn& add_on) {
  leading(add_on.leading, add_on.span);
  node(add_on.span, "addon " + add_on.name.text, [&] {
    expr(*add_on.chart);
    for (const Section& section : add_on.sections) show(section);
  });
}

void Dumper::show(const Stages& stages) {
  leading(stages.leading, stages.span);
  node(stages.span, "stages", [&] {
    for (const AddOnStage& stage : stages.stages) {
      leading(stage.leading, stage.span);
      node(stage.span, "stage " + stage.hook.text, [&] {
        for (const StageStep& each : stage.steps) step(each);
      });
    }
  });
}

void Dumper::step(const StageStep& step) {
  node(step.span, (step.is_delete ? "delete " : "apply ") + step.add_on.text, [&] {
    part(step.span, "before", step.before);
    part(step.span, "after", step.after);
  });
}

void Dumper::show(const Image& image) {
  leading(image.leading, image.span);
  node(image.span, "image", [&] {
    expr(*image.name);
    expr(*image.body);
  });
}

void Dumper::show(const Images& images) {
  leading(images.leading, images.span);
  node(images.span, "images", [&] { expr(*images.list); });
}

}  // namespace

std::string dump(const Module& module, Spans spans) {
  Dumper dumper(spans);
  dumper.module(module);
  return dumper.take();
}

}  // namespace stackc::testing
