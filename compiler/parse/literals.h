#pragma once

#include <string>
#include <string_view>

#include "compiler/parse/reports.h"

namespace stackc::parse {

/// Text of a string up to its closing quote, the `${` of an interpolation, or (an error, not
/// reported here) its line end.
struct StringPiece {
  enum class Stop : std::uint8_t { Quote, Interpolation, LineEnd };
  Stop stop;
  std::size_t end;      // behind the quote or the `${`
  std::string text;     // escapes resolved
  bool broken = false;  // an escape was reported
};

StringPiece read_string_piece(std::string_view source, std::size_t begin, source::FileId file,
                              Reports& reports);

/// A text block from its opening `"""`.
struct TextBlock {
  std::size_t end;
  std::string text;
  bool broken = false;
};

TextBlock read_text_block(std::string_view source, std::size_t begin, source::FileId file,
                          Reports& reports);

}  // namespace stackc::parse
