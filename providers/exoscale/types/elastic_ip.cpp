// exoscale.elastic_ip: an address that outlives instances. It has no name of its own, so a label
// keeps the one that tells it from its replacement.
#include "exoscale/api/details.h"
#include "exoscale/api/marks.h"
#include "exoscale/api/wire.h"
#include "types.h"

namespace stackctl::exoscale {
namespace {

constexpr const char* kNameLabel = "stackctl:name";

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> addresses;
  for_each_item(type, listed["elastic-ips"], faults, [&](const Value& item) {
    LiveObject& address = addresses.emplace_back(decode_object(type, item));
    take_mark_from_labels(address);
    details::take(address, item, listed);
    Map& attributes = *address.attributes.map();
    if (const Value& name = item["labels"][kNameLabel]; name.text() != nullptr)
      attributes.insert_or_assign("name", name);
    if (item["healthcheck"].map() != nullptr) attributes.insert_or_assign("managed", true);
  });
  return addresses;
}

/// A health check can be added in place, but never be taken away.
bool can_become(const Value& desired, const Value& /*live*/) { return desired == Value(true); }

Value labels(const Work& work, Value labels) {
  labels.map()->insert_or_assign(kNameLabel, work.desired["name"]);
  return labels;
}

Map body_of(const Work& work, Map body) {
  for (const char* name : {"name", "managed", "reverse-dns"}) body.erase(name);
  body.insert_or_assign("labels", labels(work, details::labels(work, work.mark)));
  // It is taken as a whole, with nothing left to the cloud's defaults.
  if (const auto check = body.find("healthcheck"); check != body.end())
    check->second = canonical(check->second, *find(work.type->schema, "healthcheck"));
  return body;
}

Call create(const Api& api, const Work& work) {
  return api.create("create-elastic-ip", "/elastic-ip",
                    body_of(work, encode_declared(*work.type, work.desired)));
}

std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  const std::string path = path_to("/elastic-ip", live.id);
  std::vector<Call> calls;
  if (details::is_news(work, live))
    calls.push_back(api.put("update-elastic-ip", path,
                            Map{{"labels", labels(work, details::announcement(work, live))}}));
  for (const std::string& name : work.changed)
    if (name == "reverse-dns") details::change_reverse_dns(api, "elastic-ip", work, live, calls);
  calls.push_back(api.put("update-elastic-ip", path,
                          body_of(work, encode_these(*work.type, work.desired, work.changed))));
  return calls;
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {api.remove("delete-elastic-ip", path_to("/elastic-ip", live.id))};
}

Attribute healthcheck() {
  return object("healthcheck", "How instances that have it are found to be well",
                {
                    text("mode", "How they are asked").required().one_of({"tcp", "http", "https"}),
                    integer("port", "Where they are asked").required().check(check::port),
                    integer("interval", "Seconds between two checks").otherwise(10),
                    integer("timeout", "Seconds that an instance may take").otherwise(3),
                    integer("strikes-ok", "Successes that bring an instance in").otherwise(2),
                    integer("strikes-fail", "Failures that take it out").otherwise(3),
                    text("uri", "What http and https ask for"),
                    text("tls-sni", "Server name that https sends"),
                    boolean("tls-skip-verify", "Any certificate will do"),
                });
}

Schema schema() {
  return {
      text("name", "Kept in a label").required().physical_name(),
      text("addressfamily", "Which internet")
          .otherwise("inet4")
          .one_of({"inet4", "inet6"})
          .replaces(),
      text("description", "Shown in the console").otherwise(""),
      boolean("managed", "Whether it has a health check").replaces().satisfied_by(can_become),
      healthcheck(),
      details::reverse_dns(),
      map_of("labels", text("value", "Value"), "Names and values").otherwise(Map{}),
      output("id", "Identifier"),
      output("ip", "The address"),
      output("cidr", "The address as a block"),
  };
}

}  // namespace

extern const Type elastic_ip{
    .resource =
        {
            .name = "exoscale.elastic_ip",
            .help = "A public address that instances can have, one after the other or together.",
            .schema = schema(),
            .listing = "/elastic-ip",
            .create_first = true,
            .typical = std::chrono::seconds{3},
            .typical_removal = std::chrono::seconds{3},
            .rank = 1,
        },
    .decode = decode,
    .create = create,
    .update = update,
    .remove = remove,
};

}  // namespace stackctl::exoscale
