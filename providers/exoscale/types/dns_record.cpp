// exoscale.dns_record: all records of one name and type. What is created is the TXT record that
// bears the mark; the records themselves follow, and go before it.
#include <algorithm>

#include "dns.h"
#include "exoscale/api/wire.h"
#include "types.h"

namespace stackctl::exoscale {
namespace {

constexpr std::int64_t kDefaultTtl = 3600;

LiveObject& object_for(const ResourceType& type, std::string_view domain, const dns::RecordKey& key,
                       std::vector<LiveObject>& objects) {
  std::string id = std::string(domain) + '/' + dns::mark_name(key);
  const auto found = std::ranges::find(objects, id, &LiveObject::id);
  if (found != objects.end()) return *found;
  LiveObject& object = objects.emplace_back();
  object.type = &type;
  object.attributes =
      Map{{"id", id},          {"domain", domain},  {"name", key.name},      {"type", key.type},
          {"content", List{}}, {"records", List{}}, {"mark-record", Value()}};
  if (key.priority) object.attributes.map()->emplace("priority", *key.priority);
  object.id = std::move(id);
  return object;
}

void add_record(LiveObject& object, const Value& record) {
  Map& attributes = *object.attributes.map();
  const Value ttl = record["ttl"].is_null() ? Value(kDefaultTtl) : record["ttl"];
  const bool is_first = attributes["records"].items().empty();
  const bool is_uniform = is_first || attributes["ttl"] == ttl;
  attributes.insert_or_assign("ttl", is_uniform ? ttl : Value());
  attributes["content"].list()->push_back(record["content"]);
  attributes["records"].list()->emplace_back(
      Map{{"id", record["id"]}, {"content", record["content"]}});
}

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> objects;
  for_each_item(type, listed["dns-domain-records"], faults, [&](const Value& record) {
    const std::string_view domain = record.text_at("domain");
    if (record["system-record"] == Value(true) || domain.empty()) return;
    if (!dns::is_mark(record))
      return add_record(object_for(type, domain, dns::key_of(record), objects), record);
    const auto key = dns::key_in(record.text_at("name"));
    const auto mark = dns::mark_in(record.text_at("content"));
    if (!key || !mark) return;
    LiveObject& object = object_for(type, domain, *key, objects);
    if (object.mark) return;
    object.mark = *mark;
    object.created = record.text_at("created-at");
    object.attributes.map()->insert_or_assign("mark-record", record["id"]);
  });
  return objects;
}

Call create(const Api& api, const Work& work) {
  return dns::write_mark(api, work.desired.text_at("domain"),
                         dns::mark_name(dns::key_of(work.desired)), {}, work.mark);
}

std::string created_id(const Work& work, const http::Reply& /*reply*/) {
  return std::string(work.desired.text_at("domain")) + '/' +
         dns::mark_name(dns::key_of(work.desired));
}

/// What is there against what is wanted.
struct Comparison {
  std::vector<Value> missing;        ///< contents
  std::vector<std::string> kept;     ///< identifiers
  std::vector<std::string> surplus;  ///< identifiers
};

Comparison compare(const Value& desired, const LiveObject& live) {
  Comparison found;
  found.missing.assign(desired["content"].items().begin(), desired["content"].items().end());
  for (const Value& record : live.attributes["records"].items()) {
    const auto wanted =
        std::ranges::find(found.missing, dns::plain_content(record["content"]), dns::plain_content);
    const bool is_wanted = wanted != found.missing.end();
    (is_wanted ? found.kept : found.surplus).emplace_back(record.text_at("id"));
    if (is_wanted) found.missing.erase(wanted);
  }
  return found;
}

/// What is there and not wanted becomes what is wanted and not there, as far as it reaches.
std::vector<Call> change_records(const Api& api, const Work& work, const LiveObject& live) {
  const std::string_view domain = live.attributes.text_at("domain");
  const Map settings = encode_these(*work.type, work.desired, {"ttl"});
  std::vector<Call> calls;
  const auto change = [&](std::string_view id, Map body) {
    calls.push_back(
        api.put("update-dns-domain-record", dns::record_path(domain, id), std::move(body)));
  };
  const auto add = [&](Map body) {
    for (const std::string_view name : {"name", "type", "priority"})
      if (!work.desired[name].is_null()) body.emplace(name, work.desired[name]);
    calls.push_back(
        api.create("create-dns-domain-record", dns::record_path(domain), std::move(body)));
  };
  Comparison found = compare(work.desired, live);
  if (std::ranges::find(work.changed, "ttl") != work.changed.end())
    for (const std::string& id : found.kept) change(id, settings);
  for (const Value& content : found.missing) {
    Map body = settings;
    body.emplace("content", content);
    if (found.surplus.empty()) {
      add(std::move(body));
      continue;
    }
    change(found.surplus.back(), std::move(body));
    found.surplus.pop_back();
  }
  for (const std::string& id : found.surplus)
    calls.push_back(api.remove("delete-dns-domain-record", dns::record_path(domain, id)));
  return calls;
}

std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  std::vector<Call> calls = change_records(api, work, live);
  if (live.mark == work.mark) return calls;
  calls.push_back(dns::write_mark(api, live.attributes.text_at("domain"),
                                  dns::mark_name(dns::key_of(live.attributes)),
                                  live.attributes.text_at("mark-record"), work.mark));
  return calls;
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  const std::string_view domain = live.attributes.text_at("domain");
  std::vector<Call> calls;
  const auto add = [&](std::string_view id) {
    if (!id.empty())
      calls.push_back(api.remove("delete-dns-domain-record", dns::record_path(domain, id)));
  };
  for (const Value& record : live.attributes["records"].items()) add(record.text_at("id"));
  add(live.attributes.text_at("mark-record"));
  return calls;
}

}  // namespace

extern const Type dns_record{
    .resource =
        {
            .name = "exoscale.dns_record",
            .help = "The records of one name and type in a domain.",
            .schema =
                {
                    ref("domain", "exoscale.dns_domain", "Where it is").required().replaces(),
                    text("name", "Below the domain; empty for the domain itself")
                        .otherwise("")
                        .replaces()
                        .normalise(lower_case),
                    text("type", "Such as A or CNAME")
                        .required()
                        .replaces()
                        .one_of({"A", "AAAA", "ALIAS", "CAA", "CNAME", "HINFO", "MX", "NAPTR", "NS",
                                 "POOL", "SRV", "SSHFP", "TXT", "URL"}),
                    integer("priority", "Of MX and SRV").replaces().check(check::not_negative),
                    set_of("content", text("content", "One record").normalise(dns::plain_content),
                           "What the name stands for")
                        .required()
                        .late(),
                    integer("ttl", "Seconds that others may remember it")
                        .otherwise(kDefaultTtl)
                        .check(check::positive)
                        .late(),
                    output("id", "Domain and name of the TXT record that bears the mark"),
                    output("records", "Identifier and content of each", stackctl::Type::list),
                    output("mark-record", "The TXT record that bears the mark"),
                },
            .listing = "/dns-domain",
            .carrier = "a TXT record beside it",
            .key = {"domain", "name", "type", "priority"},
            .key_is_unique = true,
            .typical = std::chrono::seconds{8},
            .rank = 1,
        },
    .decode = decode,
    .create = create,
    .update = update,
    .remove = remove,
    .created_id = created_id,
};

}  // namespace stackctl::exoscale
