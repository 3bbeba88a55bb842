#include "compiler/check/rules/usual_lists.h"

#include <fmt/core.h>

#include <set>

#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/type.h"

namespace stackc::check {
namespace {

using ir::ExprRef;
using types::Type;

/// The keys of an item, as a report shows them; empty if it lacks one.
std::string identity(const Value& item, const Type& list) {
  std::string text;
  for (const std::string& key : list.list_keys) {
    const Value* part = item.if_record() == nullptr ? nullptr : item.if_record()->find(key);
    if (part == nullptr) return "";
    text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", key, to_json(*part));
  }
  return text;
}

class UsualLists {
 public:
  UsualLists(const UsualValues& usual, diag::Sink& sink) : usual_(usual), sink_(sink) {}

  // Recursion follows the expression, whose depth the checker bounds.
  void check(ExprRef value, const Type& type) {
    if (const auto* record = value->as<ir::RecordLiteral>()) {
      for (const auto& entry : record->entries) {
        if (const types::Field* field = type.find(entry.name)) check(entry.value, *field->type);
      }
    } else if (const auto* list = value->as<ir::ListLiteral>(); list && type.element) {
      for (const auto& item : list->items) check(item.value, *type.element);
    } else if (const auto* choice = value->as<ir::Conditional>()) {
      check(choice->then, type);
      check(choice->otherwise, type);
    } else if (const auto* match = value->as<ir::Match>()) {
      for (const auto& arm : match->arms) check(arm.result, type);
      if (match->otherwise) check(match->otherwise, type);
    } else if (const auto* each = value->as<ir::Comprehension>(); each && type.element) {
      if (!type.list_keys.empty()) check_made(value, type);
      check(each->body, *type.element);
    }
  }

 private:
  void check_made(ExprRef value, const Type& type) {
    usual_.for_each(value, [&](const UsualValue& usual) {
      std::set<std::string> seen;
      if (usual.value.if_list() == nullptr || sink_.has_error_within(usual.written)) return;
      for (const Value& item : *usual.value.if_list()) {
        const std::string keys = identity(item, type);
        if (keys.empty() || seen.insert(keys).second) continue;
        sink_.report(usual.written, diag::DuplicateKey, diag::Prose{fmt::format("have `{}`", keys)})
            .label(value->span, diag::UsedHere);
        return;
      }
    });
  }

  const UsualValues& usual_;
  diag::Sink& sink_;
};

}  // namespace

void check_usual_lists(const ir::Template& source, const UsualValues& usual, diag::Sink& sink) {
  if (source.schema != nullptr) UsualLists(usual, sink).check(source.spec, *source.schema);
}

}  // namespace stackc::check
