#include "compiler/check/image_properties.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "compiler/check/template_parts.h"
#include "compiler/check/text_forms.h"
#include "compiler/diag/catalogue/type.h"

namespace stackc::check {
namespace {

struct Property {
  std::string_view path;  // in the record of an image
  TextForm form;
  std::string_view is;  // continues "`os_purpose` …"
};

// Glance's "useful image properties" for what begins with `hw_` or `os_`, scs-0102 (v1 and v2) for
// the rest; where the two disagree, what either has.
constexpr std::array<Property, 14> properties{{
    {"os.distro", {"^[a-z0-9][a-z0-9._-]*$"}, "is written in lower-case letters"},
    {"properties.hw_disk_bus",
     {"^(scsi|virtio|ide|sata|usb|xen|uml|lxc|fdc|nvme)$"},
     "is a bus, as in `scsi` or `virtio`"},
    {"properties.hw_scsi_model",
     {"^(virtio-scsi|buslogic|ibmvscsi|lsilogic|lsisas1068|lsisas1078|vmpvscsi)$"},
     "is a controller, as in `virtio-scsi`"},
    {"properties.hypervisor_type",
     {"^(qemu|kvm|xen|lxc|uml|vmware|hyperv|hyper-v|esxi|ironic)$"},
     "is a hypervisor, as in `qemu`"},
    {"properties.hw_rng_model", {"^(virtio)$"}, "is `virtio`"},
    {"properties.hw_watchdog_action",
     {"^(disabled|reset|poweroff|pause|none)$"},
     "is `disabled`, `reset`, `poweroff`, `pause` or `none`"},
    {"properties.hw_firmware_type", {"^(bios|uefi)$"}, "is `bios` or `uefi`"},
    {"properties.os_secure_boot",
     {"^(required|optional|disabled)$"},
     "is `required`, `optional` or `disabled`"},
    {"properties.os_purpose",
     {"^(generic|oldgeneric|minimal|k8snode|gpu|network|custom)$"},
     "is `k8snode` for a node image"},
    {"properties.os_hash_algo", {"^(sha256|sha512)$"}, "is `sha256` or `sha512`"},
    {"properties.replace_frequency",
     {"^(yearly|quarterly|monthly|weekly|daily|critical_bug|never)$"},
     "is `yearly`, `quarterly`, `monthly`, `weekly`, `daily`, `critical_bug` or `never`"},
    {"properties.provided_until",
     {"^(none|notice|[0-9]{4}-[0-9]{2}-[0-9]{2})$"},
     "is `none`, `notice` or a date like `2026-04-16`"},
    {"properties.uuid_validity",
     {"^(none|notice|forever|last-[0-9]+|[0-9]{4}-[0-9]{2}-[0-9]{2})$"},
     "is `none`, `notice`, `forever`, `last-` and a number, or a date like `2026-04-16`"},
    {"properties.hotfix_hours", {"^[0-9]+$"}, "is a number of hours"},
}};

}  // namespace

void check_image_properties(ir::ExprRef image, diag::Sink& sink) {
  for_each_value(image, [&](ir::ExprRef value, const std::string& path) {
    const auto* property = std::ranges::find(properties, path, &Property::path);
    const auto* constant = value->as<ir::Constant>();
    const std::string* text = constant == nullptr ? nullptr : constant->value.if_string();
    if (property == properties.end() || text == nullptr || fits(*text, property->form)) return;
    if (sink.has_error_at(value->span)) return;
    const std::string_view name = property->path.substr(property->path.rfind('.') + 1);
    sink.report(value->span, diag::OutsideType,
                diag::Prose{fmt::format("`{}` {}, found `{}`", name, property->is, *text)})
        .hint(hint_from_choices(*text, property->form));
  });
}

}  // namespace stackc::check
