#include "compiler/topology/machine_rules.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "compiler/diag/catalogue/cluster.h"
#include "compiler/types/pattern.h"
#include "compiler/types/validate.h"
#include "compiler/value/find_at.h"

namespace stackc::topology {

namespace {

/// What the two API versions call the same thing.
struct FieldNames {
  std::string_view rollout;
  std::string_view health_check;
  std::string_view enabled;
  std::string_view startup_timeout;  // below the health check
  std::vector<std::string_view> int_or_percent;
  std::string_view max_in_flight;  // of remediation: counts as the definition of a health check
};

const FieldNames v1beta1{
    .rollout = "strategy.rollingUpdate",
    .health_check = "machineHealthCheck",
    .enabled = "enable",
    .startup_timeout = "nodeStartupTimeout",
    .int_or_percent = {"strategy.rollingUpdate.maxSurge", "strategy.rollingUpdate.maxUnavailable",
                       "machineHealthCheck.maxUnhealthy", "strategy.remediation.maxInFlight"},
    .max_in_flight = "strategy.remediation.maxInFlight"};

const FieldNames v1beta2{
    .rollout = "rollout.strategy.rollingUpdate",
    .health_check = "healthCheck",
    .enabled = "enabled",
    .startup_timeout = "checks.nodeStartupTimeoutSeconds",
    .int_or_percent = {"rollout.strategy.rollingUpdate.maxSurge",
                       "rollout.strategy.rollingUpdate.maxUnavailable",
                       "healthCheck.remediation.triggerIf.unhealthyLessThanOrEqualTo",
                       "healthCheck.remediation.maxInFlight"},
    .max_in_flight = "healthCheck.remediation.maxInFlight"};

/// The value below fields of fields; null counts as missing.
const Value* given_at(const Record& record, std::string_view path) {
  const Value* value = find_at(record, path);
  return value == nullptr || value->is_null() ? nullptr : value;
}

bool is_zero(const Value* value) {
  return value != nullptr && value->if_int() != nullptr && *value->if_int() == 0;
}

/// Keys that kubelet, the cloud provider, kubeadm or Cluster API set themselves.
bool is_reserved_taint(std::string_view key) {
  return key == "node.cluster.x-k8s.io/uninitialized" ||
         key == "node.cluster.x-k8s.io/outdated-revision" ||
         (key.starts_with("node.kubernetes.io/") && key != "node.kubernetes.io/out-of-service") ||
         key.starts_with("node.cloudprovider.kubernetes.io/") ||
         key == "node-role.kubernetes.io/master";
}

/// Seconds in a duration as Go writes it (`1m30s`), or nothing if it is none.
std::optional<double> seconds_of(std::string_view text) {
  if (text == "0") return 0;
  if (!types::matches_pattern(text, R"(^([0-9]+(\.[0-9]+)?(ns|us|ms|s|m|h))+$)")) {
    return std::nullopt;
  }
  double seconds = 0;
  while (!text.empty()) {
    double number = 0;
    const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), number);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    const std::string_view unit =
        text.substr(0, std::min(text.find_first_of("0123456789"), text.size()));
    const double factor = unit == "h"    ? 3600
                          : unit == "m"  ? 60
                          : unit == "s"  ? 1
                          : unit == "ms" ? 1e-3
                          : unit == "us" ? 1e-6
                                         : 1e-9;
    seconds += number * factor;
    text.remove_prefix(unit.size());
  }
  return seconds;
}

class MachineRules {
 public:
  MachineRules(const Record& topology, const FieldNames& names, const std::string& path)
      : topology_(topology), names_(names), path_(path) {}

  std::vector<Refusal> check() {
    check_numbers();
    check_rollout();
    check_taints();
    check_health_check();
    return std::move(refusals_);
  }

 private:
  template <typename... Parameters, typename... Arguments>
  void refuse(std::string_view field, const diag::Diagnostic<Parameters...>& what,
              const Arguments&... arguments) {
    refusals_.push_back(refusal(types::field_path(path_, field), what, arguments...));
  }

  void check_numbers() {
    for (const std::string_view field : names_.int_or_percent) {
      const Value* value = given_at(topology_, field);
      const std::string* text = value == nullptr ? nullptr : value->if_string();
      if (text != nullptr && !types::matches_pattern(*text, "^[+-]?[0-9]+%$"))
        refuse(field, diag::NotAPercentage, diag::Code{*text});
    }
  }

  void check_rollout() {
    const Value* rollout = given_at(topology_, names_.rollout);
    if (rollout == nullptr || rollout->if_record() == nullptr) return;
    if (is_zero(given_at(*rollout->if_record(), "maxSurge")) &&
        is_zero(given_at(*rollout->if_record(), "maxUnavailable")))
      refuse(names_.rollout, diag::RolloutStuck);
  }

  void check_taints() {
    const Value* taints = given_at(topology_, "taints");
    if (taints == nullptr || taints->if_list() == nullptr) return;
    std::size_t index = 0;
    for (const Value& taint : *taints->if_list()) {
      const Value* key = taint.if_record() == nullptr ? nullptr : taint.if_record()->find("key");
      if (key != nullptr && key->if_string() != nullptr && is_reserved_taint(*key->if_string())) {
        refuse(fmt::format("taints[{}].key", index), diag::ReservedTaint,
               diag::Code{*key->if_string()});
      }
      ++index;
    }
  }

  void check_health_check() {
    const Value* value = given_at(topology_, names_.health_check);
    const Record* check = value == nullptr ? nullptr : value->if_record();
    if (check == nullptr) return;
    const Value* enabled = given_at(*check, names_.enabled);
    const bool is_enabled =
        enabled != nullptr && enabled->if_bool() != nullptr && *enabled->if_bool();
    const bool is_defined = std::ranges::any_of(*check, [&](const Record::Field& field) {
      return field.name != names_.enabled && !field.value.is_null();
    });
    if (is_enabled && !is_defined && given_at(topology_, names_.max_in_flight) == nullptr)
      refuse(types::field_path(names_.health_check, names_.enabled), diag::EmptyHealthCheck);
    check_startup(*check);
  }

  void check_startup(const Record& check) {
    constexpr double least = 30;
    const Value* timeout = given_at(check, names_.startup_timeout);
    if (timeout == nullptr) return;
    const std::string field = types::field_path(names_.health_check, names_.startup_timeout);
    if (const std::int64_t* number = timeout->if_int(); number != nullptr && *number != 0) {
      if (static_cast<double>(*number) < least)
        refuse(field, diag::HealthCheckTooSoon, diag::Code{fmt::format("{}s", *number)});
    } else if (const std::string* text = timeout->if_string()) {
      const std::optional<double> seconds = seconds_of(*text);
      if (!seconds) {
        refuse(field, diag::InvalidField,
               diag::Prose{fmt::format("`{}` is not a duration like `10m`", *text)});
      } else if (*seconds >= 1 && *seconds < least) {  // conversion cuts fractions of a second
        refuse(field, diag::HealthCheckTooSoon, diag::Code{*text});
      }
    }
  }

  const Record& topology_;
  const FieldNames& names_;
  const std::string& path_;
  std::vector<Refusal> refusals_;
};

}  // namespace

std::vector<Refusal> refused_machine_fields(const Record& topology, std::string_view api_version,
                                            const std::string& path) {
  const FieldNames& names = api_version.ends_with("v1beta1") ? v1beta1 : v1beta2;
  return MachineRules(topology, names, path).check();
}

}  // namespace stackc::topology
