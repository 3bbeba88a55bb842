#pragma once

#include <map>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "compiler/ir/constant_value.h"
#include "compiler/ir/expr.h"

/// Makes core expressions. Each function computes what is already known, so that a Constant comes
/// out wherever the parts are constants; types and stages follow from the parts.
namespace stackc::check {

class ExprBuilder {
 public:
  ExprBuilder(ir::ExprStore& exprs, types::TypeStore& types) : exprs_(exprs), types_(types) {}

  ir::ExprRef constant(Value scalar, source::Span span);
  ir::ExprRef poison(source::Span span);
  ir::ExprRef node(ir::Expr::Node node, types::TypeRef type, ir::Stage stage, source::Span span);
  /// The same value, seen with another type.
  ir::ExprRef with_type(ir::ExprRef expr, types::TypeRef type);
  /// The same value, read at `use`: what is wrong with it as a whole is wrong there. Its parts keep
  /// their places.
  ir::ExprRef used_at(ir::ExprRef expr, source::Span use);
  /// Where the value of used_at() was written.
  std::optional<source::Span> origin(ir::ExprRef expr) const;
  /// The same for a value that is that of used_at() as it is, not a text that begins with it.
  std::optional<source::Span> whole_origin(ir::ExprRef expr) const;
  /// The facts of a Kubernetes line are data: what does not fit is wrong there, not where it is
  /// read.
  void set_facts(std::optional<source::Span> facts) { facts_ = facts; }
  const std::optional<source::Span>& facts() const { return facts_; }
  bool is_fact(source::Span place) const {
    return facts_ && facts_->file == place.file && facts_->begin <= place.begin &&
           place.end <= facts_->end;
  }
  /// A value that does not fit where it is used: where the first such use is, so that it can be
  /// told together with those of the same reason. The origin of a variable is no place.
  source::Span first_misfit(source::Span origin, const std::string& reason, source::Span use) {
    return misfits_.try_emplace({origin, reason}, use).first->second;
  }
  /// The next stack has variables of its own, whatever they are called.
  void forget_misfits_of_variables() {
    std::erase_if(misfits_, [](const auto& one) { return one.first.first == source::Span{}; });
  }
  /// Whether a text begins with, or is as a whole, what origin() names.
  bool begins_elsewhere(ir::ExprRef text) const { return !continued_.contains(text); }
  /// What the doc comment of a declared type says, for reports about values that do not fit it.
  void describe_type(std::string name, std::string doc) {
    type_docs_.insert_or_assign(std::move(name), std::move(doc));
  }
  std::string doc_of_type(const std::string& name) const {
    const auto found = type_docs_.find(name);
    return found == type_docs_.end() ? "" : found->second;
  }

  ir::ExprRef negation(ir::ExprRef operand, source::Span span);
  ir::ExprRef both(ir::ExprRef left, ir::ExprRef right, source::Span span);
  ir::ExprRef either(ir::ExprRef left, ir::ExprRef right, source::Span span);
  ir::ExprRef present(ir::ExprRef operand, source::Span span);
  ir::ExprRef compare(ir::Compare::Op op, ir::ExprRef left, ir::ExprRef right, source::Span span);
  ir::ExprRef concat(std::vector<ir::ExprRef> parts, source::Span span);
  ir::ExprRef conditional(ir::ExprRef condition, ir::ExprRef then, ir::ExprRef otherwise,
                          source::Span span);
  ir::ExprRef match(ir::Match choice, source::Span span);
  ir::ExprRef list(std::vector<ir::ListLiteral::Item> items, source::Span span);
  ir::ExprRef record(std::vector<ir::RecordLiteral::Entry> entries, source::Span span);
  /// A value known as a whole, as literals.
  ir::ExprRef value(const Value& value, source::Span span);

  ir::ExprStore& exprs() { return exprs_; }
  types::TypeStore& types() { return types_; }

 private:
  types::TypeRef type_of(const Value& scalar);
  ir::ExprRef logic(ir::Logic::Op op, ir::ExprRef left, ir::ExprRef right, source::Span span);

  ir::ExprStore& exprs_;
  types::TypeStore& types_;
  std::unordered_map<ir::ExprRef, source::Span> origins_;
  std::unordered_set<ir::ExprRef> longer_;     // texts of which their origin is a part
  std::unordered_set<ir::ExprRef> continued_;  // texts that begin otherwise than at their origin
  std::optional<source::Span> facts_;
  std::unordered_map<std::string, std::string> type_docs_;
  std::map<std::pair<source::Span, std::string>, source::Span> misfits_;
  std::unordered_map<std::string_view, types::TypeRef> text_types_;  // of exactly that text
};

/// Null condition: always. True, false or unknown for a constant or any other condition.
std::optional<bool> known(ir::ExprRef condition);

/// What a function gives for constant arguments; nothing if one is not constant.
std::optional<Value> fold_call(ir::Function function, const std::vector<ir::ExprRef>& arguments);

/// The smallest type that holds all of them, of which there is one at least; Any if they are of
/// different kinds.
types::TypeRef common_type(const std::vector<types::TypeRef>& types_of_all,
                           types::TypeStore& types);

/// The most characters that a text of the type can have; nothing if it has no limit.
std::optional<std::int64_t> longest_text(const types::Type& text);

/// The most characters that a scalar can have where it is a part of a text; nothing if it has no
/// limit.
std::optional<std::int64_t> longest_in_text(const types::Type& part);

/// The type of exactly this scalar.
types::Type singleton(const Value& scalar);

}  // namespace stackc::check
