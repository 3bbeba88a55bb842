#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stackc::schema {

/// A part of an action of a Go template (https://pkg.go.dev/text/template, section "Actions").
struct TemplateToken {
  enum class Kind : std::uint8_t {
    Word,    // a function, keyword or literal: `include`, `if`, `12`
    Path,    // `.`, `.Values.image`, `$`, `$.Values`, `$item.name`
    String,  // what stands between the quotes
    Open,
    Close,
    Pipe,
    Other,  // `:=`, `,`, and fields of what stands in parentheses
  };
  Kind kind;
  std::string_view text;
};

/// What stands between `{{` and `}}`. Comments are none.
struct TemplateAction {
  std::size_t begin = 0;  // of the `{{`, in bytes of the text
  std::vector<TemplateToken> tokens;
};

/// The actions of a template, as far as they are closed.
std::vector<TemplateAction> read_actions(std::string_view template_text);

/// The key of the YAML mapping under which a value stands that an action at `begin` prints with
/// `columns` of indentation, or directly behind a key; or empty.
std::string_view key_above(std::string_view template_text, std::size_t begin, std::size_t columns);

}  // namespace stackc::schema
