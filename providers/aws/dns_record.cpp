// aws.dns_record: the record set of one name and type, made, changed and removed in one batch with
// the TXT record that bears its mark.
#include <algorithm>
#include <map>

#include "dns.h"
#include "stackctl/text.h"
#include "types.h"
#include "wire.h"

namespace stackctl::aws {
namespace {

constexpr std::int64_t kTtl = 300;
constexpr std::string_view kPrefix = "_stackctl-";
constexpr std::string_view kAny = "-any";

/// "_stackctl-cname.db.example.org", "_stackctl-a-any.example.org" for "*.example.org".
std::string mark_name(const Value& record) {
  std::string name = *dns::plain_name(Value(record.text_at("Name"))).text();
  std::string label = std::string(kPrefix) + to_lower(record.text_at("Type"));
  if (name.starts_with("*.")) {
    name.erase(0, 2);
    label += kAny;
  }
  return label + '.' + name;
}

std::string id_of(const Value& record) {
  return std::string(record.text_at("HostedZoneId")) + '/' + mark_name(record);
}

/// The record set that a TXT record marks; null: it marks none.
Value marked_by(const Value& record) {
  const std::string name = *dns::plain_name(Value(record.text_at("Name"))).text();
  if (record.text_at("Type") != "TXT" || !name.starts_with(kPrefix)) return {};
  const std::size_t dot = std::min(name.find('.'), name.size() - 1);
  std::string type = name.substr(kPrefix.size(), dot - kPrefix.size());
  std::string marked = name.substr(dot + 1);
  if (type.ends_with(kAny)) {
    type.erase(type.size() - kAny.size());
    marked.insert(0, "*.");
  }
  std::ranges::transform(type, type.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return Map{{"HostedZoneId", record["HostedZoneId"]}, {"Name", marked}, {"Type", type}};
}

/// As the API has it, without the wrappers of XML.
Map plain(const Value& record) {
  List values;
  for (const Value& each : items_of(record["ResourceRecords"])) values.push_back(each["Value"]);
  Map out{{"Name", dns::plain_name(Value(record.text_at("Name")))},
          {"Type", record["Type"]},
          {"HostedZoneId", record["HostedZoneId"]},
          {"ResourceRecords", std::move(values)}};
  out.insert_or_assign(record["AliasTarget"].is_null() ? "TTL" : "AliasTarget",
                       record[record["AliasTarget"].is_null() ? "TTL" : "AliasTarget"]);
  return out;
}

LiveObject object_of(const ResourceType& type, const Value& record) {
  Map item = plain(record);
  item.insert_or_assign("Id", id_of(record));
  LiveObject live = decode_object(type, item, "Id");
  live.attributes.map()->insert_or_assign("Name", item.at("Name"));
  return live;
}

/// Whether Route 53 keeps it itself: who serves the zone.
bool is_of_zone(const Value& record, const Value& zones) {
  const std::string_view type = record.text_at("Type");
  return (type == "NS" || type == "SOA") &&
         std::ranges::any_of(zones.items(), [&](const Value& zone) {
           return dns::zone_id(zone.text_at("Id")) == record.text_at("HostedZoneId") &&
                  zone["Name"] == record["Name"];
         });
}

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::map<std::string, LiveObject, std::less<>> objects;
  for_each_item(type, listed["dns_records"], faults, [&](const Value& record) {
    // Those that share a name by weights or places are not ours to make.
    if (!record["SetIdentifier"].is_null() || !marked_by(record).is_null()) return;
    if (is_of_zone(record, listed["hosted_zones"])) return;
    objects.emplace(id_of(record), object_of(type, record));
  });
  for (const Value& record : listed["dns_records"].items()) {
    const Value marked = marked_by(record);
    if (marked.is_null()) continue;
    const Map bearer = plain(record);
    const Value& values = bearer.at("ResourceRecords");
    if (values.items().empty()) continue;
    const auto mark = dns::mark_in(dns::plain_record(values.items().front()).text() == nullptr
                                       ? ""
                                       : *dns::plain_record(values.items().front()).text());
    if (!mark) continue;
    auto there = objects.find(id_of(marked));
    if (there == objects.end())
      there = objects.emplace(id_of(marked), object_of(type, marked)).first;
    there->second.mark = *mark;
    there->second.attributes.map()->insert_or_assign("MarkRecord", bearer);
  }
  std::vector<LiveObject> out;
  for (auto& [id, object] : objects) out.push_back(std::move(object));
  return out;
}

std::string values_of(const Value& record) {
  const bool is_text = record.text_at("Type") == "TXT" || record.text_at("Type") == "SPF";
  std::string out;
  for (const Value& value : record["ResourceRecords"].items()) {
    const bool is_bare = is_text && value.text() != nullptr && !value.text()->starts_with('"');
    out += "<ResourceRecord>" +
           dns::element("Value", is_bare ? Value(dns::quoted(*value.text())) : value) +
           "</ResourceRecord>";
  }
  return "<ResourceRecords>" + out + "</ResourceRecords>";
}

std::string target_of(const Value& alias) {
  return "<AliasTarget>" + dns::element("HostedZoneId", alias["HostedZoneId"]) +
         dns::element("DNSName", alias["DNSName"]) +
         dns::element("EvaluateTargetHealth", alias["EvaluateTargetHealth"].is_null()
                                                  ? Value(false)
                                                  : alias["EvaluateTargetHealth"]) +
         "</AliasTarget>";
}

std::string change(std::string_view action, const Value& record) {
  const Value& alias = record["AliasTarget"];
  const Value ttl = record["TTL"].is_null() ? Value(kTtl) : record["TTL"];
  return "<Change>" + dns::element("Action", action) + "<ResourceRecordSet>" +
         dns::element("Name", record["Name"]) + dns::element("Type", record["Type"]) +
         (alias.is_null() ? dns::element("TTL", ttl) + values_of(record) : target_of(alias)) +
         "</ResourceRecordSet></Change>";
}

/// All of it, or nothing.
Call batch(const Api& api, std::string_view zone, const std::string& changes) {
  return dns::call(api, "ChangeResourceRecordSets", "POST",
                   "hostedzone/" + http::encode(zone) + "/rrset/",
                   "<ChangeBatch><Changes>" + changes + "</Changes></ChangeBatch>");
}

Value bearer_of(const Work& work) {
  return Map{{"Name", mark_name(work.desired)},
             {"Type", "TXT"},
             {"ResourceRecords", List{dns::mark_text(work.mark)}}};
}

Call create(const Api& api, const Work& work) {
  Call call = batch(api, work.desired.text_at("HostedZoneId"),
                    change("CREATE", work.desired) + change("CREATE", bearer_of(work)));
  call.repeat = Repeat::look_first;
  return call;
}

std::string id_in(const Work& work, const Value& /*answer*/) { return id_of(work.desired); }

std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  return {batch(api, live.attributes.text_at("HostedZoneId"),
                change("UPSERT", work.desired) + change("UPSERT", bearer_of(work)))};
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  const Value& record = live.attributes;
  const bool is_there = !record["ResourceRecords"].items().empty() || record["AliasTarget"].map();
  std::string changes = is_there ? change("DELETE", record) : std::string();
  if (record["MarkRecord"].map() != nullptr) changes += change("DELETE", record["MarkRecord"]);
  return {batch(api, record.text_at("HostedZoneId"), changes)};
}

Attribute alias_target() {
  return object("AliasTarget", "What of AWS's own it stands for, instead of records",
                {text("HostedZoneId", "Zone of the target, which it tells itself").required(),
                 text("DNSName", "Name of the target").required().normalise(dns::plain_name),
                 boolean("EvaluateTargetHealth", "Whether it answers only while its target does")
                     .otherwise(false)});
}

}  // namespace

extern const Type dns_record{
    .resource =
        {
            .name = "aws.dns_record",
            .help = "The records of one name and type in a zone.",
            .schema =
                {
                    ref("HostedZoneId", "aws.dns_zone", "Where it is").required().replaces(),
                    text("Name", "In full").required().replaces().normalise(dns::plain_name),
                    text("Type", "Such as A or CNAME")
                        .required()
                        .replaces()
                        .one_of({"A", "AAAA", "CAA", "CNAME", "DS", "HTTPS", "MX", "NAPTR", "NS",
                                 "PTR", "SOA", "SPF", "SRV", "SSHFP", "SVCB", "TLSA", "TXT"}),
                    integer("TTL", "Seconds that others may remember it")
                        .otherwise(kTtl)
                        .check(check::not_negative),
                    set_of("ResourceRecords",
                           text("Value", "One record").normalise(dns::plain_record),
                           "What the name stands for")
                        .otherwise(List{}),
                    alias_target(),
                    output("id", "Zone and name of the TXT record that bears the mark"),
                    output("MarkRecord", "The TXT record that bears the mark", stackctl::Type::any),
                },
            .listing = "hosted_zones",
            .marked = Marked::description,
            .carrier = "a TXT record beside it",
            .keeps_spec = true,
            .key = {"HostedZoneId", "Name", "Type"},
            .key_is_unique = true,
            .typical = std::chrono::seconds{3},
            .typical_removal = std::chrono::seconds{2},
            .rank = 1,
        },
    .service = &route_53,
    .decode = decode,
    .create = create,
    .update = update,
    .remove = remove,
    .id_in = id_in,
};

}  // namespace stackctl::aws
