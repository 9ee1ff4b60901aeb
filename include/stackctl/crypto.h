// Digests and encodings; thin over OpenSSL. Byte strings travel in std::string.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace stackctl::crypto {

std::string sha1(std::string_view bytes);
std::string sha256(std::string_view bytes);
std::string sha512(std::string_view bytes);
std::string md5(std::string_view bytes);
std::string hmac_sha256(std::string_view key, std::string_view bytes);

/// A slow digest for secrets: scrypt with N=2^14, r=8, p=1 (about 30 ms, 16 MiB).
std::string scrypt(std::string_view secret, std::string_view salt, std::size_t length);

std::string hex(std::string_view bytes);
/// Standard alphabet, padded.
std::string base64(std::string_view bytes);
/// Nothing when `text` is not well-formed base64.
std::optional<std::string> base64_decode(std::string_view text);
/// URL-safe alphabet, without padding.
std::string base64url(std::string_view bytes);

/// Overwrites `text` in a way that the compiler keeps.
void wipe(std::string& text);

}  // namespace stackctl::crypto
