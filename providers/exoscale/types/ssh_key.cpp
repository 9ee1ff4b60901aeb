// exoscale.ssh_key: identified by its name, which therefore bears the mark.
#include "exoscale/api/marks.h"
#include "exoscale/api/wire.h"
#include "key_fingerprint.h"
#include "types.h"

namespace stackctl::exoscale {
namespace {

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> keys;
  for_each_item(type, listed["ssh-keys"], faults, [&](const Value& item) {
    LiveObject& key = keys.emplace_back(decode_object(type, item));
    key.id = item.text_at("name");
    key.mark = mark_in_name(key.id);
    key.attributes.map()->insert_or_assign("id", key.id);
    if (is_fingerprint(item.text_at("fingerprint")))
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
                        .normalise(key_fingerprint),
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
