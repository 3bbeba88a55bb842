#include "compiler/check/rules/image_properties.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/text.h"
#include "compiler/check/meant.h"
#include "compiler/check/rules/template_parts.h"
#include "compiler/check/rules/text_forms.h"
#include "compiler/diag/catalogue/stack.h"
#include "compiler/diag/catalogue/type.h"

namespace stackc::check {
namespace {

constexpr TextForm flag_form{"^(yes|no|true|false|on|off|Yes|No|True|False|y|n|t|f|1|0)$"};

struct Property {
  std::string_view path;  // in the record of an image
  TextForm form;
  std::string_view is;  // continues "`os_purpose` …"
};

// Glance's "useful image properties" for what begins with `hw_` or `os_`, scs-0102 (v1 and v2) for
// the rest; where the two disagree, what either has.
constexpr std::array<Property, 21> properties{{
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
    // Nova's `VIFModel`, with the names that VMware had for them.
    {"properties.hw_vif_model",
     {"^(virtio|e1000|e1000e|igb|lan9118|ne2k_pci|netfront|pcnet|rtl8139|spapr-vlan|sriov|vmxnet|"
      "vmxnet3|VirtualE1000|VirtualE1000e|VirtualPCNet32|VirtualSriovEthernetCard|VirtualVmxnet|"
      "VirtualVmxnet3)$"},
     "is a network card, as in `virtio`"},
    {"properties.hw_video_model",
     {"^(vga|cirrus|vmvga|xen|qxl|gop|none|virtio|bochs)$"},
     "is a graphics card, as in `virtio` or `vga`"},
    {"properties.hw_cpu_policy",
     {"^(shared|dedicated|mixed)$"},
     "is `shared`, `dedicated` or `mixed`"},
    // What oslo.utils takes as a truth value; anything else counts as false without a word.
    {"properties.hw_qemu_guest_agent", flag_form, "is `yes` or `no`"},
    {"properties.hw_vif_multiqueue_enabled", flag_form, "is `true` or `false`"},
    {"properties.hw_boot_menu", flag_form, "is `true` or `false`"},
    {"properties.os_require_quiesce", flag_form, "is `yes` or `no`"},
}};

// The same sources.
constexpr std::array<std::string_view, 60> property_names{
    "architecture",
    "cinder_img_volume_type",
    "hotfix_hours",
    "hw_architecture",
    "hw_boot_menu",
    "hw_cdrom_bus",
    "hw_cpu_cores",
    "hw_cpu_max_cores",
    "hw_cpu_max_sockets",
    "hw_cpu_max_threads",
    "hw_cpu_policy",
    "hw_cpu_sockets",
    "hw_cpu_thread_policy",
    "hw_cpu_threads",
    "hw_disk_bus",
    "hw_firmware_type",
    "hw_input_bus",
    "hw_machine_type",
    "hw_mem_encryption",
    "hw_mem_page_size",
    "hw_numa_nodes",
    "hw_pci_numa_affinity_policy",
    "hw_pointer_model",
    "hw_qemu_guest_agent",
    "hw_rescue_bus",
    "hw_rescue_device",
    "hw_rng_model",
    "hw_scsi_model",
    "hw_serial_port_count",
    "hw_time_hpet",
    "hw_tpm_model",
    "hw_tpm_version",
    "hw_video_model",
    "hw_video_ram",
    "hw_vif_model",
    "hw_vif_multiqueue_enabled",
    "hw_viommu_model",
    "hw_virtio_packed_ring",
    "hw_watchdog_action",
    "hypervisor_type",
    "image_build_date",
    "image_description",
    "image_original_user",
    "image_source",
    "img_config_drive",
    "img_hide_hypervisor_id",
    "instance_type_rxtx_factor",
    "license_included",
    "license_required",
    "os_command_line",
    "os_distro",
    "os_hash_algo",
    "os_purpose",
    "os_require_quiesce",
    "os_secure_boot",
    "os_shutdown_timeout",
    "provided_until",
    "replace_frequency",
    "subscription_required",
    "uuid_validity",
};

/// A property may have any name. But one that is a slip of another's is read by nobody.
void check_names(const ir::RecordLiteral& given, diag::Sink& sink) {
  for (const ir::RecordLiteral::Entry& entry : given.entries) {
    if (std::ranges::find(property_names, entry.name) != property_names.end()) continue;
    const auto* meant = std::ranges::find_if(property_names, [&](std::string_view name) {
      return folded(name) == folded(entry.name) || is_slip(entry.name, name);
    });
    if (meant != property_names.end() && !sink.has_error_at(entry.span))
      sink.report(entry.span, diag::MisspeltName, diag::Code{entry.name})
          .suggest({.name = *meant, .only = true});
  }
}

/// Ubuntu is released in April and October, and what has long-term support again as `24.04.1`.
void check_ubuntu(const ir::RecordLiteral& os, diag::Sink& sink) {
  const std::string* distro = fixed_text(os, "distro");
  const std::string* version = fixed_text(os, "version");
  if (distro == nullptr || *distro != "ubuntu" || version == nullptr) return;
  if (fits(*version, {"^[0-9]{2}[.](04|10)([.][1-9])?( LTS)?$"})) return;
  const source::Span place = find_entry(os, "version")->value->span;
  if (!sink.has_error_at(place))
    sink.report(place, diag::OutsideType,
                diag::Prose{fmt::format("there is no Ubuntu `{}`", *version)})
        .note("it is released in April and October, as in `24.04`");
}

/// The least that scs-0102 takes for `min_ram`: what is below it is meant in another unit.
void check_memory(const ir::Constant& memory, source::Span span, diag::Sink& sink) {
  constexpr std::int64_t least = 64;
  const std::int64_t* size = memory.value.if_int();
  if (size == nullptr || *size <= 0 || *size >= least || sink.has_error_at(span)) return;
  sink.report(span, diag::OutsideType,
              diag::Prose{fmt::format("no image boots with {} MiB of memory", *size)})
      .note("`minMemoryMiB` counts MiB: 2 GiB are `2048`");
}

}  // namespace

void check_image_properties(ir::ExprRef image, diag::Sink& sink) {
  for_each_value(image, [&](ir::ExprRef value, const std::string& path) {
    const auto* given = path == "properties" ? value->as<ir::RecordLiteral>() : nullptr;
    if (given != nullptr) check_names(*given, sink);
    const auto* os = path == "os" ? value->as<ir::RecordLiteral>() : nullptr;
    if (os != nullptr) check_ubuntu(*os, sink);
    const auto* property = std::ranges::find(properties, path, &Property::path);
    const auto* constant = value->as<ir::Constant>();
    if (constant != nullptr && path == "minMemoryMiB") check_memory(*constant, value->span, sink);
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
