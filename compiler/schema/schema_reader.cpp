#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <unordered_map>

#include "compiler/schema/kind_schema.h"
#include "compiler/schema/schema_line.h"
#include "compiler/schema/schema_words.h"
#include "compiler/schema/yaml_reader.h"
#include "compiler/schema/yaml_scalar.h"
#include "compiler/types/pattern.h"

namespace stackc::schema {
namespace {

using types::Kind;
using types::Type;
using types::TypeRef;

struct Word {
  std::string_view text;
  Kind kind;
};

constexpr std::array<Word, 10> type_words{{{"string", Kind::String},
                                           {"record", Kind::Record},
                                           {"list", Kind::List},
                                           {"bool", Kind::Bool},
                                           {"int", Kind::Int},
                                           {"enum", Kind::String},
                                           {"map", Kind::Map},
                                           {"any", Kind::Any},
                                           {"int-or-string", Kind::IntOrString},
                                           {"number", Kind::Number}}};

class Reader {
 public:
  Reader(std::string_view text, types::TypeStore& store) : rest_(text), store_(store) {
    next_line();
  }

  KindSchema header() {
    KindSchema schema;
    while (has_line_ && !body_) {
      const std::size_t blank = content_.find(' ');
      const std::string_view word = content_.substr(0, blank);
      const std::string text(blank == content_.npos ? "" : content_.substr(blank + 1));
      if (word == "kind") {
        schema.kind = text;
      } else if (word == "api-version") {
        schema.api_version = text;
      } else if (word == "unchecked") {
        schema.unchecked.push_back(text);
      } else {
        fail(fmt::format("unknown header `{}`", word));
      }
      next_line();
    }
    if (schema.kind.empty() || schema.api_version.empty())
      fail("`kind` or `api-version` is missing");
    return schema;
  }

  /// The fields below a record whose fields are indented by `indent`.
  std::vector<types::Field> fields(std::size_t indent) {
    std::vector<types::Field> all;
    if (indent > max_schema_depth * indent_width) fail("nested too deeply");
    while (!error_ && has_line_ && indent_ == indent) all.push_back(field(indent));
    if (!error_ && has_line_ && indent_ > indent) fail("indented deeper than its record");
    return all;
  }

  const std::optional<Error>& error() const { return error_; }

 private:
  void next_line() {
    do {
      if (rest_.empty()) {
        has_line_ = false;
        return;
      }
      const std::size_t end = std::min(rest_.find('\n'), rest_.size());
      content_ = rest_.substr(0, end);
      rest_.remove_prefix(std::min(end + 1, rest_.size()));
      ++number_;
      if (content_.empty()) body_ = true;
      indent_ = std::min(content_.find_first_not_of(' '), content_.size());
      content_.remove_prefix(indent_);
    } while (content_.empty() || content_[0] == '#');
    has_line_ = true;
  }

  types::Field field(std::size_t indent) {
    SchemaLine line(content_);
    const std::size_t number = number_;
    types::Field field;
    field.name = line.name();
    field.required = !line.take("?");
    line.expect(": ");
    next_line();
    field.type = field_type(line, indent + indent_width);
    if (line.take(" = ")) field.default_value = read_default(line);
    if (field.default_value) field.required = false;
    if (!line.failed() && !line.at_end()) line.fail(fmt::format("unexpected `{}`", line.rest()));
    if (line.failed() && !error_)
      error_ = Error{fmt::format("line {}: {}", number, line.failure())};
    return field;
  }

  // Most fields of a schema share a few types, and what is not made again is not paid for.
  TypeRef field_type(SchemaLine& line, std::size_t indent) {
    const std::string_view text = line.rest();
    if (text.find("record") != text.npos || text.find(" = ") != text.npos)
      return type(line, indent, 0);
    const auto [known, is_new] = types_by_text_.try_emplace(text, nullptr);
    if (is_new) {
      known->second = type(line, indent, 0);
    } else {
      line.take(text);
    }
    return known->second;
  }

  TypeRef type(SchemaLine& line, std::size_t indent, std::size_t depth) {
    if (depth > max_schema_depth) line.fail("nested too deeply");
    const std::string_view word = line.word();
    const auto* known = std::ranges::find(type_words, word, &Word::text);
    if (known == type_words.end()) {
      line.fail(fmt::format("unknown type `{}`", word));
      return store_.any();
    }
    const bool plain = line.at_end() || line.rest().starts_with(" = ");
    if (plain && word != "record") {
      if (const TypeRef shared = shared_type(known->kind)) return shared;
    }
    Type type{.kind = known->kind};
    if (word == "enum") type.values = line.names();
    const SchemaLine::Range range = line.range();
    if (type.kind != Kind::Record) {
      type.min = range.min;
      type.max = range.max;
    }
    attributes(line, type);
    if (type.kind == Kind::List || type.kind == Kind::Map) {
      line.expect(" of ");
      type.element = this->type(line, indent, depth + 1);
    }
    if (type.kind == Kind::Record && !line.failed()) {
      type.fields = fields(indent);
      add_group_of_all(range, type, line);
    }
    return store_.add(std::move(type));
  }

  TypeRef shared_type(Kind kind) const {
    switch (kind) {
      case Kind::Any:
        return store_.any();
      case Kind::Bool:
        return store_.boolean();
      case Kind::Int:
        return store_.integer();
      case Kind::Number:
        return store_.number();
      case Kind::String:
        return store_.string();
      case Kind::IntOrString:
      case Kind::List:
      case Kind::Map:
      case Kind::Record:
      case Kind::Poison:
        return nullptr;
    }
    return nullptr;
  }

  static void attributes(SchemaLine& line, Type& type) {
    if (line.take(" immutable")) type.immutable = true;
    if (line.take(" open")) type.open = true;
    if (line.take(" unique")) type.unique = true;
    if (line.take(" keys")) type.list_keys = line.names();
    if (line.take(" format(")) {
      type.format = line.name();
      line.expect(")");
    }
    if (line.take(" pattern(")) {
      type.pattern = line.quoted();
      const auto well_formed = types::check_pattern(type.pattern);
      if (!well_formed) line.fail(well_formed.error().text);
      line.expect(")");
    }
    while (line.take(" exactly-one-of")) type.exactly_one_of.push_back(line.names());
    while (line.take(" at-least-one-of")) type.at_least_one_of.push_back(line.names());
  }

  // `record(1..1)` and `record(1..)` come first among the groups, whatever stands behind them.
  static void add_group_of_all(const SchemaLine::Range& range, Type& record, SchemaLine& line) {
    if (!range.min && !range.max) return;
    const bool exactly = range.max.has_value();
    if (range.min != 1 || (exactly && range.max != 1))
      return line.fail("a record takes `(1..1)` or `(1..)`");
    std::vector<std::string> names;
    for (const types::Field& field : record.fields) names.push_back(field.name);
    auto& groups = exactly ? record.exactly_one_of : record.at_least_one_of;
    groups.insert(groups.begin(), std::move(names));
  }

  static std::optional<Value> read_default(SchemaLine& line) {
    if (line.rest().starts_with('"')) return Value(line.quoted());
    const std::string_view text = line.rest();
    const bool nested = text.starts_with('{') || text.starts_with('[');
    Result<Value> value =
        nested ? read_yaml(text) : Result<Value>(resolve_plain_scalar(text).value_or(Value()));
    if (!value) {
      line.fail(fmt::format("in the default: {}", value.error().text));
      return std::nullopt;
    }
    line.take(text);
    return std::move(*value);
  }

  void fail(std::string_view why) {
    if (!error_) error_ = Error{fmt::format("line {}: {}", number_, why)};
  }

  std::string_view rest_;  // after the current line
  types::TypeStore& store_;
  std::unordered_map<std::string_view, TypeRef> types_by_text_;
  std::string_view content_;  // of the current line, without indentation
  std::size_t indent_ = 0;
  std::size_t number_ = 0;
  bool has_line_ = false;
  bool body_ = false;  // the empty line after the header was seen
  std::optional<Error> error_;
};

}  // namespace

Result<KindSchema> read_schema(std::string_view text, types::TypeStore& store) {
  Reader reader(text, store);
  KindSchema schema = reader.header();
  const std::vector<types::Field> root = reader.fields(0);
  if (reader.error()) return *reader.error();
  const bool is_object =
      root.size() == 1 && root[0].name == root_name && root[0].type->kind == Kind::Record;
  if (!is_object) return Error{fmt::format("no `{}: record` after the header", root_name)};
  Type object = *root[0].type;
  object.name = schema.kind;
  schema.type = store.add(std::move(object));
  return schema;
}

types::TypeRef type_at(types::TypeRef type, std::string_view path) {
  while (type != nullptr && !path.empty()) {
    const std::size_t dot = std::min(path.find('.'), path.size());
    const types::Field* field = type->find(path.substr(0, dot));
    type = field == nullptr ? nullptr : field->type;
    path.remove_prefix(std::min(dot + 1, path.size()));
  }
  return type;
}

}  // namespace stackc::schema
