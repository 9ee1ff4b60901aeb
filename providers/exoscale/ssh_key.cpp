// exoscale.ssh_key: identified by its name, which therefore bears the mark.
#include "marks.h"
#include "stackctl/crypto.h"
#include "stackctl/text.h"
#include "types.h"
#include "wire.h"

namespace stackctl::exoscale {
namespace {

/// The MD5 fingerprint of an OpenSSH line. The cloud shows no more of a key, so keys are compared
/// by it; a fingerprint stays as it is.
Value fingerprint(const Value& value) {
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

bool is_md5(std::string_view text) {
  constexpr std::size_t length = 47;  // 16 pairs of digits and the colons between them
  return text.size() == length && text[2] == ':';
}

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> keys;
  for_each_item(type, listed["ssh-keys"], faults, [&](const Value& item) {
    LiveObject& key = keys.emplace_back(decode_object(type, item));
    key.id = item.text_at("name");
    key.mark = mark_in_name(key.id);
    key.attributes.map()->insert_or_assign("id", key.id);
    if (is_md5(item.text_at("fingerprint")))
      key.attributes.map()->insert_or_assign("public-key", item["fingerprint"]);
  });
  return keys;
}

Call create(const Api& api, const Work& work) {
  return api.create("register-ssh-key", "/ssh-key", encode_declared(*work.type, work.desired));
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {api.remove("delete-ssh-key", path_to("/ssh-key", live.id))};
}

}  // namespace

extern const Type ssh_key{
    .resource =
        {
            .name = "exoscale.ssh_key",
            .help = "The public half of an SSH key.",
            .schema =
                {
                    text("name", "Its identity, and its mark").required().replaces(),
                    text("public-key", "One line in OpenSSH form")
                        .required()
                        .replaces()
                        .unlisted()
                        .check(check::public_key)
                        .normalise(fingerprint),
                    output("id", "Its name"),
                    output("fingerprint", "MD5 digest of the key"),
                },
            .listing = "/ssh-key",
            .marked = Marked::name,
            .key_is_unique = true,
            .typical = std::chrono::seconds{1},
            .typical_removal = std::chrono::seconds{1},
        },
    .decode = decode,
    .create = create,
    .remove = remove,
};

}  // namespace stackctl::exoscale
