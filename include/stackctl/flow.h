// Conversations with a cloud, free of sockets, clocks and threads.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "stackctl/clock.h"
#include "stackctl/diagnostic.h"
#include "stackctl/http.h"
#include "stackctl/resource.h"
#include "stackctl/value.h"

namespace stackctl {

enum class Access { read, write };

/// What to do when it is unknown whether the cloud did the work (lost answer, 5xx).
enum class Repeat {
  freely,      ///< doing it twice is the same as doing it once
  look_first,  ///< a create: the flow must look whether the object is there
};

/// One request, not yet signed.
struct Call {
  std::string operation;  ///< in the cloud's own terms: "create-instance-pool"
  http::Request request;
  Access access = Access::write;
  Repeat repeat = Repeat::freely;
  /// Part of logging in: it goes out while others wait for that.
  bool is_login = false;
};

/// What a provider makes of a reply.
enum class Verdict {
  ok,
  gone,           ///< no such object
  in_use,         ///< refused until something else goes
  throttled,      ///< not done; later, and slower
  not_yet,        ///< not done: what it needs is not there for all of the cloud to see; later
  transient,      ///< perhaps done; worth a repeat
  login_expired,  ///< not done; sign again
  failed,
};

struct Judgement {
  Verdict verdict = Verdict::ok;
  std::string message;     ///< the cloud's words, for people
  std::string request_id;  ///< if the cloud gave one
};

/// Ask the cloud this.
struct Send {
  Call call;
};
/// Come back later: after `delay`, or soon at first and then less and less often.
struct Pause {
  std::string waiting_for;
  std::optional<Duration> delay = {};
  bool is_idle = false;  ///< nothing is under way meanwhile: a run that is to stop need not wait
};
/// Come back with one object as the next listing of the type shows it: the one of this `id`, or,
/// where that is empty, the one that `is_it` recognises. All objects of a type that are waited for
/// share that listing.
struct Watch {
  std::string waiting_for;
  std::function<bool(const LiveObject&)> is_it;
  std::string id = {};
};
struct Done {
  Value outputs;  ///< the attributes of the finished object; of a list flow: what it read
};
struct Fail {
  Diagnostic why;
};
using Next = std::variant<Send, Pause, Watch, Done, Fail>;

/// What came of the last `Next`. At the start and after a Pause both are null.
struct Seen {
  const http::Reply* reply = nullptr;       ///< after a Send: ok, or out of retries
  const Judgement* judgement = nullptr;     ///< of that reply
  const LiveObject* object = nullptr;       ///< after a Watch; null: not listed
  std::span<const LiveObject> listed = {};  ///< after a Watch: all of its type, ours or not
};

/// A conversation. It owns what it has learned and nothing else.
class Flow {
 public:
  virtual ~Flow() = default;
  virtual Next next(const Seen& seen) = 0;
};

enum class Action { create, update, replace, remove, read, run };

/// The pseudo-attribute in `Work::changed` that stands for the ownership mark.
inline constexpr std::string_view kMark = "(mark)";

/// What one step has to achieve.
struct Work {
  Action action = Action::create;  ///< create, update or remove
  const ResourceType* type = nullptr;
  Mark mark;  ///< to be written
  /// Of a create: the spec that the create call writes where late attributes follow; empty: that of
  /// `mark`. So a run that is cut short before them is continued by the next.
  std::string first_spec = {};
  /// An earlier run that was cut short may have begun to create it.
  bool may_be_under_way = false;
  Value desired;    ///< declared attributes, all known; for create and update
  LiveObject live;  ///< for update and remove
  /// Tells this step of this run from all others, for calls that take an idempotency token: 32
  /// hexadecimal digits.
  std::string token = {};
  /// Of a create: ids of objects that bear its mark already and are to go (the old half of a
  /// replacement, duplicates). Any other one is the work of a second run at the same time.
  std::vector<std::string> known_ids = {};
  std::vector<std::string> changed;  ///< top-level attributes to set; may hold `kMark`
};

/// How a call that was accepted goes on.
struct Settled {};
struct Poll {
  Call call;
  std::string waiting_for;
};
/// It is settled, and leads to these calls, which come before those that were planned: pages of
/// what has to go.
struct More {
  std::vector<Call> calls;
};
using Progress = std::variant<Settled, Poll, More, Fail>;

/// What a provider knows of one native type; `converge` makes a flow of it.
struct Behaviour {
  /// The one call that makes the object exist and marks it as ours.
  std::function<Call(const Work&)> create;
  /// The calls, in order, that give `live` the attributes named in `work.changed`. None while
  /// `awaits` says what has to come first.
  std::function<std::vector<Call>(const Work& work, const LiveObject& live)> update;
  /// What is still to be waited for before `live` is finished ("its members to be healthy"), or
  /// nothing. May be empty: a ready object is finished.
  std::function<std::string(const Work& work, const LiveObject& live)> awaits;
  /// The calls, in order, that make `live` go.
  std::function<std::vector<Call>(const LiveObject& live)> remove;
  /// While `live` is waited for, now and then: a call whose answer may say, through `follow`, that
  /// it will never be finished ("no capacity in this zone"). What it says else, and its refusal,
  /// change nothing. May be empty.
  std::function<std::optional<Call>(const Work& work, const LiveObject& live)> inquire;
  /// Looks at an accepted answer to `call` (or to a Poll that followed from it).
  std::function<Progress(const Call& call, const http::Reply&)> follow;
  /// The id of what `create` made, read from its final answer, the one to `call`; empty when it
  /// does not say.
  std::function<std::string(const Work& work, const Call& call, const http::Reply&)> created_id;
  /// Outputs that only the final answer to `create` tells (`Attribute::is_shown_once`). May be
  /// empty.
  std::function<Value(const Call& call, const http::Reply&)> told;
};

/// The one way in which objects are created, changed and removed: create is a single marked call,
/// everything after it is convergence of an object that exists. A create whose answer was lost is
/// looked up by its mark before it is sent again.
std::unique_ptr<Flow> converge(Work work, Behaviour behaviour);

/// What to tell people about a call that was not accepted: operation, the cloud's words, request
/// id.
Diagnostic call_failed(const Call& call, const http::Reply& reply, const Judgement& judgement);

/// "list-instances: the answer cannot be read".
Diagnostic unreadable_answer(const Call& call, std::string why);

}  // namespace stackctl
