#include "pool_members.h"

#include <algorithm>
#include <array>

#include "stackctl/crypto.h"
#include "stackctl/json.h"

namespace stackctl::exoscale {
namespace {

constexpr std::array<std::string_view, 11> kShaping = {
    "template",         "instance-type",       "disk-size",
    "ssh-keys",         "security-groups",     "anti-affinity-groups",
    "private-networks", "elastic-ips",         "deploy-target",
    "user-data",        "public-ip-assignment"};

constexpr std::string_view kGeneration = "-g";
constexpr std::size_t kDigest = 6;
constexpr std::size_t kLongestWhole = 30;  // of the cloud
static_assert(kLongestPrefix + kGeneration.size() + kDigest == kLongestWhole);

bool is_digest(std::string_view text) {
  return text.size() == kDigest &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// Where the digest begins in "web-g1a2b3c"; the length of the text when there is none.
std::size_t generation_at(std::string_view prefix) {
  const std::size_t at = prefix.rfind(kGeneration);
  const bool is_there =
      at != std::string_view::npos && is_digest(prefix.substr(at + kGeneration.size()));
  return is_there ? at : prefix.size();
}

/// "success" or "failure" of every service in front of the member with `address`; nothing where no
/// service looks at it.
std::vector<std::string_view> health_of(std::string_view address, std::string_view pool,
                                        const Value& balancers) {
  std::vector<std::string_view> found;
  for (const Value& balancer : balancers.items())
    for (const Value& service : balancer["services"].items()) {
      if (service["instance-pool"].text_at("id") != pool) continue;
      std::string_view status = "unknown";
      for (const Value& member : service["healthcheck-status"].items())
        if (member.text_at("public-ip") == address) status = member.text_at("status");
      found.push_back(status);
    }
  return found;
}

bool is_healthy(const std::vector<std::string_view>& statuses) {
  return std::ranges::all_of(statuses, [](std::string_view status) { return status == "success"; });
}

/// Made under another prefix, or visibly of something else than the pool says now.
bool is_stale(const Value& member, const Value& pool) {
  const std::string_view prefix = pool.text_at("instance-prefix");
  const bool has_generation = generation_at(prefix) != prefix.size();
  const std::string_view name = member.text_at("name");
  if (has_generation && !name.starts_with(std::string(prefix) + '-')) return true;
  return std::ranges::any_of(std::array{"template", "instance-type"}, [&](const char* attribute) {
    const std::string_view now = pool[attribute].text_at("id");
    const std::string_view then = member[attribute].text_at("id");
    return !now.empty() && !then.empty() && now != then;
  });
}

Map describe(const Value& member, const Value& pool, const Value& balancers) {
  const std::string_view address = member.text_at("public-ip");
  const auto statuses = health_of(address, pool.text_at("id"), balancers);
  const bool is_running = member.text_at("state") == "running";
  return {{"id", member["id"]},
          {"name", member["name"]},
          {"address", member["public-ip"]},
          {"state", member["state"]},
          {"healthy", is_running && is_healthy(statuses)},
          {"stale", is_stale(member, pool)}};
}

struct Members {
  std::vector<std::string> stale;
  std::int64_t fresh = 0;
  std::int64_t unhealthy = 0;  // of the fresh ones
  std::int64_t unsteady = 0;   // of the fresh ones: not running yet

  /// Of the fresh ones: those that do not yet stand for an old one.
  std::int64_t missing(bool is_health) const { return is_health ? unhealthy : unsteady; }
};

Members members_of(const LiveObject& pool) {
  Members members;
  for (const Value& member : pool.attributes["members"].items()) {
    if (member["stale"] == Value(true)) {
      members.stale.emplace_back(member.text_at("id"));
      continue;
    }
    ++members.fresh;
    if (!(member["healthy"] == Value(true))) ++members.unhealthy;
    if (member.text_at("state") != "running") ++members.unsteady;
  }
  return members;
}

std::int64_t number(const Value& value, std::int64_t otherwise) {
  return value.integer() == nullptr ? otherwise : *value.integer();
}

/// Where nothing can stand in front of the members, those that run are well.
bool waits_for_health(const Work& work) {
  return find(work.type->schema, "update-wait") != nullptr &&
         work.desired.text_at("update-wait") != "running";
}

bool is_rolling(const Value& desired) { return desired.text_at("update-strategy") == "rolling"; }

Move evict(const std::vector<std::string>& members, std::int64_t count) {
  Move move;
  for (const std::string& id : members)
    if (std::ssize(move.evicted) < count) move.evicted.emplace_back(id);
  return move;
}

std::string fits_prefix(const Value& value) {
  const std::string* const prefix = value.text();
  const bool fits = prefix != nullptr && !prefix->empty() && prefix->size() <= kLongestPrefix;
  return fits ? "" : "must have 1 to " + std::to_string(kLongestPrefix) + " characters";
}

}  // namespace

void take_members(LiveObject& pool, const Value& item, const Value& listed) {
  List members;
  List addresses;
  std::int64_t stale = 0;
  const std::string_view id = item.text_at("id");
  for (const Value& member : listed["instances"].items()) {
    const std::string_view manager = member["manager"].text_at("id");
    if (manager.empty() || manager != id || member.text_at("state") == "destroying") continue;
    Map described = describe(member, item, listed["load-balancers"]);
    stale += described["stale"] == Value(true) ? 1 : 0;
    if (!described["address"].is_null()) addresses.push_back(described["address"]);
    members.emplace_back(std::move(described));
  }
  Map& attributes = *pool.attributes.map();
  const std::string_view prefix = item.text_at("instance-prefix");
  if (!prefix.empty())
    attributes.insert_or_assign("instance-prefix", prefix.substr(0, generation_at(prefix)));
  attributes.insert_or_assign("members", std::move(members));
  attributes.insert_or_assign("addresses", std::move(addresses));
  attributes.insert_or_assign("stale-members", stale);
}

std::string member_prefix(const Work& work) {
  Map shaping;
  bool has_secret = false;
  for (const std::string_view name : kShaping) {
    const Attribute* const attribute = find(work.type->schema, name);
    if (attribute == nullptr) continue;
    const Value& declared = work.desired[name];
    has_secret = has_secret || declared.has_secret();  // the canonical form is plain text
    const Value& value = declared.is_null() ? attribute->standard : declared;
    if (!value.is_null()) shaping.emplace(name, canonical(value, *attribute));
  }
  const std::string text = json::write(std::move(shaping), json::Secrets::revealed);
  // Names are for all to see: what secrets go into them must not be found by trying.
  const std::string digest =
      has_secret ? crypto::scrypt(text, work.mark.stack + '/' + work.mark.address, kDigest)
                 : crypto::sha256(text);
  std::string prefix(work.desired.text_at("instance-prefix"));
  if (prefix.empty()) prefix = "pool";
  prefix.resize(std::min(prefix.size(), kLongestPrefix));
  return prefix.append(kGeneration) + crypto::hex(digest).substr(0, kDigest);
}

Attribute instance_prefix(std::string_view help) {
  return text("instance-prefix", help).otherwise("pool").check(fits_prefix);
}

bool shapes_members(std::string_view attribute) {
  return attribute == "instance-prefix" || std::ranges::find(kShaping, attribute) != kShaping.end();
}

std::optional<Move> next_move(const Work& work, const LiveObject& pool) {
  const std::int64_t size = number(pool.attributes["size"], 0);
  const std::int64_t wanted = number(work.desired["size"], size);
  const Members members = members_of(pool);
  const std::int64_t stale = std::ssize(members.stale);
  if (!is_rolling(work.desired) || stale == 0)
    return size == wanted ? std::nullopt : std::optional(Move{.size = wanted});
  const std::int64_t batch = std::max<std::int64_t>(number(work.desired["update-batch"], 1), 1);
  // What is too much goes from the old ones, unless they stand in for new ones.
  const std::int64_t spare = size - wanted - members.missing(waits_for_health(work));
  if (size > wanted + batch && spare > 0) return evict(members.stale, spare);
  if (!awaited_members(work, pool).empty()) return std::nullopt;
  if (members.fresh >= wanted) return evict(members.stale, stale);
  if (size > wanted) return evict(members.stale, size - wanted);
  return Move{.size = wanted + std::min(batch, wanted - members.fresh)};
}

std::string awaited_members(const Work& work, const LiveObject& pool) {
  const Members members = members_of(pool);
  if (!is_rolling(work.desired) || members.stale.empty()) return {};
  const bool is_health = waits_for_health(work);
  const std::int64_t missing = members.missing(is_health);
  if (missing == 0) return {};
  return std::to_string(missing) + (missing == 1 ? " new member" : " new members") +
         (is_health ? " to be healthy" : " to run");
}

}  // namespace stackctl::exoscale
