#pragma once

#include <set>
#include <string>

#include "compiler/syntax/ast.h"

namespace stackc::syntax {

/// The names that a file uses, wherever they are declared: of values, of modules before a dot, of
/// providers (`on docker`, a section `kubeadm`). Not what follows a dot, nor the types of the file
/// itself.
std::set<std::string, std::less<>> mentioned_names(const Module& module);
/// The same for one expression.
std::set<std::string, std::less<>> mentioned_names(const Expr& expr);
/// The same for one item of a stack.
std::set<std::string, std::less<>> mentioned_names(const StackItem& item);

}  // namespace stackc::syntax
