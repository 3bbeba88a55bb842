#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/file_tree.h"
#include "compiler/ir/stack.h"
#include "compiler/lower/class_objects.h"
#include "compiler/value/value.h"

namespace stackc::emit {

/// Versions with dots: `v3`, `v0-sha.rwvgrna` (artifacts.md, "Names and versions"). CSO refuses a
/// release in which one of them is empty, so the last one is there without node images too.
struct ReleaseVersions {
  std::string cluster_class;  // of the release as a whole
  std::string cluster_addon;
  std::string node_image;
};

/// What lowering made of one add-on of the stack.
struct AddOnContent {
  std::string name;
  Record values;          // of the chart under its alias, without those in `overwrite`
  std::string overwrite;  // text of `overwrite.yaml`; empty: nothing is known only when the add-on
                          // is applied
  std::string archive;    // bytes of the chart's `.tgz`, to be part of the release; empty: the
                          // operator downloads it
};

/// Name under which the values of an add-on's chart stand in `values.yaml` and `overwrite.yaml`.
std::string_view chart_alias(const ir::AddOn& add_on);

/// `openstack-scs2-1-34`: what the names of a release begin with.
std::string line_name(const ir::Stack& stack);

/// The release as readable sources, paths relative to the directory of the line (artifacts.md,
/// "Files in a release directory"): what does not depend on the version of the release, which is
/// `cluster-addon/<name>/` as charts, `clusteraddon.yaml`, `node-images.yaml` if the operator has
/// an integration of the provider, and for disk images `image-manager.yaml` and, on OpenStack,
/// `orc-images.yaml`. `add_ons` are those of the stack, in its order.
FileTree emit_lasting(const ir::Stack& stack, const std::vector<AddOnContent>& add_ons);

/// Of the text of each object, by its file: what does not change when the class gets another name
/// (lower::rename_class), which is nearly all of it.
using ClassTexts = std::map<std::string, std::string, std::less<>>;

/// The other sources, in which the version is: the chart `cluster-class/` and `metadata.yaml`.
/// `texts` is empty, or what an earlier call for the same objects has left there.
FileTree emit_versioned(const ir::Stack& stack, const ReleaseVersions& versions,
                        const lower::ClassObjects& objects, ClassTexts& texts);

}  // namespace stackc::emit
