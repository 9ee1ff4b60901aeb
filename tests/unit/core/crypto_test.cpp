#include "stackctl/crypto.h"

#include <catch2/catch.hpp>

namespace crypto = stackctl::crypto;

TEST_CASE("crypto: SHA-256 and MD5 (FIPS 180-4 and RFC 1321 examples)") {
  CHECK(crypto::hex(crypto::sha256("")) ==
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(crypto::hex(crypto::sha256("abc")) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(crypto::hex(crypto::md5("")) == "d41d8cd98f00b204e9800998ecf8427e");
  CHECK(crypto::hex(crypto::md5("message digest")) == "f96b697d7cb7938d525a2f31aaf161d0");
}

TEST_CASE("crypto: HMAC-SHA-256 (RFC 4231)") {
  struct Row {
    std::string key, data, digest;
  };
  const Row row = GENERATE(values<Row>({
      {std::string(20, '\x0b'), "Hi There",
       "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
      {"Jefe", "what do ya want for nothing?",
       "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
      {std::string(20, '\xaa'), std::string(50, '\xdd'),
       "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
      {std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First",
       "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
  }));
  CHECK(crypto::hex(crypto::hmac_sha256(row.key, row.data)) == row.digest);
}

TEST_CASE("crypto: an empty view is an empty HMAC key, whatever it points to") {
  const std::string digest = crypto::hex(crypto::hmac_sha256({}, {}));
  CHECK(digest == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
  CHECK(crypto::hex(crypto::hmac_sha256("", "")) == digest);
}

TEST_CASE("crypto: scrypt (RFC 7914, the vector with N=2^14, r=8, p=1)") {
  CHECK(crypto::hex(crypto::scrypt("pleaseletmein", "SodiumChloride", 64)) ==
        "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
        "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887");
  CHECK(crypto::scrypt("a", "salt", 16).size() == 16);
  CHECK(crypto::scrypt("a", "salt", 16) != crypto::scrypt("a", "tlas", 16));
}

TEST_CASE("crypto: base64 (RFC 4648)") {
  struct Row {
    std::string plain, encoded;
  };
  const Row row = GENERATE(values<Row>({
      {"", ""},
      {"f", "Zg=="},
      {"fo", "Zm8="},
      {"foo", "Zm9v"},
      {"foob", "Zm9vYg=="},
      {"fooba", "Zm9vYmE="},
      {"foobar", "Zm9vYmFy"},
      {"\xfb\xff\xfe", "+//+"},
      {std::string("\0\0", 2), "AAA="},
  }));
  CHECK(crypto::base64(row.plain) == row.encoded);
  CHECK(crypto::base64_decode(row.encoded) == row.plain);
}

TEST_CASE("crypto: malformed base64 is refused") {
  const std::string text =
      GENERATE(values<std::string>({"Z", "Zg", "Zg=", "Zg===", "=", "====", "Z===", "Zm9v\n",
                                    "Zm 9", "Zh==", "Zm9=", "Zg==Zg==", "-_-_", "Zm9\xC3"}));
  CAPTURE(text);
  CHECK_FALSE(crypto::base64_decode(text).has_value());
}

TEST_CASE("crypto: base64url has its own alphabet and no padding") {
  CHECK(crypto::base64url("\xfb\xff\xfe") == "-__-");
  CHECK(crypto::base64url("f") == "Zg");
  CHECK(crypto::base64url("").empty());
}

TEST_CASE("crypto: wiped text is empty, and its bytes are gone") {
  std::string text = "a secret that is longer than the small buffer";
  const char* const bytes = text.data();
  crypto::wipe(text);
  CHECK(text.empty());
  // The capacity stays allocated, so the old place can still be looked at.
  CHECK(text.data() == bytes);
  text.resize(text.capacity(), 'x');
  CHECK(text.find("secret") == std::string::npos);
}
