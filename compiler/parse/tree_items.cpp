#include <algorithm>

#include "compiler/base/ascii.h"
#include "compiler/diag/catalogue/parse.h"
#include "compiler/parse/mistake.h"
#include "compiler/parse/repair_parts.h"
#include "compiler/parse/tree.h"

/// Declarations, stacks and what stands in them; names, places and comments.
namespace stackc::parse {

using diag::Code;
using diag::Prose;
using syntax::Leading;
using syntax::Name;
using syntax::StackItem;

source::Span TreeBuilder::span(const Rule& rule) const {
  const Token& first = token(rule.start);
  const Token& last = rule.stop == nullptr ? first : token(rule.stop);
  return {file_.id(), first.begin, std::max(first.end, last.end)};
}

Name TreeBuilder::name(const antlr4::Token* word) const {
  const Span place = span(word);
  return {std::string(file_.text().substr(place.begin, place.end - place.begin)), place};
}

std::optional<Name> TreeBuilder::name(const Grammar::NameContext* rule) const {
  if (rule == nullptr || rule->word == nullptr) return std::nullopt;
  return name(rule->word);
}

std::optional<Name> TreeBuilder::key(const Grammar::NameContext* rule,
                                     const antlr4::Token* text) const {
  return text != nullptr ? Name{token(text).text, span(text)} : name(rule);
}

/// The comments up to `last`. Those that stand directly before a token from `first` to `last`
/// document it if they are marked so; a doc comment that documents nothing is a comment.
TreeBuilder::Remarks TreeBuilder::remarks_before(std::uint32_t first, std::uint32_t last) {
  Remarks result;
  bool has_doc = false;
  for (; next_comment_ < comments_.size() && comments_[next_comment_].span.end <= last;
       ++next_comment_) {
    const CommentPlace& place = comments_[next_comment_];
    std::string_view text =
        file_.text().substr(place.span.begin, place.span.end - place.span.begin);
    if (!place.is_doc || place.next < first || place.next > last) {
      result.comments.push_back({std::string(text), place.span});
      continue;
    }
    text.remove_prefix(3);
    if (text.starts_with(' ')) text.remove_prefix(1);
    if (has_doc) result.doc += '\n';
    result.doc += text;
    has_doc = true;
  }
  return result;
}

Leading TreeBuilder::leading(const Rule& item, const Annotations& rules) {
  const std::uint32_t first = token(item.start).begin;
  std::uint32_t last = first;
  if (!rules.empty() && rules.back()->stop != nullptr) {
    last = balanced_.tokens[rules.back()->stop->getTokenIndex() + 1].begin;
  }
  Remarks remarks = remarks_before(first, last);
  return {std::move(remarks.doc), annotations(rules), std::move(remarks.comments)};
}

std::vector<syntax::Annotation> TreeBuilder::annotations(const Annotations& rules) {
  std::vector<syntax::Annotation> result;
  for (const auto* rule : rules) {
    const std::optional<Name> label = name(rule->label);
    if (label) result.push_back({*label, arguments(rule->args), span(*rule)});
  }
  return result;
}

void TreeBuilder::require_comma_before(const Rule& item, std::string_view noun) {
  const std::size_t index = item.start->getTokenIndex();
  const Token& before = balanced_.tokens[index - 1];
  const bool repaired = balanced_.in_repaired(index - 1);
  if (before.kind == TokenKind::Comma || before.kind == TokenKind::Bad || repaired) return;
  const Token& found = token(item.start);
  // The line that lacks it is the one to look at.
  const bool ends_line = found.starts_line;
  auto report =
      reports_.report(span(ends_line ? before : found), diag::MissingComma,
                      Prose{ends_line ? "the end of the line" : describe_found(file_, found)},
                      Prose{std::string(noun)});
  const std::string_view word = file_.text().substr(before.begin, before.end - before.begin);
  const bool removes = item.getRuleIndex() == grammar::Stack::RuleStageStep && !ends_line &&
                       (word == "remove" || word == "uninstall");
  const bool is_index = found.kind == TokenKind::OpenBracket && found.begin == before.end &&
                        balanced_.tokens[index + 1].kind == TokenKind::Integer;
  if (is_index) {
    report.note(std::string(no_item_by_number));
  } else if (removes) {
    report.hint("an add-on of an earlier release is removed with `delete`")
        .fix({"Replace with `delete`", {{span(before), "delete"}}});
  } else {
    report.fix({"Insert a comma", {{{file_.id(), before.end, before.end}, ","}}});
  }
}

bool TreeBuilder::is_unsure(const Rule& rule) const {
  if (rule.exception || rule.stop == nullptr) return true;
  const std::size_t behind = rule.stop->getTokenIndex() + 1;
  return behind < balanced_.tokens.size() && balanced_.tokens[behind].reported;
}

/// A rule that the parser could not finish has no label, but is a child (Recovery::recover).
template <typename Child>
const Child* known(const Child* labelled, const Child* child) {
  return labelled != nullptr ? labelled : child;
}

// ---- declarations ----

syntax::Module TreeBuilder::module(const Grammar::ModuleFileContext& rule) {
  syntax::Module module{
      .file = file_.id(), .imports = {}, .declarations = {}, .trailing_comments = {}};
  for (auto* item : rule.items) module_item(*item, module);
  const auto end = static_cast<std::uint32_t>(file_.text().size());
  module.trailing_comments = remarks_before(end + 1, end).comments;
  return module;
}

void TreeBuilder::module_item(Grammar::ModuleItemContext& rule, syntax::Module& module) {
  Leading before = leading(rule, rule.annotations);
  const auto add = [&](auto declaration) {
    if (declaration) module.declarations.emplace_back(*std::move(declaration));
  };
  if (const auto* line = known(rule.importLine, rule.importDeclaration()))
    return import_line(*line, std::move(before), module);
  if (const auto* line = known(rule.typeLine, rule.typeDeclaration()))
    return add(type_declaration(*line, std::move(before)));
  if (const auto* line = known(rule.letLine, rule.letDeclaration()))
    return add(let(*line, std::move(before)));
  if (const auto* block = known(rule.providerBlock, rule.providerDeclaration()))
    return add(provider(*block, std::move(before)));
  if (const auto* block = known(rule.stackBlock, rule.stackDeclaration()))
    return add(stack(*block, std::move(before)));
}

/// Name under which a file is imported if the author gives none: `lib/net.stack` is `net`.
std::string_view stem(std::string_view path) {
  path = path.substr(path.rfind('/') + 1);
  return path.ends_with(".stack") ? path.substr(0, path.size() - 6) : path;
}

bool is_plain_name(std::string_view text) {
  const auto is_word = [](char c) { return is_letter_or_digit(c) || c == '_'; };
  if (text.empty() || is_digit(text[0]) || !is_word(text.front()) || !is_word(text.back()))
    return false;
  if (text.find("--") != std::string_view::npos) return false;
  return std::ranges::all_of(text, [&](char c) { return is_word(c) || c == '-'; });
}

void TreeBuilder::import_line(const Grammar::ImportDeclarationContext& rule, Leading before,
                              syntax::Module& module) {
  if (!module.declarations.empty()) reports_.report(span(rule), diag::ImportNotFirst);
  std::optional<Name> target = name(rule.target);
  const bool is_path = rule.path != nullptr;
  if (is_path && !token(rule.path).broken) target = Name{token(rule.path).text, span(rule.path)};
  if (!target) return;
  std::optional<Name> binding = name(rule.alias);
  if (!binding) {
    binding = Name{is_path ? std::string(stem(target->text)) : target->text, target->span};
    if (is_path && !rule.exception && !is_plain_name(binding->text)) {
      reports_.report(target->span, diag::ImportNeedsName, Code{binding->text});
      return;
    }
  }
  module.imports.push_back({.leading = std::move(before),
                            .target = target->text,
                            .is_path = is_path,
                            .binding = *std::move(binding),
                            .target_span = target->span,
                            .span = span(rule)});
}

std::optional<syntax::TypeDeclaration> TreeBuilder::type_declaration(
    const Grammar::TypeDeclarationContext& rule, Leading before) {
  std::optional<Name> label = name(rule.label);
  if (!label) return std::nullopt;
  return syntax::TypeDeclaration{std::move(before), *std::move(label), type(rule.body, span(rule)),
                                 span(rule)};
}

std::optional<syntax::Let> TreeBuilder::let(const Grammar::LetDeclarationContext& rule,
                                            Leading before) {
  std::optional<Name> label = name(rule.label);
  if (!label) return std::nullopt;
  syntax::Let let{.leading = std::move(before),
                  .name = *std::move(label),
                  .is_function = rule.signature != nullptr,
                  .parameters = {},
                  .type = nullptr,
                  .value = nullptr,
                  .span = span(rule)};
  if (rule.signature != nullptr) {
    require_commas(rule.signature->items, "parameter");
    for (const auto* item : rule.signature->items) {
      let.parameters.push_back({*name(item->label), type(item->declared, span(*item))});
    }
  }
  if (rule.result != nullptr) let.type = type(rule.result, span(rule));
  let.value = is_unsure(rule) ? hole(let.span) : expression(rule.value, span(rule));
  return let;
}

std::optional<syntax::Provider> TreeBuilder::provider(
    const Grammar::ProviderDeclarationContext& rule, Leading before) {
  std::optional<Name> label = name(rule.label);
  if (!label) return std::nullopt;
  return syntax::Provider{std::move(before), *std::move(label), record(rule.body, span(rule)),
                          span(rule)};
}

std::optional<syntax::Stack> TreeBuilder::stack(const Grammar::StackDeclarationContext& rule,
                                                Leading before) {
  std::optional<Name> label = name(rule.label);
  std::optional<Name> provider_name = name(rule.provider);
  if (!label || !provider_name) return std::nullopt;
  syntax::Stack stack{
      std::move(before), *std::move(label), *std::move(provider_name), {}, span(rule)};
  if (rule.body == nullptr) return stack;
  for (auto* item : rule.body->items) {
    if (std::optional<StackItem> next = stack_item(*item)) stack.items.push_back(*std::move(next));
  }
  return stack;
}

// ---- what stands in a stack ----

std::optional<StackItem> TreeBuilder::stack_item(Grammar::StackItemContext& rule) {
  Leading before = leading(rule, rule.annotations);
  if (const auto* line = known(rule.kubernetes, rule.kubernetesLine()))
    return kubernetes(*line, std::move(before));
  if (const auto* line = known(rule.variable, rule.variableDeclaration()))
    return variable(*line, std::move(before));
  if (const auto* line = known(rule.letLine, rule.letDeclaration()))
    return let(*line, std::move(before));
  if (const auto* line = known(rule.typeLine, rule.typeDeclaration()))
    return type_declaration(*line, std::move(before));
  if (const auto* block = known(rule.block, rule.stackSection())) {
    return syntax::Section{std::move(before), name(block->keyword),
                           record(block->body, span(*block)), span(*block)};
  }
  if (const auto* block = known(rule.members, rule.group()))
    return group(*block, std::move(before));
  if (const auto* block = known(rule.addOnBlock, rule.addOn()))
    return add_on(*block, std::move(before));
  if (const auto* block = known(rule.stagesBlock, rule.stages()))
    return stages(*block, std::move(before));
  if (const auto* block = known(rule.imageBlock, rule.image())) {
    syntax::ExprPtr label = expression(block->label, span(*block));
    return syntax::Image{std::move(before), std::move(label), record(block->body, span(*block)),
                         span(*block)};
  }
  if (const auto* line = known(rule.imageList, rule.images())) {
    return syntax::Images{std::move(before), expression(line->list, span(*line)), span(*line)};
  }
  return std::nullopt;
}

std::optional<StackItem> TreeBuilder::kubernetes(const Grammar::KubernetesLineContext& rule,
                                                 Leading before) {
  if (rule.version == nullptr) return std::nullopt;
  syntax::KubernetesLine line{std::move(before), name(rule.version), nullptr, span(rule)};
  if (rule.facts != nullptr) line.facts = record(rule.facts, line.span);
  return line;
}

std::optional<StackItem> TreeBuilder::variable(const Grammar::VariableDeclarationContext& rule,
                                               Leading before) {
  std::optional<Name> label = name(rule.label);
  if (!label) return std::nullopt;
  syntax::Variable variable{std::move(before), *std::move(label), type(rule.declared, span(rule)),
                            nullptr, span(rule)};
  if (is_unsure(rule)) variable.type->node = syntax::TypeHole{};
  if (rule.value != nullptr) variable.default_value = expression(rule.value, variable.span);
  return variable;
}

std::optional<StackItem> TreeBuilder::group(const Grammar::GroupContext& rule, Leading before) {
  const bool is_workers = token(rule.keyword).kind == TokenKind::Workers;
  std::optional<Name> label = name(rule.label);
  if (is_workers && !label) return std::nullopt;
  return syntax::Group{
      .leading = std::move(before),
      .kind = is_workers ? syntax::Group::Kind::Workers : syntax::Group::Kind::ControlPlane,
      .keyword = span(rule.keyword),
      .name = std::move(label),
      .sections = sections(rule.body),
      .span = span(rule)};
}

std::vector<syntax::Section> TreeBuilder::sections(const Grammar::GroupBodyContext* rule) {
  std::vector<syntax::Section> result;
  if (rule == nullptr) return result;
  for (const auto* item : rule->sections) {
    Leading before = leading(*item, item->annotations);
    std::optional<Name> label = name(item->label);
    if (!label) continue;
    const Span place = source::join(label->span, span(*item));
    result.push_back({std::move(before), *std::move(label), record(item->body, place), place});
  }
  return result;
}

std::optional<StackItem> TreeBuilder::add_on(const Grammar::AddOnContext& rule, Leading before) {
  std::optional<Name> label = name(rule.label);
  if (!label) return std::nullopt;
  syntax::ExprPtr chart = expression(rule.chart, span(rule));
  return syntax::AddOn{std::move(before), *std::move(label), std::move(chart), sections(rule.body),
                       span(rule)};
}

syntax::Stages TreeBuilder::stages(const Grammar::StagesContext& rule, Leading before) {
  syntax::Stages result{std::move(before), {}, span(rule)};
  if (rule.body == nullptr) return result;
  for (const auto* item : rule.body->items) {
    Leading item_leading = leading(*item, item->annotations);
    std::optional<Name> hook = name(item->hook);
    if (!hook) continue;
    syntax::AddOnStage stage{
        std::move(item_leading), *hook, {}, source::join(hook->span, span(*item))};
    if (item->steps != nullptr) {
      require_commas(item->steps->items, "step");
      for (const auto* step : item->steps->items) {
        if (auto next = stage_step(*step)) stage.steps.push_back(*std::move(next));
      }
    }
    result.stages.push_back(std::move(stage));
  }
  return result;
}

std::optional<syntax::StageStep> TreeBuilder::stage_step(const Grammar::StageStepContext& rule) {
  if (rule.label == nullptr) return std::nullopt;
  syntax::StageStep step{name(rule.label->word), rule.isDelete != nullptr, nullptr, nullptr,
                         span(rule)};
  if (rule.before != nullptr) step.before = record(rule.before, step.span);
  if (rule.after != nullptr) step.after = record(rule.after, step.span);
  return step;
}

}  // namespace stackc::parse
