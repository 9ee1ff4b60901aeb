#include "simulator/dns_records.h"

#include <arpa/inet.h>
#include <array>

namespace stackctl::simulator {
namespace {

constexpr std::string_view domain_type = "dns-domain";
constexpr std::string_view type_name = "dns-domain-record";
constexpr std::int64_t default_ttl = 3600;
constexpr std::array name_servers{"ns1.exoscale.ch", "ns1.exoscale.com", "ns1.exoscale.io",
                                  "ns1.exoscale.net"};

Json& add_record(Account& account, const std::string& domain, Json record) {
  const std::string id = account.random_id();
  const std::string now = timestamp(account.now());
  record["id"] = id;
  record["created-at"] = now;
  record["updated-at"] = now;
  record[".domain"] = domain;
  if (!record.contains("ttl")) record["ttl"] = default_ttl;
  return account.add(type_name, id, std::move(record));
}

// The record that the path names, or null.
Json* find_record(Call& call) {
  Json* record = call.account.find(type_name, call.arguments[1]);
  return record != nullptr && (*record)[".domain"] == call.id() ? record : nullptr;
}

Answer missing(const Call& call) {
  return refuse(404, "dns-domain-record " + call.arguments[1] + " not found");
}

Answer list_records(Call& call) {
  Json items = Json::array();
  for (const auto& [id, record] : call.account.table(type_name))
    if (record[".domain"] == call.id()) items.push_back(visible(record));
  return {.body = {{"dns-domain-records", std::move(items)}}};
}

Answer get_record(Call& call) {
  const Json* record = find_record(call);
  return record == nullptr ? missing(call) : Answer{.body = visible(*record)};
}

bool is_address(int family, const std::string& text) {
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  return inet_pton(family, text.c_str(), bytes.data()) == 1;
}

// Texts are kept in quotes.
void normalise(Json& record) {
  const std::string content = record["content"];
  if (record["type"] == "TXT" && !content.starts_with('"')) record["content"] = '"' + content + '"';
}

// Of a whole record, as it will be.
std::optional<Answer> check_record(Call& call, const Json& record, std::string_view except) {
  const std::string type = record["type"];
  const std::string content = record["content"];
  if (type == "A" && !is_address(AF_INET, content))
    return invalid("content: must be an IPv4 address");
  if (type == "AAAA" && !is_address(AF_INET6, content))
    return invalid("content: must be an IPv6 address");
  for (const auto& [id, other] : call.account.table(type_name))
    if (id != except && other[".domain"] == call.id() && other["name"] == record["name"] &&
        other["type"] == type && other["content"] == content)
      return refuse(409, "The record already exists");
  return std::nullopt;
}

Answer accept_about(Call& call, const std::string& record, std::string_view action,
                    Json arguments) {
  const Reference reference{record, "/dns-domain/" + call.id() + "/record/" + record,
                            "get-dns-domain-record"};
  return accept(call, reference, action, std::move(arguments));
}

Answer create_record(Call& call) {
  if (is_leaving(*call.object)) return refuse(409, "The domain is being deleted");
  normalise(call.body);
  if (auto refused = check_record(call, call.body, "")) return *refused;
  call.body["system-record"] = false;
  const std::string id = add_record(call.account, call.id(), std::move(call.body))["id"];
  return accept_about(call, id, "nothing", Json::object());
}

// The record of the path, if it may be changed.
std::optional<Answer> require_own(Call& call, Json*& record) {
  record = find_record(call);
  if (record == nullptr) return missing(call);
  if (is_leaving(*record)) return refuse(409, "The record is already being deleted");
  if ((*record)["system-record"] == true) return refuse(403, "System records cannot be changed");
  return std::nullopt;
}

Answer update_record(Call& call) {
  Json* record = nullptr;
  if (auto refused = require_own(call, record)) return *refused;
  Json changed = *record;
  merge(changed, call.body);
  normalise(changed);
  if (auto refused = check_record(call, changed, call.arguments[1])) return *refused;
  changed["updated-at"] = timestamp(call.account.now());
  return accept_about(
      call, call.arguments[1], "change",
      {{"type", type_name}, {"id", call.arguments[1]}, {"changes", std::move(changed)}});
}

Answer delete_record(Call& call) {
  Json* record = nullptr;
  if (auto refused = require_own(call, record)) return *refused;
  (*record)[".leaving"] = true;
  return accept_about(call, call.arguments[1], "remove",
                      {{"type", type_name}, {"id", call.arguments[1]}});
}

constexpr std::int64_t longest_content = 65535;
constexpr std::int64_t largest_number = std::numeric_limits<std::int32_t>::max();
constexpr auto name_field = text("name");
constexpr auto content_field = text("content", 1, longest_content);
constexpr auto ttl_field = integer("ttl", 0, largest_number);
constexpr auto priority_field = integer("priority", 0, largest_number);
constexpr std::array create_fields{
    name_field.required(),
    word("type", "A AAAA ALIAS CAA CNAME HINFO MX NAPTR NS POOL SRV SSHFP TXT URL").required(),
    content_field.required(),
    ttl_field,
    priority_field,
};
constexpr std::array update_fields{name_field, content_field, ttl_field, priority_field};

constexpr std::string_view all_records = "/dns-domain/{domain-id}/record";
constexpr std::string_view one_record = "/dns-domain/{domain-id}/record/{record-id}";
constexpr Span takes{1, 3};
constexpr std::array routes{
    Route{.method = "GET", .path = all_records, .handler = list_records, .object = domain_type},
    Route{.method = "POST",
          .path = all_records,
          .handler = create_record,
          .object = domain_type,
          .takes = takes,
          .body = Body::required,
          .fields = create_fields},
    Route{.method = "GET", .path = one_record, .handler = get_record, .object = domain_type},
    Route{.method = "PUT",
          .path = one_record,
          .handler = update_record,
          .object = domain_type,
          .takes = takes,
          .body = Body::required,
          .fields = update_fields},
    Route{.method = "DELETE",
          .path = one_record,
          .handler = delete_record,
          .object = domain_type,
          .takes = takes},
};

}  // namespace

void add_system_records(Account& account, const std::string& domain, const std::string& name) {
  const Json system{{"name", ""}, {"system-record", true}};
  Json authority = system;
  authority["type"] = "SOA";
  authority["content"] = "ns1.exoscale.ch admin." + name + " 1 86400 7200 604800 300";
  add_record(account, domain, std::move(authority));
  for (const char* server : name_servers) {
    Json record = system;
    record["type"] = "NS";
    record["content"] = server;
    add_record(account, domain, std::move(record));
  }
}

void remove_records(Account& account, std::string_view domain) {
  std::erase_if(account.table(type_name),
                [&](const auto& entry) { return entry.second[".domain"] == domain; });
}

extern const Type dns_records;
const Type dns_records{.routes = routes};

}  // namespace stackctl::simulator
