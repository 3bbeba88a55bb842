#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/check/conform.h"

namespace stackc::check {

/// One run of conform(). A report stands at the part that does not fit; what holds it is poison.
class Conformer {
 public:
  Conformer(ir::ExprRef whole, ExprBuilder& build, diag::Sink& sink)
      : build_(build), sink_(sink), use_(whole->span) {}

  ir::ExprRef visit(ir::ExprRef found, types::TypeRef expected);

 private:
  using Entries = std::vector<const ir::RecordLiteral::Entry*>;

  // conform.cpp
  ir::ExprRef fitted(ir::ExprRef found, types::TypeRef expected);
  ir::ExprRef scalar(ir::ExprRef found, const Value& value, const types::Type& expected);
  ir::ExprRef match_arms(ir::ExprRef found, const ir::Match& match, types::TypeRef expected);
  /// `others` have the same mistake.
  ir::ExprRef mismatch(ir::ExprRef found, const types::Type& expected,
                       const std::vector<ir::ExprRef>& others = {});
  /// A pattern says to a machine what the doc comment says to people.
  void explain_type(diag::ReportBuilder& report, const types::Type& expected) const;
  bool written_here(ir::ExprRef found) const;
  /// What was probably meant by a text that is not of its type.
  void suggest_text(diag::ReportBuilder& report, ir::ExprRef found, std::string_view text,
                    const types::Type& expected) const;
  /// What another file holds is blamed where the author's file uses it.
  source::Span place_of(source::Span written) const;
  /// The place of a record or list whose parts are wrong: there they can be put right.
  source::Span literal_place(ir::ExprRef literal) const;
  /// Where the facts of the Kubernetes line say what a value is, or begins with.
  std::optional<source::Span> fact_of(ir::ExprRef found) const;
  /// The variable that a value is or that a loop takes it from, as path_of() names it; empty for
  /// everything else.
  std::string declared_path(ir::ExprRef found) const;
  /// Labels a report about `found` with the place where its value was written, if that is another.
  void label_origin(diag::ReportBuilder& report, ir::ExprRef found) const;
  /// A value that is checked for several lines, branches or calls is wrong once: what the first of
  /// them expected is told.
  bool is_told(source::Span part) const { return sink_.has_error_at(place_of(part)); }

  // conform_records.cpp
  ir::ExprRef record_literal(ir::ExprRef found, const ir::RecordLiteral& literal,
                             const types::Type& expected);
  /// The record with other values, without those that are null, and with broken ones for what is
  /// missing.
  ir::ExprRef rebuilt(ir::ExprRef found, const ir::RecordLiteral& literal,
                      const std::vector<ir::ExprRef>& values,
                      const std::vector<std::string>& missing);
  void check_entries(ir::ExprRef found, const ir::RecordLiteral& literal,
                     const types::Type& expected);
  /// Each that is nearly like a field by itself. Others that follow one another belong elsewhere
  /// together, which is one mistake.
  void unknown_fields(ir::ExprRef found, const ir::RecordLiteral& literal, const Entries& unknown,
                      const types::Type& expected);
  void misplaced_fields(ir::ExprRef found, const ir::RecordLiteral& literal,
                        const Entries& together, const types::Type& expected);
  /// The required fields that are not there, and are told.
  std::vector<std::string> check_presence(ir::ExprRef found, const ir::RecordLiteral& literal,
                                          const types::Type& expected);
  void check_one_of(ir::ExprRef found, const ir::RecordLiteral& literal,
                    const std::vector<std::string>& group, bool at_most_one);

  // conform_lists.cpp
  ir::ExprRef list_literal(ir::ExprRef found, const ir::ListLiteral& literal,
                           const types::Type& expected);
  void check_size(ir::ExprRef found, const types::Type& expected);
  /// A list that holds something under conditions only.
  void check_not_empty(ir::ExprRef found, const ir::ListLiteral& literal,
                       const types::Type& expected);
  void check_duplicates(const ir::ListLiteral& literal, const types::Type& expected);
  ir::ExprRef comprehension(ir::ExprRef found, const ir::Comprehension& each,
                            const types::Type& expected);
  void check_keys(const ir::Comprehension& each, const types::Type& expected);
  /// A list made of another one, which may have too many items, too few, or one of them twice.
  ir::ExprRef unfit_list(ir::ExprRef found, std::string what, std::string way_out);
  ir::ExprRef wrong_size(ir::ExprRef found, const types::Type& expected);

  ExprBuilder& build_;
  diag::Sink& sink_;
  source::Span use_;  // the innermost value in the author's file that holds what is looked at
  // The lists that the comprehensions around what is looked at go through, with their items.
  std::vector<std::pair<std::string, ir::ExprRef>> loops_;
  std::vector<const types::Type*> around_;  // the types of the records that hold what is looked at
};

bool is_scalar(types::Kind kind);

/// False if no value of one kind is a value of the other; Any may turn out to be everything.
bool kinds_fit(types::Kind from, types::Kind to);

}  // namespace stackc::check
