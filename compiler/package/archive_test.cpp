#include <fmt/format.h>
#include <gmock/gmock.h>

#include <array>
#include <cstring>
#include <fstream>
#include <sstream>

#include "compiler/package/archive_reader.h"
#include "compiler/package/archive_writer.h"
#include "compiler/package/gzip.h"
#include "compiler/package/sha256.h"

namespace stackc::package {
namespace {

using testing::HasSubstr;

constexpr char regular = '0';
constexpr char hard_link = '1';
constexpr char symbolic_link = '2';
constexpr char character_device = '3';
constexpr char directory = '5';
constexpr char fifo = '6';

struct RawEntry {
  std::string path;
  char type = regular;
  std::string content;
  std::string link;
  std::int64_t claimed_size = -1;  // -1: that of the content
};

/// A header as in POSIX.1-1988 (ustar), without regard to what is sensible.
std::string raw_header(const RawEntry& entry) {
  std::string header(512, '\0');
  const auto put = [&](std::size_t offset, std::string_view text) {
    text.copy(&header[offset], text.size());
  };
  const std::int64_t size =
      entry.claimed_size < 0 ? static_cast<std::int64_t>(entry.content.size()) : entry.claimed_size;
  put(0, entry.path);
  put(100, "0000644");
  put(108, "0000000");
  put(116, "0000000");
  put(124, fmt::format("{:011o}", size));
  put(136, "00000000000");
  put(148, "        ");
  header[156] = entry.type;
  put(157, entry.link);
  put(257, std::string_view("ustar\0"
                            "00",
                            8));
  unsigned sum = 0;
  for (const char c : header) sum += static_cast<unsigned char>(c);
  put(148, fmt::format("{:06o}", sum));
  header[154] = '\0';
  return header;
}

std::string raw_tar(const std::vector<RawEntry>& entries) {
  std::string tar;
  for (const RawEntry& entry : entries) {
    tar += raw_header(entry) + entry.content;
    tar.resize((tar.size() + 511) / 512 * 512, '\0');
  }
  return tar + std::string(1024, '\0');
}

std::string refusal(const std::string& archive, const ArchiveLimits& limits = {}) {
  const Result<FileTree> files = read_tar_gz(archive, limits);
  return files ? "accepted" : files.error().text;
}

std::string refusal_of(const std::vector<RawEntry>& entries) {
  return refusal(gzip(raw_tar(entries)));
}

TEST(Archive, ReadsBackWhatItWrites) {
  const FileTree files{
      {"a/b.yaml", "x: 1\n"},
      {"a/empty", ""},
      {"é/日本.txt", std::string(100'000, 'z')},
      {std::string(90, 'd') + "/" + std::string(120, 'f'), "beyond the name field"},
      {std::string(155, 'd') + "/" + std::string(100, 'f'), "the longest for ustar"},
      {std::string(300, 'n'), "beyond ustar"},
      {"binary", std::string("\0\xFF\r\n", 4)}};
  const Result<FileTree> read = read_tar_gz(tar_gz(files));
  ASSERT_TRUE(read) << read.error().text;
  EXPECT_EQ(*read, files);
}

TEST(Archive, AnEmptyTreeIsAnArchiveToo) {
  const Result<FileTree> read = read_tar_gz(tar_gz({}));
  ASSERT_TRUE(read) << read.error().text;
  EXPECT_EQ(*read, FileTree{});
}

TEST(Archive, HasNoTimeOwnerOrNameInIt) {
  const std::string archive = tar_gz({{"cni/Chart.yaml", "name: cni\n"}});
  const Result<std::string> tar = gunzip(archive, 1 << 20);
  ASSERT_TRUE(tar);
  EXPECT_EQ(to_hex(sha256(*tar)),
            "c06cc686976a6d5796c9a2075a511dc0bcbd9a2105ee7bfc6b01b097c9ee5773");
  EXPECT_EQ(tar->substr(0, 14), "cni/Chart.yaml");
  EXPECT_STREQ(tar->data() + 100, "0000644");
  EXPECT_STREQ(tar->data() + 108, "0000000");
  EXPECT_EQ(tar->substr(136, 11), "00000000000");
  EXPECT_EQ(tar->substr(265, 64), std::string(64, '\0'));
  // Magic, deflate, no flags, time 0, the fastest level, unknown system (RFC 1952, section 2.3).
  EXPECT_EQ(archive.substr(0, 10), std::string("\x1f\x8b\x08\0\0\0\0\0\4\xff", 10));
}

TEST(Archive, PathsBeyondUstarHaveAPaxHeader) {
  const Result<std::string> tar = gunzip(tar_gz({{fmt::format("{:n<300}/é", ""), "x"}}), 1 << 20);
  ASSERT_TRUE(tar);
  EXPECT_EQ(tar->size(), 6 * 512U);  // two headers, one block of records, one of content, the end
  EXPECT_EQ(tar->substr(512, 16), "313 path=nnnnnnn");
  EXPECT_EQ(to_hex(sha256(*tar)),
            "1d04b6e1b3492ace8a85359f1ad4f8dbe23c4f819f9f206d7a02808856873be8");
}

TEST(ArchiveReader, LeavesOutDirectoriesAndCleansPaths) {
  const Result<FileTree> files = read_tar_gz(
      gzip(raw_tar({{"./", directory}, {"./a", directory}, {"./a//b/./c", regular, "x"}})));
  ASSERT_TRUE(files) << files.error().text;
  EXPECT_EQ(*files, (FileTree{{"a/b/c", "x"}}));
}

TEST(ArchiveReader, ReadsLongPathsAsGnuAndPaxWriteThem) {
  const std::string gnu = std::string(300, 'g') + "/a";
  const Result<FileTree> files =
      read_tar_gz(gzip(raw_tar({{"comment", 'g', "13 comment=x\n"},
                                {"././@LongLink", 'L', gnu + std::string(1, '\0')},
                                {gnu.substr(0, 100), regular, "1"},
                                {"PaxHeaders/b", 'x', "12 path=b/c\n13 mtime=1.5\n"},
                                {"cut", regular, "2"},
                                {"own", regular, "3"}})));
  ASSERT_TRUE(files) << files.error().text;
  EXPECT_EQ(*files, (FileTree{{gnu, "1"}, {"b/c", "2"}, {"own", "3"}}));
}

TEST(ArchiveReader, RefusesPaxHeadersThatMakeNoSense) {
  const auto refusal_with = [](const std::string& records) {
    return refusal_of({{"PaxHeaders/b", 'x', records}, {"b", regular, "2"}});
  };
  for (const char* records : {"path=b\n", "99 path=b\n", "3 path=b\n", "10 path=bc", "8 pathb\n",
                              " path=b\n", "9 size=x\n", "4 =", "18446744073709551615 p=b\n"}) {
    EXPECT_EQ(refusal_with(records), "damaged tar data: pax header") << records;
  }
  EXPECT_EQ(refusal_with("13 size=9999\n"), "damaged tar data: no end");
  EXPECT_EQ(refusal_with("16 path=/abs/x\n"), "damaged tar data: pax header");
  EXPECT_EQ(refusal_with("15 path=/abs/x\n"), "`/abs/x` is an absolute path");
  EXPECT_EQ(refusal_with("22 GNU.sparse.major=1\n"), "a file has holes");
}

TEST(ArchiveReader, RefusesPathsThatLeaveTheArchive) {
  EXPECT_EQ(refusal_of({{"/etc/passwd"}}), "`/etc/passwd` is an absolute path");
  EXPECT_EQ(refusal_of({{"a/../../b"}}), "`a/../../b` leaves the directory of the archive");
  EXPECT_EQ(refusal_of({{"..", directory}}), "`..` leaves the directory of the archive");
  EXPECT_EQ(refusal_of({{"..\\b"}}), "`..\\b` has a backslash in its path");
}

TEST(ArchiveReader, RefusesEverythingButFilesAndDirectories) {
  EXPECT_EQ(refusal_of({{"a", symbolic_link, "", "/etc/passwd"}}), "`a` is a link");
  EXPECT_EQ(refusal_of({{"b", regular, "x"}, {"a", hard_link, "", "b"}}), "`a` is a link");
  EXPECT_EQ(refusal_of({{"tty", character_device}}), "`tty` is neither a file nor a directory");
  EXPECT_EQ(refusal_of({{"pipe", fifo}}), "`pipe` is neither a file nor a directory");
}

TEST(ArchiveReader, RefusesAPathThatIsThereTwice) {
  EXPECT_EQ(refusal_of({{"a", regular, "1"}, {"./a", regular, "2"}}), "`./a` is there twice");
}

TEST(ArchiveReader, RefusesPathsThatAreNotText) {
  EXPECT_EQ(refusal_of({{"a\xFF"}}), "a path is not UTF-8");
  EXPECT_EQ(refusal_of({{"", regular, "x"}}), "a file has no name");
}

TEST(ArchiveReader, StopsAtItsLimits) {
  const std::string archive = gzip(raw_tar({{"a"}, {"b"}, {"c"}}));
  EXPECT_EQ(refusal(archive, {.entries = 3}), "accepted");
  EXPECT_EQ(refusal(archive, {.entries = 2}), "more than 2 entries");
  EXPECT_EQ(refusal(archive, {.unpacked_bytes = 5 * 512}), "accepted");
  EXPECT_EQ(refusal(archive, {.unpacked_bytes = 5 * 512 - 1}),
            "more than 2559 bytes when unpacked");
}

TEST(ArchiveReader, AZipBombCostsNoMoreThanTheLimit) {
  const std::string bomb = gzip(std::string(std::size_t{70} << 20, '\0'));
  EXPECT_LT(bomb.size(), std::size_t{1} << 20);
  EXPECT_EQ(refusal(bomb), "more than 67108864 bytes when unpacked");
}

TEST(ArchiveReader, RefusesAFileThatClaimsMoreThanThereIs) {
  EXPECT_EQ(refusal_of({{"a", regular, "x", "", 0777777777}}), "damaged tar data: no end");
  EXPECT_EQ(refusal_of({{"a", regular, "x", "", 1500}}), "damaged tar data: no end");
}

TEST(ArchiveReader, RefusesTruncatedData) {
  const std::string archive = tar_gz({{"a/b", "content"}, {"c", "more"}});
  for (std::size_t size = 0; size < archive.size(); ++size) {
    EXPECT_EQ(refusal(archive.substr(0, size)), "not gzip data, or damaged") << size;
  }
  const std::string tar = raw_tar({{"a", regular, "x"}});
  EXPECT_EQ(refusal(gzip(tar.substr(0, 1024))), "damaged tar data: no end");
  EXPECT_EQ(refusal(archive + "x"), "bytes follow the end of the gzip data");
}

TEST(ArchiveReader, NoticesEveryFlippedBitOfTheCompressedData) {
  const std::string archive = tar_gz({{"a/b", "content of a file"}});
  const Result<FileTree> original = read_tar_gz(archive);
  ASSERT_TRUE(original);
  for (std::size_t bit = 0; bit < archive.size() * 8; ++bit) {
    std::string damaged = archive;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << bit % 8));
    const Result<FileTree> files = read_tar_gz(damaged);
    // Time, system and text flag of the gzip header mean nothing for the content.
    if (files) {
      EXPECT_EQ(*files, *original) << bit;
    }
  }
}

TEST(ArchiveReader, SurvivesDamagedTarHeaders) {
  const std::string tar = raw_tar({{"a", regular, "content"}, {"b", regular, "x"}});
  int refused = 0;
  for (std::size_t byte = 0; byte < 512; ++byte) {
    std::string damaged = tar;
    damaged[byte] = static_cast<char>(damaged[byte] ^ 0x55);
    refused += read_tar_gz(gzip(damaged)) ? 0 : 1;
  }
  // The space that ends the checksum says nothing.
  EXPECT_EQ(refused, 511);
}

TEST(ArchiveReader, ReadsChartsThatHelmPackaged) {
  const char* set = std::getenv("STACKC_REFERENCE");
  const std::string reference = set != nullptr ? set : STACKC_SOURCE_DIR "/../shared/reference";
  std::ifstream chart(reference + "/charts/metrics-server-3.12.2.tgz", std::ios::binary);
  if (!chart) GTEST_SKIP() << "no reference charts in " << reference << "; set STACKC_REFERENCE";
  std::stringstream bytes;
  bytes << chart.rdbuf();
  const Result<FileTree> files = read_tar_gz(bytes.str());
  ASSERT_TRUE(files) << files.error().text;
  EXPECT_THAT(files->at("metrics-server/Chart.yaml"), HasSubstr("version: 3.12.2"));
}

}  // namespace
}  // namespace stackc::package
