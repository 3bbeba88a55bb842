#include "compiler/types/validate.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "compiler/base/text.h"
#include "compiler/types/format.h"
#include "compiler/types/pattern.h"

namespace stackc::types {

namespace {

// JSON numbers beyond lose units as soon as a reader takes them for a double.
constexpr double max_exact_integer = 9007199254740991.0;

/// The value as the author could have written it, cut where a message would become unreadable.
std::string shown(const Value& value) {
  constexpr std::size_t limit = 60;
  std::string text = to_json(value);
  if (text.size() <= limit) return text;
  std::size_t end = limit;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
    --end;  // not inside a code point
  return text.substr(0, end) + "…";
}

/// One walk over a value. Depth follows the type, which the author's source or a schema bounds.
class Validation {
 public:
  std::vector<Mismatch> take() { return std::move(mismatches_); }

  void check(const Value& value, const Type& type, const std::string& path) {
    switch (type.kind) {
      case Kind::Any:
      case Kind::Poison:
        return;
      case Kind::Bool:
        if (value.if_bool() == nullptr) report_kind(value, type, path);
        return;
      case Kind::Int:
        return check_integer(value, type, path);
      case Kind::Number:
        if (value.if_int() == nullptr && value.if_number() == nullptr)
          report_kind(value, type, path);
        return;
      case Kind::String:
        return check_string(value, type, path);
      case Kind::IntOrString:
        if (const std::string* text = value.if_string()) return check_pattern(*text, type, path);
        return check_integer(value, type, path);
      case Kind::List:
        return check_list(value, type, path);
      case Kind::Map:
        return check_map(value, type, path);
      case Kind::Record:
        return check_record(value, type, path);
    }
  }

 private:
  template <typename... Arguments>
  void report(const std::string& path, fmt::format_string<Arguments...> message,
              Arguments&&... arguments) {
    mismatches_.push_back({path, fmt::format(message, std::forward<Arguments>(arguments)...)});
  }

  void report_kind(const Value& value, const Type& type, const std::string& path) {
    report(path, "expected `{}`, found {}", describe(type), kind_name(value));
  }

  void check_integer(const Value& value, const Type& type, const std::string& path) {
    const double* number = value.if_number();
    const bool whole = number != nullptr && std::fabs(*number) <= max_exact_integer &&
                       std::trunc(*number) == *number;
    if (value.if_int() == nullptr && !whole) return report_kind(value, type, path);
    const std::int64_t integer = whole ? static_cast<std::int64_t>(*number) : *value.if_int();
    if (type.format == "int32" && integer != static_cast<std::int32_t>(integer)) {
      report(path, "value {} does not fit 32 bits", integer);
    }
    if (type.min && integer < *type.min)
      report(path, "value {} is less than {}", integer, *type.min);
    if (type.max && integer > *type.max)
      report(path, "value {} is greater than {}", integer, *type.max);
  }

  void check_string(const Value& value, const Type& type, const std::string& path) {
    const std::string* text = value.if_string();
    if (text == nullptr) return report_kind(value, type, path);
    const bool listed = std::ranges::find(type.values, *text) != type.values.end();
    if (!type.values.empty() && !type.or_other_text && !listed) {
      report(path, "value `{}` is not one of {}", shown(value),
             quoted_list({type.values.begin(), type.values.end()}));
    }
    if (type.or_other_text && listed) return;
    check_size(count_code_points(*text), "character", type, path);
    check_pattern(*text, type, path);
    if (!type.format.empty() && !has_format(*text, type.format)) {
      report(path, "value `{}` has not the format `{}`", shown(value), type.format);
    }
  }

  void check_pattern(const std::string& text, const Type& type, const std::string& path) {
    if (!type.pattern.empty() && !matches_pattern(text, type.pattern)) {
      report(path, "value `{}` does not match the pattern `{}`", shown(Value(text)), type.pattern);
    }
  }

  void check_size(std::size_t size, std::string_view unit, const Type& type,
                  const std::string& path) {
    const auto count = static_cast<std::int64_t>(size);
    const std::string_view plural = count == 1 ? "" : "s";
    if (type.min && count < *type.min)
      report(path, "{} {}{}, at least {} required", count, unit, plural, *type.min);
    if (type.max && count > *type.max)
      report(path, "{} {}{}, at most {} allowed", count, unit, plural, *type.max);
  }

  void check_list(const Value& value, const Type& type, const std::string& path) {
    const List* items = value.if_list();
    if (items == nullptr) return report_kind(value, type, path);
    check_size(items->size(), "item", type, path);
    for (std::size_t i = 0; i < items->size(); ++i) {
      check((*items)[i], *type.element, item_path(path, i));
      for (std::size_t earlier = 0; earlier < i; ++earlier) {
        if (same_item((*items)[i], (*items)[earlier], type)) {
          report(item_path(path, i), "repeats item {}", earlier);
          break;
        }
      }
    }
  }

  /// Whether the list may not hold both: equal items of a set, or records with equal keys.
  static bool same_item(const Value& a, const Value& b, const Type& type) {
    if (type.unique && a == b) return true;
    const Record* first = a.if_record();
    const Record* second = b.if_record();
    if (type.list_keys.empty() || first == nullptr || second == nullptr) return false;
    return std::ranges::all_of(type.list_keys, [&](const std::string& key) {
      const Value* left = first->find(key);
      const Value* right = second->find(key);
      return left != nullptr && right != nullptr ? *left == *right : left == right;
    });
  }

  void check_map(const Value& value, const Type& type, const std::string& path) {
    const Record* entries = value.if_record();
    if (entries == nullptr) return report_kind(value, type, path);
    check_size(entries->size(), "item", type, path);
    for (const auto& [key, item] : *entries) check(item, *type.element, field_path(path, key));
  }

  void check_record(const Value& value, const Type& type, const std::string& path) {
    const Record* record = value.if_record();
    if (record == nullptr) return report_kind(value, type, path);
    for (const auto& [name, item] : *record) {
      if (const Field* field = type.find(name)) {
        check(item, *field->type, field_path(path, name));
      } else if (!type.open) {
        report_unknown(name, type, path);
      }
    }
    for (const Field& field : type.fields) {
      if (field.required && record->find(field.name) == nullptr)
        report(path, "field `{}` is missing", field.name);
    }
    check_groups(*record, type, path);
  }

  void report_unknown(const std::string& name, const Type& type, const std::string& path) {
    std::vector<std::string_view> names;
    for (const Field& field : type.fields) names.push_back(field.name);
    const std::string_view similar = nearest(name, names).name;
    report(field_path(path, name), "no field `{}` in `{}`{}", name, describe(type),
           similar.empty() ? "" : fmt::format("; did you mean `{}`?", similar));
  }

  void check_groups(const Record& record, const Type& type, const std::string& path) {
    const auto given = [&](const std::vector<std::string>& group) {
      return std::ranges::count_if(
          group, [&](const std::string& name) { return record.find(name) != nullptr; });
    };
    const auto names = [](const std::vector<std::string>& group) {
      return quoted_list({group.begin(), group.end()});
    };
    for (const auto& group : type.exactly_one_of) {
      if (given(group) != 1)
        report(path, "{} of {} given, exactly one required", given(group), names(group));
    }
    for (const auto& group : type.at_least_one_of) {
      if (given(group) == 0) report(path, "none of {} given, at least one required", names(group));
    }
  }

  std::vector<Mismatch> mismatches_;
};

}  // namespace

std::vector<Mismatch> validate(const Value& value, const Type& type) {
  Validation validation;
  validation.check(value, type, "");
  return validation.take();
}

std::string field_path(std::string_view path, std::string_view field) {
  return path.empty() ? std::string(field) : fmt::format("{}.{}", path, field);
}

std::string item_path(std::string_view path, std::size_t index) {
  return fmt::format("{}[{}]", path, index);
}

}  // namespace stackc::types
