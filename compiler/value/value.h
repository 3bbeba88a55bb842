#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace stackc {

class Value;

using List = std::vector<Value>;

/// Fields in the order in which they were written; a name occurs once. Equality ignores the order,
/// as in YAML.
class Record {
 public:
  struct Field;

  Record();
  Record(std::initializer_list<Field> fields);
  Record(const Record& other);
  Record(Record&& other) noexcept;
  Record& operator=(const Record& other);
  Record& operator=(Record&& other) noexcept;
  ~Record();

  const Value* find(std::string_view name) const;
  Value* find(std::string_view name);
  /// Replaces the field in place, or appends it.
  void set(std::string name, Value value);
  /// Appends without looking for the name, which must be new: for readers that build large records.
  void append_new(std::string name, Value value);
  void remove(std::string_view name);
  /// Room for so many fields, for whoever knows how many there will be.
  void reserve(std::size_t count);

  bool empty() const;
  std::size_t size() const;
  std::vector<Field>::const_iterator begin() const;
  std::vector<Field>::const_iterator end() const;
  std::vector<Field>::iterator begin();
  std::vector<Field>::iterator end();

 private:
  std::vector<Field> fields_;
};

/// A value as YAML and JSON know it. Integers and floating-point numbers are distinct; `1` equals
/// `1.0`.
class Value {
 public:
  Value() = default;                                              // null
  Value(bool value) : state_(value) {}                            // NOLINT: implicit on purpose
  Value(int value) : state_(static_cast<std::int64_t>(value)) {}  // NOLINT
  Value(std::int64_t value) : state_(value) {}                    // NOLINT
  Value(double value) : state_(value) {}                          // NOLINT
  Value(const char* text) : state_(std::string(text)) {}          // NOLINT
  Value(std::string text) : state_(std::move(text)) {}            // NOLINT
  Value(std::string_view text) : state_(std::string(text)) {}     // NOLINT
  Value(List items) : state_(std::move(items)) {}                 // NOLINT
  Value(Record fields) : state_(std::move(fields)) {}             // NOLINT

  bool is_null() const { return std::holds_alternative<std::monostate>(state_); }
  const bool* if_bool() const { return std::get_if<bool>(&state_); }
  const std::int64_t* if_int() const { return std::get_if<std::int64_t>(&state_); }
  const double* if_number() const { return std::get_if<double>(&state_); }
  const std::string* if_string() const { return std::get_if<std::string>(&state_); }
  const List* if_list() const { return std::get_if<List>(&state_); }
  List* if_list() { return std::get_if<List>(&state_); }
  const Record* if_record() const { return std::get_if<Record>(&state_); }
  Record* if_record() { return std::get_if<Record>(&state_); }

  using State = std::variant<std::monostate, bool, std::int64_t, double, std::string, List, Record>;
  const State& state() const { return state_; }

  friend bool operator==(const Value& a, const Value& b);

 private:
  State state_;
};

struct Record::Field {
  std::string name;
  Value value;
};

// Here, because clang instantiates what a vector does with its items as soon as it sees the use.
inline Record::Record() = default;
inline Record::Record(const Record& other) = default;
inline Record::Record(Record&& other) noexcept = default;
inline Record& Record::operator=(const Record& other) = default;
inline Record& Record::operator=(Record&& other) noexcept = default;
inline Record::~Record() = default;
inline void Record::reserve(std::size_t count) {
  fields_.reserve(count);
}
inline bool Record::empty() const {
  return fields_.empty();
}
inline std::size_t Record::size() const {
  return fields_.size();
}
inline std::vector<Record::Field>::const_iterator Record::begin() const {
  return fields_.begin();
}
inline std::vector<Record::Field>::const_iterator Record::end() const {
  return fields_.end();
}
inline std::vector<Record::Field>::iterator Record::begin() {
  return fields_.begin();
}
inline std::vector<Record::Field>::iterator Record::end() {
  return fields_.end();
}

/// The text in a field, or below fields of fields; empty if there is none, or something else.
std::string text_at(const Record& record, std::string_view name);
std::string text_at(const Value& value, std::initializer_list<std::string_view> path);

/// Compact JSON with fields in their order; for messages, keys and tests. Numbers as Go's encoder
/// prints them.
std::string to_json(const Value& value);

/// `null`, `a boolean`, `an integer`, `a number`, `a string`, `a list`, `a record`: for messages.
std::string_view kind_name(const Value& value);

}  // namespace stackc
