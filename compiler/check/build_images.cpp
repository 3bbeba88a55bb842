#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "compiler/check/stack_builder.h"
#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/stack.h"

namespace stackc::check {

using diag::Code;
using diag::Prose;
using types::Kind;
using types::Type;

namespace {

std::string text_at(const Record& record, std::string_view name) {
  const Value* value = record.find(name);
  return value && value->if_string() ? *value->if_string() : "";
}

std::int64_t number_at(const Record& record, std::string_view name) {
  const Value* value = record.find(name);
  return value && value->if_int() ? *value->if_int() : 0;
}

bool is_sha256(std::string_view checksum) {
  constexpr std::string_view prefix = "sha256:";
  const auto hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); };
  return checksum.starts_with(prefix) && checksum.size() == prefix.size() + 64 &&
         std::ranges::all_of(checksum.substr(prefix.size()), hex);
}

/// The fields of an image, as docs/language.md lists them.
types::TypeRef image_type(types::TypeStore& types) {
  const types::TypeRef text = types.add({.kind = Kind::String, .min = 1});
  Type os{.kind = Kind::Record, .name = "os"};
  os.fields = {{.name = "distro", .type = text, .required = true},
               {.name = "version", .type = text, .required = true}};
  const types::TypeRef size = types.add({.kind = Kind::Int, .min = 0});
  const types::TypeRef visibility =
      types.add({.kind = Kind::String, .values = {"public", "private", "shared", "community"}});
  const types::TypeRef format =
      types.add({.kind = Kind::String, .values = {"qcow2", "raw", "vmdk", "vdi", "vhd", "iso"}});
  Type image{.kind = Kind::Record, .name = "an image"};
  image.fields = {{.name = "name", .type = text},
                  {.name = "version", .type = text},
                  {.name = "url", .type = text},
                  {.name = "checksum", .type = text},
                  {.name = "built", .type = types.string()},
                  {.name = "container", .type = text},
                  {.name = "format", .type = format},
                  {.name = "architecture", .type = text},
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
  const types::TypeRef type = image_type(build_.types());
  for (const auto* node : items<syntax::Image>()) {
    const auto name = constant(*node->name, build_.types().string(), "the name of an image");
    const ir::ExprRef written = release_value(*node->body, type, "an image");
    auto record = constant_value(written);
    if (!name || !record || !record->if_record() || sink_.has_error_within(node->span)) continue;
    record->if_record()->set("name", *name);
    image(*record, written, node->name->span);
  }
  for (const auto* node : items<syntax::Images>()) {
    const ir::ExprRef list =
        release_value(*node->list, build_.types().list_of(type), "a list of images");
    const auto* items = list->as<ir::ListLiteral>();  // what is known now is written out
    if (items == nullptr) continue;
    for (const auto& item : items->items) {
      const auto record = constant_value(item.value);
      const bool is_told = sink_.has_error_within(item.value->span);
      if (record && record->if_record() && !is_told) image(*record, item.value, item.value->span);
    }
  }
  check_images();
}

void StackBuilder::image(const Value& value, ir::ExprRef written, source::Span span) {
  const Record& record = *value.if_record();
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
  check_checksum(result, written);
  if (result.min_disk_gib > 0) {
    const auto& entries = written->as<ir::RecordLiteral>()->entries;
    const auto need = std::ranges::find(entries, "minDiskGiB", &ir::RecordLiteral::Entry::name);
    disk_needs_.push_back({result.name, result.min_disk_gib, need->value->span});
  }
  result_.images.push_back(std::move(result));
}

void StackBuilder::check_checksum(const ir::NodeImage& image, ir::ExprRef written) {
  if (!image.url.empty() && image.checksum.empty()) {
    sink_.report(image.span, diag::ImageWithoutChecksum, Code{image.name})
        .note("`checksum: \"sha256:…\"` lets the cloud refuse a damaged or replaced file");
    return;
  }
  if (image.checksum.empty() || is_sha256(image.checksum)) return;
  const auto& entries = written->as<ir::RecordLiteral>()->entries;
  const auto checksum = std::ranges::find(entries, "checksum", &ir::RecordLiteral::Entry::name);
  // The same for all images of a loop, so that it is told once.
  auto report = sink_.report(checksum->value->span, diag::BadChecksum);
  const bool is_first = std::ranges::none_of(result_.images, [](const ir::NodeImage& other) {
    return !other.checksum.empty() && !is_sha256(other.checksum);
  });
  if (!is_first) return;
  report.note(fmt::format("found `{}`", image.checksum));
  if (const auto part = build_.origin(checksum->value)) report.label(*part, diag::WrittenHere);
}

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// The versions `v1.34.7` in a text.
std::vector<std::string_view> versions_in(std::string_view text) {
  std::vector<std::string_view> versions;
  for (std::size_t at = text.find('v'); at != text.npos; at = text.find('v', at + 1)) {
    std::size_t end = at + 1;
    int numbers = 0;
    while (end < text.size() && is_digit(text[end])) {
      while (end < text.size() && is_digit(text[end])) ++end;
      ++numbers;
      if (end + 1 < text.size() && text[end] == '.' && is_digit(text[end + 1])) ++end;
    }
    if (numbers == 3) versions.push_back(text.substr(at, end - at));
  }
  return versions;
}

/// Names of Kubernetes objects (RFC 1123, subdomain).
bool is_subdomain(std::string_view name) {
  const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || is_digit(c); };
  for (std::size_t at = 0; at <= name.size();) {
    const std::size_t end = std::min(name.find('.', at), name.size());
    const std::string_view label = name.substr(at, end - at);
    if (label.empty() || !plain(label.front()) || !plain(label.back())) return false;
    if (!std::ranges::all_of(label, [&](char c) { return plain(c) || c == '-'; })) return false;
    at = end + 1;
  }
  return name.size() <= 253;
}

}  // namespace

void StackBuilder::check_images() {
  const std::string of_line = "v" + result_.kubernetes_version;
  for (const ir::NodeImage& image : result_.images) {
    check_image(image);
    const auto same_name = [&](const ir::NodeImage& other) { return other.name == image.name; };
    const auto first = std::ranges::find_if(result_.images, same_name);
    const auto same = std::ranges::find_if(result_.images, [&](const ir::NodeImage& other) {
      return same_name(other) && other.version == image.version;
    });
    if (&*same != &image) {
      sink_.report(image.span, diag::DuplicateImage, Code{image.name}, Code{image.version})
          .label(same->span, diag::AlsoHere);
    }
    const bool has_line = std::ranges::any_of(result_.images, [&](const ir::NodeImage& other) {
      return same_name(other) && other.version == of_line;
    });
    if (&*first == &image && !has_line)
      sink_.report(line_.version.span, diag::NoImageOfLine, Code{image.name}, Code{of_line})
          .label(image.span, diag::DeclaredHere, Code{image.name});
  }
}

void StackBuilder::check_image(const ir::NodeImage& image) {
  const auto version = versions_in(image.version);
  if (version != std::vector<std::string_view>{image.version}) {
    sink_.report(image.span, diag::BadImageVersion, Code{image.version}, Code{image.name});
    return;
  }
  if (!image.version.starts_with("v" + result_.kubernetes_minor + "."))
    sink_.report(image.span, diag::ImageOfAnotherLine, Code{image.name}, Code{image.version},
                 Prose{result_.kubernetes_minor});
  const std::string& source = image.url.empty() ? image.container : image.url;
  const auto named = versions_in(source);
  if (!named.empty() && std::ranges::find(named, image.version) == named.end())
    sink_.report(image.span, diag::ImageSourceVersion, Code{image.name}, Code{image.version},
                 Code{source});
  const std::string object = image.name + "-" + image.version;
  if (image.container.empty() && !is_subdomain(object))
    sink_.report(image.span, diag::BadImageName, Code{image.name})
        .note(
            "lower-case letters, digits, dashes and dots, at most 253 characters with the version");
}

/// Which of several images a machine boots from is not looked at, so the most modest of them
/// counts; of one image, its most demanding version.
void StackBuilder::disk_sizes() {
  if (sink_.has_errors()) return;  // what a machine gets is open
  std::map<std::string_view, const DiskNeed*> by_image;
  for (const DiskNeed& need : disk_needs_) {
    const DiskNeed*& most = by_image[need.image];
    if (most == nullptr || most->gib < need.gib) most = &need;
  }
  const bool all_need_one = std::ranges::all_of(
      result_.images, [&](const ir::NodeImage& image) { return by_image.contains(image.name); });
  if (by_image.empty() || !all_need_one) return;
  const auto least =
      std::ranges::min_element(by_image, {}, [](const auto& one) { return one.second->gib; });
  check_disk_sizes(result_, variable_places_, *least->second, sink_);
}

}  // namespace stackc::check
