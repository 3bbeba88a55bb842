#pragma once

#include <optional>
#include <string_view>

#include "compiler/diag/sink.h"
#include "compiler/ir/expr.h"
#include "compiler/source/source_set.h"

namespace stackc::check {

/// The first line of a `cloud.conf` that the programs of cloud-provider-openstack cannot read: they
/// take sections, settings and comments as package gcfg documents them, and end with an error at
/// anything else. Lines that a template makes are taken. Nothing if all can be read, or if the text
/// does not begin with a section: other clouds have files of that name. The line is a part of
/// `text`.
std::optional<std::string_view> unreadable_line(std::string_view text);

/// A section or setting that the programs do not know and would pass over, and the one that it
/// nearly is.
struct MisspeltSetting {
  std::string_view name;  // a part of the text
  std::string_view meant;
};
std::optional<MisspeltSetting> misspelt_setting(std::string_view text);

/// Reports such lines and settings in the values of an add-on that are called `cloud.conf`.
void check_cloud_conf(ir::ExprRef values, const source::SourceSet& sources, diag::Sink& sink);

/// Reports such settings in `cloudConfig`, of which the chart of the OpenStack cloud controller
/// manager makes the file.
void check_cloud_settings(ir::ExprRef values, diag::Sink& sink);

}  // namespace stackc::check
