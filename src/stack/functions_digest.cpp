// Digests of texts.
#include <array>
#include <string>

#include "stack/functions.h"
#include "stackctl/crypto.h"

namespace stackctl::stack::function {
namespace {

using Trait = Function::Trait;

using Digest = std::string (*)(std::string_view bytes);

template <Digest digest>
Result<Value> hexadecimal(Arguments arguments, const FileReader&) {
  return Value(crypto::hex(digest(*arguments[0].text())));
}

template <Digest digest>
Result<Value> base64(Arguments arguments, const FileReader&) {
  return Value(crypto::base64(digest(*arguments[0].text())));
}

constexpr std::array kTable = {
    Function{"base64sha256", "base64sha256(string)", "The SHA-256 digest in base64", "s",
             Trait::none, base64<crypto::sha256>},
    Function{"base64sha512", "base64sha512(string)", "The SHA-512 digest in base64", "s",
             Trait::none, base64<crypto::sha512>},
    Function{"md5", "md5(string)", "The MD5 digest in hexadecimal", "s", Trait::none,
             hexadecimal<crypto::md5>},
    Function{"sha1", "sha1(string)", "The SHA-1 digest in hexadecimal", "s", Trait::none,
             hexadecimal<crypto::sha1>},
    Function{"sha256", "sha256(string)", "The SHA-256 digest in hexadecimal", "s", Trait::none,
             hexadecimal<crypto::sha256>},
    Function{"sha512", "sha512(string)", "The SHA-512 digest in hexadecimal", "s", Trait::none,
             hexadecimal<crypto::sha512>},
};

}  // namespace

std::span<const Function> digests() { return kTable; }

}  // namespace stackctl::stack::function
