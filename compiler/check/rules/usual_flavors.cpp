#include "compiler/check/rules/usual_flavors.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "compiler/base/text.h"
#include "compiler/check/rules/scs_flavor.h"
#include "compiler/check/rules/template_parts.h"
#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/stack.h"

namespace stackc::check {
namespace {

// SCS-0103-v1, first the mandatory ones.
constexpr auto standard_flavors = std::to_array<std::string_view>({
    "SCS-1V-4",     "SCS-2V-8",      "SCS-4V-16",    "SCS-4V-16-100s", "SCS-8V-32",
    "SCS-1V-2",     "SCS-2V-4",      "SCS-2V-4-20s", "SCS-4V-8",       "SCS-8V-16",
    "SCS-16V-32",   "SCS-1V-8",      "SCS-2V-16",    "SCS-4V-32",      "SCS-1L-1",
    "SCS-1V-4-10",  "SCS-2V-8-20",   "SCS-4V-16-50", "SCS-8V-32-100",  "SCS-1V-2-5",
    "SCS-2V-4-10",  "SCS-4V-8-20",   "SCS-8V-16-50", "SCS-16V-32-100", "SCS-1V-8-20",
    "SCS-2V-16-50", "SCS-4V-32-100", "SCS-1L-1-5",   "SCS-16V-64",     "SCS-8V-64",
    "SCS-16V-128",
});

bool is_example(source::Span written, const PlacesOfVariables& places) {
  return std::ranges::any_of(places, [&](const auto& place) {
    const auto& examples = place.second.examples;
    return std::ranges::find(examples, written) != examples.end();
  });
}

}  // namespace

void check_usual_flavors(const ir::Template& source, const UsualValues& usual,
                         const PlacesOfVariables& places, diag::Sink& sink) {
  if (source.kind != "OpenStackMachineTemplate") return;
  const std::vector<std::string_view> standard(standard_flavors.begin(), standard_flavors.end());
  for_each_value(source.spec, [&](ir::ExprRef value, const std::string& at) {
    if (at != "flavor") return;
    usual.for_each_text(value, at, [&](const UsualText& flavor) {
      // None of the list has an extension, as in `_GNa-14`: there it is a special one that is
      // wanted.
      const bool is_special = flavor.text.find('_') != flavor.text.npos;
      const bool is_open =
          is_special || !memory_of_scs_flavor(flavor.text) || is_example(flavor.written, places);
      if (is_open || std::ranges::find(standard, flavor.text) != standard.end()) return;
      const bool is_told =
          sink.has_error_at(flavor.written) || !meant_scs_flavor(flavor.text).empty();
      if (is_told) return;
      auto report = sink.report(flavor.written, diag::FlavorNotStandard, diag::Code{flavor.text});
      const Nearest near = nearest(flavor.text, standard);
      if (!near.empty()) report.hint(fmt::format("did you mean `{}`?", near.name));
      report.note("SCS-0103 lists those that a stack can count on");
      if (flavor.used != flavor.written) report.label(flavor.used, diag::UsedHere);
    });
  });
}

}  // namespace stackc::check
