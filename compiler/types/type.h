#pragma once

#include <cstdint>
#include <forward_list>
#include <memory>
#include <memory_resource>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/value/value.h"

namespace stackc::types {

struct Type;

/// Types live in a TypeStore and are compared by structure; a pointer stays valid as long as its
/// store.
using TypeRef = const Type*;

enum class Kind : std::uint8_t {
  Any,  // free-form JSON (`x-kubernetes-preserve-unknown-fields` without properties)
  Bool,
  Int,  // 64-bit
  Number,
  String,  // with `values`: one of them
  IntOrString,
  List,
  Map,  // from strings
  Record,
  Poison,  // an error was reported already; everything accepts it and it accepts everything
};

/// A value that may be missing and never changes. It lies apart, as few of the many fields have
/// one; copies share it.
class SharedValue {
 public:
  SharedValue() = default;
  SharedValue(Value value)  // NOLINT: implicit on purpose
      : value_(std::make_shared<const Value>(std::move(value))) {}
  SharedValue(std::optional<Value> value) {  // NOLINT
    if (value) value_ = std::make_shared<const Value>(*std::move(value));
  }

  explicit operator bool() const { return value_ != nullptr; }
  const Value& operator*() const { return *value_; }
  const Value* operator->() const { return value_.get(); }
  /// Null if it is missing.
  const Value* get() const { return value_.get(); }

 private:
  std::shared_ptr<const Value> value_;
};

/// A field of a record.
struct Field {
  std::string name;
  TypeRef type = nullptr;
  bool required = false;  // neither `?` nor a default: must be given
  SharedValue default_value;
  SharedValue example;
  std::string doc;  // text of the `///` comment, without marks; empty in provider schemas
};

/// One type, of the language or of a provider schema; the same structure serves both, so that the
/// checker knows only one. Which members count depends on `kind`; the others are empty.
struct Type {
  Kind kind = Kind::Any;
  std::string name;  // as the author knows it (`scs.Flavor`); empty for what is written in place
  bool immutable =
      false;  // of a provider's object: set once, never changed (CEL rule `self == oldSelf`)

  // Int: the value. String: length in code points. List, Map: number of items. Inclusive.
  std::optional<std::int64_t> min;
  std::optional<std::int64_t> max;

  // String
  std::vector<std::string> values;  // an enumeration, in the order of declaration; empty: any text
  bool or_other_text =
      false;  // with `values`: those, or a text that fits the rules below (`scs.UUID | ""`)
  std::string pattern;  // RE2, unanchored; empty: none
  std::string
      format;  // an OpenAPI format of capi-contract.md section 2.2; empty: none. Also for Int

  // List, Map
  TypeRef element = nullptr;
  bool unique = false;                 // uniqueItems, or x-kubernetes-list-type: set
  std::vector<std::string> list_keys;  // x-kubernetes-list-map-keys

  // Record
  std::vector<Field> fields;  // in the order of declaration
  bool open = false;          // further fields are kept as they are
  std::vector<std::vector<std::string>>
      exactly_one_of;  // groups of field names of which exactly one is given
  std::vector<std::vector<std::string>> at_least_one_of;

  const Field* find(std::string_view field) const;
};

/// Owns types. Not for concurrent use.
class TypeStore {
 public:
  TypeStore();
  TypeStore(const TypeStore&) = delete;
  TypeStore& operator=(const TypeStore&) = delete;

  TypeRef add(Type type) {
    types_.push_front(std::move(type));
    return &types_.front();
  }
  TypeRef any() const { return any_; }
  TypeRef boolean() const { return boolean_; }
  TypeRef integer() const { return integer_; }
  TypeRef number() const { return number_; }
  TypeRef string() const { return string_; }
  TypeRef poison() const { return poison_; }
  TypeRef list_of(TypeRef element);
  TypeRef map_of(TypeRef element);

 private:
  // There are many, they never move, and all go at once.
  std::pmr::monotonic_buffer_resource memory_;
  std::pmr::forward_list<Type> types_{&memory_};
  TypeRef any_, boolean_, integer_, number_, string_, poison_;
};

/// How the author would write the type: `String`, `Int(0..)`, `"a" | "b"`, `[scs.UUID]`, `{name:
/// String, …}`.
std::string describe(const Type& type);

}  // namespace stackc::types
