#include "compiler/emit/yaml_writer.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "compiler/base/check.h"
#include "compiler/base/text.h"
#include "compiler/emit/yaml_string.h"

namespace stackc::emit {
namespace {

// Far beyond what the language lets an author nest; the reader of the result recurses as well.
constexpr std::size_t deepest_column = 2000;

// go-yaml and yaml-cpp look at most 1024 characters ahead for the colon after a key.
constexpr std::size_t longest_simple_key = 1000;

/// With a point, so that no reader takes it for an integer or (`1e3` in YAML 1.1) for a string.
std::string number_text(double number) {
  if (std::isnan(number)) return ".nan";
  if (std::isinf(number)) return number < 0 ? "-.inf" : ".inf";
  std::array<char, 32> buffer;
  const auto end = std::to_chars(buffer.begin(), buffer.end(), number).ptr;
  std::string text(buffer.begin(), end);
  if (text.find('.') == std::string::npos) {
    const std::size_t exponent = text.find('e');
    text.insert(exponent == std::string::npos ? text.size() : exponent, ".0");
  }
  return text;
}

/// Whether the value is written below its key rather than behind it.
bool has_entries(const Value& value) {
  const Record* record = value.if_record();
  const List* list = value.if_list();
  return (record && !record->empty()) || (list && !list->empty());
}

/// `YYYY-MM-DD`.
bool is_date(std::string_view text) {
  constexpr std::string_view shape = "0000-00-00";
  const auto fits = [](char c, char s) { return s == '0' ? c >= '0' && c <= '9' : c == s; };
  return std::ranges::equal(text, shape, fits);
}

/// Every function leaves the text at the start of a line.
class Writer {
 public:
  explicit Writer(YamlDates dates) : dates_(dates) {}

  std::string take() { return std::move(out_); }

  /// `column` is that of fields, of dashes, or of the lines of a literal block.
  void write_node(const Value& value, std::size_t column) {
    CHECK(column <= deepest_column, "the language bounds how deep values nest");
    if (!has_entries(value)) {
      write_leaf(value, column);
    } else if (const Record* record = value.if_record()) {
      write_fields(*record, column);
    } else {
      write_items(*value.if_list(), column);
    }
  }

  void write_field(const Record::Field& field, std::size_t column) {
    indent(column);
    write_key(field.name, column);
    out_ += has_entries(field.value) ? ":\n" : ": ";
    write_node(field.value, column + 2);
  }

 private:
  void write_fields(const Record& record, std::size_t column) {
    for (const Record::Field& field : record) write_field(field, column);
  }

  void write_key(std::string_view name, std::size_t column) {
    CHECK(find_invalid_utf8(name) == std::string::npos, "sources are valid UTF-8");
    const std::size_t start = out_.size();
    append_one_line(name, yaml_one_line_style(name), out_);
    if (out_.size() - start > longest_simple_key) {
      out_.insert(start, "? ") += '\n';
      indent(column);
    }
  }

  void write_items(const List& list, std::size_t column) {
    for (const Value& item : list) {
      indent(column);
      out_ += "- ";
      write_node(item, column + 2);
    }
  }

  void write_leaf(const Value& value, std::size_t column) {
    if (const std::string* text = value.if_string()) {
      CHECK(find_invalid_utf8(*text) == std::string::npos, "sources are valid UTF-8");
      if (write_text(*text, column) == YamlStyle::Literal) return;
    } else if (const bool* flag = value.if_bool()) {
      out_ += *flag ? "true" : "false";
    } else if (const std::int64_t* integer = value.if_int()) {
      out_ += fmt::format("{}", *integer);
    } else if (const double* number = value.if_number()) {
      out_ += number_text(*number);
    } else if (value.if_record()) {
      out_ += "{}";
    } else if (value.if_list()) {
      out_ += "[]";
    } else {
      out_ += "null";
    }
    out_ += '\n';
  }

  YamlStyle write_text(std::string_view text, std::size_t column) {
    const bool is_plain_date = dates_ == YamlDates::Plain && is_date(text);
    const YamlStyle style = is_plain_date ? YamlStyle::Plain : yaml_style(text);
    if (style == YamlStyle::Literal) {
      out_ += yaml_literal(text, column);
    } else {
      append_one_line(text, style, out_);
    }
    return style;
  }

  /// Does nothing behind a dash: the first field or item stands on the same line.
  void indent(std::size_t column) {
    if (out_.empty() || out_.back() == '\n') out_.append(column, ' ');
  }

  YamlDates dates_;
  std::string out_;
};

std::string comment_lines(std::string_view comment) {
  std::string out;
  while (!comment.empty()) {
    const std::string_view line = comment.substr(0, comment.find('\n'));
    out += line.empty() ? "#" : "# " + yaml_escaped(line);
    out += '\n';
    comment.remove_prefix(std::min(comment.size(), line.size() + 1));
  }
  return out;
}

}  // namespace

std::string write_yaml(const Value& value, const YamlOptions& options) {
  CHECK(find_invalid_utf8(options.comment) == std::string::npos, "sources are valid UTF-8");
  Writer writer(options.dates);
  // The lines of a literal block are indented even where nothing holds it.
  writer.write_node(value, value.if_string() ? 2 : 0);
  return comment_lines(options.comment) + writer.take();
}

std::string write_yaml_field(const Record::Field& field, std::size_t column) {
  Writer writer(YamlDates::Quoted);
  writer.write_field(field, column);
  return writer.take();
}

}  // namespace stackc::emit
