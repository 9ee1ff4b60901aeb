#include "key_fingerprint.h"

#include "stackctl/crypto.h"
#include "stackctl/text.h"

namespace stackctl::exoscale {

Value key_fingerprint(const Value& value) {
  const std::string* line = value.revealed();
  if (line == nullptr) return value;
  const std::vector<std::string> words = split(trim(*line), ' ');
  if (words.size() < 2) return value;
  const auto blob = crypto::base64_decode(words[1]);
  if (!blob) return value;
  const std::string digest = crypto::hex(crypto::md5(*blob));
  std::string text;
  for (std::size_t i = 0; i < digest.size(); i += 2)
    text += (i == 0 ? "" : ":") + digest.substr(i, 2);
  return text;
}

bool is_fingerprint(std::string_view text) {
  constexpr std::size_t length = 47;  // 16 pairs of digits and the colons between them
  return text.size() == length && text[2] == ':';
}

}  // namespace stackctl::exoscale
