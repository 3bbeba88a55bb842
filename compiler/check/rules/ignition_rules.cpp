#include "compiler/check/rules/ignition_rules.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "compiler/check/rules/template_parts.h"
#include "compiler/diag/catalogue/stack.h"

namespace stackc::check {
namespace {

using ir::ExprRef;
using ir::RecordLiteral;

/// What a value must not be in a configuration for Ignition.
enum class Refused : std::uint8_t { Any, True, Gzip, NotGpt };

struct CloudInitOnly {
  std::string_view path;
  Refused refused;
  std::string_view rule;
};

constexpr std::array<CloudInitOnly, 6> cloud_init_only{{
    {"bootCommands", Refused::Any, "Ignition has no `bootCommands`"},
    {"useExperimentalRetryJoin", Refused::True, "Ignition has no `useExperimentalRetryJoin`"},
    {"users[].inactive", Refused::True, "Ignition knows no inactive users"},
    {"files[].encoding", Refused::Gzip, "Ignition takes no compressed files"},
    {"diskSetup.partitions[].tableType", Refused::NotGpt, "Ignition makes tables of type `gpt`"},
    {"diskSetup.filesystems[].replaceFS", Refused::Any, "Ignition has no `replaceFS`"},
}};

/// Of a value that a condition chooses each branch is looked at for itself.
bool is_refused(ExprRef value, Refused refused) {
  const bool chooses = value->as<ir::Conditional>() || value->as<ir::Match>();
  const auto* constant = value->as<ir::Constant>();
  const std::string* text = constant == nullptr ? nullptr : constant->value.if_string();
  switch (refused) {
    case Refused::Any:
      return !chooses && !is_empty(value);
    case Refused::True:
      return constant != nullptr && constant->value.if_bool() && *constant->value.if_bool();
    case Refused::Gzip:
      return text != nullptr && text->starts_with("gzip");
    case Refused::NotGpt:
      return text != nullptr && *text != "gpt";
  }
  return false;
}

bool may_be_ignition(const RecordLiteral& configuration) {
  return std::ranges::any_of(configuration.entries, [](const RecordLiteral::Entry& entry) {
    const auto* format = entry.value->as<ir::Constant>();
    const std::string* text = format == nullptr ? nullptr : format->value.if_string();
    return entry.name == "format" && (text == nullptr || *text == "ignition");
  });
}

}  // namespace

void check_ignition(const RecordLiteral& configuration, const std::string& kind, diag::Sink& sink) {
  const auto refuse = [&](source::Span span, std::string_view rule) {
    if (!sink.has_error_within(span))
      sink.report(span, diag::RefusedByProvider, diag::Code{kind}, diag::Prose{std::string(rule)});
  };
  const RecordLiteral::Entry* ignition = find_entry(configuration, "ignition");
  if (ignition != nullptr && !is_empty(ignition->value) && !may_be_ignition(configuration))
    refuse(ignition->span, "`ignition` needs `format: \"ignition\"` too");
  const std::string* format = fixed_text(configuration, "format");
  if (format == nullptr || *format != "ignition") return;
  for (const RecordLiteral::Entry& entry : configuration.entries) {
    for_each_value(entry.value, [&](ExprRef value, const std::string& below) {
      const bool joined = below.empty() || below.starts_with('[');
      const std::string path = entry.name + (joined ? "" : ".") + below;
      for (const CloudInitOnly& part : cloud_init_only) {
        if (part.path == path && is_refused(value, part.refused)) refuse(value->span, part.rule);
      }
    });
  }
}

}  // namespace stackc::check
