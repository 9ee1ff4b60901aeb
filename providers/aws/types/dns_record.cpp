// aws.dns_record: the record set of one name and type, made, changed and removed in one batch with
// the TXT record that bears its mark.
#include <algorithm>

#include "aws/api/wire.h"
#include "dns.h"
#include "record_mark.h"
#include "record_set.h"
#include "types.h"

namespace stackctl::aws {
namespace {

/// Whether Route 53 keeps it itself: who serves the zone.
bool is_of_zone(const Value& set, const Value& zones) {
  const std::string_view type = set.text_at("Type");
  return (type == "NS" || type == "SOA") &&
         std::ranges::any_of(zones.items(), [&](const Value& zone) {
           return dns::zone_id(zone.text_at("Id")) == set.text_at("HostedZoneId") &&
                  zone["Name"] == set["Name"];
         });
}

/// Those that share a name by weights or places are not ours to make.
bool is_record(const Value& set, const Value& zones) {
  return set["SetIdentifier"].is_null() && !dns::is_mark_record(set) && !is_of_zone(set, zones);
}

LiveObject& add(const ResourceType& type, Map set, std::vector<LiveObject>& objects) {
  set.insert_or_assign("Id", dns::record_id(set));
  return objects.emplace_back(decode_object(type, set, "Id"));
}

void set_mark(LiveObject& live, const dns::RecordMark& found) {
  live.mark = found.mark;
  live.attributes.map()->insert_or_assign("MarkRecord", found.record);
}

/// The records, and what is left of those that somebody took away: their marks.
std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  const Value& sets = listed["dns_records"];
  dns::RecordMarks marks = dns::marks_among(sets);
  std::vector<LiveObject> objects;
  for_each_item(type, sets, faults, [&](const Value& set) {
    if (!is_record(set, listed["hosted_zones"])) return;
    LiveObject& record = add(type, dns::plain_set(set), objects);
    if (const auto found = marks.extract(record.id)) set_mark(record, found.mapped());
  });
  for (const auto& [id, left] : marks) set_mark(add(type, *left.marked.map(), objects), left);
  return objects;
}

Call change(const Api& api, std::string_view action, const Work& work) {
  const Value& record = work.desired;
  return dns::change_batch(api, action, record.text_at("HostedZoneId"),
                           {record, dns::mark_record(record, work.mark)});
}

Call create(const Api& api, const Work& work) {
  Call call = change(api, "CREATE", work);
  call.repeat = Repeat::look_first;
  return call;
}

std::vector<Call> update(const Api& api, const Work& work, const LiveObject& /*live*/) {
  return {change(api, "UPSERT", work)};
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  const Value& record = live.attributes;
  const bool is_there = !record["ResourceRecords"].items().empty() || record["AliasTarget"].map();
  List sets;
  if (is_there) sets.push_back(record);
  if (record["MarkRecord"].map() != nullptr) sets.push_back(record["MarkRecord"]);
  return {dns::change_batch(api, "DELETE", record.text_at("HostedZoneId"), sets)};
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
                        .otherwise(dns::kUsualTtl)
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
    .id_in = [](const Work& work, const Value& /*answer*/) { return dns::record_id(work.desired); },
};

}  // namespace stackctl::aws
