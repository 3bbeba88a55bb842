#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stackc::schema {

/// Reads one line of a compact schema from left to right. After the first failure nothing more is
/// taken.
class SchemaLine {
 public:
  SchemaLine() = default;
  explicit SchemaLine(std::string_view rest) : rest_(rest) {}

  /// Takes the text if it comes next.
  bool take(std::string_view text);
  /// The same, and a failure if it does not.
  void expect(std::string_view text);
  /// A plain or quoted name; a view of nothing after a failure.
  std::string name();
  /// A run of name characters; empty if there is none.
  std::string_view word();
  /// A JSON string.
  std::string quoted();
  /// `("a", "b")`.
  std::vector<std::string> names();
  struct Range {
    std::optional<std::int64_t> min;
    std::optional<std::int64_t> max;
  };
  /// `(1..63)`; open at both ends if no `(` comes next.
  Range range();

  std::string_view rest() const { return rest_; }
  bool at_end() const { return rest_.empty(); }
  bool failed() const { return !failure_.empty(); }
  const std::string& failure() const { return failure_; }
  void fail(std::string why);

 private:
  std::optional<std::int64_t> bound();

  std::string_view rest_;
  std::string failure_;
};

}  // namespace stackc::schema
