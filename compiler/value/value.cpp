#include "compiler/value/value.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace stackc {

Record::Record(std::initializer_list<Field> fields) : fields_(fields) {}

const Value* Record::find(std::string_view name) const {
  const auto field = std::ranges::find(fields_, name, &Field::name);
  return field == fields_.end() ? nullptr : &field->value;
}

Value* Record::find(std::string_view name) {
  const auto field = std::ranges::find(fields_, name, &Field::name);
  return field == fields_.end() ? nullptr : &field->value;
}

void Record::set(std::string name, Value value) {
  if (Value* existing = find(name)) {
    *existing = std::move(value);
  } else {
    append_new(std::move(name), std::move(value));
  }
}

void Record::append_new(std::string name, Value value) {
  if (fields_.empty()) fields_.reserve(4);  // most have more than one
  fields_.push_back({std::move(name), std::move(value)});
}

void Record::remove(std::string_view name) {
  std::erase_if(fields_, [&](const Field& field) { return field.name == name; });
}

namespace {

bool same_record(const Record& a, const Record& b) {
  return a.size() == b.size() && std::ranges::all_of(a, [&](const Record::Field& field) {
           const Value* other = b.find(field.name);
           return other != nullptr && *other == field.value;
         });
}

void print_string(std::string_view text, std::string& out) {
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\r':
        out += "\\r";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

/// As Go's encoding/json prints it, so that texts compare: the shortest digits that give the number
/// back, padded with zeros if it is large, with an exponent from 1e21 on and below 1e-6.
void print_number(double number, std::string& out) {
  if (!std::isfinite(number)) {
    out += "null";
    return;
  }
  std::array<char, 64> buffer;
  const auto text = [&](std::chars_format format) {
    return std::string_view(buffer.data(),
                            std::to_chars(buffer.begin(), buffer.end(), number, format).ptr);
  };
  constexpr double all_digits_are_exact = 1e15;
  const double size = std::fabs(number);
  if (size == 0 || (size >= 1e-6 && size < all_digits_are_exact)) {
    out += text(std::chars_format::fixed);
    return;
  }
  const std::string_view shortest = text(std::chars_format::scientific);
  const std::size_t e = shortest.find('e');
  if (size >= 1e21 || size < 1e-6) {
    const bool padded = shortest[e + 2] == '0';  // `e-07`, which Go shortens
    out.append(shortest.substr(0, e + 2)).append(shortest.substr(e + (padded ? 3 : 2)));
    return;
  }
  int exponent = 0;
  std::from_chars(shortest.data() + e + 2, shortest.data() + shortest.size(), exponent);
  std::string digits(shortest.substr(0, e));
  std::erase(digits, '.');
  const std::size_t whole = static_cast<std::size_t>(exponent) + 1 + (number < 0 ? 1 : 0);
  if (digits.size() < whole) digits.append(whole - digits.size(), '0');
  out.append(digits, 0, whole);
  if (digits.size() > whole) out.append(".").append(digits, whole);
}

void print(const Value& value, std::string& out);

struct Printer {
  std::string& out;
  void operator()(std::monostate) const { out += "null"; }
  void operator()(bool value) const { out += value ? "true" : "false"; }
  void operator()(std::int64_t value) const { out += fmt::format("{}", value); }
  void operator()(double value) const { print_number(value, out); }
  void operator()(const std::string& value) const { print_string(value, out); }
  void operator()(const List& items) const {
    out += '[';
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i > 0) out += ',';
      print(items[i], out);
    }
    out += ']';
  }
  void operator()(const Record& record) const {
    out += '{';
    bool first = true;
    for (const auto& [name, value] : record) {
      if (!first) out += ',';
      first = false;
      print_string(name, out);
      out += ':';
      print(value, out);
    }
    out += '}';
  }
};

void print(const Value& value, std::string& out) {
  std::visit(Printer{out}, value.state());
}

}  // namespace

bool operator==(const Value& a, const Value& b) {
  if (a.state_.index() == b.state_.index()) {
    if (const Record* record = a.if_record()) return same_record(*record, *b.if_record());
    if (const List* list = a.if_list()) return *list == *b.if_list();
    if (const std::string* text = a.if_string()) return *text == *b.if_string();
    if (const std::int64_t* integer = a.if_int()) return *integer == *b.if_int();
    if (const double* number = a.if_number()) return *number == *b.if_number();
    if (const bool* flag = a.if_bool()) return *flag == *b.if_bool();
    return true;
  }
  if (a.if_int() && b.if_number()) return static_cast<double>(*a.if_int()) == *b.if_number();
  if (a.if_number() && b.if_int()) return *a.if_number() == static_cast<double>(*b.if_int());
  return false;
}

std::string text_at(const Record& record, std::string_view name) {
  const Value* value = record.find(name);
  return value && value->if_string() ? *value->if_string() : "";
}

std::string text_at(const Value& value, std::initializer_list<std::string_view> path) {
  const Value* at = &value;
  for (const std::string_view name : path) {
    const Record* record = at ? at->if_record() : nullptr;
    at = record ? record->find(name) : nullptr;
  }
  return at && at->if_string() ? *at->if_string() : "";
}

std::string to_json(const Value& value) {
  std::string out;
  print(value, out);
  return out;
}

std::string_view kind_name(const Value& value) {
  constexpr std::array<std::string_view, 7> names{"null",     "a boolean", "an integer", "a number",
                                                  "a string", "a list",    "a record"};
  return names.at(value.state().index());
}

}  // namespace stackc
