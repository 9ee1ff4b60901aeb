// exoscale.api_key: its name bears the mark. The secret is told once, to who creates it.
#include "exoscale/api/marks.h"
#include "exoscale/api/wire.h"
#include "stackctl/json.h"
#include "types.h"

namespace stackctl::exoscale {
namespace {

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> keys;
  for_each_item(type, listed["api-keys"], faults, [&](const Value& item) {
    if (item.text_at("key").empty()) return;
    LiveObject& key = keys.emplace_back(decode_object(type, item));
    key.id = item.text_at("key");
    key.mark = mark_in_name(item.text_at("name"));
    key.attributes.map()->insert_or_assign("id", key.id);
  });
  return keys;
}

Call create(const Api& api, const Work& work) {
  return api.create("create-api-key", "/api-key",
                    Map{{"name", work.desired["name"]}, {"role-id", work.desired["role-id"]}});
}

std::string created_id(const Work& /*work*/, const http::Reply& reply) {
  const Result<Value> made = json::parse(reply.body);
  return made ? std::string(made->text_at("key")) : std::string();
}

Value told(const http::Reply& reply) {
  const Result<Value> made = json::parse(reply.body);
  if (!made || (*made)["secret"].text() == nullptr) return {};
  return Map{{"secret", Secret{*(*made)["secret"].text()}}};
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {api.remove("delete-api-key", path_to("/api-key", live.id))};
}

}  // namespace

extern const Type api_key{
    .resource =
        {
            .name = "exoscale.api_key",
            .help = "A key for the API, with the rights of a role.",
            .schema =
                {
                    text("name", "Shown in the console; bears the mark").required().replaces(),
                    ref("role-id", "exoscale.iam_role", "What it may do").required().replaces(),
                    output("id", "The key"),
                    output("key", "The public half"),
                    output("secret", "The secret half").shown_once(),
                },
            .listing = "/api-key",
            .marked = Marked::name,
            .typical = std::chrono::seconds{2},
            .typical_removal = std::chrono::seconds{2},
            .rank = 1,
        },
    .decode = decode,
    .create = create,
    .remove = remove,
    .created_id = created_id,
    .told = told,
};

}  // namespace stackctl::exoscale
