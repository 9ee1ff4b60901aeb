// aws.key_pair: the public half of an SSH key.
#include "aws/api/wire.h"
#include "stackctl/crypto.h"
#include "stackctl/text.h"
#include "types.h"

namespace stackctl::aws {
namespace {

void encode_key(Map& parameters, const Api& /*api*/, const Work& work) {
  const std::string* const key = work.desired["PublicKeyMaterial"].text();
  parameters.insert_or_assign("PublicKeyMaterial", crypto::base64(key == nullptr ? "" : *key));
}

/// The words behind a key are not part of it.
Value bare_key(const Value& value) {
  if (value.text() == nullptr) return value;
  const std::vector<std::string> words = split(trim(*value.text()), ' ');
  return words.size() < 2 ? value : Value(words[0] + ' ' + words[1]);
}

}  // namespace

extern const Type key_pair{
    .resource =
        {
            .name = "aws.key_pair",
            .help = "The public half of an SSH key, for logging in to instances.",
            .schema =
                {
                    fixed_name("KeyName", "What it is called"),
                    text("PublicKeyMaterial", "The key in OpenSSH form")
                        .required()
                        .check(check::public_key)
                        .normalise(bare_key)
                        .unlisted()
                        .replaces(),
                    tags(),
                    output("id", "Its name"),
                    output("KeyPairId", "Identifier"),
                    output("KeyFingerprint", "Digest of the key"),
                },
            .listing = "key_pairs",
            .key = {"KeyName"},
            .key_is_unique = true,
            .typical = std::chrono::seconds{1},
            .typical_removal = std::chrono::seconds{1},
        },
    .tagged_by = "KeyPairId",
    .shown = {.list = "key_pairs",
              .id = "KeyName",
              .created = "createTime",
              .elsewhere = {{"PublicKeyMaterial", "publicKey"}}},
    .creation = {.action = "ImportKeyPair", .word = "key-pair", .prepare = encode_key},
    .removal = {"DeleteKeyPair", {"KeyName"}},
};

}  // namespace stackctl::aws
