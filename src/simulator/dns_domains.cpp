// DNS domains: one per name. Their records: dns_records.cpp.
#include <array>

#include "simulator/dns_records.h"

namespace stackctl::simulator {
namespace {

constexpr std::string_view type_name = "dns-domain";

Answer list_domains(Call& call) { return list(call, type_name, "dns-domains"); }

Answer create_domain(Call& call) {
  const std::string name = call.body["unicode-name"];
  for (const auto& [id, domain] : call.account.table(type_name))
    if (domain["unicode-name"] == name) return refuse(409, "Domain " + name + " already exists");
  const std::string id = call.account.random_id();
  call.account.add(
      type_name, id,
      {{"id", id}, {"unicode-name", name}, {"created-at", timestamp(call.account.now())}});
  add_system_records(call.account, id, name);
  return accept(call, type_name, id, "nothing", Json::object());
}

Answer delete_domain(Call& call) {
  if (is_leaving(*call.object)) return refuse(409, "The domain is already being deleted");
  (*call.object)[".leaving"] = true;
  return accept(call, "domain.removed", {{"id", call.id()}});
}

// {id}: its records go with it.
std::optional<Failure> removed(Account& account, const Json& arguments) {
  const std::string id = arguments["id"];
  remove_records(account, id);
  account.erase(type_name, id);
  return std::nullopt;
}

// Letters of all alphabets, in at least two labels.
bool is_domain(std::string_view name) {
  if (name.find('.') == std::string_view::npos || name.starts_with('.') || name.ends_with('.'))
    return false;
  return name.find_first_of(" /:@_*,;'\"\\") == std::string_view::npos &&
         name.find("..") == std::string_view::npos;
}

constexpr std::array fields{text("unicode-name", 1).required().check(is_domain)};

constexpr std::array routes{
    Route{.method = "GET", .path = "/dns-domain", .handler = list_domains},
    Route{.method = "POST",
          .path = "/dns-domain",
          .handler = create_domain,
          .takes = {1, 3},
          .body = Body::required,
          .fields = fields},
    Route{.method = "GET", .path = "/dns-domain/{id}", .handler = show, .object = type_name},
    Route{.method = "DELETE",
          .path = "/dns-domain/{id}",
          .handler = delete_domain,
          .object = type_name,
          .takes = {1, 3}},
};
constexpr std::array actions{Action{"domain.removed", removed}};

}  // namespace

extern const Type dns_domains;
const Type dns_domains{.routes = routes, .actions = actions};

}  // namespace stackctl::simulator
