#include "compiler/lower/value_template.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "compiler/base/ascii.h"
#include "compiler/base/check.h"
#include "compiler/lower/rewrite.h"

namespace stackc::lower {

using ir::ExprRef;
using types::Kind;
using types::TypeRef;

namespace {

/// A word that YAML 1.1 reads as text without quotes.
bool is_plain(std::string_view text) {
  constexpr std::array<std::string_view, 9> reserved = {"y",     "yes", "n",   "no",  "true",
                                                        "false", "on",  "off", "null"};
  if (text.empty() || text.size() > 100 || !is_letter(text[0])) return false;
  const bool safe = std::ranges::all_of(text, [&](char c) {
    return is_letter_or_digit(c) || c == '-' || c == '_' || c == '.' || c == '/';
  });
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  return safe && std::ranges::find(reserved, lower) == reserved.end();
}

std::string string_text(std::string_view text) {
  if (is_plain(text)) return std::string(text);
  // Braces would open an action; as a literal inside an action they are text.
  if (text.find("{{") != std::string_view::npos)
    return fmt::format("{{{{ {} | quote }}}}", quoted(text));
  return quoted(text);
}

/// `? key : value` keeps keys beyond YAML's limit of 1024 characters for simple keys possible.
constexpr std::string_view any_key = "? {{{{ {} | quote }}}} : ";

/// Free-form JSON: Go's encoder leaves DEL and others raw that YAML refuses, so every character
/// outside ASCII is escaped.
constexpr std::string_view any_value =
    "{{{{ range splitList \"\" (toJson {}) }}}}{{{{ if regexMatch \"^[ -~]$\" . }}}}{{{{ . "
    "}}}}{{{{ else }}}}"
    "{{{{ printf \"%+q\" . | trimAll \"\\\"\" }}}}{{{{ end }}}}{{{{ end }}}}";

std::string typed_value(const std::string& path, TypeRef type, const Place& place);

Place inside_range(const Place& place, const std::string& name) {
  Place inner = place;
  inner.inside_range = true;
  inner.names.push_back(name);
  return inner;
}

std::string typed_list(const std::string& path, const types::Type& type, const Place& place) {
  const std::string item = place.fresh_name("item");
  return fmt::format("[{{{{ range {} := {} }}}}{}, {{{{ end }}}}]", item, path,
                     typed_value(item, type.element, inside_range(place, item)));
}

std::string typed_map(const std::string& path, const types::Type& type, const Place& place) {
  const std::string key = place.fresh_name("key");
  const Place outer = inside_range(place, key);
  const std::string value = outer.fresh_name("value");
  return fmt::format("{{ {{{{ range {}, {} := {} }}}}", key, value, path) +
         fmt::format(fmt::runtime(any_key), key) +
         typed_value(value, type.element, inside_range(outer, value)) + ", {{ end }}}";
}

std::string typed_record(const std::string& path, const types::Type& type, const Place& place) {
  std::string text = "{ ";
  for (const types::Field& field : type.fields) {
    const std::string member = is_identifier(field.name)
                                   ? path + "." + field.name
                                   : fmt::format("(index {} {})", path, quoted(field.name));
    const std::string entry =
        fmt::format("{}: {}, ", string_text(field.name), typed_value(member, field.type, place));
    const bool always = field.required || field.default_value;
    text += always ? entry
                   : fmt::format("{{{{ if hasKey {} {} }}}}{}{{{{ end }}}}", path,
                                 quoted(field.name), entry);
  }
  return text + "}";
}

/// The value at a path, scalar by scalar as its type says.
std::string typed_value(const std::string& path, TypeRef type, const Place& place) {
  switch (type->kind) {
    case Kind::Bool:
      return fmt::format("{{{{ {} }}}}", path);
    case Kind::Int:
      return fmt::format("{{{{ int64 {} }}}}", path);
    case Kind::Number:
      return fmt::format("{{{{ {} | toJson }}}}", path);
    case Kind::String:
      return fmt::format("{{{{ {} | quote }}}}", path);
    case Kind::IntOrString:
      return fmt::format(
          "{{{{ if kindIs \"string\" {0} }}}}{{{{ {0} | quote }}}}{{{{ else }}}}{{{{ int64 {0} "
          "}}}}{{{{ end }}}}",
          path);
    case Kind::List:
      return typed_list(path, *type, place);
    case Kind::Map:
      return typed_map(path, *type, place);
    case Kind::Record:
      if (!type->open) return typed_record(path, *type, place);
      return fmt::format(fmt::runtime(any_value), path);
    case Kind::Any:
    case Kind::Poison:
      return fmt::format(fmt::runtime(any_value), path);
  }
  return "";
}

bool is_block(ExprRef value) {
  const auto* record = value->as<ir::RecordLiteral>();
  return record != nullptr && !record->entries.empty();
}

/// Writes expressions; one object per template, because names in it are unique along the nesting.
class ValueWriter {
 public:
  explicit ValueWriter(Conditions& conditions) : conditions_(conditions) {}

  std::string block(ExprRef record, const Place& place, std::size_t indent);
  std::string flow(ExprRef value, const Place& place);

 private:
  std::string flow_record(const ir::RecordLiteral& record, const Place& place);
  std::string flow_list(const ir::ListLiteral& list, const Place& place);
  std::string loop(const ir::Comprehension& comprehension, const Place& place);
  std::string choice(const ir::Conditional& conditional, const Place& place);
  std::string arms(const ir::Match& match, const Place& place);
  std::string scalar(ExprRef value, const Place& place);

  /// One item of a list or entry of a record with its condition; empty if it never applies.
  template <typename Write>
  std::string guarded(ExprRef condition, ExprRef value, const Place& place, const Write& write) {
    const ExprRef whole = conditions_.both(condition, conditions_.presence(value));
    if (is_never(whole)) return "";
    const std::string text = write(conditions_.assume(value, whole));
    if (is_always(whole)) return text;
    return fmt::format("{{{{ if {} }}}}{}{{{{ end }}}}", pipeline(whole, place), text);
  }

  Conditions& conditions_;
};

std::string ValueWriter::block(ExprRef record, const Place& place, std::size_t indent) {
  const std::string margin(indent, ' ');
  std::string text;
  for (const auto& entry : record->as<ir::RecordLiteral>()->entries) {
    const ExprRef whole = conditions_.both(entry.condition, conditions_.presence(entry.value));
    if (is_never(whole)) continue;
    const ExprRef value = conditions_.assume(entry.value, whole);
    if (!text.empty()) text += '\n';
    if (!is_always(whole))
      text += fmt::format("{}{{{{- if {} }}}}\n", margin, pipeline(whole, place));
    text += fmt::format("{}{}:", margin, string_text(entry.name));
    text += is_block(value) ? "\n" + block(value, place, indent + 2) : " " + flow(value, place);
    if (!is_always(whole)) text += fmt::format("\n{}{{{{- end }}}}", margin);
  }
  return text;
}

std::string ValueWriter::flow_record(const ir::RecordLiteral& record, const Place& place) {
  std::string text = "{ ";
  for (const auto& entry : record.entries) {
    text += guarded(entry.condition, entry.value, place, [&](ExprRef value) {
      return fmt::format("{}: {}, ", string_text(entry.name), flow(value, place));
    });
  }
  return text + "}";
}

std::string ValueWriter::flow_list(const ir::ListLiteral& list, const Place& place) {
  std::string text = "[";
  for (const auto& item : list.items) {
    text += guarded(item.condition, item.value, place,
                    [&](ExprRef value) { return flow(value, place) + ", "; });
  }
  return text + "]";
}

std::string ValueWriter::loop(const ir::Comprehension& comprehension, const Place& place) {
  Place inner = place;
  inner.inside_range = true;
  std::string names;
  const auto bind = [&](ExprRef local) {
    const auto& [id, wanted] = *local->as<ir::Local>();
    const std::string name = inner.fresh_name(wanted);
    inner.locals.emplace_back(id, name);
    inner.names.push_back(name);
    return name;
  };
  const bool is_map = comprehension.source->type->kind == Kind::Map ||
                      comprehension.source->type->kind == Kind::Record;
  if (comprehension.key != nullptr) names = bind(comprehension.key) + ", ";
  names += bind(comprehension.item);
  CHECK(is_map || comprehension.source->type->kind == Kind::List,
        "the checker lets only lists and maps be walked");
  const std::string body = guarded(comprehension.condition, comprehension.body, inner,
                                   [&](ExprRef value) { return flow(value, inner) + ", "; });
  return fmt::format("[{{{{ range {} := {} }}}}{}{{{{ end }}}}]", names,
                     reference(comprehension.source, place), body);
}

std::string ValueWriter::choice(const ir::Conditional& conditional, const Place& place) {
  std::string text = fmt::format("{{{{ if {} }}}}{}", pipeline(conditional.condition, place),
                                 flow(conditional.then, place));
  ExprRef rest = conditional.otherwise;
  while (const auto* next = rest->as<ir::Conditional>()) {
    text += fmt::format("{{{{ else if {} }}}}{}", pipeline(next->condition, place),
                        flow(next->then, place));
    rest = next->otherwise;
  }
  return text + "{{ else }}" + flow(rest, place) + "{{ end }}";
}

std::string ValueWriter::arms(const ir::Match& match, const Place& place) {
  std::string text;
  for (std::size_t i = 0; i < match.arms.size(); ++i) {
    const auto& arm = match.arms[i];
    const bool last = i + 1 == match.arms.size() && match.otherwise == nullptr;
    if (last) {
      text += text.empty() ? flow(arm.result, place) : "{{ else }}" + flow(arm.result, place);
      continue;
    }
    text += fmt::format("{{{{ {}if {} }}}}{}", text.empty() ? "" : "else ",
                        pipeline(conditions_.takes(match, arm), place), flow(arm.result, place));
  }
  if (match.otherwise) text += (text.empty() ? "" : "{{ else }}") + flow(match.otherwise, place);
  const bool chose = match.arms.size() + (match.otherwise ? 1 : 0) > 1;
  return text + (chose ? "{{ end }}" : "");
}

std::string ValueWriter::scalar(ExprRef value, const Place& place) {
  const std::string text = pipeline(value, place);
  switch (value->type->kind) {
    case Kind::String:
      return fmt::format("{{{{ {} | quote }}}}", text);
    case Kind::Number:
      return fmt::format("{{{{ {} | toJson }}}}", text);
    case Kind::Bool:
    case Kind::Int:
    case Kind::IntOrString:
    case Kind::Any:
    case Kind::List:
    case Kind::Map:
    case Kind::Record:
    case Kind::Poison:
      return fmt::format("{{{{ {} }}}}", text);
  }
  return text;
}

std::string ValueWriter::flow(ExprRef value, const Place& place) {
  if (const auto constant = constant_value(value)) return constant_text(*constant);
  if (const auto* record = value->as<ir::RecordLiteral>()) return flow_record(*record, place);
  if (const auto* list = value->as<ir::ListLiteral>()) return flow_list(*list, place);
  if (const auto* comprehension = value->as<ir::Comprehension>())
    return loop(*comprehension, place);
  if (value->type->kind != Kind::Bool) {
    if (const auto* conditional = value->as<ir::Conditional>()) return choice(*conditional, place);
    if (const auto* match = value->as<ir::Match>()) return arms(*match, place);
  }
  const bool is_path = value->as<ir::Variable>() || value->as<ir::Builtin>() ||
                       value->as<ir::Live>() || value->as<ir::Local>() || value->as<ir::Member>();
  return is_path ? typed_value(reference(value, place), value->type, place) : scalar(value, place);
}

}  // namespace

std::string constant_text(const Value& value) {
  if (const auto* text = value.if_string()) return string_text(*text);
  if (const List* items = value.if_list()) {
    std::string text = "[";
    for (std::size_t i = 0; i < items->size(); ++i)
      text += (i > 0 ? ", " : "") + constant_text((*items)[i]);
    return text + "]";
  }
  if (const Record* record = value.if_record()) {
    if (record->empty()) return "{}";
    std::string text = "{ ";
    for (const auto& [name, field] : *record) {
      if (text.size() > 2) text += ", ";
      text += string_text(name) + ": " + constant_text(field);
    }
    return text + " }";
  }
  return to_json(value);
}

std::string value_template(ExprRef value, const Place& place, Conditions& conditions,
                           std::size_t indent) {
  ValueWriter writer(conditions);
  return is_block(value) ? writer.block(value, place, indent)
                         : std::string(indent, ' ') + writer.flow(value, place);
}

std::string condition_template(ExprRef condition, const Place& place) {
  return fmt::format("{{{{ {} }}}}", pipeline(condition, place));
}

}  // namespace stackc::lower
