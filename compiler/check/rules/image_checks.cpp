#include "compiler/check/rules/image_checks.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "compiler/base/ascii.h"
#include "compiler/diag/catalogue/note.h"
#include "compiler/diag/catalogue/stack.h"
#include "compiler/diag/catalogue/type.h"

namespace stackc::check {

using diag::Code;
using diag::Prose;
using ir::ExprRef;

namespace {

constexpr std::string_view sha256 = "sha256:";

bool is_sha256(std::string_view checksum) {
  return checksum.starts_with(sha256) && checksum.size() == sha256.size() + 64 &&
         std::ranges::all_of(checksum.substr(sha256.size()), is_lower_hex_digit);
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

bool is_version(const std::string& text) {
  return versions_in(text) == std::vector<std::string_view>{text};
}

/// Names of Kubernetes objects (RFC 1123, subdomain).
bool is_subdomain(std::string_view name) {
  const auto plain = [](char c) { return is_lower_case(c) || is_digit(c); };
  for (std::size_t at = 0; at <= name.size();) {
    const std::size_t end = std::min(name.find('.', at), name.size());
    const std::string_view label = name.substr(at, end - at);
    if (label.empty() || !plain(label.front()) || !plain(label.back())) return false;
    if (!std::ranges::all_of(label, [&](char c) { return plain(c) || c == '-'; })) return false;
    at = end + 1;
  }
  return name.size() <= 253;
}

/// What is wrong with one image.
struct Complaint {
  diag::Entry entry;
  std::vector<std::string> arguments;
  std::string_view field;  // that is to be changed
  std::string note;
  const ir::NodeImage* other = nullptr;  // which it does not go with
};

template <typename... Parameters>
Complaint complaint(std::string_view field, const diag::Diagnostic<Parameters...>& what,
                    const Parameters&... arguments) {
  return {what.entry, {diag::to_text(arguments)...}, field, "", nullptr};
}

class ImageChecks {
 public:
  ImageChecks(const ListedImages& images, const ExprBuilder& build, diag::Sink& sink)
      : images_(images), all_(images.stack.images), build_(build), sink_(sink) {}

  void run() {
    std::vector<std::optional<Complaint>> complaints;
    for (const ir::NodeImage& image : all_) complaints.push_back(complaint_of(image));
    for (const ir::NodeImage& image : all_) {
      const bool is_first = &*std::ranges::find(all_, image.name, &ir::NodeImage::name) == &image;
      if (is_first) check_line(image, complaints);
    }
    for (std::size_t index = 0; index < complaints.size(); ++index) {
      if (complaints[index]) tell(index, complaints);
    }
  }

 private:
  using Complaints = std::vector<std::optional<Complaint>>;

  std::string version_of_line() const { return "v" + images_.stack.kubernetes_version; }

  std::optional<Complaint> complaint_of(const ir::NodeImage& image) const {
    if (auto wrong = kind_complaint(image)) return wrong;
    if (auto wrong = version_complaint(image)) return wrong;
    if (auto wrong = checksum_complaint(image)) return wrong;
    const auto same = [&](const ir::NodeImage& other) {
      return &other != &image && other.name == image.name && other.version == image.version;
    };
    if (std::ranges::any_of(all_, same)) return duplicate_complaint(image);
    const std::string& source = image.url.empty() ? image.container : image.url;
    const auto named = versions_in(source);
    // Beside its own version an address may have that of its release, or of what it holds.
    const std::string_view number = std::string_view(image.version).substr(1);
    const std::string_view line =
        std::string_view(image.version).substr(0, image.version.rfind('.') + 1);
    const bool lacks_own = !named.empty() && source.find(number) == source.npos;
    const bool is_other = lacks_own || std::ranges::any_of(named, [&](std::string_view version) {
                            return version != image.version && version.starts_with(line);
                          });
    if (floats(image) || is_other || names_other_line(source) || lacks_v_of_kind(source)) {
      auto wrong = complaint(image.url.empty() ? "container" : "url", diag::ImageSourceVersion,
                             Code{image.name}, Code{image.version}, Code{source});
      if (floats(image)) wrong.note = "what such a tag stands for changes with time";
      if (lacks_v_of_kind(source))
        wrong.note = fmt::format("the tags of `kindest/node` begin with `v`: `{}`", image.version);
      return wrong;
    }
    if (image.container.empty() && !is_subdomain(image.name + "-" + image.version)) {
      auto wrong = complaint("name", diag::BadImageName, Code{image.name});
      wrong.note =
          "lower-case letters, digits, dashes and dots, at most 253 characters with the version";
      return wrong;
    }
    if (auto duplicate = duplicate_complaint(image)) return duplicate;
    if (auto wrong = format_complaint(image)) return wrong;
    if (!has_empty_part(image.url)) return std::nullopt;
    auto wrong = complaint("url", diag::EmptyPartOfAddress);
    wrong.note = fmt::format("an object store has nothing at `{}`", image.url);
    return wrong;
  }

  /// What the operator's list of the provider has no place for would be left out without a word.
  std::optional<Complaint> kind_complaint(const ir::NodeImage& image) const {
    const bool is_container = !image.container.empty();
    switch (images_.stack.image_list) {
      case ir::NodeImageList::None:
        return std::nullopt;
      case ir::NodeImageList::OpenStack:
        if (!is_container) return std::nullopt;
        return complaint("container", diag::ImageOfAnotherKind, Code{image.name},
                         Prose{"container image"}, Code{images_.stack.provider},
                         Prose{"disk images (`url` and `checksum`)"});
      case ir::NodeImageList::Docker:
        if (is_container) return checksum_of_container(image);
        return complaint("url", diag::ImageOfAnotherKind, Code{image.name}, Prose{"disk image"},
                         Code{images_.stack.provider}, Prose{"container images (`container`)"});
    }
    return std::nullopt;
  }

  /// Glance keeps what it gets, under the format that it is told.
  static std::optional<Complaint> format_complaint(const ir::NodeImage& image) {
    constexpr std::array<std::string_view, 6> formats{"qcow2", "raw", "vmdk", "vdi", "vhd", "iso"};
    const std::string_view path =
        std::string_view(image.url).substr(0, image.url.find_first_of("?#"));
    const std::size_t dot = path.rfind('.');
    const std::string_view ending = dot == path.npos ? "" : path.substr(dot + 1);
    const bool is_format = std::ranges::find(formats, ending) != formats.end();
    if (!is_format || image.disk_format.empty() || ending == image.disk_format) return std::nullopt;
    return complaint("format", diag::ImageOfAnotherFormat, Code{image.name},
                     Code{std::string(ending)}, Code{image.disk_format});
  }

  /// Whether an address was copied from another line of the stack: it names the minor of that one,
  /// as for a directory, and nowhere its own.
  bool names_other_line(std::string_view source) const {
    const auto names = [&](const std::string& minor) {
      const std::string text = "v" + minor;
      for (std::size_t at = source.find(text); at != source.npos; at = source.find(text, at + 1)) {
        const std::string_view rest = source.substr(at + text.size());
        const bool goes_on = !rest.empty() && (is_digit(rest[0]) || rest[0] == '.');
        if (!goes_on) return true;
      }
      return false;
    };
    return !names(images_.stack.kubernetes_minor) &&
           std::ranges::any_of(images_.other_minors, names);
  }

  static std::optional<Complaint> checksum_of_container(const ir::NodeImage& image) {
    if (image.checksum.empty()) return std::nullopt;
    auto wrong = complaint("checksum", diag::OnlyOneField, Prose{"`container`, `checksum`"},
                           Code{"checksum"}, Code{"container"});
    wrong.note = "a container image has its digest in its address: `…@sha256:…`";
    return wrong;
  }

  /// `//` in the path. That of an address which is a part of it, as some mirrors take it, follows a
  /// colon.
  static bool has_empty_part(std::string_view url) {
    const std::string_view path = url.substr(0, url.find_first_of("?#"));
    for (std::size_t at = path.find("//"); at != path.npos; at = path.find("//", at + 1)) {
      if (at > 0 && path[at - 1] != ':') return true;
    }
    return false;
  }

  /// The images that kind releases are tagged `v1.34.7`, and their copies in other registries too.
  static bool lacks_v_of_kind(std::string_view container) {
    constexpr std::string_view repository = "kindest/node:";
    const std::size_t at = container.find(repository);
    const std::string_view tag =
        at == container.npos ? "" : container.substr(at + repository.size());
    const bool has_v = tag.size() > 1 && tag.front() == 'v';
    return !tag.empty() && (is_digit(tag.front()) || (has_v && !is_digit(tag[1])));
  }

  /// What the tag of a container image means changes with time: `latest`, and the newest of a
  /// minor.
  bool floats(const ir::NodeImage& image) const {
    const std::string& minor = images_.stack.kubernetes_minor;
    return std::ranges::any_of(
        std::array<std::string, 3>{":latest", ":" + minor, ":v" + minor},
        [&](const std::string& tag) { return image.container.ends_with(tag); });
  }

  std::optional<Complaint> version_complaint(const ir::NodeImage& image) const {
    if (!is_version(image.version))
      return complaint("version", diag::BadImageVersion, Code{image.version}, Code{image.name});
    const std::string& minor = images_.stack.kubernetes_minor;
    if (image.version.starts_with("v" + minor + ".")) return std::nullopt;
    return complaint("version", diag::ImageOfAnotherLine, Code{image.name}, Code{image.version},
                     Prose{minor});
  }

  static std::optional<Complaint> checksum_complaint(const ir::NodeImage& image) {
    if (!image.url.empty() && image.checksum.empty()) {
      auto wrong = complaint("", diag::ImageWithoutChecksum, Code{image.name});
      wrong.note = "`checksum: \"sha256:…\"` lets the cloud refuse a damaged or replaced file";
      return wrong;
    }
    if (image.checksum.empty() || is_sha256(image.checksum)) return std::nullopt;
    auto wrong = complaint("checksum", diag::BadChecksum);
    wrong.note = fmt::format("found `{}`", image.checksum);
    return wrong;
  }

  /// What stands twice in the list is blamed on the later one.
  std::optional<Complaint> duplicate_complaint(const ir::NodeImage& image) const {
    for (const ir::NodeImage& earlier : all_) {
      if (&earlier == &image) return std::nullopt;
      if (earlier.name != image.name) continue;
      std::optional<Complaint> wrong;
      if (earlier.version == image.version) {
        wrong = complaint("version", diag::DuplicateImage, Code{image.name}, Code{image.version});
      } else if (earlier.checksum == image.checksum && !image.checksum.empty()) {
        wrong = complaint("checksum", diag::SameChecksum, Code{earlier.version},
                          Code{image.version}, Code{image.name});
      }
      if (!wrong) continue;
      wrong->other = &earlier;
      return wrong;
    }
    return std::nullopt;
  }

  /// `first` is the first image of its name. An image with a mistake may be the one of the line.
  void check_line(const ir::NodeImage& first, Complaints& complaints) {
    std::vector<std::size_t> same;
    for (std::size_t index = 0; index < all_.size(); ++index) {
      if (all_[index].name == first.name) same.push_back(index);
    }
    const auto of_line = [&](std::size_t index) {
      return all_[index].version == version_of_line();
    };
    const auto wrong = [&](std::size_t index) { return complaints[index].has_value(); };
    const auto of_another = [&](std::size_t index) {
      return wrong(index) && complaints[index]->entry.id == diag::ImageOfAnotherLine.entry.id;
    };
    if (images_.broken || std::ranges::any_of(same, of_line)) return;
    if (same.size() > 1 && std::ranges::all_of(same, of_another)) {
      for (const std::size_t index : same) complaints[index].reset();  // the line is the odd one
    }
    if (std::ranges::any_of(same, wrong)) return;
    sink_.report(images_.line, diag::NoImageOfLine, Code{first.name}, Code{version_of_line()})
        .label(first.span, diag::DeclaredHere, Code{first.name});
  }

  const ir::RecordLiteral::Entry* entry(std::size_t index, std::string_view name) const {
    const auto& entries = images_.written[index]->as<ir::RecordLiteral>()->entries;
    const auto found = std::ranges::find(entries, name, &ir::RecordLiteral::Entry::name);
    return found == entries.end() ? nullptr : &*found;
  }

  ExprRef field(std::size_t index, std::string_view name) const {
    const auto* found = entry(index, name);
    return found == nullptr ? nullptr : found->value;
  }

  void tell(std::size_t index, const Complaints& complaints) {
    const Complaint& wrong = *complaints[index];
    if (field(index, wrong.field) == nullptr) {
      report(all_[index].span, wrong);
      return;
    }
    const source::Span written = place_of(index, wrong.field);
    const auto fact = fact_of(index, wrong.field);
    // With the right prefix the template is right, and what it adds is not.
    const bool has_prefix = wrong.field == "checksum" && all_[index].checksum.starts_with(sha256);
    if (fact && (has_prefix || !all_are_wrong(written, wrong, complaints))) {
      auto told = report(*fact, wrong);
      told.label(written, diag::UsedHere);
      label_other(told, wrong, *fact);
      return;
    }
    const auto text = fact ? std::nullopt : text_of(index, wrong.field);
    if (sink_.has_error_at(text.value_or(written))) return;
    auto told = report(text.value_or(written), wrong);
    if (fact) told.label(*fact, diag::WrittenHere);
    if (text) told.label(written, diag::UsedHere);
    label_other(told, wrong, written);
  }

  /// Where the record of an image says the field, if it does not just read it from elsewhere.
  source::Span place_of(std::size_t index, std::string_view name) const {
    const source::Span record = images_.written[index]->span;
    const source::Span value = field(index, name)->span;
    const bool inside =
        value.file == record.file && record.begin <= value.begin && value.end <= record.end;
    return inside ? value : entry(index, name)->span;
  }

  /// Where the facts of the line say the field. The source of an image has too many parts to tell.
  std::optional<source::Span> fact_of(std::size_t index, std::string_view name) const {
    if (name == "url" || name == "container") return std::nullopt;
    const ExprRef value = field(index, name);
    const source::Span written = build_.origin(value).value_or(value->span);
    return build_.is_fact(written) ? std::optional(written) : std::nullopt;
  }

  /// Where a `let` of the same file holds the field as it is.
  std::optional<source::Span> text_of(std::size_t index, std::string_view name) const {
    const auto origin = build_.whole_origin(field(index, name));
    const bool is_here =
        origin && origin->file == images_.written[index]->span.file && *origin != images_.line;
    return is_here ? origin : std::nullopt;
  }

  bool all_are_wrong(source::Span written, const Complaint& wrong,
                     const Complaints& complaints) const {
    for (std::size_t index = 0; index < complaints.size(); ++index) {
      if (field(index, wrong.field) == nullptr || place_of(index, wrong.field) != written) continue;
      if (!complaints[index] || complaints[index]->entry.id != wrong.entry.id) return false;
    }
    return true;
  }

  void label_other(diag::ReportBuilder& told, const Complaint& wrong, source::Span told_at) const {
    if (wrong.other == nullptr) return;
    const auto index = static_cast<std::size_t>(wrong.other - all_.data());
    if (field(index, wrong.field) == nullptr) return;
    const auto fact = fact_of(index, wrong.field);
    const bool one_place = place_of(index, wrong.field) == told_at;
    if (fact || !one_place) told.label(fact.value_or(place_of(index, wrong.field)), diag::AlsoHere);
  }

  diag::ReportBuilder report(source::Span place, const Complaint& wrong) {
    auto told = sink_.add(place, wrong.entry, wrong.arguments);
    if (!wrong.note.empty()) told.note(wrong.note);
    return told;
  }

  const ListedImages& images_;
  const std::vector<ir::NodeImage>& all_;
  const ExprBuilder& build_;
  diag::Sink& sink_;
};

}  // namespace

void check_images(const ListedImages& images, const ExprBuilder& build, diag::Sink& sink) {
  ImageChecks(images, build, sink).run();
}

}  // namespace stackc::check
