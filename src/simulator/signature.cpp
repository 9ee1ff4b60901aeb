#include "simulator/signature.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <map>
#include <vector>

#include "stackctl/crypto.h"
#include "stackctl/text.h"

namespace stackctl::simulator {
namespace {

constexpr std::string_view scheme = "EXO2-HMAC-SHA256 ";
constexpr const char* refusal = "Invalid request signature";

struct Authorization {
  std::string credential;
  std::vector<std::string> arguments;
  std::string expires;
  std::string signature;
};

std::optional<Authorization> parse(std::string_view header) {
  if (!header.starts_with(scheme)) return std::nullopt;
  Authorization found;
  for (const std::string& part : split(header.substr(scheme.size()), ',')) {
    const std::size_t equals = part.find('=');
    if (equals == std::string::npos) return std::nullopt;
    const std::string name = part.substr(0, equals);
    std::string value = part.substr(equals + 1);
    if (value.empty()) return std::nullopt;
    if (name == "credential")
      found.credential = std::move(value);
    else if (name == "signed-query-args")
      found.arguments = split(value, ';');
    else if (name == "expires")
      found.expires = std::move(value);
    else if (name == "signature")
      found.signature = std::move(value);
    else
      return std::nullopt;
  }
  return found;
}

std::optional<Time> parse_seconds(const std::string& digits) {
  std::int64_t seconds = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
  constexpr std::int64_t latest = 253402300799;  // the year 9999: no overflow in microseconds
  if (fault != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  if (seconds < 0 || seconds > latest) return std::nullopt;
  return Time{std::chrono::seconds{seconds}};
}

}  // namespace

std::optional<std::string> check_signature(const http::Request& request, std::string_view key,
                                           std::string_view secret, Time now) {
  const auto header = http::find(request.headers, "Authorization");
  const auto sent = header ? parse(*header) : std::nullopt;
  if (!sent || sent->credential != key) return refusal;

  // A map: the values are joined in byte order of the names, and a name can occur only once.
  const std::map<std::string, std::string> query(request.query.begin(), request.query.end());
  std::vector<std::string> names;
  std::string values;
  for (const auto& [name, value] : query) {
    names.push_back(name);
    values += value;
  }
  if (query.size() != request.query.size() || names != sent->arguments) return refusal;

  const std::string message = request.method + ' ' + std::string(http::split(request.url).path) +
                              '\n' + request.body + '\n' + values + "\n\n" + sent->expires;
  if (crypto::base64(crypto::hmac_sha256(secret, message)) != sent->signature) return refusal;

  const auto expires = parse_seconds(sent->expires);
  if (!expires || *expires < now) return std::string(refusal) + ": expired";
  return std::nullopt;
}

}  // namespace stackctl::simulator
