#include "cli/lock.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "stackctl/text.h"

namespace stackctl::cli {
namespace {

constexpr Duration kLook = std::chrono::seconds{1};  // at a lease that is waited for

Diagnostic warning(std::string summary, std::string detail, std::string hint = {}) {
  Diagnostic fault = error(std::move(summary), std::move(hint));
  fault.severity = Severity::warning;
  fault.detail = std::move(detail);
  return fault;
}

std::string unlock_command(const LockPlace& place, const Options& options) {
  return "stackctl unlock" + std::string(options.simulate ? " --simulate " : " ") + place.files;
}

std::string expiry(const backend::Holder& holder, Time now) {
  if (holder.expires <= now) return "its lease has expired";
  const Duration left = std::chrono::ceil<std::chrono::seconds>(holder.expires - now);
  return "its lease is renewed while it works, else it expires in " + display(left);
}

Diagnostic held(const LockPlace& place, const Options& options, const backend::Holder& holder,
                Time now) {
  Diagnostic fault = error("stack " + place.stack + " is being changed by another run");
  fault.detail = backend::describe(holder, now) + "\n" + expiry(holder, now);
  fault.hint =
      "wait for it with --lock-timeout 5m; break the lease, where that run cannot be at "
      "work any more, with '" +
      unlock_command(place, options) + "'";
  return fault;
}

Diagnostic unreadable(const LockPlace& place, const Options& options, const backend::Store& store) {
  return error(
      "the lease of stack " + place.stack + " in " + store.where() + " cannot be understood",
      "where nobody is at work, remove it with '" + unlock_command(place, options) + "'");
}

Diagnostic taken_over(const LockPlace& place, const backend::Holder& from, Time now) {
  const bool has_expired = from.expires <= now;
  return warning("the lease of stack " + place.stack + " is taken over: " +
                     (has_expired ? "it has expired" : "the process that held it is gone"),
                 "it was held by " + backend::describe(from, now),
                 "a run that was cut short is finished by this one");
}

}  // namespace

LockPlace lock_place(const Options& options, const std::string& stack,
                     const std::string& simulated_state_file) {
  LockPlace place{backend::lease_of_stack(stack), stack, join(options.files, " ")};
  if (!options.simulate) return place;
  std::error_code fault;
  const auto whole = std::filesystem::weakly_canonical(
      std::filesystem::absolute(simulated_state_file, fault), fault);
  place.name = backend::lease_of_simulation(fault ? simulated_state_file : whole.string());
  return place;
}

Result<std::unique_ptr<backend::Store>> open_store(const World& world) {
  const auto folder = backend::state_folder(world.surroundings.environment);
  if (!folder)
    return error("there is no home directory to keep leases in",
                 "set STACKCTL_STATE_DIR to a folder");
  return world.team.open_store(folder->path);
}

std::unique_ptr<Lock> Lock::take(const LockPlace& place, const Options& options, World& world,
                                 const Screen& screen) {
  std::unique_ptr<Lock> lock(new Lock(place, world, screen));
  if (!options.lock || !world.team.open_store) return lock;
  if (!lock->open(options)) return nullptr;
  if (lock->store_ && !lock->wait_for_lease(options)) return nullptr;
  return lock;
}

Lock::~Lock() {
  if (lease_ && !is_lost_) lease_->release();
}

/// True also where the run goes on without: a lease is a courtesy, the engine keeps nothing twice.
bool Lock::open(const Options& options) {
  Result<std::unique_ptr<backend::Store>> store = open_store(world_);
  if (store) {
    store_ = *std::move(store);
    return true;
  }
  Diagnostic fault = store.fault();
  const auto folder = backend::state_folder(world_.surroundings.environment);
  const bool is_asked_for = (folder && folder->is_asked_for) || options.lock_timeout > Duration{};
  if (is_asked_for) {
    fault.hint = "make the folder writable, or work without a lease: --lock=false";
  } else {
    fault.severity = Severity::warning;
    fault.detail += std::string(fault.detail.empty() ? "" : "\n") +
                    "this run goes on without a lease: others are not kept out";
    fault.hint = "set STACKCTL_STATE_DIR to a folder that can be written to, or use --lock=false";
  }
  screen_.fault(fault);
  return !is_asked_for;
}

bool Lock::wait_for_lease(const Options& options) {
  const Time until = world_.team.now() + options.lock_timeout;
  bool is_told = false;
  while (true) {
    backend::Holder me = world_.team.who_am_i();
    me.doing = options.command + " " + (options.subject.empty() ? "" : options.subject + " ") +
               place_.files;
    const Time now = world_.team.now();
    Result<backend::Claim> claim =
        backend::Lease::take(*store_, place_.name, std::move(me), now, world_.team.is_gone);
    if (!claim) return screen_.fault(claim.fault()), false;
    if (claim->is_unreadable()) return screen_.fault(unreadable(place_, options, *store_)), false;
    if (claim->lease) {
      if (claim->other) screen_.fault(taken_over(place_, *claim->other, now));
      lease_ = std::move(claim->lease);
      return true;
    }
    if (now >= until || world_.interrupts() > 0)
      return screen_.fault(held(place_, options, *claim->other, now)), false;
    if (!std::exchange(is_told, true))
      screen_.fault(warning("waiting up to " + display(options.lock_timeout) +
                                " for another run on stack " + place_.stack,
                            backend::describe(*claim->other, now), "Ctrl-C ends the wait"));
    world_.team.pause(std::min(kLook, until - now));
  }
}

bool Lock::keep() {
  if (!lease_ || is_lost_) return !is_lost_;
  if (lease_->renew(world_.team.now())) return true;
  is_lost_ = true;
  tell_lost();
  return false;
}

void Lock::tell_lost() {
  const auto found = backend::find_lease(*store_, place_.name);
  Diagnostic fault =
      error("the lease of stack " + place_.stack + " was lost: nothing more is started",
            "when nobody else is at work, apply again; it goes on from there");
  if (!found)
    fault.detail = "it could not be renewed in time: " + found.fault().summary;
  else if (*found && (*found)->holder)
    fault.detail = "it is held by " + backend::describe(*(*found)->holder, world_.team.now());
  else
    fault.detail = "somebody broke it with 'stackctl unlock'";
  screen_.fault(fault);
}

}  // namespace stackctl::cli
