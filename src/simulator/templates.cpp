// Templates: the public catalogue, and private ones that are registered from a URL.
#include <algorithm>
#include <array>
#include <cctype>

#include "simulator/type.h"

namespace stackctl::simulator {
namespace {

constexpr std::string_view type_name = "template";
constexpr std::int64_t gibibyte = std::int64_t{1} << 30U;

struct Image {
  const char* name;
  const char* family;
  const char* version;
  const char* user;
  const char* built;
};
// Every image is there in several builds of the same name, as in reality: the newest counts.
constexpr std::array images{
    Image{"Linux Ubuntu 20.04 LTS 64-bit", "ubuntu", "20.04", "ubuntu", "2025-03-11"},
    Image{"Linux Ubuntu 22.04 LTS 64-bit", "ubuntu", "22.04", "ubuntu", "2026-02-03"},
    Image{"Linux Ubuntu 22.04 LTS 64-bit", "ubuntu", "22.04", "ubuntu", "2026-06-16"},
    Image{"Linux Ubuntu 24.04 LTS 64-bit", "ubuntu", "24.04", "ubuntu", "2025-11-18"},
    Image{"Linux Ubuntu 24.04 LTS 64-bit", "ubuntu", "24.04", "ubuntu", "2026-07-07"},
    Image{"Linux Ubuntu 24.04 LTS 64-bit", "ubuntu", "24.04", "ubuntu", "2026-04-21"},
    Image{"Linux Ubuntu 26.04 LTS 64-bit", "ubuntu", "26.04", "ubuntu", "2026-07-14"},
    Image{"Linux Debian 11 (Bullseye) 64-bit", "debian", "11", "debian", "2025-06-10"},
    Image{"Linux Debian 12 (Bookworm) 64-bit", "debian", "12", "debian", "2026-05-19"},
    Image{"Linux Debian 12 (Bookworm) 64-bit", "debian", "12", "debian", "2026-01-13"},
    Image{"Linux Debian 13 (Trixie) 64-bit", "debian", "13", "debian", "2026-07-15"},
    Image{"Rocky Linux 9 (Blue Onyx) 64-bit", "rockylinux", "9", "rockylinux", "2026-06-02"},
};

void populate(Account& account) {
  for (const Image& image : images) {
    const std::string built = image.built;
    const std::string id = stable_id("template " + std::string(image.name) + built);
    account.add(type_name, id,
                {{"id", id},
                 {"name", image.name},
                 {"description", std::string(image.name) + " " + built},
                 {"family", image.family},
                 {"version", image.version},
                 {"build", built},
                 {"default-user", image.user},
                 {"maintainer", "Exoscale"},
                 {"size", 10 * gibibyte},
                 {"boot-mode", "legacy"},
                 {"ssh-key-enabled", true},
                 {"password-enabled", true},
                 {"visibility", "public"},
                 {"zones", Json::array({account.settings().zone})},
                 {"created-at", built + "T09:00:00Z"}});
  }
}

std::string argument(const Call& call, std::string_view name, std::string_view otherwise) {
  return std::string(http::find(call.query, name).value_or(otherwise));
}

Answer list_templates(Call& call) {
  const std::string visibility = argument(call, "visibility", "public");
  const std::string family = argument(call, "family", "");
  Json items = Json::array();
  for (const auto& [id, image] : call.account.table(type_name))
    if (image["visibility"] == visibility &&
        (family.empty() || image.value("family", "") == family))
      items.push_back(visible(image));
  return {.body = {{"templates", std::move(items)}}};
}

bool is_md5(std::string_view text) {
  return text.size() == 32 && std::all_of(text.begin(), text.end(),
                                          [](unsigned char c) { return std::isxdigit(c) != 0; });
}

bool is_url(std::string_view text) {
  return text.starts_with("https://") || text.starts_with("http://");
}

Answer register_template(Call& call) {
  const std::string id = call.account.random_id();
  Json image = call.body;
  image["id"] = id;
  image["visibility"] = "private";
  image["created-at"] = timestamp(call.account.now());
  image["zones"] = Json::array({call.account.settings().zone});
  if (!image.contains("boot-mode")) image["boot-mode"] = "legacy";
  if (!image.contains("size")) image["size"] = 10 * gibibyte;
  // It cannot be used before it is fetched: it appears when the operation ends.
  return accept(call, type_name, id, "template.fetched", {{"template", std::move(image)}});
}

// Of what lies behind a URL we know our own exports only.
bool has_wrong_checksum(Account& account, const Json& image) {
  for (const auto& [id, snapshot] : account.table("snapshot"))
    if (const Json exported = snapshot.value("export", Json::object());
        exported.value("presigned-url", "") == image["url"])
      return exported.value("md5sum", "") != image["checksum"];
  return false;
}

std::optional<Failure> fetched(Account& account, const Json& arguments) {
  const Json& image = arguments["template"];
  if (has_wrong_checksum(account, image))
    return Failure{"incorrect", "The checksum of the image is another"};
  account.add(type_name, image["id"], image);
  return std::nullopt;
}

Answer copy_template(Call& call) {
  const std::string& here = call.account.settings().zone;
  const std::string zone = call.body["target-zone"].value("name", "");
  if (zone == here)
    return refuse(409, "Template " + call.id() + " is in zone " + zone + " already");
  return refuse(404, "zone " + zone + " not found: this account has one zone, " + here);
}

std::optional<Answer> refuse_public(const Call& call) {
  if ((*call.object)["visibility"] == "private") return std::nullopt;
  return refuse(403, "Template " + call.id() + " is public");
}

Answer update_template(Call& call) {
  if (auto refused = refuse_public(call)) return *refused;
  if (is_leaving(*call.object)) return refuse(409, "The template is already being deleted");
  return accept_change(call, call.body);
}

// Machines have their own copy of it; a pool needs it for its next member.
Answer delete_template(Call& call) {
  if (auto refused = refuse_public(call)) return *refused;
  if (is_leaving(*call.object)) return refuse(409, "The template is already being deleted");
  for (const char* user : {"instance-pool", "sks-nodepool"})
    for (const auto& [id, record] : call.account.table(user))
      if (record.value("template", Json::object()).value("id", "") == call.id())
        return refuse(
            409, std::string("Cannot delete template while it is in use by ") + user + " " + id);
  return accept_removal(call);
}

constexpr std::array register_fields{
    text("name", 1).required(),
    text("url", 1, 2048).required().check(is_url),
    text("checksum", 1).required().check(is_md5),
    boolean("ssh-key-enabled").required(),
    boolean("password-enabled").required(),
    boolean("application-consistent-snapshot-enabled"),
    text("maintainer", 1),
    text("description"),
    text("default-user", 1),
    integer("size", 1, std::numeric_limits<std::int64_t>::max()),
    text("build", 1),
    word("boot-mode", "legacy uefi"),
    text("version", 1),
};
constexpr std::array update_fields{text("name", 1), text("description")};
constexpr std::array zone_fields{text("name", 1).required()};
constexpr std::array copy_fields{object("target-zone", zone_fields).required()};
constexpr std::array list_query{word("visibility", "private public"), text("family", 1)};

constexpr std::array routes{
    Route{.method = "GET", .path = "/template", .handler = list_templates, .query = list_query},
    Route{.method = "POST",
          .path = "/template",
          .handler = register_template,
          .takes = {30, 90},
          .body = Body::required,
          .fields = register_fields},
    Route{.method = "GET", .path = "/template/{id}", .handler = show, .object = type_name},
    Route{.method = "POST",
          .path = "/template/{id}",
          .handler = copy_template,
          .object = type_name,
          .body = Body::required,
          .fields = copy_fields},
    Route{.method = "PUT",
          .path = "/template/{id}",
          .handler = update_template,
          .object = type_name,
          .body = Body::required,
          .fields = update_fields},
    Route{.method = "DELETE",
          .path = "/template/{id}",
          .handler = delete_template,
          .object = type_name,
          .takes = {2, 5}},
};
constexpr std::array actions{Action{"template.fetched", fetched}};

}  // namespace

extern const Type templates;
const Type templates{.routes = routes, .actions = actions, .populate = populate};

}  // namespace stackctl::simulator
