#pragma once

#include <algorithm>
#include <string_view>
#include <utility>

#include "compiler/parse/token.h"

namespace stackc::parse {

/// The words that mean something somewhere in the language. Most of them are names elsewhere
/// (`is_name`), the rest are keywords (`is_keyword`).
inline constexpr std::pair<std::string_view, TokenKind> words[] = {
    {"import", TokenKind::Import},
    {"type", TokenKind::Type},
    {"stack", TokenKind::StackWord},
    {"on", TokenKind::On},
    {"provider", TokenKind::Provider},
    {"kubernetes", TokenKind::Kubernetes},
    {"variable", TokenKind::Variable},
    {"infrastructure", TokenKind::Infrastructure},
    {"targets", TokenKind::Targets},
    {"control-plane", TokenKind::ControlPlane},
    {"workers", TokenKind::Workers},
    {"addon", TokenKind::Addon},
    {"from", TokenKind::From},
    {"stages", TokenKind::Stages},
    {"image", TokenKind::Image},
    {"images", TokenKind::Images},
    {"as", TokenKind::As},
    {"_", TokenKind::Underscore},
    {"delete", TokenKind::Delete},
    {"before", TokenKind::Before},
    {"after", TokenKind::After},
    {"if", TokenKind::If},
    {"then", TokenKind::Then},
    {"else", TokenKind::Else},
    {"match", TokenKind::Match},
    {"for", TokenKind::For},
    {"in", TokenKind::In},
    {"has", TokenKind::Has},
    {"true", TokenKind::True},
    {"false", TokenKind::False},
    {"let", TokenKind::Let},
};

/// Identifier for all others.
constexpr TokenKind kind_of_word(std::string_view text) {
  const auto* known =
      std::ranges::find(words, text, &std::pair<std::string_view, TokenKind>::first);
  return known == std::end(words) ? TokenKind::Identifier : known->second;
}

}  // namespace stackc::parse
