#include "backend/lease.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "backend/timestamp.h"
#include "stackctl/crypto.h"
#include "stackctl/json.h"
#include "stackctl/text.h"

namespace stackctl::backend {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kFormat = 1;
constexpr int kAttempts = 10;       // while others write at the same time
constexpr Duration kTryAgain = 2s;  // a renewal that did not reach the store
constexpr std::size_t kDigestLength = 16;

Diagnostic too_many_at_once(const Store& store, const std::string& name) {
  return error("the lease " + name + " changes faster than it can be taken: " + store.where(),
               "try again");
}

/// Text from the store must not move anybody's cursor.
std::string shown(std::string text) {
  for (char& each : text)
    if (static_cast<unsigned char>(each) < 0x20 || each == 0x7f) each = '?';
  return text;
}

}  // namespace

Lease::Lease(Store& store, std::string name, Holder holder, std::string version)
    : store_(&store),
      name_(std::move(name)),
      holder_(std::move(holder)),
      version_(std::move(version)),
      next_renewal_(holder_.since + kLeaseRenewal) {}

Result<Claim> Lease::take(Store& store, const std::string& name, Holder me, Time now,
                          const IsGone& is_gone) {
  me.since = now;
  me.expires = now + kLeaseLasts;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    const Result<std::optional<Found>> found = find_lease(store, name);
    if (!found) return found.fault();
    Claim claim;
    if (*found) {
      claim.other = (*found)->holder;
      if (!claim.other) return claim;
      const bool is_free = claim.other->expires <= now || (is_gone && is_gone(*claim.other));
      if (!is_free) return claim;
    }
    const Result<std::optional<std::string>> version =
        store.write(name, write_holder(me), *found ? (*found)->version : "");
    if (!version) return version.fault();
    if (!*version) continue;
    claim.lease = Lease(store, name, std::move(me), **version);
    return claim;
  }
  return too_many_at_once(store, name);
}

bool Lease::renew(Time now) {
  if (now < next_renewal_) return true;
  Holder renewed = holder_;
  renewed.expires = now + kLeaseLasts;
  Result<std::optional<std::string>> version =
      store_->write(name_, write_holder(renewed), version_);
  if (version && !*version && !is_still_ours()) return false;
  if (!version || !*version) {
    next_renewal_ = now + kTryAgain;
    return now < holder_.expires;
  }
  holder_ = std::move(renewed);
  version_ = **version;
  next_renewal_ = now + kLeaseRenewal;
  return true;
}

/// A renewal whose answer was lost leaves a version that we do not know.
bool Lease::is_still_ours() {
  const Result<std::optional<Found>> found = find_lease(*store_, name_);
  if (!found) return true;  // not known to be lost
  if (!*found || !(*found)->holder || (*found)->holder->id != holder_.id) return false;
  version_ = (*found)->version;
  return true;
}

void Lease::release() {
  // Where that fails, it expires.
  static_cast<void>(store_->remove(name_, version_));
}

Result<std::optional<Found>> find_lease(Store& store, const std::string& name) {
  Result<std::optional<Entry>> entry = store.read(name);
  if (!entry) return entry.fault();
  if (!*entry) return std::optional<Found>();
  return std::optional<Found>({read_holder((*entry)->text), (*entry)->version});
}

Result<bool> break_lease(Store& store, const std::string& name, const Found& found) {
  return store.remove(name, found.version);
}

std::string lease_of_stack(std::string_view stack) { return std::string(stack) + ".lease"; }

std::string lease_of_simulation(std::string_view path) {
  return "simulated-" + crypto::hex(crypto::sha256(path)).substr(0, kDigestLength) + ".lease";
}

std::string describe(const Holder& holder, Time now) {
  const Duration age = std::max(Duration{}, now - holder.since);
  return shown(holder.user) + " on " + shown(holder.host) + " (process " +
         std::to_string(holder.process) + "), '" + shown(holder.doing) + "', since " +
         write_time(holder.since) + " (" + display(std::chrono::floor<std::chrono::seconds>(age)) +
         ")";
}

std::string write_holder(const Holder& holder) {
  const Map fields{{"format", kFormat},
                   {"id", holder.id},
                   {"user", holder.user},
                   {"host", holder.host},
                   {"machine", holder.machine},
                   {"process", holder.process},
                   {"doing", holder.doing},
                   {"since", write_time(holder.since)},
                   {"expires", write_time(holder.expires)}};
  constexpr int kIndent = 2;
  return json::write(fields, json::Secrets::hidden, kIndent) + "\n";
}

std::optional<Holder> read_holder(std::string_view text) {
  const Result<Value> fields = json::parse(text);
  if (!fields) return std::nullopt;
  const std::int64_t* const format = (*fields)["format"].integer();
  const std::int64_t* const process = (*fields)["process"].integer();
  const std::optional<Time> since = read_time(fields->text_at("since"));
  const std::optional<Time> expires = read_time(fields->text_at("expires"));
  if (format == nullptr || *format != kFormat || !since || !expires) return std::nullopt;
  if (fields->text_at("id").empty() || process == nullptr) return std::nullopt;
  if (*process < 0 || *process > std::numeric_limits<int>::max()) return std::nullopt;
  Holder holder;
  holder.id = fields->text_at("id");
  holder.user = fields->text_at("user");
  holder.host = fields->text_at("host");
  holder.machine = fields->text_at("machine");
  holder.process = static_cast<int>(*process);
  holder.doing = fields->text_at("doing");
  holder.since = *since;
  holder.expires = *expires;
  return holder;
}

}  // namespace stackctl::backend
