#include "simulator/sos_signature.h"

#include <algorithm>
#include <cstdio>
#include <vector>

#include "stackctl/crypto.h"
#include "stackctl/text.h"

namespace stackctl::simulator::sos {
namespace {

constexpr std::string_view scheme = "AWS4-HMAC-SHA256";
constexpr auto tolerance = std::chrono::minutes{15};

struct Authorization {
  std::string key;
  std::string scope;  ///< DATE/REGION/s3/aws4_request
  std::vector<std::string> headers;
  std::string signature;
};

std::optional<Authorization> parse(std::string_view header) {
  if (!header.starts_with(scheme)) return std::nullopt;
  Authorization found;
  for (const std::string& part : split(header.substr(scheme.size()), ',')) {
    const std::string_view field = trim(part);
    const std::size_t equals = field.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const std::string_view name = field.substr(0, equals);
    const std::string_view value = field.substr(equals + 1);
    if (name == "Credential") {
      found.key = value.substr(0, value.find('/'));
      found.scope = value.substr(std::min(value.size(), found.key.size() + 1));
    } else if (name == "SignedHeaders") {
      found.headers = split(value, ';');
    } else if (name == "Signature") {
      found.signature = value;
    } else {
      return std::nullopt;
    }
  }
  return found;
}

// "20130524T000000Z"
std::optional<Time> parse_date(const std::string& text) {
  constexpr std::size_t length = 16;
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  int hours = 0;
  int minutes = 0;
  int seconds = 0;
  const int fields = text.size() == length
                         ? std::sscanf(text.c_str(), "%4d%2u%2uT%2d%2d%2dZ", &year, &month, &day,
                                       &hours, &minutes, &seconds)
                         : 0;
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month},
                                         std::chrono::day{day}};
  if (fields != 6 || !date.ok()) return std::nullopt;
  return std::chrono::sys_days{date} + std::chrono::hours{hours} + std::chrono::minutes{minutes} +
         std::chrono::seconds{seconds};
}

// The host is no field of a request that has not been on a wire: there it follows from the URL.
std::optional<std::string> header_value(const http::Request& request, std::string_view name) {
  if (const auto value = http::find(request.headers, name)) return std::string(*value);
  if (name != "host") return std::nullopt;
  const http::Url url = http::split(request.url);
  return std::string(url.host) + (url.port.empty() ? "" : ":" + std::string(url.port));
}

// Without the blanks around it, and with one for several inside.
std::string collapse(std::string_view value) {
  std::string out;
  for (const char c : trim(value))
    if (c != ' ' || out.back() != ' ') out += c;
  return out;
}

// Every byte but unreserved ones escaped, whatever the sender left as it was.
std::string canonical_path(std::string_view path) {
  std::string out;
  for (const std::string& segment : split(path.substr(1), '/')) {
    std::string raw;
    for (const char c : segment) raw += c == '+' ? "%2B" : std::string(1, c);
    out += '/' + http::encode(http::decode(raw));
  }
  return out;
}

std::string canonical_query(const http::Fields& query) {
  std::vector<std::string> fields;
  for (const auto& [name, value] : query)
    fields.push_back(http::encode(name) + '=' + http::encode(value));
  std::sort(fields.begin(), fields.end());
  return join(fields, "&");
}

// Nothing when a header that was signed is not there.
std::optional<std::string> canonical_request(const http::Request& request,
                                             const Authorization& sent,
                                             std::string_view body_digest) {
  std::string headers;
  for (const std::string& name : sent.headers) {
    const auto value = header_value(request, name);
    if (!value) return std::nullopt;
    headers += name + ':' + collapse(*value) + '\n';
  }
  return request.method + '\n' + canonical_path(http::split(request.url).path) + '\n' +
         canonical_query(request.query) + '\n' + headers + '\n' + join(sent.headers, ";") + '\n' +
         std::string(body_digest);
}

std::string expected_signature(const Signer& signer, const std::string& scope,
                               const std::string& date, const std::string& canonical) {
  std::string key = "AWS4" + std::string(signer.secret);
  for (const std::string& part : split(scope, '/')) key = crypto::hmac_sha256(key, part);
  const std::string text = std::string(scheme) + '\n' + date + '\n' + scope + '\n' +
                           crypto::hex(crypto::sha256(canonical));
  return crypto::hex(crypto::hmac_sha256(key, text));
}

bool covers(const std::vector<std::string>& names, const http::Request& request) {
  const auto has = [&](const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  return std::is_sorted(names.begin(), names.end()) && has("host") &&
         std::all_of(request.headers.begin(), request.headers.end(), [&](const auto& header) {
           const std::string name = to_lower(header.first);
           return !name.starts_with("x-amz-") || has(name);
         });
}

std::optional<SignatureFault> check_digest(const http::Request& request, std::string_view digest) {
  if (digest.empty())
    return SignatureFault{400, "InvalidRequest",
                          "Missing required header for this request: x-amz-content-sha256"};
  if (digest != "UNSIGNED-PAYLOAD" && digest != crypto::hex(crypto::sha256(request.body)))
    return SignatureFault{400, "XAmzContentSHA256Mismatch",
                          "The provided 'x-amz-content-sha256' header does not match what was "
                          "computed."};
  return std::nullopt;
}

}  // namespace

std::optional<SignatureFault> check_signature(const http::Request& request, const Signer& signer,
                                              Time now) {
  const auto header = http::find(request.headers, "Authorization");
  if (!header) return SignatureFault{403, "AccessDenied", "Access Denied"};
  const auto sent = parse(*header);
  const std::string date(http::find(request.headers, "x-amz-date").value_or(""));
  const std::string scope =
      date.substr(0, 8) + '/' + std::string(signer.region) + "/s3/aws4_request";
  if (!sent || sent->scope != scope)
    return SignatureFault{400, "AuthorizationHeaderMalformed",
                          "The authorization header is malformed; expecting the scope " + scope};
  if (sent->key != signer.key)
    return SignatureFault{403, "InvalidAccessKeyId", "The access key does not exist."};
  const auto signed_at = parse_date(date);
  if (!signed_at || *signed_at < now - tolerance || *signed_at > now + tolerance)
    return SignatureFault{403, "RequestTimeTooSkewed",
                          "The difference between the request time and the current time is too "
                          "large."};
  const std::string_view digest = http::find(request.headers, "x-amz-content-sha256").value_or("");
  if (auto fault = check_digest(request, digest)) return fault;
  const auto canonical = canonical_request(request, *sent, digest);
  if (!covers(sent->headers, request) || !canonical ||
      expected_signature(signer, scope, date, *canonical) != sent->signature)
    return SignatureFault{403, "SignatureDoesNotMatch",
                          "The request signature we calculated does not match the signature you "
                          "provided."};
  return std::nullopt;
}

}  // namespace stackctl::simulator::sos
