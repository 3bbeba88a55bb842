#include "compiler/driver/release_content.h"

#include <charconv>

#include "compiler/lower/add_on_values.h"
#include "compiler/lower/lower.h"
#include "compiler/package/package.h"

namespace stackc::driver {
namespace {

package::LineName line_of(const ir::Stack& stack) {
  package::LineName line{.provider = stack.provider, .stack = stack.name};
  const std::string& minor = stack.kubernetes_minor;
  const std::size_t dot = minor.find('.');
  // The checker has seen to it that these are numbers.
  std::from_chars(minor.data(), minor.data() + dot, line.kubernetes_major);
  std::from_chars(minor.data() + dot + 1, minor.data() + minor.size(), line.kubernetes_minor);
  return line;
}

}  // namespace

PartVersions same_version(const package::Version& version) {
  return {version, version, version};
}

std::optional<ReleaseContent> ReleaseContent::make(const ir::Stack& stack, ir::ExprStore& exprs,
                                                   std::vector<std::string> charts,
                                                   diag::Sink& sink) {
  ReleaseContent content(stack, exprs);
  content.line_ = line_of(stack);
  for (std::size_t i = 0; i < stack.add_ons.size(); ++i) {
    const ir::AddOn& add_on = stack.add_ons[i];
    const lower::AddOnValues values =
        lower::lower_values(add_on, emit::chart_alias(add_on), stack, exprs, sink);
    content.add_ons_.push_back({.name = add_on.name,
                                .values = values.known,
                                .overwrite = values.overwrite,
                                .archive = std::move(charts[i])});
  }
  const FileTree unversioned = content.sources(same_version(package::unversioned), sink);
  if (sink.has_errors()) return std::nullopt;
  content.hashes_ = package::release_hashes(unversioned);
  return content;
}

FileTree ReleaseContent::sources(const PartVersions& versions, diag::Sink& sink) const {
  const package::ReleaseName name{line_, versions.cluster_class};
  lower::ClassObjects lowered = lower::lower_class(stack_, exprs_, package::class_name(name), sink);
  std::vector<emit::ClassObject> objects;
  for (lower::Object& object : lowered.objects)
    objects.push_back({std::move(object.file), std::move(object.manifest)});
  return emit::emit(
      {.stack = stack_,
       .versions = {package::dotted(versions.cluster_class),
                    package::dotted(versions.cluster_addon), package::dotted(versions.node_image)},
       .objects = std::move(objects),
       .add_ons = add_ons_});
}

FileTree ReleaseContent::files(const PartVersions& versions) const {
  diag::Sink repeated;  // what it would say was said when the content was made
  FileTree all = sources(versions, repeated);
  all.merge(package::package({.sources = all,
                              .name = {line_, versions.cluster_class},
                              .cluster_addon = versions.cluster_addon,
                              .hashes = hashes_}));
  return all;
}

}  // namespace stackc::driver
