#include "stackctl/crypto.h"

#include <cstdint>
#include <stdexcept>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace stackctl::crypto {
namespace {

constexpr std::string_view standard_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view url_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

// OpenSSL fails here only when memory runs out or an algorithm is switched off in this system;
// going on with a wrong digest would be worse than to stop.
void require(bool succeeded, const char* algorithm) {
  if (!succeeded) throw std::runtime_error(std::string("OpenSSL cannot compute ") + algorithm);
}

std::string digest(std::string_view bytes, const EVP_MD* algorithm, const char* name) {
  std::string out(EVP_MAX_MD_SIZE, '\0');
  unsigned int length = 0;
  require(EVP_Digest(bytes.data(), bytes.size(), bytes_of(out), &length, algorithm, nullptr) == 1,
          name);
  out.resize(length);
  return out;
}

/// The up to three bytes at `at` as one number, the first byte highest.
std::uint32_t group_at(std::string_view bytes, std::size_t at) {
  std::uint32_t group = 0;
  for (std::size_t i = at; i < at + 3; ++i)
    group = group << 8 | (i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U);
  return group;
}

std::string encode64(std::string_view bytes, std::string_view alphabet) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::uint32_t group = group_at(bytes, at);
    const std::size_t digits = bytes.size() - at >= 3 ? 4 : bytes.size() - at + 1;
    for (std::size_t i = 0; i < digits; ++i) out += alphabet[group >> (18 - 6 * i) & 63];
  }
  return out;
}

int digit64(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '+') return 62;
  return c == '/' ? 63 : -1;
}

}  // namespace

std::string sha1(std::string_view bytes) { return digest(bytes, EVP_sha1(), "SHA-1"); }

std::string sha256(std::string_view bytes) { return digest(bytes, EVP_sha256(), "SHA-256"); }

std::string sha512(std::string_view bytes) { return digest(bytes, EVP_sha512(), "SHA-512"); }

std::string md5(std::string_view bytes) { return digest(bytes, EVP_md5(), "MD5"); }

std::string hmac_sha256(std::string_view key, std::string_view bytes) {
  // OpenSSL takes a null key for "the one of the last call"; an empty view may have a null pointer.
  if (key.data() == nullptr) key = "";
  std::string out(32, '\0');
  unsigned int length = 0;
  require(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes_of(bytes),
               bytes.size(), bytes_of(out), &length) != nullptr,
          "HMAC-SHA-256");
  return out;
}

std::string scrypt(std::string_view secret, std::string_view salt, std::size_t length) {
  constexpr std::uint64_t cost = 1U << 14;
  constexpr std::uint64_t block_size = 8;
  constexpr std::uint64_t parallelism = 1;
  constexpr std::uint64_t most_memory = 32U << 20;
  if (secret.data() == nullptr) secret = "";
  std::string out(length, '\0');
  require(EVP_PBE_scrypt(secret.data(), secret.size(), bytes_of(salt), salt.size(), cost,
                         block_size, parallelism, most_memory, bytes_of(out), length) == 1,
          "scrypt");
  return out;
}

std::string hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
  return out;
}

std::string base64(std::string_view bytes) {
  std::string out = encode64(bytes, standard_alphabet);
  out.append((4 - out.size() % 4) % 4, '=');
  return out;
}

std::optional<std::string> base64_decode(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  text.remove_suffix(padding);

  std::string out;
  out.reserve(text.size() * 3 / 4);
  std::uint32_t bits = 0;
  int pending = 0;  // how many low bits of `bits` are not written yet
  for (const char c : text) {
    const int digit = digit64(c);
    if (digit < 0) return std::nullopt;
    bits = (bits << 6 | static_cast<std::uint32_t>(digit)) & 0xFFFF;
    pending += 6;
    if (pending < 8) continue;
    pending -= 8;
    out += static_cast<char>(bits >> pending & 0xFF);
  }
  // Bits that no byte uses must be zero, or two texts would mean the same bytes.
  if ((bits & ((1U << pending) - 1)) != 0) return std::nullopt;
  return out;
}

std::string base64url(std::string_view bytes) { return encode64(bytes, url_alphabet); }

void wipe(std::string& text) {
  text.resize(text.capacity());
  OPENSSL_cleanse(text.data(), text.size());
  text.clear();
}

}  // namespace stackctl::crypto
