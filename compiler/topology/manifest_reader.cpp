#include "compiler/topology/manifest_reader.h"

#include <fmt/core.h>

#include <algorithm>
#include <limits>

#include "compiler/diag/catalogue/cluster.h"
#include "compiler/types/format.h"
#include "compiler/types/pattern.h"
#include "compiler/types/validate.h"

namespace stackc::topology {

namespace {

// Kubernetes: labels and annotations.
constexpr std::string_view name_pattern = "^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$";
constexpr std::size_t longest_name = 63;

bool is_label_text(std::string_view text) {
  return text.size() <= longest_name && types::matches_pattern(text, name_pattern);
}

/// `[prefix/]name`.
bool is_qualified_name(std::string_view key) {
  const std::size_t slash = key.find('/');
  if (slash == std::string_view::npos) return is_label_text(key);
  return types::has_format(key.substr(0, slash), "k8s-long-name") &&
         is_label_text(key.substr(slash + 1));
}

std::string lower_case(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  return text;
}

const Record no_fields;
const List no_items;

}  // namespace

const Value* ManifestReader::find(const Record& record, std::string_view field) const {
  const Value* value = record.find(field);
  return value == nullptr || value->is_null() ? nullptr : value;
}

void ManifestReader::wrong_kind(const Value& value, std::string_view expected, std::string path) {
  refuse(refusal(path, diag::InvalidField,
                 diag::Prose{fmt::format("expected {}, found {}", expected, kind_name(value))}));
  misshapen_.push_back(std::move(path));
}

void ManifestReader::refuse(Refusal refusal) {
  const auto is_inside = [&](const std::string& path) {
    const std::string_view rest =
        std::string_view(refusal.path).substr(std::min(path.size(), refusal.path.size()));
    return refusal.path.starts_with(path) &&
           (rest.empty() || rest.starts_with('.') || rest.starts_with('['));
  };
  if (std::ranges::none_of(misshapen_, is_inside)) refusals_.push_back(std::move(refusal));
}

std::string ManifestReader::text(const Record& record, std::string_view field,
                                 const std::string& path) {
  const Value* value = find(record, field);
  if (value == nullptr) return "";
  if (const std::string* text = value->if_string()) return *text;
  wrong_kind(*value, "a string", types::field_path(path, field));
  return "";
}

std::optional<std::int64_t> ManifestReader::integer(const Record& record, std::string_view field,
                                                    const std::string& path) {
  const Value* value = find(record, field);
  if (value == nullptr) return std::nullopt;
  const std::int64_t* number = value->if_int();
  if (number == nullptr) {
    wrong_kind(*value, "an integer", types::field_path(path, field));
    return std::nullopt;
  }
  using Limits = std::numeric_limits<std::int32_t>;
  if (*number < Limits::min() || *number > Limits::max()) {
    refuse(refusal(types::field_path(path, field), diag::InvalidField,
                   diag::Prose{fmt::format("{} does not fit 32 bits", *number)}));
    return std::nullopt;
  }
  return *number;
}

const Record& ManifestReader::record(const Record& record, std::string_view field,
                                     const std::string& path) {
  const Value* value = find(record, field);
  return value == nullptr ? no_fields : item(*value, types::field_path(path, field));
}

const Record& ManifestReader::item(const Value& value, const std::string& path) {
  if (const Record* fields = value.if_record()) return *fields;
  wrong_kind(value, "a record", path);
  return no_fields;
}

const List& ManifestReader::list(const Record& record, std::string_view field,
                                 const std::string& path) {
  const Value* value = find(record, field);
  if (value == nullptr) return no_items;
  if (const List* items = value->if_list()) return *items;
  wrong_kind(*value, "a list", types::field_path(path, field));
  return no_items;
}

List ManifestReader::texts(const Record& record, std::string_view field, const std::string& path) {
  const List& items = list(record, field, path);
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].if_string() == nullptr) {
      wrong_kind(items[i], "a string", types::item_path(types::field_path(path, field), i));
    }
  }
  return items;
}

Metadata ManifestReader::metadata(const Record& owner, const std::string& path) {
  const std::string inside = types::field_path(path, "metadata");
  const Record& fields = record(owner, "metadata", path);
  Metadata result{record(fields, "labels", inside), record(fields, "annotations", inside)};
  for (const auto& [key, value] : result.labels) {
    const std::string* text = value.if_string();
    const std::string where = types::field_path(inside + ".labels", key);
    if (text == nullptr) {
      wrong_kind(value, "a string", where);
    } else if (!is_qualified_name(key) || (!text->empty() && !is_label_text(*text))) {
      refuse(refusal(where, diag::BadLabel, diag::Code{fmt::format("{}: {}", key, *text)},
                     diag::Prose{"label"}));
    }
  }
  for (const auto& [key, value] : result.annotations) {
    const std::string where = types::field_path(inside + ".annotations", key);
    if (value.if_string() == nullptr) {
      wrong_kind(value, "a string", where);
    } else if (!is_qualified_name(lower_case(key))) {
      refuse(refusal(where, diag::BadLabel, diag::Code{key}, diag::Prose{"name of an annotation"}));
    }
  }
  return result;
}

std::vector<GivenVariable> ManifestReader::variables(const Record& owner, std::string_view field,
                                                     const std::string& path) {
  std::vector<GivenVariable> result;
  const std::string inside = types::field_path(path, field);
  for (const Value& entry : list(owner, field, path)) {
    const std::string where = types::item_path(inside, result.size());
    const Record& variable = item(entry, where);
    const Value* value = find(variable, "value");
    result.push_back(
        {text(variable, "name", where), value == nullptr ? std::nullopt : std::optional(*value)});
  }
  return result;
}

}  // namespace stackc::topology
