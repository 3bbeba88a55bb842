#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "compiler/ir/stack.h"

namespace stackc::check {

/// Calls `visit` for every value in a template that some cluster may get, the whole first. Paths
/// are those of fields, with `[]` for any item of a list: `files[].path`; the whole has the empty
/// one.
using PartVisitor = std::function<void(ir::ExprRef, const std::string& path)>;
void for_each_value(ir::ExprRef root, const PartVisitor& visit);

/// The configuration in a template of kubeadm, which is the same in both of its kinds; null in a
/// template of another kind.
ir::ExprRef kubeadm_configuration(const ir::Template& source);

/// Whether kubeadm has patches for the components, which can add whatever seems to be missing.
bool has_kubeadm_patches(ir::ExprRef configuration);

/// The entry of a record by its name, the first if there are several; null if there is none.
const ir::RecordLiteral::Entry* find_entry(const ir::RecordLiteral& record, std::string_view name);
/// The value of a field that no cluster changes; null for every other one.
const Value* fixed_value(const ir::RecordLiteral& record, std::string_view name);
const std::string* fixed_text(const ir::RecordLiteral& record, std::string_view name);

/// A text with a letter for each part that is known only later; empty for what is no text.
std::string known_text(ir::ExprRef value);

/// Whether nothing remains of it on its way through the provider's Go types, which leave out what
/// is empty.
bool is_empty(ir::ExprRef value);

}  // namespace stackc::check
