#include "compiler/schema/chart_volumes.h"

#include <algorithm>
#include <optional>

namespace stackc::schema {
namespace {

constexpr std::string_view list_key = "volumes:";
constexpr std::string_view name_key = "name:";

struct Line {
  std::size_t indent;
  std::string_view text;  // without blanks around it
};

Line read_line(std::string_view line) {
  const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
  line.remove_prefix(indent);
  return {indent, line.substr(0, line.find_last_not_of(" \t\r") + 1)};
}

/// The value of a key, without quotes.
std::string_view value_of(std::string_view key, std::string_view line) {
  line.remove_prefix(key.size());
  line.remove_prefix(std::min(line.find_first_not_of(" \"'"), line.size()));
  return line.substr(0, line.find_last_not_of(" \"'") + 1);
}

/// Reads the items of one list of volumes.
class VolumeList {
 public:
  VolumeList(std::size_t indent, ChartVolumes& volumes) : indent_(indent), volumes_(volumes) {}

  /// False if the line is none of the list.
  bool take(Line line) {
    if (line.text.empty() || line.text.starts_with('#')) return true;
    if (line.text.starts_with("{{")) {
      const bool takes_other_text = line.text.find("include ") != line.text.npos ||
                                    line.text.find("template ") != line.text.npos;
      if (takes_other_text) volumes_.are_all_known = false;
      return true;
    }
    const bool is_item = line.text.starts_with("- ");
    if (line.indent < indent_ || (line.indent == indent_ && !is_item)) return false;
    if (is_item && (key_column_ == 0 || line.indent < key_column_)) {
      key_column_ = line.indent + 2;
      line = {key_column_, line.text.substr(2)};
    }
    if (line.indent == key_column_ && line.text.starts_with(name_key))
      add(value_of(name_key, line.text));
    return true;
  }

 private:
  void add(std::string_view name) {
    if (name.find("{{") != name.npos) {
      volumes_.are_all_known = false;
    } else {
      volumes_.names.emplace(name);
    }
  }

  std::size_t indent_;
  std::size_t key_column_ = 0;  // where the keys of an item begin; 0: no item yet
  ChartVolumes& volumes_;
};

}  // namespace

void ChartVolumes::add_template(std::string_view text) {
  std::optional<VolumeList> list;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const Line line = read_line(text.substr(at, end - at));
    if (line.text.starts_with("volumeClaimTemplates:")) are_all_known = false;
    if (list && !list->take(line)) list.reset();
    if (!list && line.text.starts_with(list_key)) list.emplace(line.indent, *this);
    at = end + 1;
  }
}

void ChartVolumes::add_defaults(const Value& defaults) {
  if (defaults.if_record() == nullptr) return;
  for (const auto& [name, value] : *defaults.if_record()) {
    if (name.ends_with("olumes") && value.if_list()) {
      for (const Value& item : *value.if_list()) {
        const Value* own = item.if_record() ? item.if_record()->find("name") : nullptr;
        if (own && own->if_string()) names.insert(*own->if_string());
      }
    }
    add_defaults(value);
  }
}

}  // namespace stackc::schema
