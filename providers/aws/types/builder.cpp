// aws.builder: an instance that installs what an image is to hold and then powers itself off.
#include "builder.h"

#include "aws/api/wire.h"
#include "machine.h"
#include "single_machine.h"
#include "stackctl/text.h"
#include "types.h"

namespace stackctl::aws {
namespace {

/// Not by a call, but by AWS, or by what runs on it.
bool has_ended_itself(const Value& item) {
  return state_of(item) == "terminated" &&
         item["stateReason"].text_at("code") != "Client.UserInitiatedShutdown";
}

/// It belongs to nobody any more. Who waits for it is told why it is none.
void take_leave(LiveObject& builder, const Value& item) {
  builder.mark.reset();
  builder.condition = Condition::leaving;
  builder.state = "terminated: " + harmless(item["stateReason"].text_at("message"));
}

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed,
                               Diagnostics& /*faults*/) {
  std::vector<LiveObject> builders;
  for (const Value* const item : instances_in(listed)) {
    const bool has_ended = has_ended_itself(*item);
    if (state_of(*item) == "terminated" && !has_ended) continue;
    LiveObject builder = decode_machine(type, *item);
    if (!is_builder(builder)) continue;
    if (builder.state == "running") {
      builder.condition = Condition::pending;
      builder.state = "running (it powers itself off when it is done)";
    }
    if (has_ended) take_leave(builder, *item);
    builders.push_back(std::move(builder));
  }
  return builders;
}

Call create(const Api& api, const Work& work) {
  return run_machine(api, work, {{"InstanceInitiatedShutdownBehavior", "stop"}});
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {terminate_machine(api, live)};
}

}  // namespace

bool is_builder(const LiveObject& machine) {
  return machine.mark && machine.mark->address.ends_with(kBuilder);
}

extern const Type builder{
    .resource =
        {
            .name = "aws.builder",
            .help = "An instance that builds an image; it is gone once the image is there.",
            .schema = single_machine(),
            .listing = "reservations",
            .is_counted = true,
            .key = {"Name"},
            .typical = std::chrono::minutes{3},
            .typical_removal = std::chrono::seconds{45},
            .timeout = std::chrono::minutes{60},
            .rank = 3,
        },
    .decode = decode,
    .create = create,
    .remove = remove,
    .follow = follow_machine,
    .created_id = "instancesSet/item/instanceId",
};

}  // namespace stackctl::aws
