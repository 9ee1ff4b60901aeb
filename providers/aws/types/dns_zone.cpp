// aws.dns_zone: a public hosted zone of Route 53.
#include <algorithm>
#include <map>

#include "aws/api/wire.h"
#include "dns.h"
#include "types.h"

namespace stackctl::aws {
namespace {

using ById = std::map<std::string, Value, std::less<>>;

ById tags_of_zones(const Value& listed) {
  ById tags;
  for (const Value& set : listed["hosted_zone_tags"].items())
    tags.insert_or_assign(std::string(set.text_at("ResourceId")), set["Tags"]);
  return tags;
}

/// The records of each zone's own name that say who serves it.
ById servers_of_zones(const Value& listed) {
  ById servers;
  for (const Value& set : listed["dns_records"].items()) {
    if (set.text_at("Type") != "NS") continue;
    List names;
    for (const Value& record : items_of(set["ResourceRecords"]))
      names.push_back(dns::plain_record(record["Value"]));
    const std::string name = std::string(set.text_at("HostedZoneId")) + ' ';
    servers.insert_or_assign(name + *dns::plain_name(Value(set.text_at("Name"))).text(),
                             std::move(names));
  }
  return servers;
}

const Value& at(const ById& table, const std::string& id) {
  static const Value nothing;
  const auto found = table.find(id);
  return found == table.end() ? nothing : found->second;
}

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  const ById tags = tags_of_zones(listed);
  const ById servers = servers_of_zones(listed);
  std::vector<LiveObject> zones;
  for_each_item(type, listed["hosted_zones"], faults, [&](const Value& item) {
    const std::string id = dns::zone_id(item.text_at("Id"));
    const Value name = dns::plain_name(Value(item.text_at("Name")));
    LiveObject& zone =
        zones.emplace_back(decode_object(type,
                                         Map{{"Id", id},
                                             {"Name", name},
                                             {"Tags", at(tags, id)},
                                             {"PrivateZone", item["Config"]["PrivateZone"]}},
                                         "Id"));
    const Value& names = at(servers, id + ' ' + *name.text());
    zone.attributes.map()->insert_or_assign("NameServers", names.is_null() ? List{} : names);
    zone.mark = dns::mark_in(item["Config"].text_at("Comment"));
  });
  return zones;
}

Call create(const Api& api, const Work& work) {
  Call call =
      dns::call(api, "CreateHostedZone", "POST", "hostedzone",
                dns::element("Name", work.desired["Name"]) +
                    dns::element("CallerReference", work.token) + "<HostedZoneConfig>" +
                    dns::element("Comment", dns::mark_text(work.mark)) + "</HostedZoneConfig>");
  call.repeat = Repeat::look_first;
  return call;
}

std::string id_in(const Work& /*work*/, const Value& answer) {
  return dns::zone_id(answer["HostedZone"].text_at("Id"));
}

Call tags_call(const Api& api, const Value& desired, const LiveObject& live) {
  std::string added;
  std::string removed;
  static const Map none;
  const Map& wanted = desired.map() == nullptr ? none : *desired.map();
  const Map* const there = live.attributes["Tags"].map();
  for (const auto& [key, value] : wanted)
    added += "<Tag>" + dns::element("Key", key) + dns::element("Value", value) + "</Tag>";
  if (there != nullptr)
    for (const auto& [key, value] : *there)
      if (!wanted.contains(key)) removed += dns::element("Key", key);
  if (!added.empty()) added = "<AddTags>" + added + "</AddTags>";
  if (!removed.empty()) removed = "<RemoveTagKeys>" + removed + "</RemoveTagKeys>";
  return dns::call(api, "ChangeTagsForResource", "POST", "tags/hostedzone/" + live.id,
                   added + removed);
}

/// The mark is rewritten last.
std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  std::vector<Call> calls;
  if (std::ranges::find(work.changed, "Tags") != work.changed.end())
    calls.push_back(tags_call(api, work.desired["Tags"], live));
  if (std::ranges::find(work.changed, kMark) != work.changed.end())
    calls.push_back(dns::call(api, "UpdateHostedZoneComment", "POST", "hostedzone/" + live.id,
                              dns::element("Comment", dns::mark_text(work.mark))));
  return calls;
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {dns::call(api, "DeleteHostedZone", "DELETE", "hostedzone/" + live.id)};
}

}  // namespace

extern const Type dns_zone{
    .resource =
        {
            .name = "aws.dns_zone",
            .help = "A domain whose records Route 53 serves.",
            .schema =
                {
                    text("Name", "The domain").required().replaces().normalise(dns::plain_name),
                    tags().late(),
                    output("id", "Identifier"),
                    output("NameServers", "Who serves it", stackctl::Type::list),
                    output("PrivateZone", "Whether networks alone ask it", stackctl::Type::boolean),
                },
            .listing = "hosted_zones",
            .marked = Marked::description,
            .carrier = "comment",
            .keeps_spec = true,
            .key = {"Name"},
            .typical = std::chrono::seconds{3},
            .typical_removal = std::chrono::seconds{2},
        },
    .service = &route_53,
    .decode = decode,
    .create = create,
    .update = update,
    .remove = remove,
    .id_in = id_in,
};

}  // namespace stackctl::aws
