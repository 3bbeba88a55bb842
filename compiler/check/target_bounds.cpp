#include "compiler/check/target_bounds.h"

namespace stackc::check {

using types::Kind;
using types::Type;
using types::TypeRef;

namespace {

void tighten_min(Type& type, const std::optional<std::int64_t>& min) {
  if (min && *min > type.min.value_or(0)) type.min = min;
}

void tighten_max(Type& type, const std::optional<std::int64_t>& max) {
  if (max && *max < type.max.value_or(*max + 1)) type.max = max;
}

/// Schemas of kinds are finite trees, so the recursion ends.
class Bounds {
 public:
  explicit Bounds(types::TypeStore& types) : types_(types) {}

  TypeRef apply(TypeRef written, TypeRef target, bool is_item) {
    Type result = *written;
    if (written->kind == Kind::Record && target->kind == Kind::Record) {
      for (types::Field& field : result.fields) {
        if (const types::Field* same = target->find(field.name))
          field.type = apply(field.type, same->type, false);
      }
    } else if (written->kind == Kind::List && target->kind == Kind::List) {
      if (is_item) tighten_min(result, target->min);
      tighten_max(result, target->max);
      result.element = apply(written->element, target->element, true);
    } else if (written->kind == Kind::Map && target->kind == Kind::List) {
      tighten_max(result, target->max);
      if (const types::Field* value = target->element->find("value"))
        result.element = apply(written->element, value->type, false);
    } else if (written->kind == target->kind &&
               (written->kind == Kind::String || written->kind == Kind::Int)) {
      tighten_min(result, target->min);
      tighten_max(result, target->max);
    }
    return types_.add(std::move(result));
  }

 private:
  types::TypeStore& types_;
};

}  // namespace

TypeRef with_bounds_of(TypeRef written, TypeRef target, types::TypeStore& types) {
  return Bounds(types).apply(written, target, false);
}

}  // namespace stackc::check
