#include <algorithm>
#include <deque>
#include <utility>

#include "stackctl/flow.h"
#include "stackctl/text.h"

namespace stackctl {
namespace {

using namespace std::chrono_literals;

constexpr int kRounds = 3;      // of calls, before a difference that stays is a failure
constexpr int kStaleLooks = 4;  // at an object that should have changed, before another round
constexpr int kLostLooks = 3;   // for an object whose create got no answer, before it is repeated
constexpr Duration kInUsePause = 3s;

class Converge final : public Flow {
 public:
  Converge(Work work, Behaviour behaviour)
      : work_(std::move(work)), behaviour_(std::move(behaviour)) {}

  Next next(const Seen& seen) override {
    if (seen.reply) return answered(*seen.reply, *seen.judgement);
    if (std::exchange(watching_, false)) return observed(seen.object);
    if (call_) return Send{*call_};
    return begin();
  }

 private:
  Next begin() {
    switch (work_.action) {
      case Action::create:
        creating_ = true;
        return send(behaviour_.create(work_));
      case Action::remove:
        id_ = work_.live.id;
        if (work_.live.condition == Condition::leaving) return watch("its removal");
        return run(behaviour_.remove(work_.live));
      default:
        id_ = work_.live.id;
        if (work_.live.condition == Condition::pending) return watch("it to be ready");
        return converge(work_.live, work_.changed);
    }
  }

  Next send(Call call) {
    call_ = std::move(call);
    polling_ = false;
    return Send{*call_};
  }

  Next run(std::vector<Call> calls) {
    queue_.assign(std::make_move_iterator(calls.begin()), std::make_move_iterator(calls.end()));
    return next_call();
  }

  Next next_call() {
    if (queue_.empty()) {
      call_.reset();
      return work_.action == Action::remove ? Next(Done{}) : watch("the change to show");
    }
    Call call = std::move(queue_.front());
    queue_.pop_front();
    return send(std::move(call));
  }

  Next answered(const http::Reply& reply, const Judgement& judgement) {
    switch (judgement.verdict) {
      case Verdict::ok:
        return accepted(reply);
      case Verdict::gone:
        // An operation is forgotten once it is over; a removed object is what we want.
        if (polling_ || work_.action == Action::remove) return settled(reply);
        break;
      case Verdict::in_use:
        if (work_.action == Action::remove && !polling_)
          return Pause{"it to be free: " + judgement.message, kInUsePause};
        break;
      case Verdict::transient:
        if (creating_ && !polling_) return look_for_lost();
        break;
      default:
        break;
    }
    return refused(call_failed(*call_, reply, judgement));
  }

  /// An earlier run may have begun to make it, unseen until now: then it is there.
  Next refused(Diagnostic why) {
    if (!creating_ || !work_.type->key_is_unique || refusal_) return Fail{std::move(why)};
    refusal_ = std::move(why);
    call_.reset();
    return watch("whether it is there already");
  }

  Next accepted(const http::Reply& reply) {
    Progress progress = behaviour_.follow(*call_, reply);
    if (auto* failed = std::get_if<Fail>(&progress)) return refused(std::move(failed->why));
    if (auto* poll = std::get_if<Poll>(&progress)) {
      if (creating_ && id_.empty()) id_ = behaviour_.created_id(reply);
      call_ = std::move(poll->call);
      polling_ = true;
      return Pause{std::move(poll->waiting_for)};
    }
    return settled(reply);
  }

  Next settled(const http::Reply& reply) {
    if (!std::exchange(creating_, false)) return next_call();
    std::string id = behaviour_.created_id(reply);
    if (!id.empty()) id_ = std::move(id);
    call_.reset();
    return watch("it to be listed");
  }

  Next watch(std::string waiting_for) {
    watching_ = true;
    return Watch{std::move(waiting_for),
                 [this](const LiveObject& object) { return is_it(object); }};
  }

  bool is_it(const LiveObject& object) const {
    if (!id_.empty() && !refusal_) return object.id == id_;
    const ResourceType& type = *work_.type;
    if (type.marked == Marked::parent) return has_key(object);
    return has_mark(object) && has_key(object);
  }

  /// The old half of a replacement bears the same mark, but another spec, or else another name.
  bool has_mark(const LiveObject& object) const {
    if (!object.mark) return false;
    if (work_.type->marked == Marked::tags) return *object.mark == work_.mark;
    return object.mark->stack == work_.mark.stack && object.mark->address == work_.mark.address;
  }

  bool has_key(const LiveObject& object) const {
    const ResourceType& type = *work_.type;
    if (!type.parent.empty() && !(object.attributes[type.parent] == work_.desired[type.parent]))
      return false;
    return std::ranges::all_of(type.key, [&](std::string_view name) {
      const Attribute* attribute = find(type.schema, name);
      return attribute && canonical(object.attributes[name], *attribute) ==
                              canonical(work_.desired[name], *attribute);
    });
  }

  Next observed(const LiveObject* object) {
    if (work_.action == Action::remove) return object ? watch("its removal") : Next(Done{});
    if (creating_) return found_lost(object);
    if (!object) return not_listed();
    id_ = object->id;
    switch (object->condition) {
      case Condition::pending:
        return watch(object->state.empty() ? "it to be ready"
                                           : "state " + object->state + " to end");
      case Condition::failed:
      case Condition::leaving:
        return Fail{bad_state(*object)};
      case Condition::ready:
        return converge(*object, still_to_do(*object));
    }
    return Fail{bad_state(*object)};
  }

  Next not_listed() {
    if (work_.action == Action::create) return watch("it to be listed");
    return Fail{error("it is gone: somebody else deleted it during this run",
                      "run apply again; it will be created anew")};
  }

  Next converge(const LiveObject& live, const std::vector<std::string>& changed) {
    if (changed.empty()) return Done{live.attributes};
    if (round_ > 0 && stale_looks_++ < kStaleLooks) return watch("the change to show");
    stale_looks_ = 0;
    Work work = work_;
    work.changed = changed;
    std::vector<Call> calls;
    if (round_++ < kRounds) calls = behaviour_.update(work, live);
    if (calls.empty()) return Fail{not_taken(live, changed)};
    return run(std::move(calls));
  }

  /// What the listing shows to differ; before the first round also what it cannot show.
  std::vector<std::string> still_to_do(const LiveObject& live) const {
    std::vector<std::string> names = differing(work_.type->schema, work_.desired, live.attributes);
    if (round_ > 0) return names;
    for (const std::string& name : work_.changed)
      if (std::ranges::find(names, name) == names.end()) names.push_back(name);
    return names;
  }

  Next look_for_lost() {
    call_.reset();
    return watch("word of a call that got no answer");
  }

  Next found_lost(const LiveObject* object) {
    if (object) {
      creating_ = false;
      refusal_.reset();
      return observed(object);
    }
    if (refusal_) return Fail{*refusal_};
    if (++lost_looks_ < kLostLooks) return look_for_lost();
    lost_looks_ = 0;
    if (++creates_ >= kRounds)
      return Fail{error("no answer to " + std::to_string(kRounds) + " attempts to create it",
                        "run apply again later; it looks for the object first")};
    return send(behaviour_.create(work_));
  }

  static Diagnostic bad_state(const LiveObject& object) {
    return error("the cloud reports state '" + object.state + "'",
                 "apply again to replace it, or look at it in the cloud's own console");
  }

  Diagnostic not_taken(const LiveObject& live, const std::vector<std::string>& changed) const {
    const std::string& name = changed.front();
    Diagnostic fault = error("the cloud does not take over '" + name + "'");
    fault.detail =
        "wanted " + display(work_.desired[name]) + ", it keeps " + display(live.attributes[name]);
    fault.path = name;
    return fault;
  }

  Work work_;
  Behaviour behaviour_;
  std::optional<Call> call_;  // sent, or to be sent again after a pause
  std::deque<Call> queue_;    // the calls after it
  std::string id_;
  std::optional<Diagnostic> refusal_;  // of the create, until it is known whether it is there
  bool creating_ = false;              // the create call is not settled
  bool polling_ = false;               // `call_` asks after an operation
  bool watching_ = false;
  int round_ = 0;
  int stale_looks_ = 0;
  int lost_looks_ = 0;
  int creates_ = 0;
};

}  // namespace

std::unique_ptr<Flow> converge(Work work, Behaviour behaviour) {
  return std::make_unique<Converge>(std::move(work), std::move(behaviour));
}

Diagnostic call_failed(const Call& call, const http::Reply& reply, const Judgement& judgement) {
  const bool answered = reply.failure == http::Failure::none;
  Diagnostic fault = error(call.operation + ": " +
                           (answered ? "HTTP " + std::to_string(reply.status) : "no answer"));
  fault.detail = answered ? judgement.message : reply.failure_text;
  if (!judgement.request_id.empty()) fault.detail += " (request " + judgement.request_id + ")";
  return fault;
}

}  // namespace stackctl
