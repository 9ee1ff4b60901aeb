// HTTP messages as values. Providers build requests and judge replies; only a transport sends them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stackctl::http {

/// Header or query fields in the order in which they are sent.
using Fields = std::vector<std::pair<std::string, std::string>>;

/// The value of the first field called `name` (ASCII case is ignored), or nothing.
std::optional<std::string_view> find(const Fields& fields, std::string_view name);

/// Sets `name` to `value`: replaces the first field of that name or adds one.
void set(Fields& fields, std::string_view name, std::string value);

struct Request {
  std::string method = "GET";
  /// Scheme, host, port and percent-encoded path, without a query: "https://host:8080/v2/zone".
  std::string url;
  /// Decoded names and values; the transport encodes them (see `query_string`).
  Fields query;
  Fields headers;
  std::string body;
  /// Which of the cloud's services it is for, where signing needs to know; it is not sent.
  std::string service = {};
};

/// The parts of `Request::url`.
struct Url {
  std::string_view scheme;  ///< "http", "https"
  std::string_view host;    ///< without the port
  std::string_view port;    ///< digits, or empty
  std::string_view path;    ///< begins with "/"
};
/// Splits an absolute URL; the views point into `url`. A missing path becomes "/".
Url split(std::string_view url);

/// Percent-encodes all but unreserved characters (RFC 3986).
std::string encode(std::string_view text);
/// Undoes `encode`; "+" is a space, as in form data. Broken escapes stay as they are.
std::string decode(std::string_view text);

/// "a=1&b=x%20y", or empty.
std::string query_string(const Fields& query);
/// The inverse of `query_string`.
Fields parse_query(std::string_view text);

/// Why no status arrived.
enum class Failure {
  none,
  not_sent,  ///< nothing reached the server: a repeat is safe
  lost,      ///< sent, but the answer did not arrive: the work may have been done
  refused,   ///< this run may not send it (read-only), or it was cancelled
};

struct Reply {
  int status = 0;  ///< 0 when `failure` is set
  Fields headers;
  std::string body;
  Failure failure = Failure::none;
  std::string failure_text;  ///< for people: "could not resolve host: …"
};

}  // namespace stackctl::http
