#include <git2.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "compiler/publish/journal.h"
#include "compiler/publish/open_repository.h"
#include "compiler/publish/packed_refs.h"
#include "compiler/publish/ref_switch.h"

namespace stackc::publish {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* line = "openstack-scs2-1-34";
const Authorship author{.name = "Ada", .email = "ada@example.org", .unix_time = 1'700'000'000};

/// A repository to publish in, looked at with git itself.
class Release : public testing::Test {
 protected:
  Release() : root_(fs::path(testing::TempDir()) / fmt_name()), repository_(root_ / "releases") {
    fs::remove_all(root_);
    fs::create_directories(root_);
    git_libgit2_init();
    // Neither the tests nor what they compare with may depend on whose machine it is.
    for (const int level :
         {GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL}) {
      git_libgit2_opts(GIT_OPT_SET_SEARCH_PATH, level, "");
    }
  }
  ~Release() override {
    git_libgit2_shutdown();
    fs::remove_all(root_);
  }

  static std::string fmt_name() {
    return std::string("stackc-") + testing::UnitTest::GetInstance()->current_test_info()->name();
  }

  /// What git prints, or "exit <code>: …".
  std::string git(const std::string& arguments) const {
    const std::string command =
        "cd " + repository_.string() +
        " && GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 git -c user.name=Bob "
        "-c user.email=bob@example.org -c init.defaultBranch=main " +
        arguments + " 2>&1";
    std::FILE* const pipe = ::popen(command.c_str(), "r");
    std::string text;
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) text += static_cast<char>(c);
    const int status = ::pclose(pipe);
    return status == 0 ? text : "exit " + std::to_string(WEXITSTATUS(status)) + ": " + text;
  }
  std::string fsck() const { return git("fsck --strict --no-dangling --no-progress"); }

  void write(const std::string& path, const std::string& bytes) const {
    fs::create_directories((repository_ / path).parent_path());
    std::ofstream(repository_ / path, std::ios::binary) << bytes;
  }
  std::string on_disk(const std::string& path) const {
    std::ifstream file(repository_ / path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  Result<std::unique_ptr<ReleaseRepository>> open(const OpenOptions& options = {}) const {
    return open_repository(repository_, options);
  }
  Result<Receipt> publish(const std::vector<LineRelease>& releases,
                          const Authorship& authorship = author,
                          const OpenOptions& options = {}) const {
    Result<std::unique_ptr<ReleaseRepository>> repository = open(options);
    if (!repository) return repository.error();
    return (*repository)->publish(releases, authorship);
  }
  std::string refusal(const std::vector<LineRelease>& releases) const {
    const std::string before = git("for-each-ref");
    const Result<Receipt> receipt = publish(releases, author, {.wait_seconds = 0});
    EXPECT_EQ(git("for-each-ref"), before) << "refused, and yet something changed";
    return receipt ? "published" : receipt.error().text;
  }

  fs::path root_;
  fs::path repository_;
};

LineRelease release(int number, std::vector<ReleaseFile> files, const std::string& of = line) {
  return {.line = of, .tag = of + "-v" + std::to_string(number), .files = std::move(files)};
}

TEST_F(Release, MakesAMissingRepositoryWithBranchMain) {
  const Result<Receipt> receipt =
      publish({release(1, {{"metadata.yaml", "v1\n"}, {"cluster-class/Chart.yaml", "c\n"}})});
  ASSERT_TRUE(receipt) << receipt.error().text;
  EXPECT_EQ(receipt->branch, "main");
  EXPECT_EQ(git("log --format='%H %an <%ae> %at %s'"),
            receipt->releases.at(0).commit +
                " Ada <ada@example.org> 1700000000 Release openstack-scs2-1-34-v1\n");
  EXPECT_EQ(git("for-each-ref --format='%(refname) %(objecttype) %(taggername) %(subject)'"),
            "refs/heads/main commit  Release openstack-scs2-1-34-v1\n"
            "refs/tags/openstack-scs2-1-34-v1 tag Ada Release openstack-scs2-1-34-v1\n");
  EXPECT_EQ(on_disk("openstack-scs2-1-34/cluster-class/Chart.yaml"), "c\n");
  EXPECT_EQ(git("status --porcelain"), "");
  EXPECT_EQ(fsck(), "");
}

TEST_F(Release, MakesABareRepositoryOnDemand) {
  ASSERT_TRUE(publish({release(1, {{"a", "1"}})}, author, {.create_as = RepositoryKind::Bare}));
  EXPECT_EQ(git("rev-parse --is-bare-repository"), "true\n");
  EXPECT_EQ(git("show openstack-scs2-1-34-v1:openstack-scs2-1-34/a"), "1");
  ASSERT_TRUE(publish({release(2, {{"a", "2"}})}));
  EXPECT_EQ(git("log --format=%s"),
            "Release openstack-scs2-1-34-v2\nRelease openstack-scs2-1-34-v1\n");
}

TEST_F(Release, NothingAppearsBeforeTheFirstRelease) {
  { ASSERT_TRUE(open()); }
  EXPECT_TRUE(fs::is_empty(root_));
}

TEST_F(Release, TheSameInputGivesTheSameCommitEverywhere) {
  const std::vector<LineRelease> releases{release(1, {{"b", "2"}, {"a", "1"}})};
  const Result<Receipt> first = publish(releases);
  fs::remove_all(repository_);
  const Result<Receipt> second = publish(releases, author, {.create_as = RepositoryKind::Bare});
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->releases.at(0).commit, second->releases.at(0).commit);
}

TEST_F(Release, UsesTheConfiguredIdentityThenANeutralOne) {
  ASSERT_TRUE(publish({release(1, {{"a", "1"}})}, {}));
  EXPECT_EQ(git("log -1 --format='%an <%ae>'"), "stackc <stackc@localhost>\n");
  git("config user.name Carl");
  git("config user.email carl@example.org");
  ASSERT_TRUE(publish({release(2, {{"a", "2"}})}, {}));
  EXPECT_EQ(git("log -1 --format='%an <%ae>'"), "Carl <carl@example.org>\n");
}

TEST_F(Release, ReplacesTheDirectoryOfItsLineAndNothingElse) {
  fs::create_directories(repository_);
  git("init -q");
  write("README", "ours");
  git("add README");
  git("commit -qm start");
  ASSERT_TRUE(publish({release(1, {{"old/deep/file", "1"}, {"shape", "file"}, {"same", "="}})}));
  ASSERT_TRUE(publish({release(2, {{"new", "2"}, {"shape/now", "directory"}, {"same", "="}})}));
  EXPECT_EQ(git("ls-tree -r --name-only HEAD"),
            "README\nopenstack-scs2-1-34/new\nopenstack-scs2-1-34/same\n"
            "openstack-scs2-1-34/shape/now\n");
  EXPECT_EQ(git("diff --name-status --no-renames openstack-scs2-1-34-v1 openstack-scs2-1-34-v2"),
            "A\topenstack-scs2-1-34/new\nD\topenstack-scs2-1-34/old/deep/file\n"
            "D\topenstack-scs2-1-34/shape\nA\topenstack-scs2-1-34/shape/now\n");
  EXPECT_EQ(git("status --porcelain"), "");
  EXPECT_FALSE(fs::exists(repository_ / line / "old"));
}

TEST_F(Release, SeveralLinesAreACommitAndATagEach) {
  const Result<Receipt> receipt =
      publish({release(1, {{"a", "1"}}), release(7, {{"a", "2"}}, "openstack-scs2-1-35")});
  ASSERT_TRUE(receipt);
  EXPECT_EQ(git("log --format=%s --reverse"),
            "Release openstack-scs2-1-34-v1\nRelease openstack-scs2-1-35-v7\n");
  EXPECT_EQ(git("rev-parse openstack-scs2-1-34-v1^{} openstack-scs2-1-35-v7^{}"),
            receipt->releases[0].commit + "\n" + receipt->releases[1].commit + "\n");
}

TEST_F(Release, ReadsTagsAndFilesOfALine) {
  ASSERT_TRUE(publish({release(1, {{"hashes.json", "{}"}, {"x/y", std::string("\0z", 2)}}),
                       release(4, {{"a", ""}}, "openstack-scs2-1-3")}));
  Result<std::unique_ptr<ReleaseRepository>> repository = open();
  ASSERT_TRUE(repository);
  const std::string tag = "openstack-scs2-1-34-v1";
  EXPECT_THAT(*(*repository)->tags(line), ElementsAre(tag));
  EXPECT_THAT(*(*repository)->tags("openstack-none-1-34"), ElementsAre());
  EXPECT_EQ(*(*repository)->read(tag, "openstack-scs2-1-34/hashes.json"), "{}");
  EXPECT_EQ(*(*repository)->read(tag, "openstack-scs2-1-34/x/y"), std::string("\0z", 2));
  EXPECT_EQ(*(*repository)->read(tag, "openstack-scs2-1-34/none"), std::nullopt);
  EXPECT_THAT(*(*repository)->list(tag, line), ElementsAre("hashes.json", "x/y"));
  EXPECT_THAT(*(*repository)->list(tag, "none"), ElementsAre());
  EXPECT_THAT((*repository)->read("no-such-tag", "a").error().text,
              StartsWith("release `no-such-tag` cannot be read: "));
}

TEST_F(Release, NeverOverwritesATag) {
  ASSERT_TRUE(publish({release(1, {{"a", "1"}})}));
  EXPECT_EQ(refusal({release(1, {{"a", "2"}})}),
            "release `openstack-scs2-1-34-v1` exists and is never overwritten");
  git("tag -m ours openstack-scs2-1-34-v2");
  EXPECT_EQ(refusal({release(2, {{"a", "2"}})}),
            "release `openstack-scs2-1-34-v2` exists and is never overwritten")
      << "a tag that lies in a file of its own";
}

TEST_F(Release, RefusesChangesThatNoCommitHas) {
  ASSERT_TRUE(publish({release(1, {{"a", "1"}, {"b", "1"}})}));
  write("openstack-scs2-1-34/a", "edited");
  EXPECT_EQ(refusal({release(2, {{"a", "2"}})}),
            "uncommitted changes in the way of the release: `openstack-scs2-1-34/a`; commit, stash "
            "or remove them first");
  git("add -A");
  write("openstack-scs2-1-34/new/file", "mine");
  EXPECT_THAT(refusal({release(2, {{"a", "2"}})}),
              HasSubstr("`openstack-scs2-1-34/a`, `openstack-scs2-1-34/new/file`; "));
  EXPECT_EQ(on_disk("openstack-scs2-1-34/a"), "edited");
}

TEST_F(Release, RefusesAFileWhereTheDirectoryOfANewLineShallBe) {
  ASSERT_TRUE(publish({release(1, {{"a", "1"}})}));
  write("openstack-scs2-1-35", "mine");
  EXPECT_THAT(refusal({release(1, {{"a", "2"}}, "openstack-scs2-1-35")}),
              HasSubstr("in the way of the release: `openstack-scs2-1-35`"));
}

TEST_F(Release, KeepsForeignChangesElsewhere) {
  ASSERT_TRUE(publish({release(1, {{"a", "1"}})}));
  write("staged", "s");
  git("add staged");
  write("untracked", "u");
  ASSERT_TRUE(publish({release(2, {{"a", "2"}})}));
  EXPECT_EQ(git("status --porcelain"), "A  staged\n?? untracked\n");
  EXPECT_EQ(git("ls-tree -r --name-only HEAD"), "openstack-scs2-1-34/a\n");
}

TEST_F(Release, IgnoredFilesAreInTheWayOnlyWhereAReleaseWouldReplaceThem) {
  ASSERT_TRUE(publish({release(1, {{"a", "1"}})}));
  write(".git/info/exclude", "*.tgz\n");
  write("openstack-scs2-1-34/mine.tgz", "mine");
  EXPECT_THAT(refusal({release(2, {{"mine.tgz", "2"}})}),
              HasSubstr("`openstack-scs2-1-34/mine.tgz`"));
  ASSERT_TRUE(publish({release(2, {{"theirs.tgz", "2"}})}));
  EXPECT_EQ(on_disk("openstack-scs2-1-34/mine.tgz"), "mine");
  EXPECT_EQ(on_disk("openstack-scs2-1-34/theirs.tgz"), "2");
  EXPECT_EQ(git("status --porcelain"), "");
}

TEST_F(Release, RefusesPathsThatLeaveTheDirectory) {
  ASSERT_TRUE(publish({release(1, {{"a", "1"}})}));
  for (const char* path : {"../x", "/x", ".git/hooks/pre-commit", "a/../../x", "", "a//b", "./a"}) {
    EXPECT_THAT(refusal({release(2, {{path, "x"}})}),
                testing::ContainsRegex("is no path in a release|cannot be stored"))
        << path;
  }
  EXPECT_EQ(refusal({release(2, {{"a", "1"}, {"a/b", "2"}})}),
            "two files of `openstack-scs2-1-34-v2` have paths that exclude each other");
  EXPECT_EQ(refusal({release(2, {{"a", "1"}}), release(3, {{"a", "2"}})}),
            "two releases of `openstack-scs2-1-34` in one run");
}

TEST_F(Release, RefusesWhatIsNoRepositoryToReleaseInto) {
  fs::create_directories(repository_);
  write("file", "mine");
  EXPECT_THAT(open().error().text, EndsWith("is no git repository and not empty; name an empty or "
                                            "missing directory, or run `git init` there"));
  git("init -q");
  git("add file");
  git("commit -qm start");
  git("checkout -q --detach");
  EXPECT_EQ(refusal({release(1, {{"a", "1"}})}),
            "no branch is checked out; releases go on top of a branch");
  git("checkout -q main");
  git("worktree add -q ../linked");
  EXPECT_THAT(open_repository(root_ / "linked", {}).error().text,
              HasSubstr("is a linked work tree"));
  git("clone -q --depth 1 file://" + repository_.string() + " ../shallow");
  EXPECT_THAT(open_repository(root_ / "shallow", {}).error().text, HasSubstr("is a shallow clone"));
}

TEST_F(Release, RefusesDuringAMerge) {
  ASSERT_TRUE(publish({release(1, {{"a", "1"}})}));
  write(".git/MERGE_HEAD", git("rev-parse HEAD"));
  EXPECT_THAT(refusal({release(2, {{"a", "2"}})}), StartsWith("a merge, rebase or the like"));
}

TEST_F(Release, WaitsForAnotherRunOnlySoLong) {
  ASSERT_TRUE(publish({release(1, {{"a", "1"}})}));
  const Result<std::unique_ptr<ReleaseRepository>> first = open();
  ASSERT_TRUE(first);
  EXPECT_THAT(open({.wait_seconds = 0}).error().text,
              EndsWith("stackc-release.lock` cannot be locked: another run of stackc is still "
                       "working there"));
}

TEST_F(Release, FollowsABranchThatGitMovedAndPacked) {
  ASSERT_TRUE(publish({release(1, {{"a", "1"}})}));
  write("README", "r");
  git("add README");
  git("commit -qm readme");  // the branch is a file of its own again
  ASSERT_TRUE(publish({release(2, {{"a", "2"}})}));
  git("gc -q");
  ASSERT_TRUE(publish({release(3, {{"a", "3"}})}));
  EXPECT_EQ(git("log --format=%s"),
            "Release openstack-scs2-1-34-v3\nRelease openstack-scs2-1-34-v2\nreadme\n"
            "Release openstack-scs2-1-34-v1\n");
  EXPECT_EQ(git("describe"), "openstack-scs2-1-34-v3\n");
  EXPECT_EQ(git("reflog -1 --format=%gs main"), "release: openstack-scs2-1-34-v3\n");
  EXPECT_EQ(fsck(), "");
}

TEST_F(Release, CompletesPackedRefsOfOlderWriters) {
  ASSERT_TRUE(publish({release(1, {{"a", "1"}})}));
  // As JGit writes them: tags with their peeled ids left out and no promise about it.
  write(".git/packed-refs", "# pack-refs with: peeled \n" + git("rev-parse HEAD").substr(0, 40) +
                                " refs/heads/main\n" +
                                git("rev-parse openstack-scs2-1-34-v1").substr(0, 40) +
                                " refs/tags/openstack-scs2-1-34-v1\n");
  ASSERT_TRUE(publish({release(2, {{"a", "2"}})}));
  EXPECT_EQ(git("rev-parse openstack-scs2-1-34-v1^{}"), git("rev-parse HEAD~1"));
  EXPECT_THAT(on_disk(".git/packed-refs"), HasSubstr("^" + git("rev-parse HEAD~1")));
}

TEST_F(Release, RemovesTheLocksOfAKilledRunButNotThoseOfGit) {
  ASSERT_TRUE(publish({release(1, {{"a", "1"}})}));
  const std::string journal = print_journal({.branch = "refs/heads/main",
                                             .before = git("rev-parse HEAD").substr(0, 40),
                                             .after = std::string(40, 'a'),
                                             .locks = {"refs/heads/main.lock", "index.lock"}});
  write(".git/stackc-release.journal", journal);
  fs::create_hard_link(repository_ / ".git/stackc-release.journal",
                       repository_ / ".git/refs/heads/main.lock");
  write(".git/index.lock", journal);  // the same text, but not our file
  { ASSERT_TRUE(open()); }
  EXPECT_FALSE(fs::exists(repository_ / ".git/refs/heads/main.lock"));
  EXPECT_FALSE(fs::exists(repository_ / ".git/stackc-release.journal"));
  EXPECT_THAT(refusal({release(2, {{"a", "2"}})}),
              EndsWith("index.lock` exists: a git command is working in the repository, or was "
                       "killed there; if none runs, delete the file"));
  fs::remove(repository_ / ".git/index.lock");
  EXPECT_TRUE(publish({release(2, {{"a", "2"}})}));
}

TEST_F(Release, AnInterruptedWorkTreeFollowsWithoutLosingEdits) {
  ASSERT_TRUE(publish({release(1, {{"a", "1"}, {"b", "1"}, {"gone", "1"}})}));
  const std::string before = git("rev-parse HEAD").substr(0, 40);
  ASSERT_TRUE(publish({release(2, {{"a", "2"}, {"b", "2"}, {"c", "2"}})}));
  // As if the run had been killed before the work tree followed, and somebody had edited `b` since.
  git("read-tree " + before);
  write("openstack-scs2-1-34/a", "1");
  write("openstack-scs2-1-34/b", "edited");
  write("openstack-scs2-1-34/gone", "1");
  fs::remove(repository_ / line / "c");
  write(".git/stackc-release.journal",
        print_journal({.branch = "refs/heads/main",
                       .before = before,
                       .after = git("rev-parse HEAD").substr(0, 40)}));
  { ASSERT_TRUE(open()); }
  EXPECT_EQ(git("status --porcelain"), " M openstack-scs2-1-34/b\n");
  EXPECT_EQ(on_disk("openstack-scs2-1-34/b"), "edited");
  EXPECT_FALSE(fs::exists(repository_ / ".git/stackc-release.journal"));
}

TEST_F(Release, ADamagedRepositoryIsAnErrorThatChangesNothing) {
  ASSERT_TRUE(publish({release(1, {{"a", "1"}})}));
  const std::string packed = on_disk(".git/packed-refs");
  write(".git/packed-refs", packed.substr(0, packed.size() - 10));
  EXPECT_FALSE(publish({release(2, {{"a", "2"}})}));
  EXPECT_EQ(on_disk(".git/packed-refs"), packed.substr(0, packed.size() - 10));
  write(".git/packed-refs", packed);
  const std::string commit = git("rev-parse HEAD");
  const std::string object = ".git/objects/" + commit.substr(0, 2) + "/" + commit.substr(2, 38);
  fs::permissions(repository_ / object, fs::perms::owner_write, fs::perm_options::add);
  write(object, "garbage");
  const Result<Receipt> receipt = publish({release(2, {{"a", "2"}})});
  ASSERT_FALSE(receipt);
  EXPECT_THAT(receipt.error().text, HasSubstr("cannot be read: "));
  EXPECT_EQ(on_disk(".git/packed-refs"), packed);
}

TEST_F(Release, AReadOnlyRepositoryIsAnErrorThatChangesNothing) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs to be root, to act as somebody without rights";
  ASSERT_TRUE(publish({release(1, {{"a", "1"}})}));
  fs::permissions(root_, fs::perms::others_all, fs::perm_options::add);
  ASSERT_EQ(std::system(("chown -R 65534 " + repository_.string() + " && chmod -R a-w " +
                         repository_.string())
                            .c_str()),
            0);
  ASSERT_EQ(::seteuid(65534), 0);
  const Result<Receipt> receipt = publish({release(2, {{"a", "2"}})});
  ASSERT_EQ(::seteuid(0), 0);
  ASSERT_FALSE(receipt);
  EXPECT_THAT(receipt.error().text, EndsWith("Permission denied"));
}

TEST_F(Release, ARepositoryOfSomebodyElseNamesTheSetting) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs to be root, to act as somebody without rights";
  ASSERT_TRUE(publish({release(1, {{"a", "1"}})}));
  ASSERT_EQ(::seteuid(65534), 0);
  const Result<std::unique_ptr<ReleaseRepository>> repository = open();
  ASSERT_EQ(::seteuid(0), 0);
  ASSERT_FALSE(repository);
  EXPECT_THAT(repository.error().text, HasSubstr("`safe.directory`"));
}

TEST_F(Release, ABranchThatMovedMeanwhileIsNotOverwritten) {
  ASSERT_TRUE(publish({release(1, {{"a", "1"}})}));
  const std::string packed = on_disk(".git/packed-refs");
  const Result<void> done = switch_refs(
      repository_ / ".git",
      {.branch = "refs/heads/main", .before = std::string(40, 'a'), .after = std::string(40, 'b')});
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().text,
            "`refs/heads/main` moved while the release was made; nothing was written, run again");
  EXPECT_EQ(on_disk(".git/packed-refs"), packed);
}

TEST(Journal, ReadsWhatItPrintsAndRefusesACutFile) {
  const Journal journal{.branch = "refs/heads/main",
                        .after = std::string(40, 'a'),
                        .locks = {"index.lock", "packed-refs.lock"}};
  const std::string text = print_journal(journal);
  EXPECT_EQ(*parse_journal(text), journal);
  for (std::size_t length = 0; length < text.size(); ++length) {
    EXPECT_FALSE(parse_journal(text.substr(0, length))) << length;
  }
}

}  // namespace
}  // namespace stackc::publish
