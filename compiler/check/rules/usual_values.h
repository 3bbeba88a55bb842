#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "compiler/check/expr_builder.h"
#include "compiler/diag/sink.h"
#include "compiler/ir/stack.h"

namespace stackc::check {

/// Where the values of a variable are written.
struct VariablePlaces {
  std::optional<source::Span> default_value;
  std::vector<source::Span> examples;  // like those of ir::ClusterVariable
};
using PlacesOfVariables = std::map<std::string, VariablePlaces, std::less<>>;

/// A text that clusters are known to get at some place of a template.
struct UsualText {
  const std::string& text;
  std::string path;      // of the place
  source::Span written;  // where the definition says it
  source::Span used;     // where the template takes it, which may be the same
  bool is_made;          // of a variable, and written nowhere as it is
};

/// A value that clusters are known to get.
struct UsualValue {
  const Value& value;
  source::Span written;  // where the definition says it
};

/// What the values in a template are known to come to: a constant by itself; of a variable, of a
/// list that is made of one alone, and of a text that is made of some, what their defaults and
/// examples give, one of them changed at a time. Of a record without either, those of its fields
/// count. A variable that is used under conditions is left out, unless they ask for nothing but
/// whether it is there: which values they let through is open.
class UsualValues {
 public:
  UsualValues(const ir::Template& source, const std::vector<ir::ClusterVariable>& variables,
              const PlacesOfVariables& places, const ExprBuilder& build);

  void for_each(ir::ExprRef value, const std::function<void(const UsualValue&)>& visit) const;
  /// Those that are texts, and the texts in those that are lists or records.
  void for_each_text(ir::ExprRef value, const std::string& path,
                     const std::function<void(const UsualText&)>& visit) const;

 private:
  void find_conditional(ir::ExprRef value, std::vector<ir::ExprRef>& conditions);
  void find_conditional(ir::ExprRef value, std::vector<ir::ExprRef>& conditions,
                        ir::ExprRef condition);

  void for_each_made(ir::ExprRef value, const std::function<void(const UsualValue&)>& visit) const;
  /// Whether so many more values may be looked at: many examples may have many uses.
  bool affords(std::int64_t cost) const;
  /// Where variables are read; none if something else is that is not known here.
  std::vector<ir::ExprRef> uses_of_variables(ir::ExprRef value) const;

  /// A value of a variable, and where the definition says it.
  struct Given {
    const ir::ClusterVariable* variable;
    Value value;
    source::Span place;
    bool is_example = false;
  };
  /// Those that the uses of the variable let through, the default first.
  std::vector<Given> given_values(const std::string& name,
                                  const std::vector<ir::ExprRef>& uses) const;
  std::optional<Value> made_of(ir::ExprRef value, const std::vector<const Given*>& chosen) const;

  const std::vector<ir::ClusterVariable>& variables_;
  const PlacesOfVariables& places_;
  const ExprBuilder& build_;
  std::unordered_set<ir::ExprRef> conditional_;   // uses of variables
  mutable std::int64_t values_left_ = 1'000'000;  // that variables give
};

}  // namespace stackc::check
