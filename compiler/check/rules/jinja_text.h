#pragma once

#include <string>
#include <string_view>

namespace stackc::check {

/// What in a text keeps Jinja from reading it, as the rest of a sentence that begins with the name
/// of the program ("`{#` begins a comment that does not end"); empty if nothing does. Only what is
/// certain: a mark that is never closed, expressions of another language, and a key of cloud-init
/// with dashes.
std::string jinja_mistake(std::string_view text);

}  // namespace stackc::check
