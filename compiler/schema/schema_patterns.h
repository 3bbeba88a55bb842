#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace stackc::schema {

/// The regular expressions of one JSON Schema document, in the dialect that Helm takes (RE2) and
/// linear in time on every text. Compiling one can cost a thousand times its length, so that their
/// number of instructions is bounded.
class SchemaPatterns {
 public:
  /// False for what is no regular expression of that dialect, and beyond the bound.
  bool admit(const std::string& pattern);
  /// Whether an admitted pattern occurs in the text.
  bool occurs(const std::string& pattern, std::string_view text) const;

 private:
  std::map<std::string, std::shared_ptr<const re2::RE2>, std::less<>>
      compiled_;  // null: not admitted
  int work_ = 0;  // instructions
};

}  // namespace stackc::schema
