#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "compiler/base/result.h"

/// Names and versions of releases (artifacts.md, "Names and versions"): what the operator's
/// packages `clusterstack` and `version` accept, and no more than Kubernetes takes as a part of an
/// object's name.
namespace stackc::package {

/// `v3` (stable) or `v<major>-<channel>.<patch>`: `v0-sha.rwvgrna`, `v0-beta.1`.
struct Version {
  std::uint32_t major = 0;
  std::string channel;  // empty: stable
  std::string patch;    // empty if and only if the channel is

  bool operator==(const Version&) const = default;
};

/// All components of sources whose hash is taken; no release has it.
inline const Version unversioned{};

/// With a dot, as in files and object names: `v0-sha.rwvgrna`.
std::string dotted(const Version& version);

/// With dashes, as in tags: `v0-sha-rwvgrna`.
std::string dashed(const Version& version);

/// Takes the form with a dot.
Result<Version> parse_version(std::string_view text);

/// The version of a release made from content: `v0-sha.<7>`. `hash` is
/// ReleaseHashes::cluster_stack.
Version hash_version(std::string_view hash);

/// A release of a line, which is all releases of one stack for one Kubernetes minor version.
struct ReleaseName {
  std::string line;  // `openstack-scs2-1-34`: the Helm release under which the operator renders
  Version version;
};

/// `openstack-scs2-1-34-v0-sha-rwvgrna`: tag, directory and ClusterStackRelease.
std::string tag(const ReleaseName& name);

/// `openstack-scs2-1-34-v0-sha.rwvgrna`: name of the ClusterClass.
std::string class_name(const ReleaseName& name);

}  // namespace stackc::package
