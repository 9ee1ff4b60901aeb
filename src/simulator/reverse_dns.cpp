// Names that public addresses resolve to; kept with the instance or elastic IP, and gone with it.
#include <array>

#include "simulator/type.h"

namespace stackctl::simulator {
namespace {

constexpr const char* record_field = ".reverse-dns";

// With or without the dot at the end.
bool is_domain_name(std::string_view name) {
  return is_host_name(name.ends_with('.') ? name.substr(0, name.size() - 1) : name);
}

Answer refuse_none(const Call& call) {
  return refuse(
      404, "reverse DNS of " + std::string(call.route.object) + " " + call.id() + " not found");
}

Answer get_record(Call& call) {
  if (!call.object->contains(record_field)) return refuse_none(call);
  return {.body = {{"domain-name", (*call.object)[record_field]}}};
}

// Creates the record, or replaces it.
Answer update_record(Call& call) {
  if (is_leaving(*call.object)) return refuse(409, "The owner of the address is being deleted");
  if (!call.object->contains("public-ip") && !call.object->contains("ip"))
    return invalid(std::string(call.route.object) + " has no public address");
  return accept_change(call, {{record_field, call.body["domain-name"]}});
}

Answer delete_record(Call& call) {
  if (!call.object->contains(record_field)) return refuse_none(call);
  return accept_change(call, {{record_field, nullptr}});
}

constexpr std::array fields{text("domain-name", 1, 253).required().check(is_domain_name)};

constexpr Route one(std::string_view method, std::string_view path, std::string_view object,
                    Handler handler) {
  return {.method = method, .path = path, .handler = handler, .object = object, .takes = {1, 3}};
}

constexpr Route update(std::string_view path, std::string_view object) {
  Route route = one("POST", path, object, update_record);
  route.body = Body::required;
  route.fields = fields;
  return route;
}

constexpr std::string_view of_instance = "/reverse-dns/instance/{id}";
constexpr std::string_view of_address = "/reverse-dns/elastic-ip/{id}";
constexpr std::array routes{
    one("GET", of_instance, "instance", get_record),
    update(of_instance, "instance"),
    one("DELETE", of_instance, "instance", delete_record),
    one("GET", of_address, "elastic-ip", get_record),
    update(of_address, "elastic-ip"),
    one("DELETE", of_address, "elastic-ip", delete_record),
};

}  // namespace

extern const Type reverse_dns;
const Type reverse_dns{.routes = routes};

}  // namespace stackctl::simulator
