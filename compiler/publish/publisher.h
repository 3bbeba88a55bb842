#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/base/result.h"

/// What the commands that publish need from git and the network. Only interfaces and plain data:
/// the implementation is a shared object of its own (loader.h), so that `check` and `build` never
/// load libgit2 and libcurl.
namespace stackc::publish {

struct ReleaseFile {
  std::string
      path;  // relative to the directory of the line, forward slashes: `cluster-class/Chart.yaml`
  std::string bytes;
};

/// One new release: what the directory of its line shall hold, completely. Files of the last
/// release that are not listed are gone from the directory (and stay in the history).
struct LineRelease {
  std::string line;   // `openstack-scs2-1-34`, also the directory at the root of the repository
  std::string tag;    // `openstack-scs2-1-34-v3`
  std::string notes;  // further text of the commit and of the tag, may be empty
  std::vector<ReleaseFile> files;
};

/// Who publishes, and when. What is empty comes from the git configuration (user.name, user.email),
/// then from a neutral name; a missing time is read from the clock.
struct Authorship {
  std::string name;
  std::string email;
  std::optional<std::int64_t> unix_time;  // seconds; recorded as UTC
};

struct PublishedRelease {
  std::string tag;
  std::string commit;  // 40 hexadecimal digits
};

struct Receipt {
  std::vector<PublishedRelease> releases;
  std::string branch;  // `main`
  /// Set when the releases are complete in the repository but the files beside it could not follow
  /// (a full disk, say). The next run makes up for it; the driver must still tell, with exit
  /// code 3.
  std::optional<Error> work_tree_left_behind;
};

/// A repository that this run has to itself: no other run of stackc plans or writes a release in it
/// until the object is gone. So: ask for the releases that are there, choose versions, make the
/// files, `publish`, in one life time.
class ReleaseRepository {
 public:
  virtual ~ReleaseRepository() = default;

  /// Every tag of a line, of all channels, sorted by bytes. release_tag.h reads the versions.
  virtual Result<std::vector<std::string>> tags(const std::string& line) = 0;

  /// A file of a tagged tree, path from the root (`openstack-scs2-1-34/hashes.json`); nothing if it
  /// has no such file.
  virtual Result<std::optional<std::string>> read(const std::string& tag,
                                                  const std::string& path) = 0;

  /// Paths of all files below a directory of a tagged tree, relative to it, sorted by bytes.
  virtual Result<std::vector<std::string>> list(const std::string& tag,
                                                const std::string& directory) = 0;

  /// One commit and one annotated tag per release, in the given order on top of the current branch;
  /// all of them or none (docs/releasing.md). Refused with nothing written: a tag that exists,
  /// uncommitted changes in a directory of a line, a branch that moved meanwhile.
  virtual Result<Receipt> publish(const std::vector<LineRelease>& releases,
                                  const Authorship& authorship) = 0;
};

enum class RepositoryKind { WithWorkTree, Bare };

struct OpenOptions {
  RepositoryKind create_as =
      RepositoryKind::WithWorkTree;  // for a directory that is missing or empty
  int wait_seconds = 600;            // for another run in the same repository
};

/// Which chart to fetch. `repository` is the URL below which `index.yaml` lies.
struct ChartRequest {
  std::string name;
  std::string version;
  std::string repository;
};

struct FetchedChart {
  std::string bytes;   // the archive, at most 64 MiB
  std::string sha256;  // 64 hexadecimal digits, over `bytes`
};

class Publisher {
 public:
  virtual ~Publisher() = default;

  /// Opens the repository in `directory`, or prepares a new one (branch `main`) if the directory is
  /// missing or empty; a new one appears there with its first release, not before. Finishes or
  /// clears what a killed run left.
  virtual Result<std::unique_ptr<ReleaseRepository>> open_repository(
      const std::string& directory, const OpenOptions& options) = 0;

  /// Downloads a chart from a Helm repository (chart_repository.h). No error text shows credentials
  /// or the query of a URL.
  virtual Result<FetchedChart> fetch_chart(const ChartRequest& request) = 0;
};

}  // namespace stackc::publish
