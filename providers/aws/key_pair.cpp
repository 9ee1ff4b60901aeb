// aws.key_pair: the public half of an SSH key.
#include "stackctl/crypto.h"
#include "stackctl/text.h"
#include "tagging.h"
#include "types.h"
#include "wire.h"

namespace stackctl::aws {
namespace {

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> keys;
  for_each_item(type, listed["key_pairs"], faults, [&](const Value& item) {
    Map shown = *item.map();
    shown.insert_or_assign("PublicKeyMaterial", item["publicKey"]);
    LiveObject& key = keys.emplace_back(decode_object(type, shown, "KeyName"));
    key.created = item.text_at("createTime");
  });
  return keys;
}

Call create(const Api& api, const Work& work) {
  const std::string* const key = work.desired["PublicKeyMaterial"].text();
  return api.create(ec2, "ImportKeyPair",
                    Map{{"KeyName", work.desired["KeyName"]},
                        {"PublicKeyMaterial", crypto::base64(key == nullptr ? "" : *key)},
                        {"TagSpecification", tag_specification("key-pair", work)}});
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {api.change(ec2, "DeleteKeyPair", Map{{"KeyName", live.id}})};
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
                    text("KeyName", "What it is called").required().physical_name().replaces(),
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
    .decode = decode,
    .create = create,
    .remove = remove,
};

}  // namespace stackctl::aws
