#include <array>

#include "compiler/emit/artifacts.h"
#include "compiler/emit/yaml_writer.h"

namespace stackc::emit {
namespace {

struct HardwareKey {
  std::string_view glance;
  std::string_view orc;
};

/// Glance properties that ORC has a field for (CRD of ORC 2.6,
/// `spec.resource.properties.hardware`); it takes no others.
constexpr std::array<HardwareKey, 11> hardware_keys{{
    {"hw_disk_bus", "diskBus"},
    {"hw_scsi_model", "scsiModel"},
    {"hw_vif_model", "vifModel"},
    {"hw_rng_model", "rngModel"},
    {"hw_cdrom_bus", "cdromBus"},
    {"hw_qemu_guest_agent", "qemuGuestAgent"},
    {"hw_cpu_cores", "cpuCores"},
    {"hw_cpu_sockets", "cpuSockets"},
    {"hw_cpu_threads", "cpuThreads"},
    {"hw_cpu_policy", "cpuPolicy"},
    {"hw_cpu_thread_policy", "cpuThreadPolicy"},
}};

/// Glance takes words for a switch, ORC wants a boolean.
Value orc_value(std::string_view glance_key, const Value& value) {
  const std::string* word = value.if_string();
  if (glance_key != "hw_qemu_guest_agent" || word == nullptr) return value;
  return *word == "yes" || *word == "true";
}

Record hardware(const Record& properties) {
  Record hardware;
  for (const auto& [glance, orc] : hardware_keys) {
    if (const Value* value = properties.find(glance))
      hardware.set(std::string(orc), orc_value(glance, *value));
  }
  return hardware;
}

Record orc_properties(const ir::NodeImage& image) {
  Record properties;
  set_if_given(properties, "architecture", image.architecture);
  if (const Value* type = image.properties.find("hypervisor_type"))
    properties.set("hypervisorType", *type);
  // ORC refuses zero, which in Glance means no demand.
  if (image.min_disk_gib > 0) properties.set("minDiskGB", image.min_disk_gib);
  if (image.min_ram_mib > 0) properties.set("minMemoryMB", image.min_ram_mib);
  if (Record keys = hardware(image.properties); !keys.empty())
    properties.set("hardware", std::move(keys));
  Record system;
  set_if_given(system, "distro", image.os_distro);
  set_if_given(system, "version", image.os_version);
  if (!system.empty()) properties.set("operatingSystem", std::move(system));
  return properties;
}

Value orc_image(const ir::NodeImage& image) {
  Record download{{"url", image.url}};
  if (const std::size_t colon = image.checksum.find(':'); colon != std::string::npos) {
    download.set("hash", Record{{"algorithm", image.checksum.substr(0, colon)},
                                {"value", image.checksum.substr(colon + 1)}});
  }
  Record resource{{"visibility", image.visibility}};
  if (!image.tags.empty()) resource.set("tags", List(image.tags.begin(), image.tags.end()));
  if (Record properties = orc_properties(image); !properties.empty())
    resource.set("properties", std::move(properties));
  Record content{{"diskFormat", image.disk_format}};
  content.append_new("download", std::move(download));
  resource.append_new("content", std::move(content));
  // The secret and the cloud in it are called as in the SCS guides and in upstream's own objects.
  // They are those of the management cluster, which a stack cannot know: who applies the object may
  // edit both.
  const Record credentials{{"secretName", "openstack"}, {"cloudName", "openstack"}};
  Record spec{{"cloudCredentialsRef", credentials}, {"managementPolicy", "managed"}};
  spec.append_new("resource", std::move(resource));
  Record object{{"apiVersion", "openstack.k-orc.cloud/v1alpha1"},
                {"kind", "Image"},
                {"metadata", Record{{"name", image_name(image)}}}};
  object.append_new("spec", std::move(spec));
  return object;
}

}  // namespace

void emit_orc_images(const ir::Stack& stack, FileTree& files) {
  if (stack.image_list != ir::NodeImageList::OpenStack) return;
  std::string documents;
  for (const ir::NodeImage* image : disk_images(stack)) {
    if (!documents.empty()) documents += "---\n";
    documents += write_yaml(orc_image(*image));
  }
  if (!documents.empty()) files["orc-images.yaml"] = std::move(documents);
}

}  // namespace stackc::emit
