#include "cli/commands.h"
#include "cli/lock.h"
#include "cli/records.h"
#include "cli/session.h"
#include "stackctl/text.h"

namespace stackctl::cli {
namespace {

bool approved(const Options& options, World& world, const Screen& screen) {
  if (options.approved) return true;
  if (options.json || !world.terminal.in) {
    screen.fault(error("nobody is there to say that the lease is to be broken",
                       "make sure that nobody is at work, then add --yes"));
    return false;
  }
  screen.data(Text()
                  .line("Where that run is still at work, it stops as soon as it notices.")
                  .line("Do you want to break the lease?", Label::heading)
                  .line("  Only 'yes' will be accepted to approve.")
                  .line()
                  .add("  Enter a value: ", Label::heading));
  const std::optional<std::string> answer = world.read_line([] { return true; });
  screen.data(Text().line());
  if (answer && trim(*answer) == "yes") return true;
  screen.note(Text().line("Unlock cancelled: nothing was changed."));
  return false;
}

Value holder_record(const std::optional<backend::Found>& found) {
  if (!found || !found->holder) return {};
  const backend::Holder& holder = *found->holder;
  return Map{{"user", holder.user},
             {"host", holder.host},
             {"process", holder.process},
             {"doing", holder.doing},
             {"since", timestamp(holder.since)},
             {"expires", timestamp(holder.expires)}};
}

int tell(const LockPlace& place, const std::optional<backend::Found>& found, bool is_broken,
         const Screen& screen) {
  if (screen.is_json())
    screen.record(
        "unlock",
        {{"stack", place.stack}, {"holder", holder_record(found)}, {"broken", is_broken}});
  else if (is_broken)
    screen.data(Text().line("The lease of stack " + place.stack + " is broken.", Label::good));
  else
    screen.data(Text().line("Nobody holds the lease of stack " + place.stack + "."));
  return kSuccess;
}

void show(const LockPlace& place, const backend::Found& found, Time now, const Screen& screen) {
  if (screen.is_json()) return;
  if (!found.holder)
    return screen.data(Text().line("The lease of stack " + place.stack + " cannot be understood."));
  const bool has_expired = found.holder->expires <= now;
  screen.data(
      Text()
          .line("The lease of stack " + place.stack + " is held by")
          .line("  " + backend::describe(*found.holder, now) + (has_expired ? ", expired" : "")));
}

int unlock(backend::Store& store, const LockPlace& place, const Options& options, World& world,
           const Screen& screen) {
  const Result<std::optional<backend::Found>> found = backend::find_lease(store, place.name);
  if (!found) return screen.fault(found.fault()), kFailure;
  if (!*found) return tell(place, {}, false, screen);
  show(place, **found, world.team.now(), screen);
  if (!approved(options, world, screen)) return world.interrupts() > 0 ? kInterrupted : kFailure;
  const Result<bool> is_broken = backend::break_lease(store, place.name, **found);
  if (!is_broken) return screen.fault(is_broken.fault()), kFailure;
  if (*is_broken) return tell(place, *found, true, screen);
  screen.fault(error("the lease was renewed or given back meanwhile: somebody is at work",
                     "look again with the same command"));
  return kFailure;
}

}  // namespace

int run_unlock(const Options& options, World& world) {
  Screen screen(options, world);
  const std::optional<stack::Stack> stack = load_stack(options, world, screen);
  if (!stack) return kFailure;
  const Result<std::unique_ptr<backend::Store>> store = open_store(world);
  if (!store) return screen.fault(store.fault()), kFailure;
  const LockPlace place = lock_place(options, stack->name, simulated_state_file(options));
  return unlock(**store, place, options, world, screen);
}

}  // namespace stackctl::cli
