// exoscale.dns_domain: its mark is a TXT record in it, written right after its creation.
#include <algorithm>

#include "dns.h"
#include "exoscale/api/wire.h"
#include "stackctl/listing.h"
#include "types.h"

namespace stackctl::exoscale {
namespace {

void look_at(LiveObject& domain, const Value& record) {
  Map& attributes = *domain.attributes.map();
  if (record.text_at("type") == "NS" && record.text_at("name").empty())
    attributes["name-servers"].list()->push_back(record["content"]);
  if (!(record["system-record"] == Value(true))) domain.is_unclaimed = false;
  if (domain.mark || !dns::is_mark(record) || record.text_at("name") != dns::kDomainMark) return;
  domain.mark = dns::mark_in(record.text_at("content"));
  attributes.insert_or_assign("mark-record", record["id"]);
}

/// Whether it went while it was read. Without its records it would look like nobody's.
bool is_gone(const Value& listed, std::string_view domain) {
  return std::ranges::any_of(listed[kGone].items(), [&](const Value& url) {
    return url.text() != nullptr && url.text()->ends_with(dns::record_path(domain));
  });
}

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> domains;
  for_each_item(type, listed["dns-domains"], faults, [&](const Value& item) {
    if (is_gone(listed, item.text_at("id"))) return;
    LiveObject& domain = domains.emplace_back(decode_object(type, item));
    domain.is_unclaimed = true;  // until a record is found that somebody made
    domain.attributes.map()->insert_or_assign("name-servers", List{});
    for (const Value& record : listed["dns-domain-records"].items())
      if (record.text_at("domain") == domain.id) look_at(domain, record);
  });
  return domains;
}

Call create(const Api& api, const Work& work) {
  return api.create("create-dns-domain", "/dns-domain",
                    Map{{"unicode-name", work.desired["unicode-name"]}});
}

std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  return {dns::write_mark(api, live.id, dns::kDomainMark, live.attributes.text_at("mark-record"),
                          work.mark)};
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return {api.remove("delete-dns-domain", path_to("/dns-domain", live.id))};
}

}  // namespace

extern const Type dns_domain{
    .resource =
        {
            .name = "exoscale.dns_domain",
            .help = "A domain whose records Exoscale serves.",
            .schema =
                {
                    text("unicode-name", "Its name").required().replaces().normalise(lower_case),
                    output("id", "Identifier"),
                    output("name-servers", "Who serves it", stackctl::Type::list),
                    output("mark-record", "The TXT record that bears the mark"),
                },
            .listing = "/dns-domain",
            .carrier = "a TXT record beside it",
            .key = {"unicode-name"},
            .key_is_unique = true,
        },
    .decode = decode,
    .create = create,
    .update = update,
    .remove = remove,
};

}  // namespace stackctl::exoscale
