#include "net/transfer.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "net/curl_library.h"
#include "stackctl/crypto.h"
#include "stackctl/text.h"

namespace stackctl::net {
namespace {

/// Sets options and remembers whether all of them were accepted: a TLS option that this libcurl
/// does not know must stop the request, not weaken it.
class Setup {
 public:
  Setup(const CurlLibrary& curl, void* easy) : curl_(curl), easy_(easy) {}
  template <class T>
  Setup& set(CURLoption option, T value) {
    succeeded_ = curl_.easy_setopt(easy_, option, value) == CURLE_OK && succeeded_;
    return *this;
  }
  Setup& set_text(CURLoption option, const std::string& value) {
    return value.empty() ? *this : set(option, value.c_str());
  }
  bool succeeded() const { return succeeded_; }

 private:
  const CurlLibrary& curl_;
  void* easy_;
  bool succeeded_ = true;
};

// RFC 9110, "token".
bool is_token(std::string_view text) {
  constexpr std::string_view symbols = "!#$%&'*+-.^_`|~";
  const auto allowed = [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           symbols.find(c) != std::string_view::npos;
  };
  return !text.empty() && std::all_of(text.begin(), text.end(), allowed);
}

bool is_printable(char c) { return static_cast<unsigned char>(c) >= 0x20 && c != 0x7f; }

bool is_url_text(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return is_printable(c) && c != ' '; });
}

bool is_header_value(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return is_printable(c) || c == '\t'; });
}

/// What is wrong with a request, or empty. Whoever could smuggle a line break into a header could
/// add headers of their own.
std::string fault_of(const http::Request& request) {
  if (!is_token(request.method)) return "the request has no valid method";
  if (!is_url_text(request.url) || http::split(request.url).host.empty())
    return "the request has no valid URL";
  for (const auto& [name, value] : request.headers)
    if (!is_token(name) || !is_header_value(value)) return "the request has an invalid header";
  return {};
}

std::string place_of(const http::Request& request) {
  const http::Url url = http::split(request.url);
  std::string place(url.host);
  if (!url.port.empty()) (place += ':') += url.port;
  return place;
}

long milliseconds_of(Duration duration) {
  return static_cast<long>(std::chrono::ceil<std::chrono::milliseconds>(duration).count());
}

long seconds_of(Duration duration) {
  return static_cast<long>(std::chrono::ceil<std::chrono::seconds>(duration).count());
}

/// Framing is curl's business: a length that contradicts the body would garble the connection.
bool is_framing(std::string_view name) {
  const std::string lower = to_lower(name);
  return lower == "content-length" || lower == "transfer-encoding" || lower == "expect";
}

/// A line for curl, which wants "Name;" for a header without a value.
std::string header_line(const std::string& name, const std::string& value) {
  return value.empty() ? name + ';' : name + ": " + value;
}

std::size_t on_header(char* data, std::size_t size, std::size_t count, void* transfer) {
  const std::string_view line(data, size * count);
  return static_cast<Transfer*>(transfer)->take_header(line) ? line.size() : 0;
}

std::size_t on_body(char* data, std::size_t size, std::size_t count, void* transfer) {
  const std::string_view bytes(data, size * count);
  return static_cast<Transfer*>(transfer)->take_body(bytes) ? bytes.size() : 0;
}

int on_connected(void* transfer, char*, char*, int, int) {
  return static_cast<Transfer*>(transfer)->may_send() ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

}  // namespace

void HeaderListCleanup::operator()(curl_slist* list) const {
  for (const curl_slist* line = list; line != nullptr; line = line->next)
    explicit_bzero(line->data, std::strlen(line->data));
  free_all(list);
}

Transfer::Transfer(const CurlLibrary& curl, engine::Ticket ticket, http::Request request,
                   const CurlOptions& options)
    : curl_(curl),
      ticket_(ticket),
      request_(std::move(request)),
      options_(options),
      url_(request_.url),
      place_(place_of(request_)),
      easy_(nullptr, curl.easy_cleanup),
      headers_(nullptr, HeaderListCleanup{curl.slist_free_all}),
      error_buffer_(CURL_ERROR_SIZE, '\0') {
  if (!request_.query.empty()) (url_ += '?') += http::query_string(request_.query);
}

Transfer::~Transfer() {
  easy_.reset();  // points into what follows
  crypto::wipe(request_.body);
  crypto::wipe(url_);
  for (auto& [name, value] : request_.headers) crypto::wipe(value);
  for (auto& [name, value] : request_.query) crypto::wipe(value);
}

bool Transfer::refuse(std::string problem) {
  problem_ = std::move(problem);
  return false;
}

bool Transfer::prepare(EasyHandle easy) {
  easy_ = std::move(easy);
  if (!easy_) return refuse("out of memory");
  if (std::string fault = fault_of(request_); !fault.empty()) return refuse(std::move(fault));
  const auto named = options_.hosts.find(http::split(request_.url).host);
  const Endpoint& endpoint = named == options_.hosts.end() ? options_.endpoint : named->second;
  return (set_up_request() && set_up_limits() && set_up_connection(endpoint) &&
          set_up_callbacks()) ||
         refuse("this libcurl lacks an option that the request to " + place_ + " needs");
}

bool Transfer::set_up_request() {
  const std::string& method = request_.method;
  const bool is_head = method == "HEAD";
  const bool has_body = !is_head && (!request_.body.empty() || method == "POST" ||
                                     method == "PUT" || method == "PATCH");
  if (!build_headers(has_body)) return false;
  Setup setup(curl_, easy());
  setup.set(CURLOPT_URL, url_.c_str())
      .set(CURLOPT_PATH_AS_IS, 1L)  // a signature covers the path as the provider wrote it
      .set(CURLOPT_PROTOCOLS_STR, "http,https")
      .set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L)
      .set(CURLOPT_FOLLOWLOCATION, 0L)
      .set(CURLOPT_USERAGENT, options_.user_agent.c_str())
      .set(CURLOPT_HTTPHEADER, headers_.get());
  if (is_head) return setup.set(CURLOPT_NOBODY, 1L).succeeded();
  if (has_body) {
    setup.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()))
        .set(CURLOPT_POSTFIELDS, request_.body.data());
  }
  return setup.set(CURLOPT_CUSTOMREQUEST, method.c_str()).succeeded();
}

bool Transfer::build_headers(bool has_body) {
  const auto add = [this](const std::string& line) {
    curl_slist* const longer = curl_.slist_append(headers_.get(), line.c_str());
    if (longer == nullptr) return false;
    static_cast<void>(headers_.release());  // still part of `longer`
    headers_.reset(longer);
    return true;
  };
  // "Name:" without a value takes out what curl would send of its own accord.
  bool succeeded = add("Expect:");
  if (has_body && !http::find(request_.headers, "Content-Type"))
    succeeded = add("Content-Type:") && succeeded;
  for (const auto& [name, value] : request_.headers) {
    if (is_framing(name)) continue;
    std::string line = header_line(name, value);
    succeeded = add(line) && succeeded;
    crypto::wipe(line);
  }
  return succeeded;
}

bool Transfer::set_up_limits() {
  return Setup(curl_, easy())
      .set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds_of(options_.connect_timeout))
      .set(CURLOPT_TIMEOUT_MS, milliseconds_of(options_.request_timeout))
      .set(CURLOPT_LOW_SPEED_LIMIT, 1L)
      .set(CURLOPT_LOW_SPEED_TIME, seconds_of(options_.stall_timeout))
      .set(CURLOPT_NOSIGNAL, 1L)
      // Else giving up on a name would block until its resolver thread is done.
      .set(CURLOPT_QUICK_EXIT, 1L)
      .succeeded();
}

bool Transfer::set_up_connection(const Endpoint& endpoint) const {
  const bool is_tls = http::split(request_.url).scheme == "https";
  Setup setup(curl_, easy());
  setup
      .set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS))
      // A new host may turn out to multiplex: wait for its first handshake before opening more.
      // Without TLS the answer would come only with the first reply, so there is no waiting.
      .set(CURLOPT_PIPEWAIT, is_tls ? 1L : 0L)
      .set(CURLOPT_TCP_KEEPALIVE, 1L)
      .set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L)
      .set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2))
      .set(CURLOPT_SSL_VERIFYPEER, endpoint.verify ? 1L : 0L)
      .set(CURLOPT_SSL_VERIFYHOST, endpoint.verify ? 2L : 0L)
      .set_text(CURLOPT_CAINFO, endpoint.ca_file)
      .set_text(CURLOPT_SSLCERT, endpoint.client_certificate)
      .set_text(CURLOPT_SSLKEY, endpoint.client_key);
  if (!endpoint.ca_file.empty()) setup.set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
  if (!endpoint.socket_path.empty())
    setup.set_text(CURLOPT_UNIX_SOCKET_PATH, endpoint.socket_path).set(CURLOPT_NOPROXY, "*");
  return setup.succeeded();
}

bool Transfer::set_up_callbacks() {
  void* const self = this;
  return Setup(curl_, easy())
      .set(CURLOPT_PRIVATE, self)
      .set(CURLOPT_ERRORBUFFER, error_buffer_.data())
      .set(CURLOPT_HEADERFUNCTION, &on_header)
      .set(CURLOPT_HEADERDATA, self)
      .set(CURLOPT_WRITEFUNCTION, &on_body)
      .set(CURLOPT_WRITEDATA, self)
      .set(CURLOPT_PREREQFUNCTION, &on_connected)
      .set(CURLOPT_PREREQDATA, self)
      .succeeded();
}

bool Transfer::take_header(std::string_view line) {
  header_bytes_ += line.size();
  if (header_bytes_ > options_.max_header_bytes)
    return refuse("the headers of the answer are too large");
  // A status line opens a new block: what came before belonged to an interim answer (1xx).
  if (line.starts_with("HTTP/")) reply_.headers.clear();
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) return true;
  reply_.headers.emplace_back(line.substr(0, colon), trim(line.substr(colon + 1)));
  return true;
}

bool Transfer::take_body(std::string_view bytes) {
  if (bytes.size() > options_.max_body_bytes - reply_.body.size())
    return refuse("the answer is larger than " + std::to_string(options_.max_body_bytes) +
                  " bytes");
  reply_.body += bytes;
  return true;
}

/// The connection stands and the request is about to go out. Curl comes here a second time when a
/// kept connection broke before any answer came; the server may have done the work by then.
bool Transfer::may_send() {
  ++attempts_;
  return attempts_ == 1 || request_.method == "GET" || request_.method == "HEAD";
}

http::Reply Transfer::finish(int code) {
  long status = 0;
  if (code == CURLE_OK) curl_.easy_getinfo(easy(), CURLINFO_RESPONSE_CODE, &status);
  if (status > 0) {
    reply_.status = static_cast<int>(status);
    return std::move(reply_);
  }
  crypto::wipe(reply_.body);
  http::Reply failed;
  failed.failure = attempts_ > 0 ? http::Failure::lost : http::Failure::not_sent;
  failed.failure_text = failure_text(code);
  return failed;
}

EasyHandle Transfer::release_easy() {
  if (easy_) curl_.easy_reset(easy());
  return std::move(easy_);
}

/// Names the host, never the path, the query or a header: those may hold secrets.
std::string Transfer::failure_text(int code) const {
  if (!problem_.empty()) return place_.empty() ? problem_ : place_ + ": " + problem_;
  const std::string said = error_buffer_.substr(0, error_buffer_.find('\0'));
  const std::string why = said.empty() ? curl_.easy_strerror(static_cast<CURLcode>(code)) : said;
  if (attempts_ > 0) {
    if (code == CURLE_OPERATION_TIMEDOUT) return "no answer in time from " + place_;
    return "lost the connection to " + place_ + " before the answer was complete: " + why;
  }
  switch (code) {
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
      return "not a URL that can be used: " + place_;
    case CURLE_LOGIN_DENIED:
      return "the URL of " + place_ + " must not contain a user name or password";
    case CURLE_COULDNT_RESOLVE_HOST:
      return "could not resolve host: " + place_;
    case CURLE_COULDNT_RESOLVE_PROXY:
      return "could not resolve the proxy on the way to " + place_;
    case CURLE_OPERATION_TIMEDOUT:
      return "could not connect in time to " + place_;
    default:
      return "could not connect to " + place_ + ": " + why;
  }
}

}  // namespace stackctl::net
