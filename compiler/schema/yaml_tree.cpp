#include "compiler/schema/yaml_tree.h"

#include <fmt/core.h>

#include <algorithm>

#include "compiler/schema/yaml_scalar.h"

namespace stackc::schema {
namespace {

constexpr std::string_view standard_tags = "tag:yaml.org,2002:";

// The text of a field name that is no string, as sigs.k8s.io/yaml spells it.
std::optional<std::string> name_text(const Value& value) {
  if (const std::string* text = value.if_string()) return *text;
  if (const std::int64_t* integer = value.if_int()) return fmt::format("{}", *integer);
  if (const bool* flag = value.if_bool()) return *flag ? "true" : "false";
  return std::nullopt;
}

bool fits_tag(const Value& value, std::string_view tag) {
  if (tag == "null") return value.is_null();
  if (tag == "bool") return value.if_bool() != nullptr;
  if (tag == "int") return value.if_int() != nullptr;
  if (tag == "float") return value.if_int() != nullptr || value.if_number() != nullptr;
  return false;
}

}  // namespace

void YamlTree::fail(YamlPosition at, std::string_view why) {
  if (!error_) error_ = Error{fmt::format("line {}, column {}: {}", at.line, at.column, why)};
}

bool YamlTree::spend(const Weight& weight, YamlPosition at) {
  spent_.nodes += weight.nodes;
  spent_.bytes += weight.bytes;
  if (open_.size() + weight.height > limits_.depth) {
    fail(at, fmt::format("nested deeper than {} levels", limits_.depth));
  } else if (spent_.nodes > limits_.nodes) {
    fail(at, fmt::format("more than {} values, aliases expanded", limits_.nodes));
  } else if (spent_.bytes > limits_.expanded_bytes) {
    fail(at, fmt::format("more than {} bytes, aliases expanded", limits_.expanded_bytes));
  }
  return !error_;
}

bool YamlTree::expects_name() const {
  return !open_.empty() && open_.back().is_record && !open_.back().name && !open_.back().merging;
}

std::optional<Value> YamlTree::resolve(const YamlEvent& event, std::string_view text) {
  std::string_view tag = event.tag;
  if (tag == "!") return Value(text);
  if (tag != "?") {
    if (!tag.starts_with(standard_tags)) {
      fail(event.at, fmt::format("unknown tag `{}`", tag));
      return std::nullopt;
    }
    tag.remove_prefix(standard_tags.size());
    if (tag == "str" || tag == "timestamp") return Value(text);
  }
  std::optional<Value> value = resolve_plain_scalar(text);
  if (!value) {
    fail(event.at, fmt::format("`{}` cannot be written in JSON", text));
  } else if (tag != "?" && !fits_tag(*value, tag)) {
    fail(event.at, fmt::format("a value with the tag `!!{}` cannot be read from `{}`", tag, text));
  }
  return error_ ? std::nullopt : value;
}

void YamlTree::take_name(const YamlEvent& event, std::string_view text) {
  Open& record = open_.back();
  record.name_at = event.at;
  if (text == "<<" && event.tag == "?") {
    record.merging = true;
    return;
  }
  const std::optional<Value> value = resolve(event, text);
  if (!value) return;
  std::optional<std::string> name = name_text(*value);
  if (!name) {
    const std::string_view kind = kind_name(*value);
    fail(event.at, fmt::format("the field name `{}` is read as {}; quote it",
                               text.empty() ? "null" : text, kind));
    return;
  }
  const auto known = record.known.find(*name);
  if (known != record.known.end() && !known->second.merged) {
    const YamlPosition first = record.where.children[known->second.index].key;
    fail(event.at, fmt::format("duplicate field `{}`, first on line {}", *name, first.line));
    return;
  }
  record.name = std::move(name);
}

void YamlTree::scalar(const YamlEvent& event, std::string_view text) {
  if (error_ || !spend({.nodes = 1, .bytes = text.size()}, event.at)) return;
  if (expects_name()) {
    take_name(event, text);
    if (event.anchor != 0) {
      remember(event.anchor, Value(text), {event.at, event.at, {}}, {1, text.size(), 0});
    }
    return;
  }
  std::optional<Value> value = resolve(event, text);
  if (!value) return;
  Located where{event.at, event.at, {}};
  if (event.anchor != 0) remember(event.anchor, *value, where, {1, text.size(), 0});
  complete(std::move(*value), std::move(where), 0);
}

void YamlTree::alias(const YamlEvent& event) {
  if (error_) return;
  const auto found = anchors_.find(event.anchor);
  if (found == anchors_.end()) {
    fail(event.at, "an alias to the value that contains it");
    return;
  }
  const Anchored& anchored = found->second;
  if (!spend(anchored.weight, event.at)) return;
  if (expects_name()) {
    const std::string* text = anchored.value.if_string();
    if (text == nullptr) {
      fail(event.at, "a field name must be text");
    } else {
      take_name({event.at, 0, "!"}, *text);
    }
    return;
  }
  complete(anchored.value, {event.at, event.at, anchored.where.children}, anchored.weight.height);
}

void YamlTree::start_list(const YamlEvent& event) {
  start(event, false);
}

void YamlTree::start_record(const YamlEvent& event) {
  start(event, true);
}

void YamlTree::start(const YamlEvent& event, bool is_record) {
  if (error_) return;
  if (expects_name()) {
    return fail(event.at, "a list or record as a field name; is a bracket left open?");
  }
  const std::string_view tag = event.tag;
  const std::string_view wanted = is_record ? "tag:yaml.org,2002:map" : "tag:yaml.org,2002:seq";
  if (!tag.empty() && tag != "?" && tag != "!" && tag != wanted) {
    return fail(event.at, fmt::format("unknown tag `{}`", tag));
  }
  const Weight before = spent_;
  if (!spend({.nodes = 1, .bytes = 0, .height = 1}, event.at)) return;
  open_.push_back({.is_record = is_record,
                   .anchor = event.anchor,
                   .before = before,
                   .where = {event.at, event.at, {}}});
}

void YamlTree::end() {
  if (error_) return;
  Open done = std::move(open_.back());
  open_.pop_back();
  Value value;
  if (done.is_record) {
    Record record;
    for (std::size_t i = 0; i < done.names.size(); ++i) {
      record.append_new(std::move(done.names[i]), std::move(done.items[i]));
    }
    value = std::move(record);
  } else {
    value = std::move(done.items);
  }
  if (done.anchor != 0) {
    remember(done.anchor, value, done.where,
             {.nodes = spent_.nodes - done.before.nodes,
              .bytes = spent_.bytes - done.before.bytes,
              .height = done.height});
  }
  complete(std::move(value), std::move(done.where), done.height);
}

// The copy kept for aliases counts as well: nested anchors would otherwise multiply a text by its
// depth.
void YamlTree::remember(std::size_t anchor, const Value& value, const Located& where,
                        const Weight& weight) {
  if (error_ || !spend({weight.nodes, weight.bytes, 0}, where.value)) return;
  anchors_[anchor] = {value, where, weight};
}

void YamlTree::complete(Value value, Located where, std::size_t height) {
  if (error_) return;
  if (open_.empty()) {
    document_ = {std::move(value), std::move(where)};
    return;
  }
  Open& parent = open_.back();
  parent.height = std::max(parent.height, height + 1);
  if (!parent.is_record) {
    parent.items.push_back(std::move(value));
    parent.where.children.push_back(std::move(where));
  } else if (parent.merging) {
    parent.merging = false;
    merge(parent, std::move(value), std::move(where));
  } else {
    where.key = parent.name_at;
    std::string name = std::move(*parent.name);
    parent.name.reset();
    add_field(parent, std::move(name), std::move(value), std::move(where), false);
  }
}

void YamlTree::add_field(Open& record, std::string name, Value value, Located where, bool merged) {
  const auto [known, is_new] =
      record.known.try_emplace(name, KnownField{record.names.size(), merged});
  if (is_new) {
    record.names.push_back(std::move(name));
    record.items.push_back(std::move(value));
    record.where.children.push_back(std::move(where));
    return;
  }
  const std::size_t index = known->second.index;
  record.items[index] = std::move(value);
  record.where.children[index] = std::move(where);
  known->second.merged = known->second.merged && merged;
}

// As go-yaml v2 does it: in the order of writing, so what is merged replaces what stands above it
// and is replaced by what stands below; of several records in a list, the first wins.
void YamlTree::merge(Open& record, Value value, Located where) {
  if (Record* source = value.if_record()) {
    std::size_t i = 0;
    for (auto& [name, field] : *source) {
      add_field(record, name, std::move(field), std::move(where.children[i++]), true);
    }
    return;
  }
  List* sources = value.if_list();
  const bool all_records =
      sources != nullptr &&
      std::ranges::all_of(*sources, [](const Value& item) { return item.if_record() != nullptr; });
  if (!all_records) return fail(where.value, "`<<` merges a record or a list of records");
  for (std::size_t i = sources->size(); i-- > 0;) {
    merge(record, std::move((*sources)[i]), std::move(where.children[i]));
  }
}

YamlDocument YamlTree::take_document() {
  anchors_.clear();
  return std::exchange(document_, {});
}

}  // namespace stackc::schema
