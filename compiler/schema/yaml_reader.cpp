#include "compiler/schema/yaml_reader.h"

#include <fmt/core.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <charconv>
#include <sstream>
#include <string>

#include "compiler/base/text.h"
#include "compiler/schema/yaml_tree.h"

namespace stackc::schema {
namespace {

/// Turns yaml-cpp's marks, which count bytes from 0, into positions. Marks lie close to each other,
/// so counting from the last one looks at each byte of a long line about once.
class Ruler {
 public:
  explicit Ruler(std::string_view text) : text_(text), line_starts_{0} {
    for (std::size_t end = text.find('\n'); end != text.npos; end = text.find('\n', end + 1)) {
      line_starts_.push_back(end + 1);
    }
  }

  YamlPosition at(const YAML::Mark& mark) {
    const std::size_t line = std::min(count(mark.line), line_starts_.size() - 1);
    const std::size_t offset = std::min(line_starts_[line] + count(mark.column), text_.size());
    if (line != line_) {
      line_ = line;
      offset_ = line_starts_[line];
      column_ = 0;
    }
    const auto [from, to] = std::minmax(offset, offset_);
    const std::size_t step = count_code_points(text_.substr(from, to - from));
    column_ = offset < offset_ ? column_ - step : column_ + step;
    offset_ = offset;
    return {static_cast<std::uint32_t>(line + 1), static_cast<std::uint32_t>(column_ + 1)};
  }

  /// The text from the last position on.
  std::string_view rest() const { return text_.substr(offset_); }

 private:
  static std::size_t count(int number) { return static_cast<std::size_t>(std::max(number, 0)); }

  std::string_view text_;
  std::vector<std::size_t> line_starts_;
  std::size_t line_ = 0;
  std::size_t offset_ = 0;
  std::size_t column_ = 0;  // of the offset, in code points from 0
};

/// Whether a text in quotes, with which `text` begins, has an end. yaml-cpp takes the end of the
/// input for one.
bool is_closed(std::string_view text) {
  const char quote = text.front();
  for (std::size_t i = 1; i < text.size(); ++i) {
    const bool is_doubled = quote == '\'' && text.substr(i, 2) == "''";
    if (is_doubled || (quote == '"' && text[i] == '\\')) {
      ++i;
    } else if (text[i] == quote) {
      return true;
    }
  }
  return false;
}

/// Passes yaml-cpp's events on, with positions. Throws yaml-cpp's exception to stop it at an error
/// of the tree.
class Events : public YAML::EventHandler {
 public:
  Events(std::string_view text, const YamlLimits& limits) : ruler(text), tree(limits) {}

  // yaml-cpp takes what does not fit the document so far for the start of another one.
  void OnDocumentStart(const YAML::Mark& mark) override {
    const YamlPosition at = ruler.at(mark);
    if (!first_ && !ruler.rest().starts_with("---")) {
      tree.fail(at, "not part of the document before it, and no `---` starts another one");
    }
    first_ = false;
    stop_at_error();
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    tree.scalar({ruler.at(mark), anchor, "?"}, "");
    stop_at_error();
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    tree.alias({ruler.at(mark), anchor, {}});
    stop_at_error();
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& text) override {
    const YamlPosition at = ruler.at(mark);
    const std::string_view rest = ruler.rest();
    if ((rest.starts_with('"') || rest.starts_with('\'')) && !is_closed(rest))
      tree.fail(at, "these quotes are never closed");
    tree.scalar({at, anchor, tag}, text);
    stop_at_error();
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    tree.start_list({ruler.at(mark), anchor, tag});
    stop_at_error();
  }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    tree.start_record({ruler.at(mark), anchor, tag});
    stop_at_error();
  }
  void OnSequenceEnd() override { end(); }
  void OnMapEnd() override { end(); }

  Ruler ruler;
  YamlTree tree;

 private:
  void end() {
    tree.end();
    stop_at_error();
  }
  void stop_at_error() const {
    if (tree.error()) throw YAML::Exception(YAML::Mark::null_mark(), "");
  }

  bool first_ = true;
};

Error error_at(YamlPosition at, std::string_view why) {
  return {fmt::format("line {}, column {}: {}", at.line, at.column, why)};
}

// yaml-cpp guesses other encodings from zero bytes and replaces what is not valid; Kubernetes'
// reader refuses both.
std::optional<Error> find_bad_byte(std::string_view text) {
  const auto is_control = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7f;
  };
  const auto control = std::ranges::find_if(text, is_control);
  const auto at =
      std::min(static_cast<std::size_t>(control - text.begin()), find_invalid_utf8(text));
  if (at >= text.size()) return std::nullopt;
  const std::string_view before = text.substr(0, at);
  const auto line = static_cast<std::uint32_t>(std::ranges::count(before, '\n') + 1);
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  const auto column = static_cast<std::uint32_t>(count_code_points(before.substr(line_start)) + 1);
  const bool control_first = static_cast<std::size_t>(control - text.begin()) == at;
  return error_at({line, column}, control_first ? "a control character" : "not valid UTF-8");
}

constexpr std::size_t nowhere = std::string_view::npos;

/// A child of a value, and how much of a path leads to it.
struct Step {
  std::size_t index = nowhere;
  std::size_t length = 0;
};

Step item_step(const List& list, std::string_view path) {
  std::size_t index = 0;
  const auto [end, status] = std::from_chars(path.begin() + 1, path.end(), index);
  const bool found = status == std::errc() && end != path.end() && *end == ']';
  if (!found || index >= list.size()) return {};
  return {index, static_cast<std::size_t>(end - path.begin()) + 1};
}

// Names may hold dots and brackets themselves: the longest one that fits is meant.
Step field_step(const Record& record, std::string_view path) {
  const std::size_t dot = path.starts_with('.') ? 1 : 0;
  Step best;
  std::size_t index = 0;
  for (const Record::Field& field : record) {
    const std::string_view rest = path.substr(dot);
    const std::size_t size = field.name.size();
    const bool ends =
        rest.size() == size || (rest.size() > size && (rest[size] == '.' || rest[size] == '['));
    if (ends && rest.starts_with(field.name) && size + dot > best.length)
      best = {index, size + dot};
    ++index;
  }
  return best;
}

Step next_step(const Value& value, std::string_view path) {
  if (const List* list = value.if_list())
    return path.starts_with('[') ? item_step(*list, path) : Step();
  if (const Record* record = value.if_record()) return field_step(*record, path);
  return {};
}

const Value& child_at(const Value& value, std::size_t index) {
  if (const List* list = value.if_list()) return (*list)[index];
  return (value.if_record()->begin() + static_cast<std::ptrdiff_t>(index))->value;
}

}  // namespace

Result<std::vector<YamlDocument>> read_located_yaml(std::string_view text,
                                                    const YamlLimits& limits) {
  if (text.size() > limits.bytes) {
    return Error{fmt::format("larger than {} bytes", limits.bytes)};
  }
  if (auto bad = find_bad_byte(text)) return *bad;
  const auto is_mark = [](char c) { return c == '[' || c == '{' || c == ','; };
  if (static_cast<std::size_t>(std::ranges::count_if(text, is_mark)) > limits.marks)
    return Error{fmt::format("more than {} brackets and commas", limits.marks)};
  Events events(text, limits);
  std::vector<YamlDocument> documents;
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(events)) {
      YamlDocument document = events.tree.take_document();
      if (!document.value.is_null()) documents.push_back(std::move(document));
    }
  } catch (const YAML::Exception& problem) {
    if (events.tree.error()) return *events.tree.error();
    return error_at(events.ruler.at(problem.mark), problem.msg);
  }
  return documents;
}

Result<Value> read_yaml(std::string_view text, const YamlLimits& limits) {
  auto documents = read_located_yaml(text, limits);
  if (!documents) return documents.error();
  if (documents->empty()) return Value();
  if (documents->size() > 1) {
    return error_at((*documents)[1].where.value, "a second document, where one is expected");
  }
  return std::move(documents->front().value);
}

YamlMistake mistake_of(const Error& error) {
  YamlMistake mistake{{}, error.text};
  std::string_view rest = error.text;
  const auto take = [&](std::string_view word, std::uint32_t& number) {
    if (!rest.starts_with(word)) return false;
    rest.remove_prefix(word.size());
    const auto [end, status] = std::from_chars(rest.begin(), rest.end(), number);
    rest.remove_prefix(static_cast<std::size_t>(end - rest.begin()));
    return status == std::errc();
  };
  YamlPosition at;
  if (take("line ", at.line) && take(", column ", at.column) && rest.starts_with(": "))
    mistake = {at, std::string(rest.substr(2))};
  return mistake;
}

const Located& locate(const YamlDocument& document, std::string_view path) {
  const Value* value = &document.value;
  const Located* where = &document.where;
  while (!path.empty()) {
    const Step step = next_step(*value, path);
    if (step.index == nowhere) break;
    value = &child_at(*value, step.index);
    where = &where->children[step.index];
    path.remove_prefix(step.length);
  }
  return *where;
}

}  // namespace stackc::schema
