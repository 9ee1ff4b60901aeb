// API keys: made at once; the secret is shown once and not kept.
#include <array>

#include "simulator/type.h"
#include "stackctl/text.h"

namespace stackctl::simulator {
namespace {

constexpr std::string_view type_name = "api-key";
constexpr int key_length = 24;
constexpr int secret_length = 43;

Answer list_keys(Call& call) { return list(call, type_name, "api-keys"); }

Answer create_key(Call& call) {
  const std::string role = call.body["role-id"];
  const Json* record = call.account.find("iam-role", role);
  if (record == nullptr || is_leaving(*record))
    return refuse(404, "iam-role " + role + " not found");
  const std::string key = "EXO" + call.account.random_word(key_length);
  const Json made{{"key", key}, {"name", call.body["name"]}, {"role-id", role}};
  call.account.add(type_name, key, made);
  Json shown = made;
  shown["secret"] = call.account.random_word(secret_length);
  return {.body = std::move(shown)};
}

Answer delete_key(Call& call) {
  call.account.erase(type_name, call.id());
  return done(call);
}

constexpr std::array fields{
    text("name", 1).required(),
    text("role-id").required().check(is_uuid),
};

constexpr std::array routes{
    Route{.method = "GET", .path = "/api-key", .handler = list_keys},
    Route{.method = "POST",
          .path = "/api-key",
          .handler = create_key,
          .body = Body::required,
          .fields = fields},
    Route{.method = "GET", .path = "/api-key/{key}", .handler = show, .object = type_name},
    Route{.method = "DELETE", .path = "/api-key/{key}", .handler = delete_key, .object = type_name},
};

}  // namespace

extern const Type api_keys;
const Type api_keys{.routes = routes};

}  // namespace stackctl::simulator
