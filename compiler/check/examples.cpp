#include "compiler/check/examples.h"

#include "compiler/base/text.h"
#include "compiler/diag/catalogue/stack.h"

namespace stackc::check {

const syntax::Expr* example_of(const syntax::Annotation& annotation, std::string_view rule,
                               diag::Sink& sink) {
  const bool is_known = annotation.name.text == "example";
  if (is_known && annotation.arguments.size() == 1) return annotation.arguments[0].get();
  const bool describes = annotation.name.text == "description" || annotation.name.text == "doc";
  sink.report(is_known ? annotation.span : annotation.name.span, diag::UnknownAnnotation,
              diag::Code{"@" + annotation.name.text})
      .suggest(suggestion(annotation.name.text, {"example"}))
      .note(describes ? "what describes it stands before it, behind `///`" : std::string(rule));
  return nullptr;
}

}  // namespace stackc::check
