#include "compiler/publish/chart_repository.h"

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <thread>

namespace stackc::publish {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

/// An HTTP server on a loopback port that answers each path with the very bytes it was told, header
/// included.
class Server {
 public:
  Server() : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    ::bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
    ::listen(listener_, 8);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
  }
  ~Server() {
    stopping_ = true;
    ::shutdown(listener_, SHUT_RDWR);
    if (thread_.joinable()) thread_.join();
    ::close(listener_);
  }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

  void answer(const std::string& path, const std::string& bytes) { answers_[path] = bytes; }
  void serve(const std::string& path, const std::string& body) {
    answer(path, "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) +
                     "\r\nConnection: close\r\n\r\n" + body);
  }
  /// After the answer the same bytes again and again, until the client has enough.
  void answer_without_end(const std::string& path) {
    answer(path, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
    endless_ = path;
  }
  /// Answers from here on; no further answers may be added.
  void start() {
    thread_ = std::thread([this] { run(); });
  }

 private:
  void run() {
    while (!stopping_) {
      const int client = ::accept(listener_, nullptr, nullptr);
      if (client < 0) return;
      answer_client(client);
      ::close(client);
    }
  }
  void answer_client(int client) {
    std::string request(4096, '\0');
    const ssize_t count = ::recv(client, request.data(), request.size(), 0);
    if (count <= 4) return;
    request.resize(static_cast<std::size_t>(count));
    const std::string path = request.substr(4, request.find(' ', 4) - 4);
    const auto known = answers_.find(path);
    const std::string bytes =
        known != answers_.end()
            ? known->second
            : "HTTP/1.1 404 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    bool open = ::send(client, bytes.data(), bytes.size(), MSG_NOSIGNAL) >= 0;
    const std::string more(65536, 'x');
    while (open && !stopping_ && path == endless_) {
      open = ::send(client, more.data(), more.size(), MSG_NOSIGNAL) > 0;
    }
  }

  int listener_;
  int port_ = 0;
  std::map<std::string, std::string> answers_;
  std::string endless_;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

// printf 'a chart' | sha256sum
constexpr const char* chart_digest =
    "a8c938318041ff413b5be251f171ce9ea478b3b957e5fd20b00a9d4de73a541d";

class ChartRepository : public testing::Test {
 protected:
  std::string index(const std::string& url, const std::string& digest = "") const {
    return "entries: {cilium: [{version: 1.16.5, urls: [\"" + url + "\"]" +
           (digest.empty() ? "" : ", digest: \"" + digest + "\"") + "}]}\n";
  }
  Result<FetchedChart> fetch(const std::string& below = "/charts") {
    return fetch_chart({"cilium", "1.16.5", server_.url() + below},
                       {.index_bytes = 100'000, .chart_bytes = 100'000, .seconds = 10});
  }
  std::string failure() {
    server_.start();
    const Result<FetchedChart> chart = fetch();
    return chart ? "fetched" : chart.error().text;
  }

  Server server_;
};

TEST_F(ChartRepository, FetchesAChartBesideTheIndex) {
  server_.serve("/charts/index.yaml", index("cilium-1.16.5.tgz", chart_digest));
  server_.serve("/charts/cilium-1.16.5.tgz", "a chart");
  server_.start();
  for (const char* below : {"/charts", "/charts/"}) {
    const Result<FetchedChart> chart = fetch(below);
    ASSERT_TRUE(chart) << chart.error().text;
    EXPECT_EQ(chart->bytes, "a chart");
    EXPECT_EQ(chart->sha256, chart_digest);
  }
}

TEST_F(ChartRepository, FetchesFromWhereTheIndexPointsTo) {
  server_.serve("/charts/index.yaml", index(server_.url() + "/elsewhere/c.tgz?token=1"));
  server_.serve("/elsewhere/c.tgz?token=1", "a chart");
  server_.start();
  EXPECT_EQ(fetch()->sha256, chart_digest);
}

TEST_F(ChartRepository, RefusesAnotherDigestThanThatOfTheIndex) {
  server_.serve("/charts/index.yaml", index("c.tgz", std::string(64, 'a')));
  server_.serve("/charts/c.tgz", "a chart");
  EXPECT_THAT(failure(),
              EndsWith(std::string("/charts/c.tgz` has the sha256 ") + chart_digest +
                       ", but the index of its repository says " + std::string(64, 'a')));
}

TEST_F(ChartRepository, SaysWhichFileIsMissing) {
  server_.serve("/charts/index.yaml", index("c.tgz?token=secret"));
  EXPECT_EQ(failure(), "`" + server_.url() +
                           "/charts/c.tgz` cannot be fetched: the server answers with status 404");
}

TEST_F(ChartRepository, FollowsNoRedirectToPlainHttp) {
  server_.answer("/charts/index.yaml", "HTTP/1.1 302 Found\r\nLocation: " + server_.url() +
                                           "/other?token=secret\r\nContent-Length: 0\r\n\r\n");
  server_.serve("/other?token=secret", index("c.tgz"));
  EXPECT_EQ(failure(), "`" + server_.url() +
                           "/charts/index.yaml` cannot be fetched: it redirects "
                           "to something that is not https");
}

TEST_F(ChartRepository, RefusesACutBody) {
  server_.serve("/charts/index.yaml", index("c.tgz"));
  server_.answer("/charts/c.tgz", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\na cha");
  EXPECT_THAT(failure(), EndsWith("cannot be fetched: the connection ended before the file did"));
}

TEST_F(ChartRepository, StopsAnEndlessBody) {
  server_.serve("/charts/index.yaml", index("c.tgz"));
  server_.answer_without_end("/charts/c.tgz");
  EXPECT_THAT(failure(), EndsWith("cannot be fetched: larger than 100000 bytes"));
}

TEST_F(ChartRepository, GivesUpOnASilentServer) {
  // Not started: the connection is taken by the kernel, and nobody ever answers.
  const Result<FetchedChart> chart =
      fetch_chart({"cilium", "1.16.5", server_.url()}, {.seconds = 1});
  EXPECT_THAT(chart.error().text, EndsWith("cannot be fetched: Timeout was reached"));
}

TEST_F(ChartRepository, ReportsAHostileIndexWithItsAddress) {
  server_.serve("/charts/index.yaml", std::string(50'000, '['));
  EXPECT_THAT(failure(), StartsWith("`" + server_.url() +
                                    "/charts/index.yaml`: its `index.yaml` is "
                                    "no valid YAML: "));
}

TEST_F(ChartRepository, TheIndexCannotSendUsAnywhereElseThanHttps) {
  for (const char* url :
       {"http://example.org/c.tgz", "file:///etc/passwd", "ftp://127.0.0.1/c.tgz"}) {
    Server server;
    server.serve("/index.yaml", index(url));
    server.start();
    EXPECT_THAT(fetch_chart({"cilium", "1.16.5", server.url()}).error().text,
                HasSubstr("` is not https; only a repository on a loopback address"))
        << url;
  }
}

TEST(ChartRepositoryTls, RefusesACertificateThatNobodyVouchesFor) {
  if (std::system("openssl version >/dev/null 2>&1") != 0) GTEST_SKIP() << "no openssl command";
  const std::string files = testing::TempDir() + "stackc-tls-" + std::to_string(::getpid());
  // One connection, then it ends; the timeout is for the case that none comes.
  const std::string command =
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "
      "/CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 -keyout " +
      files + ".key -out " + files +
      ".crt 2>/dev/null && timeout 20 openssl s_server -accept 127.0.0.1:0 -naccept 1 -www -key " +
      files + ".key -cert " + files + ".crt 2>&1";
  std::FILE* const server = ::popen(command.c_str(), "r");
  char line[256] = "";
  while (std::strncmp(line, "ACCEPT ", 7) != 0 &&
         std::fgets(line, sizeof line, server) != nullptr) {
  }
  std::string address(line + 7);
  address.pop_back();
  const Result<FetchedChart> chart =
      fetch_chart({"cilium", "1.16.5", "https://" + address}, {.seconds = 10});
  ::pclose(server);
  std::remove((files + ".key").c_str());
  std::remove((files + ".crt").c_str());
  EXPECT_EQ(chart.error().text, "`https://" + address +
                                    "/index.yaml` cannot be fetched: SSL peer "
                                    "certificate or SSH remote key was not OK");
}

TEST(ChartRepositoryUrl, RefusesWhatIsNotHttps) {
  const auto error = [](const char* repository) {
    return fetch_chart({"cilium", "1.16.5", repository}).error().text;
  };
  for (const char* url : {"http://charts.example.org", "http://127.example.org", "file:///srv",
                          "http://127.0.0.1.example.org", "http://10.0.0.1"}) {
    EXPECT_THAT(error(url), HasSubstr("` is not https; only a repository on a loopback address"))
        << url;
  }
  EXPECT_THAT(error("oci://registry.example.org/charts"), StartsWith("charts from `oci://`"));
  EXPECT_THAT(error("charts.example.org"), StartsWith("the repository is no URL"));
  EXPECT_THAT(error("https://example.org/?a=b"), StartsWith("the URL of a repository has neither"));
}

TEST(ChartRepositoryUrl, NeverShowsCredentials) {
  const std::string error =
      fetch_chart({"cilium", "1.16.5", "https://user:secret@example.org/c"}).error().text;
  EXPECT_EQ(error,
            "the URL of `https://example.org/c/index.yaml` holds credentials; put them into "
            "~/.netrc");
}

TEST(ChartRepositoryUrl, RefusesNamesThatAreNoFileNames) {
  EXPECT_EQ(fetch_chart({"../cilium", "1.16.5", "https://example.org"}).error().text,
            "`../cilium` `1.16.5` cannot be name and version of a chart");
}

}  // namespace
}  // namespace stackc::publish
