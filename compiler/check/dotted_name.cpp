#include "compiler/check/dotted_name.h"

namespace stackc::check {

bool flatten(const syntax::Expr& expr, std::string& root,
             std::vector<const syntax::Name*>& members) {
  if (const auto* reference = expr.as<syntax::NameRef>()) {
    root = reference->name;
    return true;
  }
  const auto* member = expr.as<syntax::Member>();
  if (member == nullptr || !flatten(*member->base, root, members)) return false;
  members.push_back(&member->name);
  return true;
}

}  // namespace stackc::check
