#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/value/value.h"

namespace stackc::schema {

/// What a chart says about one of its values in other places than its defaults.
struct ValueUse {
  bool whole = false;        // the value itself is read, and so perhaps any field of it
  bool quoted = false;       // it is printed between quotes, and so no record and no list
  bool has_schema = false;   // a JSON Schema says what this value and those below it may be
  bool any_kind = false;     // a template asks what kind of value it is
  bool is_template = false;  // `tpl` reads it, which takes a text
  std::string refusal;       // what a template says that fails if the value is there
  // Keys of YAML under which templates print the value as it is, as in `tolerations`.
  std::set<std::string, std::less<>> printed_as;
  std::map<std::string, ValueUse, std::less<>> fields;
  std::size_t depth = 0;  // of this value below the ones of a chart, or below `.` of a template

  /// That of a field, which is made if it is not there. What lies deeper than any chart has values
  /// is not told apart from what is around it, so that the tree can be walked by recursion.
  ValueUse& field(const std::string& name);
};

/// Finds what the templates of a chart and its subcharts read: paths such as `.Values.image.tag`,
/// `index .Values "image" "tag"`, and what a named template or a `with` reads of the value that it
/// is given.
class TemplateUses {
 public:
  /// Reads the text of one template file, whose `.Values` are `values`. These must outlive this.
  void add(std::string_view template_text, ValueUse& values);

  /// Adds what the named templates read to the values that they are called with. To be called
  /// once, when all texts have been read.
  void finish();

 private:
  friend class TemplateText;

  struct Call {
    ValueUse* with;
    std::string name;
  };
  struct Named {
    ValueUse dot;
    std::vector<Call> calls;  // with parts of `dot`
    bool is_open = false;     // its own calls are being added
    bool is_done = false;
  };

  void add_call(const Call& call, std::size_t depth);
  bool complete(Named& named, std::size_t depth);

  std::map<std::string, Named, std::less<>> named_;
  std::vector<Call> calls_;      // by templates that are not named
  std::size_t added_ = 0;        // values
  std::size_t looked_back_ = 0;  // bytes, for the keys under which values are printed
};

/// Adds one path such as `metrics.enabled`, as the condition of a dependency names it.
void add_path(std::string_view path, ValueUse& values);

/// Adds the fields that a JSON Schema (in the form of JsonSchema) names anywhere. Read as a whole
/// is what it leaves open on purpose: an object without properties, and one with a schema for
/// additional ones.
void add_schema_fields(const Value& schema, ValueUse& values);

}  // namespace stackc::schema
