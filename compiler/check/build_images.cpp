#include <algorithm>
#include <map>

#include "compiler/check/rules/image_checks.h"
#include "compiler/check/rules/image_properties.h"
#include "compiler/check/rules/text_forms.h"
#include "compiler/check/stack_builder.h"

namespace stackc::check {

using types::Kind;
using types::Type;

namespace {

std::int64_t number_at(const Record& record, std::string_view name) {
  const Value* value = record.find(name);
  return value && value->if_int() ? *value->if_int() : 0;
}

/// The fields of an image, as docs/language.md lists them.
types::TypeRef image_type(types::TypeStore& types, bool needs_name) {
  const types::TypeRef text = types.add({.kind = Kind::String, .min = 1});
  Type os{.kind = Kind::Record, .name = "os"};
  os.fields = {{.name = "distro", .type = text, .required = true},
               {.name = "version", .type = text, .required = true}};
  const types::TypeRef size = types.add({.kind = Kind::Int, .min = 0});
  const types::TypeRef visibility =
      types.add({.kind = Kind::String, .values = {"public", "private", "shared", "community"}});
  const types::TypeRef format =
      types.add({.kind = Kind::String, .values = {"qcow2", "raw", "vmdk", "vdi", "vhd", "iso"}});
  // What Glance documents for the image property `architecture`, which Nova compares with its
  // hosts.
  const types::TypeRef architecture = types.add(
      {.kind = Kind::String,
       .values = {"x86_64", "aarch64", "armv7l", "i686", "ppc64", "ppc64le", "riscv64", "s390x"}});
  Type date_or_none{.kind = Kind::String, .values = {""}, .or_other_text = true};
  date_or_none.format = "date";
  const types::TypeRef date = types.add(std::move(date_or_none));
  const types::TypeRef url =
      types.add({.kind = Kind::String, .name = "URL", .pattern = "^https?://[^ /]+(/[^ ]*)?$"});
  const types::TypeRef container =
      types.add({.kind = Kind::String,
                 .name = "ContainerImage",
                 .min = 1,
                 // A mark of templates has a warning of its own.
                 .pattern = std::string(image_form.form) + R"(|\{\{)"});
  Type image{.kind = Kind::Record, .name = "an image"};
  image.fields = {{.name = "name", .type = text, .required = needs_name},
                  {.name = "version", .type = text},
                  {.name = "url", .type = url},
                  {.name = "checksum", .type = text},
                  {.name = "built", .type = date},
                  {.name = "container", .type = container},
                  {.name = "format", .type = format},
                  {.name = "architecture", .type = architecture},
                  {.name = "os", .type = types.add(std::move(os))},
                  {.name = "login", .type = text},
                  {.name = "minDiskGiB", .type = size},
                  {.name = "minMemoryMiB", .type = size},
                  {.name = "visibility", .type = visibility},
                  {.name = "tags", .type = types.list_of(text)},
                  {.name = "properties", .type = types.map_of(text)}};
  image.exactly_one_of = {{"url", "container"}};
  return types.add(std::move(image));
}

}  // namespace

void StackBuilder::images() {
  build_.describe_type("URL", "begins with `https://` or `http://` and a host, and has no blanks");
  build_.describe_type("ContainerImage",
                       "the address of one in lower case, perhaps with a tag or a digest, as in "
                       "`kindest/node:v1.34.7`");
  bool broken = false;  // some image is not known because of what has been told
  for (const auto* node : items<syntax::Image>()) {
    const auto name = constant(*node->name, build_.types().string(), "the name of an image");
    const ir::ExprRef written =
        release_value(*node->body, image_type(build_.types(), false), "an image");
    auto record = constant_value(written);
    if (!name || !record || !record->if_record() || sink_.has_error_within(node->span)) {
      broken = true;
      continue;
    }
    record->if_record()->set("name", *name);
    image(*record, written, node->name->span);
  }
  for (const auto* node : items<syntax::Images>()) {
    const ir::ExprRef list = release_value(
        *node->list, build_.types().list_of(image_type(build_.types(), true)), "a list of images");
    const auto* items = list->as<ir::ListLiteral>();  // what is known now is written out
    if (items == nullptr) {
      broken = true;
      continue;
    }
    for (const auto& item : items->items) {
      const auto record = constant_value(item.value);
      const bool is_told = sink_.has_error_within(item.value->span);
      if (record && record->if_record() && !is_told) {
        image(*record, item.value, item.value->span);
      } else {
        broken = true;
      }
    }
  }
  std::vector<std::string> other_minors;
  for (const auto* other : items<syntax::KubernetesLine>()) {
    const std::string& version = other->version.text;
    if (other != &line_) other_minors.push_back(version.substr(0, version.rfind('.')));
  }
  check_images({.stack = result_,
                .written = image_literals_,
                .line = line_.version.span,
                .other_minors = std::move(other_minors),
                .broken = broken},
               build_, sink_);
}

void StackBuilder::image(const Value& value, ir::ExprRef written, source::Span span) {
  const Record& record = *value.if_record();
  check_image_properties(written, sink_);
  ir::NodeImage result{.name = text_at(record, "name"),
                       .version = text_at(record, "version"),
                       .url = text_at(record, "url"),
                       .checksum = text_at(record, "checksum"),
                       .built = text_at(record, "built"),
                       .container = text_at(record, "container"),
                       .disk_format = text_at(record, "format"),
                       .architecture = text_at(record, "architecture"),
                       .login = text_at(record, "login"),
                       .min_disk_gib = number_at(record, "minDiskGiB"),
                       .min_ram_mib = number_at(record, "minMemoryMiB"),
                       .visibility = text_at(record, "visibility"),
                       .span = span};
  if (result.version.empty()) result.version = "v" + result_.kubernetes_version;
  if (result.visibility.empty())
    result.visibility = "private";  // nobody else sees what nobody asked to show
  if (result.disk_format.empty() && !result.url.empty()) result.disk_format = "qcow2";
  if (const Value* os = record.find("os"); os && os->if_record()) {
    result.os_distro = text_at(*os->if_record(), "distro");
    result.os_version = text_at(*os->if_record(), "version");
  }
  if (const Value* tags = record.find("tags"); tags && tags->if_list()) {
    for (const Value& tag : *tags->if_list()) result.tags.push_back(*tag.if_string());
  }
  if (const Value* properties = record.find("properties"); properties && properties->if_record()) {
    result.properties = *properties->if_record();
  }
  const auto need = [&](ImageNeed::Of of, std::int64_t amount, std::string_view field) {
    const auto& entries = written->as<ir::RecordLiteral>()->entries;
    const auto entry = std::ranges::find(entries, field, &ir::RecordLiteral::Entry::name);
    if (amount > 0) image_needs_.push_back({of, result.name, amount, entry->value->span});
  };
  need(ImageNeed::Of::Disk, result.min_disk_gib, "minDiskGiB");
  need(ImageNeed::Of::Memory, result.min_ram_mib, "minMemoryMiB");
  result_.images.push_back(std::move(result));
  image_literals_.push_back(written);
}

/// Which of several images a machine boots from is not looked at, so the most modest of them
/// counts; of one image, its most demanding version.
void StackBuilder::image_needs(ImageNeed::Of of) {
  if (sink_.has_errors()) return;  // what a machine gets is open
  std::map<std::string_view, const ImageNeed*> by_image;
  for (const ImageNeed& need : image_needs_) {
    if (need.of != of) continue;
    const ImageNeed*& most = by_image[need.image];
    if (most == nullptr || most->amount < need.amount) most = &need;
  }
  const bool all_need_one = std::ranges::all_of(
      result_.images, [&](const ir::NodeImage& image) { return by_image.contains(image.name); });
  if (by_image.empty() || !all_need_one) return;
  const auto least =
      std::ranges::min_element(by_image, {}, [](const auto& one) { return one.second->amount; });
  check_image_need(result_, variable_places_, *least->second, sink_);
}

}  // namespace stackc::check
