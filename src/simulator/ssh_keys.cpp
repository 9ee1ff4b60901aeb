// SSH keys: the name is the key; registered and deleted at once, never readable again.
#include <algorithm>
#include <array>
#include <cctype>

#include "simulator/type.h"
#include "stackctl/crypto.h"
#include "stackctl/text.h"

namespace stackctl::simulator {
namespace {

constexpr std::string_view type_name = "ssh-key";

// ^[a-zA-Z0-9][a-zA-Z0-9._-]{0,254}$
bool is_key_name(std::string_view name) {
  const auto is_plain = [](unsigned char c) { return c < 128 && std::isalnum(c) != 0; };
  return !name.empty() && is_plain(static_cast<unsigned char>(name.front())) &&
         std::all_of(name.begin(), name.end(), [&](char c) {
           return is_plain(static_cast<unsigned char>(c)) || c == '.' || c == '_' || c == '-';
         });
}

// The binary key of "ssh-ed25519 AAAA… comment".
std::optional<std::string> key_bytes(std::string_view line) {
  const std::vector<std::string> parts = split(trim(line), ' ');
  const bool is_known = parts.front().starts_with("ssh-") || parts.front().starts_with("ecdsa-") ||
                        parts.front().starts_with("sk-");
  if (parts.size() < 2 || parts[1].empty() || !is_known) return std::nullopt;
  return crypto::base64_decode(parts[1]);
}

bool is_public_key(std::string_view line) { return key_bytes(line).has_value(); }

std::string fingerprint(std::string_view line) {
  const std::string hex = crypto::hex(crypto::md5(*key_bytes(line)));
  std::string text;
  for (std::size_t i = 0; i < hex.size(); i += 2) text += (i == 0 ? "" : ":") + hex.substr(i, 2);
  return text;
}

Answer list_keys(Call& call) { return list(call, type_name, "ssh-keys"); }

Answer register_key(Call& call) {
  const std::string name = call.body["name"];
  if (call.account.find(type_name, name) != nullptr)
    return refuse(409, "SSH key " + name + " already exists");
  const std::string key = call.body["public-key"];
  call.account.add(type_name, name, {{"name", name}, {"fingerprint", fingerprint(key)}});
  return done(call);
}

Answer delete_key(Call& call) {
  call.account.erase(type_name, call.id());
  return done(call);
}

constexpr std::array fields{
    text("name", 1).required().check(is_key_name),
    text("public-key", 1, 65536).required().check(is_public_key),
};

constexpr std::array routes{
    Route{.method = "GET", .path = "/ssh-key", .handler = list_keys},
    Route{.method = "POST",
          .path = "/ssh-key",
          .handler = register_key,
          .body = Body::required,
          .fields = fields},
    Route{.method = "GET", .path = "/ssh-key/{name}", .handler = show, .object = type_name},
    Route{
        .method = "DELETE", .path = "/ssh-key/{name}", .handler = delete_key, .object = type_name},
};

}  // namespace

extern const Type ssh_keys;
const Type ssh_keys{.routes = routes};

}  // namespace stackctl::simulator
