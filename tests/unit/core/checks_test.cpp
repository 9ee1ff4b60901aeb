#include <catch2/catch.hpp>

#include "stackctl/crypto.h"
#include "stackctl/schema.h"

using namespace stackctl;

namespace {

/// "ssh-ed25519 AAAA..." around a key blob that names `inner` as its type.
std::string key_line(const std::string& type, const std::string& inner) {
  const std::string length{'\0', '\0', '\0', static_cast<char>(inner.size())};
  return type + ' ' + crypto::base64(length + inner + std::string(36, 'k')) + " someone@host\n";
}

}  // namespace

TEST_CASE("check: CIDR blocks") {
  const std::string fault = "must be a CIDR block, such as 10.0.0.0/8";
  struct Row {
    Value value;
    std::string says;
  };
  const std::vector<Row> rows = {
      {"0.0.0.0/0", ""},
      {"10.0.0.0/8", ""},
      {"192.0.2.7/32", ""},
      {"::/0", ""},
      {"2001:db8::/32", ""},
      {"2001:db8::1/128", ""},
      {"10.1.2.3/8", "must be the first address of its CIDR block: write 10.0.0.0/8"},
      {"10.0.0.129/25", "must be the first address of its CIDR block: write 10.0.0.128/25"},
      {"2001:db8::1/64", "must be the first address of its CIDR block: write 2001:db8::/64"},
      {"10.0.0.0", fault},
      {"10.0.0.0/", fault},
      {"10.0.0.0/33", fault},
      {"10.0.0.0/08", fault},
      {"10.0.0.0/-1", fault},
      {"10.0.0.0/8x", fault},
      {"10.0.0/8", fault},
      {"010.0.0.0/8", fault},
      {"::/129", fault},
      {"", fault},
      {"/", fault},
      {std::string("10.0.0.0\0/8", 11), fault},
      {8, fault},
  };
  for (const Row& row : rows) {
    CAPTURE(display(row.value));
    CHECK(check::cidr(row.value) == row.says);
  }
}

TEST_CASE("check: addresses") {
  for (const char* good : {"192.0.2.1", "0.0.0.0", "::", "2001:db8::1", "::ffff:192.0.2.1"})
    CHECK(check::address(good).empty());
  for (const char* bad : {"", "192.0.2", "192.0.2.256", "192.0.2.1/32", "example.com", "1::2::3"})
    CHECK(check::address(bad) == "must be an IPv4 or IPv6 address, such as 192.0.2.10");
  CHECK_FALSE(check::address(std::string("192.0.2.1\0x", 11)).empty());
}

TEST_CASE("check: numbers") {
  CHECK(check::port(1).empty());
  CHECK(check::port(65535).empty());
  CHECK(check::port(0) == "must be a port from 1 to 65535");
  CHECK_FALSE(check::port(65536).empty());
  CHECK_FALSE(check::port("80").empty());

  CHECK(check::positive(1).empty());
  CHECK(check::positive(0) == "must be at least 1");
  CHECK(check::not_negative(0).empty());
  CHECK(check::not_negative(-1) == "must not be negative");
}

TEST_CASE("check: not empty") {
  for (const Value& empty : {Value(), Value(""), Value(Secret{}), Value(List{}), Value(Map{})})
    CHECK(check::not_empty(empty) == "must not be empty");
  for (const Value& full : {Value(0), Value("x"), Value(Secret{"x"}), Value(List{1})})
    CHECK(check::not_empty(full).empty());
}

TEST_CASE("check: public keys") {
  CHECK(check::public_key(key_line("ssh-ed25519", "ssh-ed25519")).empty());
  CHECK(check::public_key(key_line("ssh-rsa", "ssh-rsa")).empty());

  const std::string fault = "must be an OpenSSH public key, such as 'ssh-ed25519 AAAA... name'";
  CHECK(check::public_key(key_line("ssh-rsa", "ssh-ed25519")) == fault);
  CHECK(check::public_key(key_line("ssh-xyz", "ssh-xyz")) == fault);
  CHECK(check::public_key("ssh-ed25519") == fault);
  CHECK(check::public_key("ssh-ed25519 AAAA") == fault);
  CHECK(check::public_key("") == fault);
  CHECK(check::public_key(1) == fault);

  const std::string private_key = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaA==\n";
  CHECK(check::public_key(private_key) ==
        "must be the public key (the file that ends in .pub), not the private one");
}
