#pragma once

#include <optional>

#include "compiler/parse/brackets.h"
#include "compiler/syntax/ast.h"
#include "grammar/Stack.h"

namespace stackc::parse {

/// Turns ANTLR's tree into ours. Items that the parser could not finish carry an exception and lack
/// children: what is known of them is kept, the rest becomes a Hole. Reports what one token of
/// lookahead cannot see: missing commas, chained comparisons, numbers that are too large.
class TreeBuilder {
 public:
  using Grammar = grammar::Stack;

  TreeBuilder(const source::SourceFile& file, const Balanced& balanced,
              const std::vector<CommentPlace>& comments, Reports& reports)
      : file_(file), balanced_(balanced), comments_(comments), reports_(reports) {}

  syntax::Module module(const Grammar::ModuleFileContext& rule);

 private:
  using Rule = antlr4::ParserRuleContext;
  using Span = source::Span;

  // Tokens and places.
  const Token& token(const antlr4::Token* mark) const {
    return balanced_.tokens[mark->getTokenIndex()];
  }
  Span span(const Token& mark) const { return {file_.id(), mark.begin, mark.end}; }
  Span span(const antlr4::Token* mark) const { return span(token(mark)); }
  Span span(const Rule& rule) const;
  syntax::Name name(const antlr4::Token* word) const;
  std::optional<syntax::Name> name(const Grammar::NameContext* rule) const;
  std::optional<syntax::Name> key(const Grammar::NameContext* rule,
                                  const antlr4::Token* text) const;

  // Comments.
  struct Remarks {
    std::string doc;
    std::vector<syntax::Comment> comments;
  };
  Remarks remarks_before(std::uint32_t first, std::uint32_t last);
  using Annotations = std::vector<Grammar::AnnotationContext*>;
  syntax::Leading leading(const Rule& item, const Annotations& annotations);
  std::vector<syntax::Annotation> annotations(const Annotations& rules);

  // tree_items.cpp
  void module_item(Grammar::ModuleItemContext& rule, syntax::Module& module);
  void import_line(const Grammar::ImportDeclarationContext& rule, syntax::Leading leading,
                   syntax::Module& module);
  std::optional<syntax::TypeDeclaration> type_declaration(
      const Grammar::TypeDeclarationContext& rule, syntax::Leading leading);
  std::optional<syntax::Let> let(const Grammar::LetDeclarationContext& rule,
                                 syntax::Leading leading);
  std::optional<syntax::Provider> provider(const Grammar::ProviderDeclarationContext& rule,
                                           syntax::Leading leading);
  std::optional<syntax::Stack> stack(const Grammar::StackDeclarationContext& rule,
                                     syntax::Leading leading);
  std::optional<syntax::StackItem> stack_item(Grammar::StackItemContext& rule);
  std::optional<syntax::StackItem> kubernetes(const Grammar::KubernetesLineContext& rule,
                                              syntax::Leading leading);
  std::optional<syntax::StackItem> variable(const Grammar::VariableDeclarationContext& rule,
                                            syntax::Leading leading);
  std::optional<syntax::StackItem> group(const Grammar::GroupContext& rule,
                                         syntax::Leading leading);
  std::optional<syntax::StackItem> add_on(const Grammar::AddOnContext& rule,
                                          syntax::Leading leading);
  syntax::Stages stages(const Grammar::StagesContext& rule, syntax::Leading leading);
  std::optional<syntax::StageStep> stage_step(const Grammar::StageStepContext& rule);
  std::vector<syntax::Section> sections(const Grammar::GroupBodyContext* rule);

  // tree_types.cpp
  syntax::TypePtr type(const Grammar::TypeExpressionContext* rule, Span otherwise);
  syntax::TypePtr alternative(const Grammar::TypeAlternativeContext& rule);
  syntax::NamedType named_type(const Grammar::NamedTypeContext& rule);
  syntax::TypePtr record_type(const Grammar::RecordTypeContext& rule, syntax::TypePtr type);
  std::optional<syntax::TypeField> type_field(const Grammar::TypeFieldContext& rule);
  std::vector<syntax::TypeArgument> type_arguments(const Grammar::TypeArgumentsContext* rule);
  syntax::TypeArgument type_argument(const Grammar::TypeArgumentContext& rule);

  // tree_values.cpp
  syntax::ExprPtr hole(Span span) const;
  syntax::ExprPtr expression(const Grammar::ExpressionContext* rule, Span otherwise);
  syntax::ExprPtr condition(const Grammar::ConditionContext* rule, Span otherwise);
  syntax::ExprPtr match(const Grammar::MatchExpressionContext& rule);
  syntax::ExprPtr pattern(const Grammar::PatternContext& rule);
  syntax::ExprPtr bound(const Grammar::BoundContext& rule);
  struct Chain;
  syntax::ExprPtr operation(Chain chain, Span place);
  syntax::ExprPtr climb(Chain& chain, int level);
  syntax::ExprPtr operand(const Grammar::OperandContext& rule);
  syntax::ExprPtr suffix(const Grammar::SuffixContext& rule, syntax::ExprPtr base);
  syntax::ExprPtr primary(const Grammar::OperandContext& rule);
  syntax::ExprPtr literal(const Token& mark, bool negative = false);
  syntax::ExprPtr interpolation(const Grammar::InterpolationContext& rule);
  syntax::ExprPtr list(const Grammar::ListExpressionContext& rule);
  syntax::ExprPtr comprehension(const Grammar::ListExpressionContext& rule);
  std::vector<syntax::ListItem> list_items(const std::vector<Grammar::ListItemContext*>& rules);
  syntax::ListItem list_item(const Grammar::ListItemContext& rule);
  syntax::ListItem list_conditional(const Grammar::ListConditionalContext& rule);
  std::vector<syntax::ListItem> list_otherwise(const Grammar::ListConditionalContext* chained,
                                               const Grammar::ListBlockContext* block);
  std::vector<syntax::ExprPtr> arguments(const Grammar::ArgumentsContext* rule);
  syntax::ExprPtr record(const Grammar::RecordContext* rule, Span otherwise);
  std::vector<syntax::Entry> entries(const Grammar::RecordContext* rule);
  std::optional<syntax::Entry> entry(const Grammar::EntryContext& rule);
  syntax::Entry conditional_entry(const Grammar::ConditionalEntryContext& rule);

  /// Was something found in it or directly behind it that does not fit? Then what was read of it
  /// may not be what was meant.
  bool is_unsure(const Rule& rule) const;

  /// Reports items of a list that no comma separates. `noun` continues `before the next …`.
  template <typename Item>
  void require_commas(const std::vector<Item*>& items, std::string_view noun);
  void require_comma_before(const Rule& item, std::string_view noun);

  const source::SourceFile& file_;
  const Balanced& balanced_;
  const std::vector<CommentPlace>& comments_;
  Reports& reports_;
  std::size_t next_comment_ = 0;
  int depth_ = 0;  // of the expression that is being built
};

template <typename Item>
void TreeBuilder::require_commas(const std::vector<Item*>& items, std::string_view noun) {
  for (std::size_t i = 1; i < items.size(); ++i) {
    if (!items[i - 1]->exception && !items[i]->exception) require_comma_before(*items[i], noun);
  }
}

}  // namespace stackc::parse
