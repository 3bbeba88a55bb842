#include "compiler/check/rules/node_disks.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/text.h"
#include "compiler/check/meant.h"
#include "compiler/check/rules/template_parts.h"
#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/stack.h"

namespace stackc::check {
namespace {

using ir::ExprRef;
using ir::RecordLiteral;

/// How long labels may be: mkfs of each kind (e2fsprogs, xfsprogs, btrfs-progs, dosfstools).
struct LabelLimit {
  std::string_view kind;
  std::size_t most;
};
constexpr std::array<LabelLimit, 6> label_limits{
    {{"ext2", 16}, {"ext3", 16}, {"ext4", 16}, {"xfs", 12}, {"btrfs", 255}, {"vfat", 11}}};

struct FileSystem {
  const std::string* kind;
  const std::string* label;
  source::Span place_of_kind;
  source::Span place;  // of the label
};

const ir::ListLiteral* list_at(const RecordLiteral& record, std::string_view name) {
  const auto* entry = find_entry(record, name);
  return entry == nullptr ? nullptr : entry->value->as<ir::ListLiteral>();
}

const std::string* text_at(const ir::ListLiteral& list, std::size_t index) {
  if (index >= list.items.size() || list.items[index].condition != nullptr) return nullptr;
  const auto* constant = list.items[index].value->as<ir::Constant>();
  return constant == nullptr ? nullptr : constant->value.if_string();
}

class NodeDisks {
 public:
  explicit NodeDisks(diag::Sink& sink) : sink_(sink) {}

  /// False if something about them is known later only.
  bool read(const ir::ListLiteral& systems) {
    for (const auto& item : systems.items) {
      const auto* system = item.value->as<RecordLiteral>();
      const std::string* kind = system == nullptr ? nullptr : fixed_text(*system, "filesystem");
      const std::string* label = system == nullptr ? nullptr : fixed_text(*system, "label");
      if (kind == nullptr || (label == nullptr && find_entry(*system, "label"))) return false;
      if (label == nullptr) continue;
      const FileSystem made{kind, label, find_entry(*system, "filesystem")->value->span,
                            find_entry(*system, "label")->value->span};
      check_length(made);
      made_.push_back(made);
    }
    return true;
  }

  void check_mounts(const ir::ListLiteral& mounts) {
    constexpr std::string_view by_label = "LABEL=";
    for (const auto& item : mounts.items) {
      const auto* mount = item.value->as<ir::ListLiteral>();
      const std::string* device = mount == nullptr ? nullptr : text_at(*mount, 0);
      if (device == nullptr || !device->starts_with(by_label)) continue;
      const std::string label = device->substr(by_label.size());
      const auto made = std::ranges::find_if(
          made_, [&](const FileSystem& system) { return *system.label == label; });
      const std::string* kind = text_at(*mount, 2);
      if (made == made_.end()) {
        check_label(label, mount->items[0].value->span);
      } else if (kind != nullptr && *kind != "auto" && *kind != *made->kind &&
                 !sink_.has_error_at(made->place_of_kind)) {
        refuse(mount->items[2].value->span,
               fmt::format("the file system `{}` is made as `{}`", label, *made->kind))
            .label(made->place_of_kind, diag::AlsoHere);
      }
    }
  }

 private:
  void check_length(const FileSystem& made) {
    const auto limit = std::ranges::find(label_limits, *made.kind, &LabelLimit::kind);
    if (limit != label_limits.end() && made.label->size() > limit->most)
      refuse(made.place,
             fmt::format("a label of `{}` has at most {} characters", limit->kind, limit->most));
  }

  /// Others may be in the image, `data2` beside `data1` or `ROOT` beside `BOOT`.
  void check_label(const std::string& label, source::Span place) {
    const auto made = std::ranges::find_if(made_, [&](const FileSystem& system) {
      return is_slip(label, *system.label) || folded(label) == folded(*system.label);
    });
    if (made != made_.end())
      refuse(place, fmt::format("`diskSetup` makes no file system `{}`", label))
          .hint(fmt::format("did you mean `LABEL={}`?", *made->label));
  }

  diag::ReportBuilder refuse(source::Span place, std::string why) {
    return sink_.report(place, diag::RefusedOnNode, diag::Code{"cloud-init"},
                        diag::Prose{std::move(why)});
  }

  diag::Sink& sink_;
  std::vector<FileSystem> made_;  // with labels
};

}  // namespace

void check_node_disks(const ir::Template& source, diag::Sink& sink) {
  const ExprRef root = kubeadm_configuration(source);
  const auto* configuration = root == nullptr ? nullptr : root->as<RecordLiteral>();
  const auto* setup_entry =
      configuration == nullptr ? nullptr : find_entry(*configuration, "diskSetup");
  const auto* setup = setup_entry == nullptr ? nullptr : setup_entry->value->as<RecordLiteral>();
  const ir::ListLiteral* systems = setup == nullptr ? nullptr : list_at(*setup, "filesystems");
  const ir::ListLiteral* mounts = setup == nullptr ? nullptr : list_at(*configuration, "mounts");
  if (systems == nullptr) return;
  NodeDisks disks(sink);
  if (disks.read(*systems) && mounts != nullptr) disks.check_mounts(*mounts);
}

}  // namespace stackc::check
