#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/schema/yaml_reader.h"

namespace stackc::schema {

/// What one event of a YAML parser says about a node, apart from its content.
struct YamlEvent {
  YamlPosition at;
  std::size_t anchor = 0;  // 0: none
  std::string_view tag;    // `?` plain, `!` quoted, else as written, with `!!` spelt out
};

/// Builds documents from the events of a YAML parser, within limits. After the first error, later
/// events are ignored.
class YamlTree {
 public:
  explicit YamlTree(const YamlLimits& limits) : limits_(limits) {}

  void scalar(const YamlEvent& event, std::string_view text);
  void alias(const YamlEvent& event);
  void start_list(const YamlEvent& event);
  void start_record(const YamlEvent& event);
  void end();
  /// Keeps the first failure.
  void fail(YamlPosition at, std::string_view why);

  const std::optional<Error>& error() const { return error_; }
  /// The finished document; the next event starts another one.
  YamlDocument take_document();

 private:
  /// How much of the limits a value takes.
  struct Weight {
    std::size_t nodes = 0;
    std::size_t bytes = 0;
    std::size_t height = 0;  // of nested lists and records; 0 for a scalar
  };
  struct Anchored {
    Value value;
    Located where;
    Weight weight;
  };
  struct KnownField {
    std::size_t index;
    bool merged;  // came in through `<<`
  };
  /// A list or record that is still being read.
  struct Open {
    bool is_record;
    std::size_t anchor;
    Weight before;  // totals at its start
    std::size_t height = 1;
    Located where;
    List items;  // of a list, or the values of a record
    std::vector<std::string> names;
    std::unordered_map<std::string, KnownField> known;
    std::optional<std::string> name;  // of the field whose value comes next
    YamlPosition name_at;
    bool merging = false;  // the value that comes next is merged into the record
  };

  void start(const YamlEvent& event, bool is_record);
  void complete(Value value, Located where, std::size_t height);
  void take_name(const YamlEvent& event, std::string_view text);
  void add_field(Open& record, std::string name, Value value, Located where, bool merged);
  void merge(Open& record, Value value, Located where);
  std::optional<Value> resolve(const YamlEvent& event, std::string_view text);
  bool expects_name() const;
  bool spend(const Weight& weight, YamlPosition at);
  void remember(std::size_t anchor, const Value& value, const Located& where, const Weight& weight);

  YamlLimits limits_;
  Weight spent_;
  std::vector<Open> open_;
  std::unordered_map<std::size_t, Anchored> anchors_;
  std::optional<Error> error_;
  YamlDocument document_;
};

}  // namespace stackc::schema
