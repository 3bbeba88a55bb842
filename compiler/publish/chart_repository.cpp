#include "compiler/publish/chart_repository.h"

#include <curl/curl.h>
#include <fmt/core.h>
#include <openssl/evp.h>

#include <array>
#include <memory>

#include "compiler/charts/lock_file.h"
#include "compiler/publish/chart_index.h"

namespace stackc::publish {
namespace {

struct CurlFree {
  void operator()(CURL* transfer) const { curl_easy_cleanup(transfer); }
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
  void operator()(char* text) const { curl_free(text); }
};

/// A checked address.
struct Address {
  std::string url;    // to fetch
  std::string shown;  // the same without query: what a message may say
  bool is_https = true;
};

/// A part of a URL; empty if it has none.
std::string part_of(CURLU* url, CURLUPart part) {
  char* raw = nullptr;
  if (curl_url_get(url, part, &raw, 0) != CURLUE_OK) return {};
  const std::unique_ptr<char, CurlFree> text(raw);
  return raw;
}

/// Literal addresses, and the name that curl itself always resolves to them.
bool is_loopback(std::string_view host) {
  const bool is_ipv4 =
      host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos;
  return is_ipv4 || host == "[::1]" || host == "localhost";
}

enum class PlainHttp { Refused, OnLoopback };

/// Checks what may be fetched. `url` holds an absolute URL.
Result<Address> check_address(CURLU* url, PlainHttp plain_http) {
  const std::string scheme = part_of(url, CURLUPART_SCHEME);
  const std::string host = part_of(url, CURLUPART_HOST);
  const std::string port = part_of(url, CURLUPART_PORT);
  const std::string shown = fmt::format("{}://{}{}{}", scheme, host, port.empty() ? "" : ":" + port,
                                        part_of(url, CURLUPART_PATH));
  if (!part_of(url, CURLUPART_USER).empty() || !part_of(url, CURLUPART_PASSWORD).empty()) {
    return Error{fmt::format("the URL of `{}` holds credentials; put them into ~/.netrc", shown)};
  }
  const bool is_https = scheme == "https";
  const bool may_be_plain = plain_http == PlainHttp::OnLoopback && is_loopback(host);
  if (!is_https && !(scheme == "http" && may_be_plain)) {
    return Error{
        fmt::format("`{}` is not https; only a repository on a loopback address may be "
                    "plain http",
                    shown)};
  }
  return Address{.url = part_of(url, CURLUPART_URL), .shown = shown, .is_https = is_https};
}

using ParsedUrl = std::unique_ptr<CURLU, CurlFree>;

/// The URL of the index below that of the repository.
Result<ParsedUrl> index_url(const std::string& repository) {
  if (repository.starts_with("oci://")) {
    return Error{
        "charts from `oci://` registries cannot be fetched; name a repository with an "
        "`index.yaml`, or put the archive into the charts directory yourself"};
  }
  ParsedUrl url(curl_url());
  if (curl_url_set(url.get(), CURLUPART_URL, repository.c_str(), 0) != CURLUE_OK) {
    return Error{"the repository is no URL; it looks like `https://charts.example.org/stable`"};
  }
  if (!part_of(url.get(), CURLUPART_QUERY).empty() ||
      !part_of(url.get(), CURLUPART_FRAGMENT).empty()) {
    return Error{"the URL of a repository has neither `?` nor `#`"};
  }
  std::string path = part_of(url.get(), CURLUPART_PATH);
  if (!path.ends_with('/')) path += '/';
  curl_url_set(url.get(), CURLUPART_PATH, (path + "index.yaml").c_str(), 0);
  return url;
}

struct Body {
  std::string bytes;
  std::size_t limit = 0;
  bool is_too_large = false;
};

/// curl's write callback. Anything but `count` ends the transfer.
std::size_t append_to_body(char* bytes, std::size_t, std::size_t count, void* user) {
  Body& body = *static_cast<Body*>(user);
  body.is_too_large = count > body.limit - body.bytes.size();
  if (body.is_too_large) return 0;
  body.bytes.append(bytes, count);
  return count;
}

void configure(CURL* transfer, const Address& address, const FetchLimits& limits, Body& body) {
  curl_easy_setopt(transfer, CURLOPT_URL, address.url.c_str());
  curl_easy_setopt(transfer, CURLOPT_PROTOCOLS_STR, address.is_https ? "https" : "http");
  curl_easy_setopt(transfer, CURLOPT_REDIR_PROTOCOLS_STR, "https");
  curl_easy_setopt(transfer, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(transfer, CURLOPT_MAXREDIRS, 5L);
  curl_easy_setopt(transfer, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(transfer, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt(transfer, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_OPTIONAL));
  curl_easy_setopt(transfer, CURLOPT_CONNECTTIMEOUT, 15L);
  curl_easy_setopt(transfer, CURLOPT_TIMEOUT, static_cast<long>(limits.seconds));
  curl_easy_setopt(transfer, CURLOPT_LOW_SPEED_LIMIT, 1000L);
  curl_easy_setopt(transfer, CURLOPT_LOW_SPEED_TIME, static_cast<long>(limits.seconds_of_silence));
  curl_easy_setopt(transfer, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(transfer, CURLOPT_USERAGENT, "stackc");
  curl_easy_setopt(transfer, CURLOPT_WRITEFUNCTION, append_to_body);
  curl_easy_setopt(transfer, CURLOPT_WRITEDATA, &body);
}

/// Why a transfer failed, without curl's own detail text: that may quote a redirect with its query.
std::string reason_for(CURLcode code, const Body& body) {
  if (body.is_too_large) return fmt::format("larger than {} bytes", body.limit);
  if (code == CURLE_UNSUPPORTED_PROTOCOL) return "it redirects to something that is not https";
  if (code == CURLE_PARTIAL_FILE) return "the connection ended before the file did";
  return curl_easy_strerror(code);
}

Result<std::string> download(const Address& address, std::size_t limit, const FetchLimits& limits) {
  const auto failure = [&](std::string_view why) {
    return Error{fmt::format("`{}` cannot be fetched: {}", address.shown, why)};
  };
  const std::unique_ptr<CURL, CurlFree> transfer(curl_easy_init());
  if (transfer == nullptr) return failure("libcurl cannot start");
  Body body{.limit = limit};
  configure(transfer.get(), address, limits, body);
  const CURLcode code = curl_easy_perform(transfer.get());
  if (code != CURLE_OK) return failure(reason_for(code, body));
  long status = 0;
  curl_easy_getinfo(transfer.get(), CURLINFO_RESPONSE_CODE, &status);
  if (status != 200) return failure(fmt::format("the server answers with status {}", status));
  return std::move(body.bytes);
}

std::string sha256_of(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr);
  std::string text;
  for (unsigned int i = 0; i < size; ++i) text += fmt::format("{:02x}", digest[i]);
  return text;
}

void start_curl() {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  static_cast<void>(started);
}

/// Where the archive lies; `url` is that of the index on entry.
Result<Address> chart_address(CURLU* url, const ChartEntry& entry, const Address& index) {
  if (curl_url_set(url, CURLUPART_URL, entry.url.c_str(), 0) != CURLUE_OK) {
    return Error{fmt::format("`{}` gives no usable URL for the chart", index.shown)};
  }
  // A public index must not send us to a service on this machine.
  return check_address(url, index.is_https ? PlainHttp::Refused : PlainHttp::OnLoopback);
}

}  // namespace

Result<FetchedChart> fetch_chart(const ChartRequest& request, const FetchLimits& limits) {
  start_curl();
  if (!charts::is_chart_name(request.name) || !charts::is_chart_version(request.version)) {
    return Error{fmt::format("`{}` `{}` cannot be name and version of a chart", request.name,
                             request.version)};
  }
  const Result<ParsedUrl> url = index_url(request.repository);
  if (!url) return url.error();
  const Result<Address> index = check_address(url->get(), PlainHttp::OnLoopback);
  if (!index) return index.error();
  const Result<std::string> text = download(*index, limits.index_bytes, limits);
  if (!text) return text.error();
  const Result<ChartEntry> entry = find_in_index(*text, request.name, request.version);
  if (!entry) return Error{fmt::format("`{}`: {}", index->shown, entry.error().text)};
  const Result<Address> chart = chart_address(url->get(), *entry, *index);
  if (!chart) return chart.error();
  Result<std::string> bytes = download(*chart, limits.chart_bytes, limits);
  if (!bytes) return bytes.error();
  FetchedChart fetched{.bytes = std::move(*bytes)};
  fetched.sha256 = sha256_of(fetched.bytes);
  if (!entry->digest.empty() && entry->digest != fetched.sha256) {
    const bool is_digest = charts::is_sha256(entry->digest);
    return Error{fmt::format("`{}` has the sha256 {}, but the index of its repository says {}",
                             chart->shown, fetched.sha256,
                             is_digest ? entry->digest : "something that is no sha256")};
  }
  return fetched;
}

}  // namespace stackc::publish
