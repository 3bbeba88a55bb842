#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "compiler/base/text.h"
#include "compiler/check/conform.h"
#include "compiler/check/elaborator.h"
#include "compiler/check/examples.h"
#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/resolve.h"
#include "compiler/diag/catalogue/stack.h"
#include "compiler/diag/catalogue/type.h"
#include "compiler/types/pattern.h"

namespace stackc::check {

using diag::Code;
using diag::Prose;
using types::Kind;
using types::Type;
using types::TypeRef;

namespace {

constexpr std::array<std::pair<std::string_view, Kind>, 6> primitive_types{{
    {"String", Kind::String},
    {"Int", Kind::Int},
    {"Number", Kind::Number},
    {"Bool", Kind::Bool},
    {"IntOrString", Kind::IntOrString},
    {"Any", Kind::Any},
}};

// The formats that Cluster API's validator knows for texts (capi-contract.md section 2.2).
constexpr std::array<std::string_view, 22> formats{
    "bsonobjectid", "uri",      "email", "hostname", "ipv4",   "ipv6",     "cidr",       "mac",
    "uuid",         "uuid3",    "uuid4", "uuid5",    "isbn10", "isbn13",   "creditcard", "ssn",
    "hexcolor",     "rgbcolor", "byte",  "password", "date",   "date-time"};

}  // namespace

TypeRef Elaborator::type(const syntax::TypeExpr& expr, const Context& context) {
  struct Visitor {
    Elaborator& self;
    source::Span span;
    const Context& context;
    TypeRef operator()(const syntax::TypeHole&) { return self.build_.types().poison(); }
    TypeRef operator()(const syntax::NamedType& named) {
      return self.named_type(named, span, context);
    }
    TypeRef operator()(const syntax::EnumType& enumeration) {
      Type type{.kind = Kind::String};
      bool is_doubtful = false;  // one of two that are alike may stand for another text
      for (const syntax::Name& value : enumeration.values) {
        if (std::ranges::find(type.values, value.text) != type.values.end()) {
          self.sink_.report(value.span, diag::DuplicatePattern, Code{value.text});
          is_doubtful = true;
        } else {
          type.values.push_back(value.text);
        }
      }
      return is_doubtful ? self.build_.types().poison() : self.build_.types().add(std::move(type));
    }
    TypeRef operator()(const syntax::UnionType& alternatives) {
      return self.union_type(alternatives, span, context);
    }
    TypeRef operator()(const syntax::ListType& list) {
      Type type{.kind = Kind::List, .element = self.present_type(*list.element, context)};
      return self.refined(std::move(type), list.arguments, span, context);
    }
    TypeRef operator()(const syntax::MapType& map) {
      Type type{.kind = Kind::Map, .element = self.present_type(*map.element, context)};
      return self.refined(std::move(type), map.arguments, span, context);
    }
    TypeRef operator()(const syntax::RecordType& record) {
      return self.record_type(record, context);
    }
  };
  return std::visit(Visitor{*this, expr.span, context}, expr.node);
}

TypeRef Elaborator::present_type(const syntax::TypeExpr& expr, const Context& context) {
  if (expr.optional) {
    sink_.report({expr.span.file, expr.span.end - 1, expr.span.end}, diag::OptionalNotHere)
        .hint("leave it out");
  }
  return type(expr, context);
}

void Elaborator::check_choices(const syntax::Name& name, const syntax::TypeExpr& type) {
  const auto* choices = type.as<syntax::EnumType>();
  if (choices == nullptr || choices->values.size() != 1) return;
  const std::string& only = choices->values[0].text;
  sink_.report(type.span, diag::OnlyOneChoice, Code{name.text}, Code{only})
      .note(fmt::format("a default stands behind its type: `String = \"{}\"`", only));
}

TypeRef Elaborator::union_type(const syntax::UnionType& alternatives, source::Span span,
                               const Context& context) {
  const TypeRef base = type(*alternatives.base, context);
  if (base->kind == Kind::Poison) return base;
  if (base->kind != Kind::String) {
    sink_.report(span, diag::BadUnion);
    return build_.types().poison();
  }
  Type both = *base;
  both.name.clear();
  both.or_other_text = base->values.empty() || base->or_other_text;
  for (const syntax::Name& value : alternatives.values) both.values.push_back(value.text);
  return build_.types().add(std::move(both));
}

std::optional<resolve::ModuleId> Elaborator::module_of(const syntax::NamedType& named,
                                                       const Context& context) {
  if (!named.module) return context.module;
  const resolve::Module& here = program_.module(context.module);
  if (here.broken.contains(named.module->text)) return std::nullopt;
  const auto imported = here.names.find(named.module->text);
  if (imported != here.names.end()) {
    if (const auto* module = std::get_if<resolve::ModuleId>(&imported->second)) return *module;
  }
  std::vector<std::string_view> modules;
  for (const auto& [name, target] : here.names) {
    if (std::holds_alternative<resolve::ModuleId>(target)) modules.push_back(name);
  }
  Nearest meant = suggestion(named.module->text, modules);
  const auto declares = [&](std::string_view module) {
    const auto id = std::get<resolve::ModuleId>(here.names.find(module)->second);
    return program_.module(id).names.contains(named.name.text);
  };
  if (const auto module = std::ranges::find_if(modules, declares);
      meant.empty() && module != modules.end())
    meant = {.name = *module};
  report_unknown_name(named.module->text, named.module->span, meant);
  return std::nullopt;
}

TypeRef Elaborator::named_type(const syntax::NamedType& named, source::Span span,
                               const Context& context) {
  if (!named.module) {
    const auto primitive = std::ranges::find(primitive_types, named.name.text,
                                             &std::pair<std::string_view, Kind>::first);
    if (primitive != primitive_types.end())
      return refined({.kind = primitive->second}, named.arguments, span, context);
    if (context.stack) {
      if (const auto local = context.stack->types.find(named.name.text);
          local != context.stack->types.end()) {
        return refined(*declared_type(*local->second, named.name.text, span, context),
                       named.arguments, span, context);
      }
    }
  }
  const auto home = module_of(named, context);
  if (!home) return build_.types().poison();
  const std::string shown =
      named.module ? named.module->text + "." + named.name.text : named.name.text;
  const TypeRef declared = type_of_module(named, shown, *home, span, context);
  return declared ? refined(*declared, named.arguments, span, context) : build_.types().poison();
}

TypeRef Elaborator::type_of_module(const syntax::NamedType& named, const std::string& shown,
                                   resolve::ModuleId home, source::Span span,
                                   const Context& context) {
  const auto& names = program_.module(home).names;
  const auto target = names.find(named.name.text);
  if (target == names.end()) {
    std::vector<std::string_view> candidates;
    for (const auto& [name, declared] : names) {
      if (std::holds_alternative<const syntax::TypeDeclaration*>(declared))
        candidates.push_back(name);
    }
    if (!named.module) {
      for (const auto& [name, kind] : primitive_types) candidates.push_back(name);
    }
    report_unknown_type(named, shown, candidates, context);
    return nullptr;
  }
  const auto* declaration = std::get_if<const syntax::TypeDeclaration*>(&target->second);
  if (declaration == nullptr) {
    const char* what = std::holds_alternative<const syntax::Let*>(target->second)     ? "a value"
                       : std::holds_alternative<const syntax::Stack*>(target->second) ? "a stack"
                       : std::holds_alternative<const syntax::Provider*>(target->second)
                           ? "a provider"
                           : "a module";
    sink_.report(named.name.span, diag::NotAType, Code{shown}, Prose{what});
    return nullptr;
  }
  return declared_type(**declaration, shown, span, {.module = home});
}

namespace {

/// Types as other languages call them, and how they are written here.
constexpr std::array<std::pair<std::string_view, std::string_view>, 16> foreign_types{{
    {"boolean", "Bool"},
    {"integer", "Int"},
    {"int32", "Int"},
    {"int64", "Int"},
    {"uint", "Int"},
    {"long", "Int"},
    {"float", "Number"},
    {"double", "Number"},
    {"str", "String"},
    {"text", "String"},
    {"list", "[T]"},
    {"array", "[T]"},
    {"set", "[T](unique)"},
    {"map", "{String: T}"},
    {"dict", "{String: T}"},
    {"object", "{ field: T }"},
}};

std::string_view foreign_type(std::string name) {
  std::ranges::transform(name, name.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  const auto* found =
      std::ranges::find(foreign_types, name, &std::pair<std::string_view, std::string_view>::first);
  return found == foreign_types.end() ? std::string_view{} : found->second;
}

}  // namespace

void Elaborator::report_unknown_type(const syntax::NamedType& named, const std::string& shown,
                                     const std::vector<std::string_view>& candidates,
                                     const Context& context) {
  const std::string_view ours = named.module ? std::string_view{} : foreign_type(shown);
  if (!ours.empty() && !ours.starts_with('[') && !ours.starts_with('{')) {
    report_unknown_name(shown, named.name.span, {.name = ours, .only = true});
    return;
  }
  Nearest meant = ours.empty() ? suggestion(named.name.text, candidates) : Nearest{};
  std::string elsewhere;
  if (meant.empty() && !named.module && ours.empty()) {
    elsewhere = qualified(named.name.text, context);
    meant = {.name = elsewhere, .only = true};
  }
  auto report = sink_.report(named.name.span, diag::UnknownName, Code{shown});
  if (!ours.empty())
    report.hint(fmt::format("such a type is written `{}`", ours));
  else
    report.suggest(meant);
}

TypeRef Elaborator::declared_type(const syntax::TypeDeclaration& declaration,
                                  const std::string& shown, source::Span span,
                                  const Context& context) {
  if (const auto known_type = declared_types_.find(&declaration);
      known_type != declared_types_.end())
    return known_type->second;
  if (std::ranges::find(open_, &declaration) != open_.end()) {
    sink_.report(declaration.name.span, diag::Recursion, Code{declaration.name.text})
        .label(span, diag::AlsoHere);
    return build_.types().poison();
  }
  open_.push_back(&declaration);
  Type named = *present_type(*declaration.type, context);
  open_.pop_back();
  if (named.kind != Kind::Poison) named.name = shown;
  build_.describe_type(shown, declaration.leading.doc);
  return declared_types_.emplace(&declaration, build_.types().add(std::move(named))).first->second;
}

std::optional<Value> Elaborator::constant(const syntax::Expr& expr, TypeRef expected,
                                          const Context& context) {
  const ir::ExprRef found = value(expr, expected, context);
  if (found->stage != ir::Stage::Release) {
    sink_.report(expr.span, diag::TypeArgumentNotConstant);
    return std::nullopt;
  }
  return constant_value(found);  // nothing for what is broken
}

TypeRef Elaborator::record_type(const syntax::RecordType& record, const Context& context) {
  Type type_of_record{.kind = Kind::Record};
  bool is_doubtful = false;  // a field may have the name of another
  for (const syntax::TypeField& field : record.fields) {
    if (type_of_record.find(field.name.text)) {
      sink_.report(field.name.span, diag::WrittenTwice, Code{field.name.text});
      is_doubtful = true;
      continue;
    }
    types::Field result{
        .name = field.name.text, .type = type(*field.type, context), .doc = field.doc};
    if (field.default_value) {
      if (field.type->optional) {
        sink_.report(field.name.span, diag::DefaultAndOptional, Code{field.name.text});
        result.type = build_.types().poison();  // nor is it known whether it may be absent
      } else {
        result.default_value = constant(*field.default_value, result.type, context);
        // What else is made of the field follows its type or its default, whichever is right.
        if (!result.default_value) result.type = build_.types().poison();
      }
    }
    result.required = !field.type->optional && !field.default_value;
    if (result.required) check_choices(field.name, *field.type);
    // Where the default does not fit, the type may be what is wrong, and the example right.
    const bool is_doubted =
        field.default_value && sink_.has_error_within(field.default_value->span);
    for (const syntax::Annotation& annotation : field.annotations) {
      const auto* example = example_of(annotation, "a field can have one `@example(…)`", sink_);
      if (example && !is_doubted) result.example = constant(*example, result.type, context);
    }
    type_of_record.fields.push_back(std::move(result));
  }
  return is_doubtful ? build_.types().poison() : build_.types().add(std::move(type_of_record));
}

TypeRef Elaborator::refined(Type refined_type, const std::vector<syntax::TypeArgument>& arguments,
                            source::Span span, const Context& context) {
  if (arguments.empty()) return build_.types().add(std::move(refined_type));
  if (refined_type.kind == Kind::Poison) return build_.types().poison();
  refined_type.name.clear();
  for (const syntax::TypeArgument& argument : arguments) {
    if (!refine(refined_type, argument, context)) return build_.types().poison();
  }
  if (refined_type.min && refined_type.max && *refined_type.min > *refined_type.max) {
    sink_.report(span, diag::EmptyRange,
                 Code{fmt::format("{}..{}", *refined_type.min, *refined_type.max)});
    return build_.types().poison();
  }
  return build_.types().add(std::move(refined_type));
}

namespace {

/// Arguments as other languages call them.
std::string_view foreign_argument(std::string_view name) {
  const bool is_pattern = name == "regex" || name == "regexp" || name == "match" || name == "re";
  return is_pattern ? "pattern" : "";
}

/// How the bound of `min: 1` or `max: 63` is written.
std::string range_for(const syntax::TypeArgument& argument) {
  const auto* literal = argument.value ? argument.value->as<syntax::Literal>() : nullptr;
  const std::int64_t* bound = literal ? literal->value.if_int() : nullptr;
  if (bound == nullptr) return "a range is written `1..63`, open on a side without its number";
  return argument.name->text.starts_with("min") ? fmt::format("at least is written `{}..`", *bound)
                                                : fmt::format("at most is written `..{}`", *bound);
}

/// Is it a bound, as JSON Schema calls them?
bool bounded_by(std::string_view name) {
  return name.starts_with("min") || name.starts_with("max");
}

}  // namespace

bool Elaborator::refine(Type& refined_type, const syntax::TypeArgument& argument,
                        const Context& context) {
  const auto unknown = [&] {
    const std::string what =
        argument.is_range ? "range" : fmt::format("argument `{}`", argument.name->text);
    auto report =
        sink_.report(argument.name ? argument.name->span : argument.span, diag::UnknownTypeArgument,
                     Code{types::describe(refined_type)}, Prose{what});
    const bool is_list = refined_type.kind == Kind::List;
    const std::string_view ours = argument.name ? foreign_argument(argument.name->text) : "";
    if (!ours.empty() && refined_type.kind == Kind::String)
      report.suggest({.name = ours, .only = true});
    else if (argument.name)
      report.suggest(suggestion(argument.name->text,
                                is_list ? std::vector<std::string_view>{"unique"}
                                        : std::vector<std::string_view>{"pattern", "format"}));
    if (argument.name && bounded_by(argument.name->text)) report.note(range_for(argument));
    return false;
  };
  const bool bounded = refined_type.kind == Kind::Int || refined_type.kind == Kind::String ||
                       refined_type.kind == Kind::List || refined_type.kind == Kind::Map;
  if (argument.is_range) {
    if (!bounded) return unknown();
    const auto bound = [&](const syntax::ExprPtr& expr) -> std::optional<std::int64_t> {
      if (!expr) return std::nullopt;
      const auto number = constant(*expr, build_.types().integer(), context);
      return number && number->if_int() ? std::optional(*number->if_int()) : std::nullopt;
    };
    refined_type.min = bound(argument.low);
    refined_type.max = bound(argument.high);
    return true;
  }
  const std::string& name = argument.name->text;
  if (name == "unique" && !argument.value && refined_type.kind == Kind::List) {
    refined_type.unique = true;
    return true;
  }
  const bool textual = refined_type.kind == Kind::String && argument.value &&
                       (name == "format" || name == "pattern");
  if (!textual) return unknown();
  const auto text = constant(*argument.value, build_.types().string(), context);
  if (!text || !text->if_string()) return false;
  if (name == "format") {
    if (std::ranges::find(formats, *text->if_string()) == formats.end()) {
      sink_.report(argument.value->span, diag::UnknownFormat, Code{*text->if_string()})
          .suggest(suggestion(*text->if_string(), {formats.begin(), formats.end()}));
      return false;
    }
    refined_type.format = *text->if_string();
    return true;
  }
  if (const auto readable = types::check_pattern(*text->if_string()); !readable) {
    sink_.report(argument.value->span, diag::BadPattern, Prose{readable.error().text});
    return false;
  }
  refined_type.pattern = *text->if_string();
  return true;
}

}  // namespace stackc::check
