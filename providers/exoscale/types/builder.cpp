// exoscale.builder: an instance that installs what an image is to hold and then powers itself off.
#include "builder.h"

#include "exoscale/api/marks.h"
#include "exoscale/api/wire.h"
#include "types.h"

namespace stackctl::exoscale {
namespace {

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> builders;
  for_each_item(type, listed["instances"], faults, [&](const Value& item) {
    LiveObject builder = decode_object(type, item);
    take_mark_from_labels(builder);
    if (!is_builder(builder)) return;
    if (builder.state == "running") {
      builder.condition = Condition::pending;
      builder.state = "running (it powers itself off when it is done)";
    }
    builders.push_back(std::move(builder));
  });
  return builders;
}

Call create(const Api& api, const Work& work) {
  Map body = encode_declared(*work.type, work.desired);
  body.insert_or_assign("labels", with_mark(work.desired["labels"], work.mark));
  return api.create("create-instance", "/instance", std::move(body));
}

/// Nothing of it changes but the mark.
std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  return {api.put("update-instance", path_to("/instance", live.id),
                  Map{{"labels", with_mark(work.desired["labels"], work.mark)}})};
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {api.remove("delete-instance", path_to("/instance", live.id))};
}

}  // namespace

bool is_builder(const LiveObject& machine) {
  return machine.mark && machine.mark->address.ends_with(kBuilder);
}

extern const Type builder{
    .resource =
        {
            .name = "exoscale.builder",
            .help = "An instance that builds an image; it is gone once the image is there.",
            .schema =
                {
                    text("name", "Host name").required().replaces().physical_name(),
                    ref("template", "exoscale.template", "What it boots from")
                        .required()
                        .replaces(),
                    ref("instance-type", "exoscale.instance_type", "Processors and memory")
                        .required()
                        .replaces(),
                    integer("disk-size", "GiB").required().replaces().unlisted(),
                    set_of("security-groups", ref("group", "exoscale.security_group", "A group"),
                           "Firewalls around it")
                        .replaces(),
                    set_of("ssh-keys", ref("key", "exoscale.ssh_key", "A key"), "Who may log in")
                        .replaces(),
                    user_data().required().replaces().unlisted(),
                    map_of("labels", text("value", "Value"), "Names and values").otherwise(Map{}),
                    output("id", "Identifier"),
                    output("state", "What the cloud says of it"),
                },
            .listing = "/instance",
            .typical = std::chrono::minutes{3},
            .timeout = std::chrono::minutes{60},
            .rank = 3,
        },
    .decode = decode,
    .create = create,
    .update = update,
    .remove = remove,
};

}  // namespace stackctl::exoscale
