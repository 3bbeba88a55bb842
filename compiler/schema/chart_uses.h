#pragma once

#include <map>
#include <string>
#include <string_view>

namespace stackc::schema {

/// What the templates of a chart read from one of its values.
struct ValueUse {
  bool whole = false;  // the value itself is read, and so perhaps any field of it
  std::map<std::string, ValueUse, std::less<>> fields;
};

/// Adds what a template text reads: paths such as `.Values.image.tag`, and `index .Values "image"
/// "tag"`.
void add_uses(std::string_view template_text, ValueUse& values);

}  // namespace stackc::schema
