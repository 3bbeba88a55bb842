#include "compiler/check/rules/cloud_conf.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <string>

#include "compiler/base/text.h"
#include "compiler/check/literal_place.h"
#include "compiler/check/meant.h"
#include "compiler/check/rules/template_parts.h"
#include "compiler/diag/catalogue/stack.h"
#include "compiler/types/pattern.h"

namespace stackc::check {
namespace {

std::string_view trimmed(std::string_view line) {
  constexpr std::string_view blanks = " \t\r";
  line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
  return line.substr(0, line.find_last_not_of(blanks) + 1);
}

/// Whether the quotes of a value are closed before it ends, or a comment begins.
bool closes_quotes(std::string_view value) {
  bool inside = false;
  for (std::size_t at = 0; at < value.size(); ++at) {
    if (value[at] == '\\') {
      ++at;
    } else if (value[at] == '"') {
      inside = !inside;
    } else if (!inside && (value[at] == ';' || value[at] == '#')) {
      break;
    }
  }
  return !inside;
}

// Those that package gcfg reads as a switch.
constexpr auto switches = std::to_array<std::string_view>(
    {"cascade-delete", "create-monitor", "enable-ingress-hostname", "ignore-volume-az",
     "ignore-volume-microversion", "internal-lb", "ipv6-support-disabled", "manage-security-groups",
     "provider-requires-serial-api-calls", "rescan-on-resize", "tls-insecure", "trust-device-path",
     "use-clouds", "use-octavia"});

/// A setting without a value is on.
bool has_value_of_switch(std::string_view line) {
  const std::size_t equals = line.find('=');
  const std::string_view name = trimmed(line.substr(0, equals));
  const bool is_switch = std::ranges::find(switches, name) != switches.end();
  if (!is_switch || equals == line.npos || line.find("{{") != line.npos) return true;
  return types::matches_pattern(
      line.substr(equals + 1),
      R"re((?i)^[ \t]*"?(true|yes|on|1|false|no|off|0)"?[ \t]*([;#].*)?$)re");
}

bool is_readable(std::string_view line) {
  const bool is_made = line.starts_with("{{") || line.starts_with("{%");
  if (line.empty() || is_made || line[0] == ';' || line[0] == '#') return true;
  if (line[0] == '[')
    return types::matches_pattern(
        line,
        R"re(^\[[ \t]*[A-Za-z][A-Za-z0-9-]*([ \t]*"([^"\\]|\\.)*")?[ \t]*\]([ \t]*[;#].*)?$)re");
  return types::matches_pattern(line, R"(^[A-Za-z][A-Za-z0-9-]*[ \t]*($|[=;#]))") &&
         closes_quotes(line) && has_value_of_switch(line);
}

// The settings of `openstack-cloud-controller-manager` and `cinder-csi-plugin` (documents of
// cloud-provider-openstack on both), by name; each is of one section.
constexpr std::array<std::string_view, 69> settings{"address-sort-order",
                                                    "application-credential-id",
                                                    "application-credential-name",
                                                    "application-credential-secret",
                                                    "auth-url",
                                                    "availability-zone",
                                                    "bs-version",
                                                    "ca-file",
                                                    "cascade-delete",
                                                    "cert-file",
                                                    "cloud",
                                                    "clouds-file",
                                                    "container-store",
                                                    "create-monitor",
                                                    "default-tls-container-ref",
                                                    "domain-id",
                                                    "domain-name",
                                                    "enable-ingress-hostname",
                                                    "enabled",
                                                    "flavor-id",
                                                    "floating-network-id",
                                                    "floating-subnet",
                                                    "floating-subnet-id",
                                                    "floating-subnet-tags",
                                                    "ignore-volume-az",
                                                    "ignore-volume-microversion",
                                                    "ingress-hostname-suffix",
                                                    "internal-lb",
                                                    "internal-network-name",
                                                    "ipv6-support-disabled",
                                                    "key-file",
                                                    "lb-method",
                                                    "lb-provider",
                                                    "lb-version",
                                                    "manage-security-groups",
                                                    "max-shared-lb",
                                                    "member-subnet-id",
                                                    "monitor-delay",
                                                    "monitor-max-retries",
                                                    "monitor-max-retries-down",
                                                    "monitor-timeout",
                                                    "network-id",
                                                    "node-selector",
                                                    "node-volume-attach-limit",
                                                    "os-endpoint-type",
                                                    "password",
                                                    "provider-requires-serial-api-calls",
                                                    "public-network-name",
                                                    "region",
                                                    "request-timeout",
                                                    "rescan-on-resize",
                                                    "router-id",
                                                    "search-order",
                                                    "subnet-id",
                                                    "tenant-domain-id",
                                                    "tenant-domain-name",
                                                    "tenant-id",
                                                    "tenant-name",
                                                    "tls-insecure",
                                                    "trust-device-path",
                                                    "trust-id",
                                                    "trustee-id",
                                                    "trustee-password",
                                                    "use-clouds",
                                                    "use-octavia",
                                                    "user-domain-id",
                                                    "user-domain-name",
                                                    "user-id",
                                                    "username"};

/// Whether a line gives a value to a setting, which it can do below the name of its section only.
bool is_setting(std::string_view line) {
  const std::string_view name = trimmed(line.substr(0, line.find('=')));
  return std::ranges::find(settings, name) != settings.end();
}

constexpr std::array<std::string_view, 7> sections{
    "BlockStorage", "Global",     "LoadBalancer", "LoadBalancerClass",
    "Metadata",     "Networking", "Route"};

/// The setting that a name which is none is nearly. gcfg passes over what it does not know.
Nearest meant_setting(std::string_view name) {
  constexpr std::size_t shortest = 5;
  const bool is_known = std::ranges::find(settings, name) != settings.end();
  if (is_known || name.size() < shortest) return {};
  return meant_of_alike(name, {settings.begin(), settings.end()});
}

/// The name in `[name]`; empty for other lines.
std::string_view section_of(std::string_view line) {
  if (!line.starts_with('[')) return "";
  const std::string_view rest = trimmed(line.substr(1));
  return rest.substr(0, rest.find_first_of(" \t\"]"));
}

/// The name at the front of a line `name = value`; empty for other lines.
std::string_view setting_of(std::string_view line) {
  const std::string_view name =
      line.substr(0, line.find_first_not_of("-0123456789abcdefghijklmnopqrstuvwxyz"));
  const std::string_view rest = trimmed(line.substr(name.size()));
  return rest.starts_with('=') ? name : "";
}

}  // namespace

std::optional<MisspeltSetting> misspelt_setting(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = trimmed(text.substr(at, end - at));
    const std::string_view name = setting_of(line), section = section_of(line);
    if (const Nearest meant = meant_setting(name); !meant.empty())
      return MisspeltSetting{name, meant.name};
    // gcfg takes them in any case.
    const bool is_known = std::ranges::any_of(
        sections, [&](std::string_view known) { return folded(known) == folded(section); });
    const Nearest meant = is_known || section.empty()
                              ? Nearest{}
                              : meant_of_alike(section, {sections.begin(), sections.end()});
    if (!meant.empty()) return MisspeltSetting{section, meant.name};
    at = end + 1;
  }
  return std::nullopt;
}

std::optional<std::string_view> unreadable_line(std::string_view text) {
  bool is_first = true;  // of those that say something
  bool goes_on = false;  // a value of which the line before ends with a backslash
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = trimmed(text.substr(at, end - at));
    const bool has_more = line.ends_with('\\');
    const bool is_comment = line.empty() || line[0] == ';' || line[0] == '#';
    if (is_first && !is_comment && line[0] != '[')
      return is_setting(line) ? std::optional(line) : std::nullopt;
    is_first = is_first && is_comment;
    if (!goes_on && !has_more && !is_readable(line)) return line;
    goes_on = has_more;
    at = end + 1;
  }
  return std::nullopt;
}

void check_cloud_conf(ir::ExprRef values, const source::SourceSet& sources, diag::Sink& sink) {
  for_each_value(values, [&](ir::ExprRef value, const std::string&) {
    const auto* record = value->as<ir::RecordLiteral>();
    const auto* entry = record == nullptr ? nullptr : find_entry(*record, "cloud.conf");
    const auto* constant = entry == nullptr ? nullptr : entry->value->as<ir::Constant>();
    const std::string* text = constant == nullptr ? nullptr : constant->value.if_string();
    if (text == nullptr) return;
    const source::Span literal = entry->value->span;
    const auto place_of = [&](std::string_view part) {
      const auto begin = static_cast<std::size_t>(part.data() - text->data());
      return place_in_literal(sources.text(literal), literal, *text, begin, begin + part.size())
          .value_or(literal);
    };
    const auto line = unreadable_line(*text);
    const auto setting = line ? std::nullopt : misspelt_setting(*text);
    if (line)
      sink.report(place_of(*line), diag::BadCloudConf, diag::Code{std::string(*line)})
          .note("a setting is written `name = value`, a section `[Global]`");
    if (setting)
      sink.report(place_of(setting->name), diag::BadCloudConf,
                  diag::Code{std::string(setting->name)})
          .hint(fmt::format("did you mean `{}`?", setting->meant));
  });
}

void check_cloud_settings(ir::ExprRef values, diag::Sink& sink) {
  for_each_value(values, [&](ir::ExprRef value, const std::string& path) {
    const auto* record = value->as<ir::RecordLiteral>();
    const bool is_section = path.starts_with("cloudConfig.") && path.find('.') == path.rfind('.');
    if (record == nullptr || !is_section) return;
    for (const ir::RecordLiteral::Entry& entry : record->entries) {
      if (const Nearest meant = meant_setting(entry.name); !meant.empty())
        sink.report(entry.span, diag::BadCloudConf, diag::Code{entry.name}).suggest(meant);
    }
  });
}

}  // namespace stackc::check
