// Ready-made checks of attribute values.
#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <optional>

#include "stackctl/crypto.h"
#include "stackctl/schema.h"

namespace stackctl::check {
namespace {

/// The bytes of an IPv4 or IPv6 address as they travel in packets.
struct IpAddress {
  int family = AF_INET;
  std::array<unsigned char, 16> bytes{};

  std::size_t bits() const { return family == AF_INET ? 32 : 128; }
};

std::optional<IpAddress> parse_address(std::string_view text) {
  // inet_pton would stop at a null character and accept what stands before it.
  if (text.find('\0') != std::string_view::npos) return std::nullopt;
  const std::string terminated(text);
  for (const int family : {AF_INET, AF_INET6}) {
    IpAddress address{family};
    if (inet_pton(family, terminated.c_str(), address.bytes.data()) == 1) return address;
  }
  return std::nullopt;
}

std::string to_text(const IpAddress& address) {
  std::array<char, INET6_ADDRSTRLEN> buffer{};
  const char* text = inet_ntop(address.family, address.bytes.data(), buffer.data(), buffer.size());
  return text == nullptr ? std::string() : std::string(text);
}

std::optional<std::size_t> parse_prefix(std::string_view text, std::size_t most) {
  std::size_t length = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, fault] = std::from_chars(text.data(), end, length);
  const bool has_leading_zero = text.size() > 1 && text.front() == '0';
  if (fault != std::errc{} || stop != end || has_leading_zero || length > most) return std::nullopt;
  return length;
}

/// `address` with all bits behind the prefix cleared.
IpAddress network_of(IpAddress address, std::size_t prefix) {
  for (std::size_t bit = prefix; bit < address.bits(); ++bit) {
    unsigned char& byte = address.bytes[bit / 8];
    byte = static_cast<unsigned char>(byte & ~(0x80U >> (bit % 8)));
  }
  return address;
}

/// The key inside an OpenSSH line begins with its own type, after four bytes of length.
bool holds_key_of(std::string_view blob, std::string_view type) {
  const auto decoded = crypto::base64_decode(blob);
  if (!decoded || decoded->size() <= 4 + type.size()) return false;
  const std::string length{'\0', '\0', '\0', static_cast<char>(type.size())};
  return decoded->starts_with(length) && decoded->compare(4, type.size(), type) == 0;
}

constexpr std::array<std::string_view, 7> key_types = {
    "ssh-ed25519",
    "ssh-rsa",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
};

}  // namespace

std::string port(const Value& value) {
  const std::int64_t* number = value.integer();
  if (number != nullptr && *number >= 1 && *number <= 65535) return {};
  return "must be a port from 1 to 65535";
}

std::string cidr(const Value& value) {
  constexpr const char* fault = "must be a CIDR block, such as 10.0.0.0/8";
  const std::string* text = value.text();
  if (text == nullptr) return fault;
  const std::size_t slash = text->find('/');
  if (slash == std::string::npos) return fault;
  const auto address = parse_address(text->substr(0, slash));
  if (!address) return fault;
  const auto prefix = parse_prefix(text->substr(slash + 1), address->bits());
  if (!prefix) return fault;

  const IpAddress network = network_of(*address, *prefix);
  if (network.bytes == address->bytes) return {};
  return "must be the first address of its CIDR block: write " + to_text(network) + '/' +
         std::to_string(*prefix);
}

std::string address(const Value& value) {
  const std::string* text = value.text();
  if (text != nullptr && parse_address(*text)) return {};
  return "must be an IPv4 or IPv6 address, such as 192.0.2.10";
}

std::string not_empty(const Value& value) {
  const std::string* text = value.revealed();
  const bool is_empty = value.is_null() || (text != nullptr && text->empty()) ||
                        (value.list() != nullptr && value.list()->empty()) ||
                        (value.map() != nullptr && value.map()->empty());
  return is_empty ? "must not be empty" : "";
}

std::string positive(const Value& value) {
  const std::int64_t* number = value.integer();
  return number != nullptr && *number >= 1 ? "" : "must be at least 1";
}

std::string not_negative(const Value& value) {
  const std::int64_t* number = value.integer();
  return number != nullptr && *number >= 0 ? "" : "must not be negative";
}

std::string public_key(const Value& value) {
  const std::string* text = value.revealed();
  if (text != nullptr && text->find("PRIVATE KEY") != std::string::npos)
    return "must be the public key (the file that ends in .pub), not the private one";
  const std::string_view line = text == nullptr ? std::string_view{} : std::string_view{*text};
  const std::string_view type = line.substr(0, line.find(' '));
  const std::string_view rest = line.substr(std::min(line.size(), type.size() + 1));
  const std::string_view blob = rest.substr(0, rest.find_first_of(" \r\n"));
  const bool is_known_type = std::find(key_types.begin(), key_types.end(), type) != key_types.end();
  if (is_known_type && holds_key_of(blob, type)) return {};
  return "must be an OpenSSH public key, such as 'ssh-ed25519 AAAA... name'";
}

}  // namespace stackctl::check
