#pragma once

#include "compiler/schema/chart_uses.h"
#include "compiler/types/type.h"

namespace stackc::schema {

/// The name of the type of what a chart hands to `tpl`.
inline constexpr std::string_view template_text = "template text";
/// The name of the type of what has no default and is printed between quotes alone.
inline constexpr std::string_view quoted_text = "quoted text";

/// The type that the values of a chart have, as far as its defaults and what it reads tell. A
/// record has the fields that its default names or that are read. Free are records that are read as
/// a whole, empty ones (`{}`), those that Kubernetes leaves free (labels, annotations, resources,
/// …), and lists in what they hold. A field has the type of its default, none of `null`, and none
/// at all where a JSON Schema says it better; `""` may also be an integer. What templates print
/// under a key of Kubernetes is as kubernetes_places.h has it, and what `tpl` reads in the place of
/// an empty default is a text; these types have names.
types::TypeRef chart_shape(const Record& defaults, const ValueUse& use, types::TypeStore& store);

}  // namespace stackc::schema
