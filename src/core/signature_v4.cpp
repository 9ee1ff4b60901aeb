#include "stackctl/signature_v4.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <vector>

#include "stackctl/crypto.h"
#include "stackctl/text.h"

namespace stackctl::signature_v4 {
namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";
constexpr std::string_view kStorage = "s3";

/// Lower-case names with their values, in the order in which they are signed.
using Headers = std::map<std::string, std::string>;

std::string host_of(std::string_view url) {
  const http::Url parts = http::split(url);
  std::string host(parts.host);
  const std::string_view usual = parts.scheme == "http" ? "80" : "443";
  if (!parts.port.empty() && parts.port != usual) host.append(":").append(parts.port);
  return host;
}

/// Without blanks around it, and with single ones inside.
std::string canonical_value(std::string_view value) {
  std::string out;
  for (const char c : trim(value))
    if (c != ' ' || out.back() != ' ') out += c;
  return out;
}

Headers signed_headers(const http::Request& request) {
  Headers headers;
  for (const auto& [name, value] : request.headers) {
    std::string lower = to_lower(name);
    if (lower == "authorization") continue;
    const auto [header, is_new] = headers.try_emplace(std::move(lower), canonical_value(value));
    if (!is_new) header->second += ',' + canonical_value(value);
  }
  headers.try_emplace("host", host_of(request.url));
  return headers;
}

std::string names_of(const Headers& headers) {
  std::vector<std::string> names;
  names.reserve(headers.size());
  for (const auto& [name, value] : headers) names.push_back(name);
  return join(names, ";");
}

bool is_escape(std::string_view text, std::size_t at) {
  const auto is_hex = [&](std::size_t i) {
    return i < text.size() &&
           std::string_view("0123456789ABCDEFabcdef").find(text[i]) != std::string_view::npos;
  };
  return text[at] == '%' && is_hex(at + 1) && is_hex(at + 2);
}

/// Encodes all but slashes and, if `keep_escapes`, what is encoded already.
std::string encode_path(std::string_view path, bool keep_escapes) {
  std::string out;
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (path[i] == '/' || (keep_escapes && is_escape(path, i)))
      out += path[i];
    else
      out += http::encode(path.substr(i, 1));
  }
  return out;
}

/// Without ".", ".." and empty segments.
std::string normalised(std::string_view path) {
  std::vector<std::string> segments;
  for (std::string& segment : split(path, '/')) {
    if (segment == ".." && !segments.empty()) segments.pop_back();
    if (!segment.empty() && segment != "." && segment != "..")
      segments.push_back(std::move(segment));
  }
  const bool is_folder = path.ends_with('/') || path.ends_with("/.") || path.ends_with("/..");
  std::string out = '/' + join(segments, "/");
  if (is_folder && !segments.empty()) out += '/';
  return out;
}

/// Object keys are taken literally; all other services sign the path encoded once more.
std::string canonical_path(std::string_view url, std::string_view service) {
  const std::string_view path = http::split(url).path;
  return service == kStorage ? encode_path(path, true) : encode_path(normalised(path), false);
}

std::string canonical_query(const http::Fields& query) {
  http::Fields fields;
  fields.reserve(query.size());
  for (const auto& [name, value] : query)
    fields.emplace_back(http::encode(name), http::encode(value));
  std::ranges::sort(fields);
  std::string out;
  for (const auto& [name, value] : fields) {
    if (!out.empty()) out += '&';
    out.append(name).append("=").append(value);
  }
  return out;
}

/// "20150830T123600Z"
std::string timestamp(Time now) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now);
  const auto day = std::chrono::floor<std::chrono::days>(seconds);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{seconds - day};
  char text[32];
  std::snprintf(text, sizeof text, "%04d%02u%02uT%02d%02d%02dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                static_cast<int>(time.seconds().count()));
  return text;
}

std::string signing_key(const Scope& scope, std::string_view secret, std::string_view day) {
  std::string start = "AWS4" + std::string(secret);
  std::string key = crypto::hmac_sha256(start, day);
  crypto::wipe(start);
  for (const std::string_view part :
       {scope.region, scope.service, std::string_view("aws4_request")})
    key = crypto::hmac_sha256(key, part);
  return key;
}

}  // namespace

std::string canonical_request(const http::Request& request, std::string_view service) {
  const Headers headers = signed_headers(request);
  std::string text = request.method + '\n' + canonical_path(request.url, service) + '\n' +
                     canonical_query(request.query) + '\n';
  for (const auto& [name, value] : headers) text.append(name).append(":").append(value) += '\n';
  return text + '\n' + names_of(headers) + '\n' + crypto::hex(crypto::sha256(request.body));
}

void sign(http::Request& request, const Scope& scope, const Credentials& credentials, Time now) {
  const std::string time = timestamp(now);
  const std::string day = time.substr(0, time.find('T'));
  http::set(request.headers, "X-Amz-Date", time);
  if (!credentials.session_token.empty())
    http::set(request.headers, "X-Amz-Security-Token", std::string(credentials.session_token));
  if (scope.service == kStorage)
    http::set(request.headers, "X-Amz-Content-Sha256", crypto::hex(crypto::sha256(request.body)));

  const std::vector<std::string> parts = {day, std::string(scope.region),
                                          std::string(scope.service), "aws4_request"};
  const std::string place = join(parts, "/");
  const std::string digest = crypto::hex(crypto::sha256(canonical_request(request, scope.service)));
  const std::string text = std::string(kAlgorithm) + '\n' + time + '\n' + place + '\n' + digest;
  const std::string signature =
      crypto::hex(crypto::hmac_sha256(signing_key(scope, credentials.secret, day), text));
  http::set(request.headers, "Authorization",
            std::string(kAlgorithm) + " Credential=" + std::string(credentials.key) + '/' + place +
                ", SignedHeaders=" + names_of(signed_headers(request)) +
                ", Signature=" + signature);
}

}  // namespace stackctl::signature_v4
