#pragma once

#include <string_view>
#include <vector>

#include "compiler/base/text.h"
#include "compiler/diag/sink.h"
#include "compiler/ir/expr.h"

/// What an author may have meant by a value or a field that a type does not have.
namespace stackc::check {

/// The nearest choice, or the one that other tools call `text`.
Nearest meant_value(std::string_view text, const std::vector<std::string_view>& choices);

/// A text that the type takes, where `text` has another sign (`SCS-2V:4`), letter case or order of
/// two letters, or lacks a dash or dot; empty if there is none.
std::string meant_text(std::string_view text, const types::Type& type);

/// The nearest of names that are like one another anyway: at most two edits away, case, dashes and
/// underscores aside.
Nearest meant_of_alike(std::string_view name, const std::vector<std::string_view>& candidates);

/// Whether a finger slips so: two letters swapped, one left out or typed twice, and in a long word
/// one too many or another one. A word of other digits, or of another number (`groups`, `group`),
/// is no slip.
bool is_slip(std::string_view found, std::string_view meant);

/// The field that the name of an entry is near to. A guess only where the value could stand there,
/// and no record below has a field of just that name.
Nearest meant_field(const ir::RecordLiteral::Entry& entry, const types::Type& record);

/// Notes where a field that `record` does not have would be one: in records below, in those around
/// it, or as an extra argument.
void say_where_it_belongs(diag::ReportBuilder& report, const ir::RecordLiteral::Entry& entry,
                          const types::Type& record, const std::vector<const types::Type*>& around);

/// Notes the fields of a record, if they are not more.
void say_which_fields(diag::ReportBuilder& report, const types::Type& record,
                      std::size_t most_shown);

}  // namespace stackc::check
