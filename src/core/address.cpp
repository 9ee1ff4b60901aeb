#include "stackctl/address.h"

#include <algorithm>

#include "stackctl/text.h"

namespace stackctl {

std::string_view resource_of(std::string_view address) {
  return address.substr(0, address.find('/'));
}

std::string_view declared_name(std::string_view address) {
  return address.substr(0, address.find_first_of("/["));
}

std::string plain_address(std::string_view address) {
  std::string plain;
  for (const char c : address) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '/' || c == '-';
    if (is_plain)
      plain += c;
    else if (!plain.empty() && plain.back() != '-' && c != '"' && c != ']')
      plain += '-';
  }
  while (plain.ends_with('-')) plain.pop_back();
  return plain;
}

bool is_instance_key(std::string_view key) {
  constexpr std::size_t longest = 63;
  const auto is_allowed = [](char c) {
    return c > ' ' && c < '\x7f' && std::string_view("/\"[]").find(c) == std::string_view::npos;
  };
  return !key.empty() && key.size() <= longest && std::ranges::all_of(key, is_allowed);
}

}  // namespace stackctl
