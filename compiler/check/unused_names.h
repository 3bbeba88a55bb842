#pragma once

#include <map>
#include <set>
#include <string>

#include "compiler/check/elaborator.h"
#include "compiler/source/source_set.h"

namespace stackc::check {

/// What the lines of a stack have used together.
struct UsedNames {
  std::set<std::string, std::less<>> variables;
  std::map<std::string, source::Span, std::less<>> asked;  // where; variables, used or not
  std::set<std::string, std::less<>> facts;
  std::set<const syntax::Let*> lets;
  std::set<const syntax::Parameter*> parameters;
  // Of values, in texts that are warned of: that something is not used follows from that.
  std::set<std::string, std::less<>> in_texts;
  std::map<std::string, source::Span, std::less<>> texts_like_variables;

  void add(const Elaborator& line);
};

/// Warns of variables, lets, parameters and facts that change nothing.
void report_unused(const syntax::Stack& stack, const UsedNames& used,
                   const source::SourceSet& sources, diag::Sink& sink);

}  // namespace stackc::check
