// scrypt is slow on purpose, and this program would spend most of its time in it. What it yields
// does not matter here as long as it depends on what goes in; so this takes its place.
#include <cstddef>
#include <cstdint>

#include <openssl/evp.h>

// Its parameters have the names that they have in OpenSSL's header.
extern "C" int EVP_PBE_scrypt(const char* pass, std::size_t passlen, const unsigned char* salt,
                              std::size_t saltlen, std::uint64_t /*N*/, std::uint64_t /*r*/,
                              std::uint64_t /*p*/, std::uint64_t /*maxmem*/, unsigned char* key,
                              std::size_t keylen) {
  return PKCS5_PBKDF2_HMAC(pass, static_cast<int>(passlen), salt, static_cast<int>(saltlen), 1,
                           EVP_sha256(), static_cast<int>(keylen), key);
}
