#include "signature.h"

#include <map>
#include <vector>

#include "stackctl/crypto.h"
#include "stackctl/text.h"

namespace stackctl::exoscale {
namespace {

/// Name → value of the arguments that occur once.
std::map<std::string, std::string> single_arguments(const http::Fields& query) {
  std::map<std::string, int> times;
  for (const auto& [name, value] : query) ++times[name];
  std::map<std::string, std::string> single;
  for (const auto& [name, value] : query)
    if (times[name] == 1) single.emplace(name, value);
  return single;
}

}  // namespace

std::string signed_message(const http::Request& request, std::int64_t expires) {
  std::string message = request.method + ' ';
  message.append(http::split(request.url).path) += '\n';
  message += request.body + '\n';
  for (const auto& [name, value] : single_arguments(request.query)) message += value;
  // The empty line stands for signed headers, which nobody uses.
  return message + "\n\n" + std::to_string(expires);
}

std::string authorization(const http::Request& request, std::string_view key,
                          std::string_view secret, std::int64_t expires) {
  std::vector<std::string> names;
  for (const auto& [name, value] : single_arguments(request.query)) names.push_back(name);
  std::string header = "EXO2-HMAC-SHA256 credential=" + std::string(key);
  if (!names.empty()) header += ",signed-query-args=" + join(names, ";");
  const std::string signature = crypto::hmac_sha256(secret, signed_message(request, expires));
  return header + ",expires=" + std::to_string(expires) + ",signature=" + crypto::base64(signature);
}

}  // namespace stackctl::exoscale
