#include "simulator/type.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cctype>
#include <charconv>

#include "stackctl/crypto.h"
#include "stackctl/text.h"

namespace stackctl::simulator {

Answer refuse(int status, std::string message) {
  return {.status = status, .body = {{"message", std::move(message)}}};
}

Answer invalid(const std::vector<std::string>& errors) {
  Json list = Json::array();
  for (const std::string& error : errors) list.push_back({{"message", error}});
  return {.status = 400,
          .body = {{"errors", std::move(list)}, {"message", "Invalid request: " + errors.front()}}};
}

Answer list(Call& call, std::string_view type, const char* name) {
  Json items = Json::array();
  for (const auto& [id, record] : call.account.table(type)) items.push_back(visible(record));
  return {.body = {{name, std::move(items)}}};
}

Answer show(Call& call) { return {.body = visible(*call.object)}; }

void merge(Json& record, const Json& changes) {
  for (const auto& [name, value] : changes.items()) {
    if (value.is_null())
      record.erase(name);
    else
      record[name] = value;
  }
}

bool is_host_name(std::string_view name) {
  if (name.size() > 253) return false;
  for (const std::string& label : split(name, '.')) {
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-')
      return false;
    if (!std::all_of(label.begin(), label.end(),
                     [](unsigned char c) { return c < 128 && (std::isalnum(c) != 0 || c == '-'); }))
      return false;
  }
  return true;
}

bool is_cidr(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return false;
  const std::string address(text.substr(0, slash));
  const std::string_view digits = text.substr(slash + 1);
  std::array<unsigned char, 16> bytes{};
  const bool is_v4 = inet_pton(AF_INET, address.c_str(), bytes.data()) == 1;
  if (!is_v4 && inet_pton(AF_INET6, address.c_str(), bytes.data()) != 1) return false;
  unsigned length = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
  return fault == std::errc{} && end == digits.data() + digits.size() &&
         length <= (is_v4 ? 32U : 128U);
}

bool is_ipv4(std::string_view text) {
  std::array<unsigned char, 4> bytes{};
  return text.find('\0') == std::string_view::npos &&
         inet_pton(AF_INET, std::string(text).c_str(), bytes.data()) == 1;
}

bool is_user_data(std::string_view text) {
  return !text.empty() && text.size() < 32768 && crypto::base64_decode(text).has_value();
}

}  // namespace stackctl::simulator
