#include <cstddef>

#include "compiler/types/format_checks.h"

namespace stackc::types {

namespace {

bool is_visible(char c) {
  return (c >= '!' && c <= '~') || static_cast<unsigned char>(c) >= 0x80;
}
bool is_blank(char c) {
  return c == ' ' || c == '\t';
}
bool is_atom_character(char c) {
  constexpr std::string_view specials = "()<>[]:;@\\,\"";
  return is_visible(c) && specials.find(c) == std::string_view::npos;
}

/// Reads the grammar of RFC 5322 as far as Go's net/mail does. Each `take_` function consumes what
/// it names, or reports false; only `take_address` gives back what it consumed.
class Address {
 public:
  explicit Address(std::string_view text) : rest_(text) {}

  bool take_single() {
    std::size_t addresses = 0;
    return take_mailbox_or_group(addresses) && take_comments() && rest_.empty() && addresses == 1;
  }

 private:
  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  void skip_blanks() {
    while (!rest_.empty() && is_blank(rest_[0])) rest_.remove_prefix(1);
  }

  /// Blanks and nested comments; false if one is not closed.
  bool take_comments() {
    skip_blanks();
    while (take('(')) {
      std::size_t depth = 1;
      while (depth > 0) {
        if (rest_.empty()) return false;
        if (rest_[0] == '\\' && rest_.size() > 1) {
          rest_.remove_prefix(1);
        } else if (rest_[0] == '(') {
          ++depth;
        } else if (rest_[0] == ')') {
          --depth;
        }
        rest_.remove_prefix(1);
      }
      skip_blanks();
    }
    return true;
  }

  std::string_view take_atom() {
    std::size_t size = 0;
    while (size < rest_.size() && is_atom_character(rest_[size])) ++size;
    const std::string_view atom = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return atom;
  }

  bool take_dot_atom() {
    const std::string_view atom = take_atom();
    return !atom.empty() && !atom.starts_with('.') && !atom.ends_with('.') &&
           atom.find("..") == std::string_view::npos;
  }

  /// The opening quote is next; `empty` tells whether nothing was between the quotes.
  bool take_quoted(bool& empty) {
    std::size_t i = 1;
    for (; i < rest_.size() && rest_[i] != '"'; ++i) {
      if (rest_[i] == '\\') ++i;
      if (i >= rest_.size() || !(is_visible(rest_[i]) || is_blank(rest_[i]))) return false;
    }
    if (i >= rest_.size()) return false;
    empty = i == 1;
    rest_.remove_prefix(i + 1);
    return true;
  }

  bool take_domain_literal() {
    const std::size_t close = rest_.find(']');
    if (close == std::string_view::npos) return false;
    const std::string_view inside = rest_.substr(1, close - 1);
    rest_.remove_prefix(close + 1);
    return is_ipv4(inside, LeadingZeros::Refused) || is_ipv6(inside, LeadingZeros::Refused);
  }

  /// `local@domain`; consumes nothing if it is not one.
  bool take_address() {
    const std::string_view start = rest_;
    const auto take_parts = [this] {
      skip_blanks();
      bool empty = false;
      const bool local = rest_.starts_with('"') ? take_quoted(empty) && !empty : take_dot_atom();
      if (!local || !take('@')) return false;
      skip_blanks();
      return rest_.starts_with('[') ? take_domain_literal() : take_dot_atom();
    };
    if (take_parts()) return true;
    rest_ = start;
    return false;
  }

  /// Words before `<` or `:`; at least one.
  bool take_phrase() {
    for (bool any = false;; any = true) {
      if (any && !take_comments()) return false;
      skip_blanks();
      bool empty = false;
      const bool word = rest_.starts_with('"') ? take_quoted(empty) : !take_atom().empty();
      if (!word) return any;
    }
  }

  bool take_mailbox() {
    skip_blanks();
    if (take_address()) return take_comments();
    if (!rest_.starts_with('<') && !take_phrase()) return false;
    skip_blanks();
    return take_bracketed();
  }

  bool take_bracketed() { return take('<') && take_address() && take('>'); }

  bool take_mailbox_or_group(std::size_t& addresses) {
    skip_blanks();
    if (take_address()) {
      addresses = 1;
      return take_comments();
    }
    if (!rest_.starts_with('<') && !take_phrase()) return false;
    skip_blanks();
    if (take(':')) return take_group(addresses);
    addresses = 1;
    return take_bracketed();
  }

  bool take_group(std::size_t& addresses) {
    skip_blanks();
    if (take(';')) return take_comments();
    do {
      if (!take_mailbox() || !take_comments()) return false;
      ++addresses;
      if (take(';')) return take_comments();
    } while (take(','));
    return false;
  }

  std::string_view rest_;
};

}  // namespace

bool is_email(std::string_view text) {
  return Address(text).take_single();
}

}  // namespace stackc::types
