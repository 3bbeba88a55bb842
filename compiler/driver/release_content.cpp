#include "compiler/driver/release_content.h"

#include "compiler/emit/emit.h"
#include "compiler/lower/add_on_values.h"
#include "compiler/lower/lower.h"
#include "compiler/package/package.h"

namespace stackc::driver {

PartVersions same_version(const package::Version& version) {
  return {version, version, version};
}

std::optional<ReleaseContent> ReleaseContent::make(const ir::Stack& stack, ir::ExprStore& exprs,
                                                   LoweredClasses& classes,
                                                   std::vector<std::string> charts,
                                                   diag::Sink& sink) {
  std::vector<emit::AddOnContent> add_ons;
  for (std::size_t i = 0; i < stack.add_ons.size(); ++i) {
    const ir::AddOn& add_on = stack.add_ons[i];
    lower::AddOnValues values =
        lower::lower_values(add_on, emit::chart_alias(add_on), stack, exprs, sink);
    add_ons.push_back({.name = add_on.name,
                       .values = std::move(values.known),
                       .overwrite = std::move(values.overwrite),
                       .archive = std::move(charts[i])});
  }
  ReleaseContent content(stack, classes.of(stack, exprs, sink));
  if (sink.has_errors()) return std::nullopt;
  content.line_ = emit::line_name(stack);
  content.lasting_ = emit::emit_lasting(stack, add_ons);
  content.hashes_ = package::release_hashes(content.sources(same_version(package::unversioned)));
  return content;
}

FileTree ReleaseContent::sources(const PartVersions& versions) {
  lower::rename_class(stack_, package::class_name({line_, versions.cluster_class}),
                      lowered_.objects);
  FileTree files = emit::emit_versioned(
      stack_,
      {package::dotted(versions.cluster_class), package::dotted(versions.cluster_addon),
       package::dotted(versions.node_image)},
      lowered_.objects, lowered_.texts);
  files.insert(lasting_.begin(), lasting_.end());
  return files;
}

FileTree ReleaseContent::files(const PartVersions& versions) {
  FileTree all = sources(versions);
  all.merge(package::package({.sources = all,
                              .name = {line_, versions.cluster_class},
                              .cluster_addon = versions.cluster_addon,
                              .hashes = hashes_}));
  return all;
}

}  // namespace stackc::driver
