#pragma once

#include <deque>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

#include "compiler/check/context.h"
#include "compiler/check/decided_conditions.h"
#include "compiler/check/expr_builder.h"
#include "compiler/check/rules/misspelt_names.h"
#include "compiler/check/same_branches.h"
#include "compiler/diag/sink.h"
#include "compiler/resolve/program.h"

namespace stackc::check {

/// Stands for all facts of a Kubernetes line; no name.
inline constexpr const char* every_fact = "*";

/// The names that a stack opens for its sections; filled before anything is elaborated.
struct StackScope {
  std::map<std::string, const syntax::Variable*, std::less<>> variables;
  std::map<std::string, const syntax::Let*, std::less<>> lets;
  std::set<std::string, std::less<>> declared_twice;  // nobody knows which is meant
  std::map<std::string, const syntax::TypeDeclaration*, std::less<>> types;
  std::map<std::string, Typed, std::less<>> variable_values;  // as the expressions see them
  Typed kubernetes;                                           // the facts of the line
  const syntax::Stack* stack = nullptr;
  source::Span line_span;                                       // of the line's version
  std::map<std::string, source::Span, std::less<>> line_facts;  // names of the facts of the line
  std::set<std::string, std::less<>> facts_of_other_lines;
  // Fields that at least two of the records in the lists of all lines have, or a record that is a
  // fact of another line.
  std::set<std::string, std::less<>> fields_of_rows;
  std::map<std::string, types::TypeRef, std::less<>>
      live;  // types of the objects that the operator offers
  std::vector<std::string_view> names() const;
};

/// Turns expressions of the syntax tree into typed core expressions, for one Kubernetes line of one
/// stack. Names are looked up, lets and functions inlined, types inferred and what is known
/// computed; errors give poison.
class Elaborator {
 public:
  Elaborator(const resolve::Program& program, ExprBuilder& build, diag::Sink& sink)
      : program_(program), build_(build), sink_(sink) {}

  /// A null `expected` accepts any type.
  Typed expression(const syntax::Expr& expr, types::TypeRef expected, const Context& context);
  /// The same, and reports a value that may be absent.
  ir::ExprRef value(const syntax::Expr& expr, types::TypeRef expected, const Context& context);
  /// A condition: a boolean that is there.
  ir::ExprRef condition(const syntax::Expr& expr, const Context& context);
  /// A record literal's entries, conditions flattened.
  Typed record(const syntax::Record& record, source::Span span, const Context& context);

  /// Warns of what a Cluster must set to the only text that it can be.
  void check_choices(const syntax::Name& name, const syntax::TypeExpr& type);

  /// Reports what is wrong with it; then poison.
  types::TypeRef type(const syntax::TypeExpr& expr, const Context& context);

  /// Checks a function's body as far as that is possible without a call.
  void check_function(const syntax::Let& let, const Context& context);

  /// Warns of a new name that hides a value or module that `context` sees.
  void warn_if_hiding(const syntax::Name& name, const Context& context);

  /// The names that were looked up as variables so far.
  const std::set<std::string, std::less<>>& used_variables() const { return used_variables_; }
  /// Where variables were asked about before they were used: whether they are empty or there.
  const std::map<std::string, source::Span, std::less<>>& asked_variables() const {
    return asked_variables_;
  }
  /// The lets that some expression has named.
  const std::set<const syntax::Let*>& used_lets() const { return used_lets_; }
  /// The facts of the Kubernetes line that were read; `every_fact` if the line was used as a whole.
  const std::set<std::string, std::less<>>& used_facts() const { return used_facts_; }
  /// The names of values that stand in texts as other languages refer to them, reported there.
  const std::set<std::string, std::less<>>& names_in_texts() const { return names_in_texts_; }
  /// Texts that are the name of a variable and nothing else.
  const std::map<std::string, source::Span, std::less<>>& texts_like_variables() const {
    return texts_like_variables_;
  }
  /// The parameters that the bodies of the functions checked so far have read.
  const std::set<const syntax::Parameter*>& used_parameters() const { return used_parameters_; }

  /// Conditions and arms that come out the same for every Cluster, so far.
  const DecidedConditions& decided_conditions() const { return decided_; }

  /// Choices that may have the same branches, so far.
  const SameBranches& same_branches() const { return same_branches_; }
  const WrittenTexts& written_texts() const { return written_texts_; }

  /// Reports a name that means nothing, once however often it is used; `meant` may be empty.
  void report_unknown_name(const std::string& name, source::Span span, const Nearest& meant);
  /// A name was declared twice: what seems to be unknown may be what one of the two was to be.
  void doubt_names() { names_are_unsure_ = true; }
  bool doubts_names() const { return names_are_unsure_; }
  /// Whether the name has been reported as unknown already; from now on it counts as reported.
  bool is_told(const std::string& name, source::Span span);

  /// Values with a warning of their own: it may say what else is wrong there.
  const std::vector<source::Span>& suspicious_values() const { return suspicious_values_; }

 private:
  class Depth;
  struct Module {
    resolve::ModuleId id;
  };
  /// What a name stands for in an expression: a value, what a member is taken of, what is called.
  enum class Use : std::uint8_t { Value, Root, Function };
  using Meaning = std::variant<std::monostate, Typed, const syntax::Let*, Module>;

  // elaborate_expr.cpp
  Typed node(const syntax::Expr& expr, const Context& context);
  Typed literal(const syntax::Literal& literal, source::Span span, const Context& context);
  Typed interpolation(const syntax::Interpolation& text, source::Span span, const Context& context);
  Typed unary(const syntax::Unary& unary, source::Span span, const Context& context);
  Typed has(const syntax::Expr& operand, source::Span span, const Context& context);
  Typed binary(const syntax::Binary& binary, source::Span span, const Context& context);
  Typed coalesce(const syntax::Binary& binary, source::Span span, const Context& context);
  Typed comparison(const syntax::Binary& binary, source::Span span, const Context& context);
  /// An operand; of a variable that is compared with `""`, `[]` or `{}`, the other side, only
  /// whether it is that counts.
  ir::ExprRef compared(const syntax::Expr& operand, const syntax::Expr& other,
                       const Context& context);
  /// Takes a variable that nothing had used before as one that is only asked about.
  void note_question(const syntax::Expr& operand, const types::Type& type, bool was_used);
  Typed arithmetic(const syntax::Binary& binary, source::Span span, const Context& context);
  Typed choice(const syntax::IfThenElse& choice, source::Span span, const Context& context);

  // elaborate_collections.cpp
  Typed list(const syntax::List& list, source::Span span, const Context& context);
  void list_items(const std::vector<syntax::ListItem>& items, ir::ExprRef condition,
                  const Context& context, std::vector<ir::ListLiteral::Item>& result);
  void record_entries(const std::vector<syntax::Entry>& entries, ir::ExprRef condition,
                      const Context& context, std::vector<ir::RecordLiteral::Entry>& result);
  std::vector<ir::RecordLiteral::Entry> merge(std::vector<ir::RecordLiteral::Entry> entries);
  std::optional<ir::RecordLiteral::Entry> merge_records(const ir::RecordLiteral::Entry& a,
                                                        const ir::RecordLiteral::Entry& b);

  // elaborate_comprehension.cpp
  Typed comprehension(const syntax::Comprehension& each, source::Span span, const Context& context);
  Typed unrolled(const syntax::Comprehension& each, ir::ExprRef source, source::Span span,
                 const Context& context);

  // elaborate_match.cpp
  Typed match(const syntax::Match& match, source::Span span, const Context& context);
  std::vector<Value> arm_values(const syntax::MatchArm& arm, types::TypeRef& wanted,
                                std::vector<Value>& seen, bool& broken);
  void check_coverage(const syntax::Match& match, const std::vector<Value>& seen,
                      bool has_otherwise, ir::ExprRef subject, source::Span span);

  // elaborate_names.cpp
  Meaning look_up(const std::string& name, source::Span span, Use use, const Context& context);
  Meaning look_up_in_module(const resolve::Target& target, const std::string& name,
                            source::Span span, resolve::ModuleId module);
  Typed name(const std::string& name, source::Span span, const Context& context,
             Use use = Use::Value);
  Typed member(const syntax::Member& member, source::Span span, const Context& context);
  Typed member_of(Typed base, const syntax::Name& name, source::Span span, const Context& context);
  Typed builtin(const std::vector<const syntax::Name*>& path, source::Span span,
                const Context& context);
  Typed let_value(const syntax::Let& let, source::Span span, const Context& home);
  Typed call(const syntax::Call& call, source::Span span, const Context& context);
  Typed call_let(const syntax::Let& let, const syntax::Call& call, source::Span span,
                 const Context& context, const Context& home);
  /// Two arguments of a call that would fit if they stood the other way round: one mistake.
  bool report_swapped(const syntax::Let& let, const syntax::Call& call, const Context& context,
                      const Context& home);
  std::optional<Typed> call_function(const std::string& name, const syntax::Call& call,
                                     source::Span span, const Context& context);
  Context home_of(const syntax::Let& let, const Context& context) const;
  bool is_bound(std::string_view name, const Context& context) const;

  // unknown_names.cpp
  std::vector<std::string_view> visible_names(Use use, const Context& context) const;
  void report_unknown_member(const types::Type& type, const syntax::Name& name);
  std::string qualified(std::string_view name, const Context& context) const;
  std::string field_of_visible(std::string_view name, const Context& context) const;
  std::string joined(std::string_view name, const Context& context) const;
  void report_unknown(const std::string& name, source::Span span, Use use, const Context& context);
  void explain_unknown(const std::string& name, source::Span span, Use use,
                       diag::ReportBuilder& report) const;
  /// What nothing reads, the innermost first: whatever it is called, it was made to be read here.
  std::string_view unused_local(Use use, const Context& context);
  /// Whether anything in the stack at hand reads a name like that.
  bool is_mentioned(std::string_view name, const Context& context);
  /// For a name whose declaration was renamed: the one that nothing mentions and that resembles it.
  std::string renamed(const std::string& name, Use use, const Context& context);
  /// For `var.name` with an unknown `var`: the name alone, if it is a value, or with the module
  /// that declares it.
  void suggest_member(const std::string& root, const syntax::Member& member, source::Span span,
                      const Context& context);
  void report_absent(ir::ExprRef absent, source::Span span, std::string note);
  Typed narrowed(Typed typed, const Context& context);
  Typed used_at(Typed typed, source::Span use);
  /// What a name stands for counts as if it were written out: later phases go through it each time.
  void count_use(ir::ExprRef expr);

  // constant_conditions.cpp
  void note_condition(const syntax::Expr& written, ir::ExprRef condition, const Context& context);
  void note_presence(source::Span span, ir::ExprRef operand, const Context& context);
  void note_arms(const syntax::Match& match, ir::ExprRef subject, const Context& context);
  bool depends_on_line(const syntax::Expr& written, const Context& context) const;
  template <typename Item>
  void note_follow_up(const std::vector<Item>& otherwise) {
    if (otherwise.size() == 1 && otherwise[0].condition)
      decided_.add_follow_up(otherwise[0].condition->span);
  }
  /// Of an entry or item under a condition. A branch without any is told by nobody.
  template <typename Item>
  void note_branches(const Item& item) {
    if (item.then.empty() || item.otherwise.empty()) return;
    const auto whole = [](const auto& items) {
      return source::Span{items[0].span.file, items.front().span.begin, items.back().span.end};
    };
    same_branches_.add(item.condition->span, {whole(item.then), whole(item.otherwise)});
  }
  /// The type of what is written, before conditions around it narrow it; of a parameter as it is
  /// declared. A comparison with something else is a mistake wherever it stands.
  types::TypeRef widest_type(const syntax::Expr& written, ir::ExprRef expr, const Context& context);

  // mistaken_references.cpp
  void report_missing_fact(const syntax::Name& name, const types::Type& facts,
                           const StackScope& stack);
  bool report_missing_in_row(const syntax::Name& name, const Typed& row, const StackScope& stack);
  /// What an author means who writes the path in a text; empty if it is no value that is seen here.
  std::string value_called(const std::string& path, const Context& context) const;
  /// Whether a text is the path of a field that can be read here: `oidc.issuerURL`.
  bool names_a_field(std::string_view text, const Context& context) const;
  /// Warns of `kubernetes` as a value of an add-on: elsewhere a type says what is expected.
  void check_whole_line(const Typed& typed, source::Span written, const Context& context);
  static bool is_comparison(const syntax::Expr& expr);
  /// Warns of two constant texts that differ in signs or case alone and are never equal.
  void warn_of_near_text(ir::ExprRef value, ir::ExprRef literal, source::Span comparison);
  /// Warns of a value that is read where a condition has shown it to be empty or absent.
  void warn_if_empty(const Typed& typed, const syntax::Expr& written, const Context& context);
  /// Warns of a field or a parameter that is given its own name as a text, where a value is called
  /// so too.
  void check_named_value(const std::string& name, const syntax::Expr& given,
                         const Context& context);
  /// Reports `x == null`; false if it is no such comparison.
  bool compares_with_null(const syntax::Binary& binary, const Context& context);
  /// Reports `x || "default"`; false if it is no such choice.
  bool chooses_default(const syntax::Binary& binary, const Context& context);
  /// Warns of what looks like a reference to a value in a text, and is none.
  void check_references(const std::string& text, source::Span span, const Context& context);
  /// Versions that Cluster API knows begin with a `v`: warns of one behind text that ends with it.
  void warn_of_second_v(const std::vector<ir::ExprRef>& before, ir::ExprRef part,
                        source::Span written);

  // elaborate_types.cpp
  /// Where nothing can be absent: reports a `?`.
  types::TypeRef present_type(const syntax::TypeExpr& expr, const Context& context);
  types::TypeRef named_type(const syntax::NamedType& named, source::Span span,
                            const Context& context);
  /// The module in which the name is to be looked up; nothing after a report.
  std::optional<resolve::ModuleId> module_of(const syntax::NamedType& named,
                                             const Context& context);
  /// The type that the module declares under the name; null after a report.
  types::TypeRef type_of_module(const syntax::NamedType& named, const std::string& shown,
                                resolve::ModuleId home, source::Span span, const Context& context);
  void report_unknown_type(const syntax::NamedType& named, const std::string& shown,
                           const std::vector<std::string_view>& candidates, const Context& context);
  types::TypeRef declared_type(const syntax::TypeDeclaration& declaration, const std::string& shown,
                               source::Span span, const Context& context);
  /// A part of a type; reports what is known only later.
  std::optional<Value> constant(const syntax::Expr& expr, types::TypeRef expected,
                                const Context& context);
  types::TypeRef record_type(const syntax::RecordType& record, const Context& context);
  types::TypeRef union_type(const syntax::UnionType& alternatives, source::Span span,
                            const Context& context);
  types::TypeRef refined(types::Type type, const std::vector<syntax::TypeArgument>& arguments,
                         source::Span span, const Context& context);
  /// False after a report.
  bool refine(types::Type& type, const syntax::TypeArgument& argument, const Context& context);

  /// Whether the definition has used up its steps, which is reported once.
  bool is_too_much_work(source::Span span);
  Typed poison(source::Span span) { return {build_.poison(span)}; }
  Context with(const Context& context, ir::ExprRef condition, bool holds);

  const resolve::Program& program_;
  ExprBuilder& build_;
  diag::Sink& sink_;
  std::deque<Fact> facts_;
  std::deque<Assumption> assumptions_;
  std::deque<Binding> bindings_;
  std::map<std::tuple<const syntax::Let*, std::optional<ir::Role>, bool>, Typed> let_values_;
  std::map<const syntax::TypeDeclaration*, types::TypeRef> declared_types_;
  std::vector<const void*> open_;  // lets and types being elaborated: to see recursion
  std::map<const syntax::Let*, resolve::ModuleId> let_modules_;
  std::set<std::string, std::less<>> used_variables_;
  std::map<std::string, source::Span, std::less<>> asked_variables_;
  std::set<const syntax::Let*> used_lets_;
  std::set<const Binding*> read_bindings_;
  std::set<const syntax::Parameter*> used_parameters_;
  std::set<const syntax::Let*> broken_functions_;  // whose bodies have errors of their own
  // First uses of what is unknown or may be absent: further ones are labels of the same report.
  std::map<std::string, source::Span, std::less<>> unknown_;
  std::map<source::Span, std::string> lacking_;   // by Kubernetes line, its first missing fact
  std::set<std::string, std::less<>> mentioned_;  // names, in the stack; once one is unknown
  std::map<std::string, source::Span, std::less<>> absent_;
  std::map<std::string, source::Span, std::less<>> told_;  // reported as unknown by others
  std::vector<source::Span> suspicious_values_;
  std::set<std::string, std::less<>> used_facts_;
  std::set<std::string, std::less<>> names_in_texts_;
  std::map<std::string, source::Span, std::less<>> texts_like_variables_;
  std::map<std::pair<const syntax::Let*, std::int64_t>, source::Span> miscalls_;
  bool in_interpolation_ = false;  // what is unknown there may have been meant as plain text
  bool names_are_unsure_ = false;
  bool asking_ = false;  // inside `has` or left of `??`: absence is the question, not a mistake
  std::map<std::string, types::TypeRef> whole_types_;  // by key_of(), before narrowing
  DecidedConditions decided_;
  SameBranches same_branches_;
  WrittenTexts written_texts_;
  int decision_visits_ = 1'000'000;
  int repeated_ = 0;  // inside the body of a call or of an unrolled loop: what is decided there is
                      // decided for this argument or item
  std::int64_t names_ = 0;  // how often a name has been used
  /// What is in such a body and names nothing, which is the same each time. What a text seems to
  /// name is told by the role.
  struct Nameless {
    ir::ExprRef value;
    std::optional<ir::Role> role;
  };
  std::unordered_map<const syntax::Expr*, Nameless> nameless_;
  int depth_ = 0;
  bool was_too_deep_ = false;  // told once: one definition can be too deep in thousands of places
  std::int64_t steps_ = 0;
  bool was_too_much_ = false;  // told once
};

}  // namespace stackc::check
