#include <algorithm>
#include <deque>
#include <tuple>
#include <utility>

#include "core/likeness.h"
#include "core/remaining.h"
#include "stackctl/discretion.h"
#include "stackctl/flow.h"
#include "stackctl/text.h"

namespace stackctl {
namespace {

using namespace std::chrono_literals;

constexpr int kRounds = 3;        // of calls, before a difference that stays is a failure
constexpr int kAttempts = 6;      // at a call whose answer is lost each time
constexpr int kStaleLooks = 4;    // at an object that should have changed, before another round
constexpr int kRivalLooks = 12;   // at what another run has made or removed, before it is believed
constexpr int kLostLooks = 3;     // for an object whose create got no answer, before it is repeated
constexpr int kInquireLooks = 3;  // at what is waited for, between two questions after it
constexpr Duration kInUsePause = 3s;

class Converge final : public Flow {
 public:
  Converge(Work work, Behaviour behaviour)
      : work_(std::move(work)), behaviour_(std::move(behaviour)) {}

  Next next(const Seen& seen) override { return discreet(take(seen), work_.desired); }

 private:
  Next take(const Seen& seen) {
    if (std::exchange(inquiring_, false)) return told_why(*seen.reply, *seen.judgement);
    if (seen.reply) return answered(*seen.reply, *seen.judgement);
    if (std::exchange(watching_, false)) return observed(seen.object, seen.listed);
    if (std::exchange(looking_, false)) return watch("word of what may be under way");
    if (call_) return polling_ ? poll() : Send{*call_};
    return begin();
  }

  Next begin() {
    switch (work_.action) {
      case Action::create:
        creating_ = true;
        if (work_.may_be_under_way) return look_for_lost();
        return send(behaviour_.create(first()));
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

  /// What the create call has to do: less than all, where late attributes follow.
  Work first() const {
    Work work = work_;
    if (!work_.first_spec.empty()) work.mark.spec = work_.first_spec;
    return work;
  }

  Next send(Call call) {
    operation_ = call.operation;
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
      return work_.action == Action::remove ? removed() : watch("the change to show");
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
        // An operation is forgotten once it is over; what an update cannot find to let go of is let
        // go, and a removed object is what we want.
        if (polling_ || work_.action != Action::create) return settled(reply);
        break;
      case Verdict::in_use:
        if (work_.action == Action::remove && !polling_)
          return Pause{"it to be free: " + judgement.message, kInUsePause, true};
        break;
      case Verdict::transient:
        last_words_ = call_failed(*call_, reply, judgement).detail;
        if (creating_ && !polling_) return look_for_lost();
        if (call_->repeat == Repeat::look_first) return look_again();
        break;
      default:
        break;
    }
    return refused(call_failed(*call_, reply, judgement));
  }

  /// A call that must not be repeated blindly: what it did, the next look shows.
  Next look_again() {
    if (++lost_updates_ >= kAttempts)
      return give_up(call_->operation + ": no answer to " + std::to_string(kAttempts) + " attempts",
                     "run apply again later; it looks for the difference first");
    call_.reset();
    queue_.clear();
    polling_ = false;
    is_begun_ = false;
    is_unanswered_ = true;
    return watch("word of a call that got no answer");
  }

  /// An earlier run may have begun to make it, unseen until now: then it is there.
  Next refused(Diagnostic why) {
    if (!creating_ || !work_.type->key_is_unique || refusal_) return Fail{std::move(why)};
    refusal_ = std::move(why);
    return look_for_lost();
  }

  Next accepted(const http::Reply& reply) {
    Progress progress = behaviour_.follow(*call_, reply);
    if (auto* failed = std::get_if<Fail>(&progress)) return refused(named(std::move(failed->why)));
    if (auto* poll = std::get_if<Poll>(&progress)) {
      if (creating_ && id_.empty()) id_ = behaviour_.created_id(work_, *call_, reply);
      call_ = std::move(poll->call);
      polling_ = true;
      return Pause{std::move(poll->waiting_for)};
    }
    if (auto* more = std::get_if<More>(&progress))
      queue_.insert(queue_.begin(), std::make_move_iterator(more->calls.begin()),
                    std::make_move_iterator(more->calls.end()));
    return settled(reply);
  }

  /// What came of a call may be told by the answer to another one, which asks after it.
  Diagnostic named(Diagnostic why) const {
    if (!why.summary.starts_with(operation_ + ": ")) why.summary.insert(0, operation_ + ": ");
    return why;
  }

  Next settled(const http::Reply& reply) {
    if (!std::exchange(creating_, false)) return next_call();
    std::string id = behaviour_.created_id(work_, *call_, reply);
    if (!id.empty()) id_ = std::move(id);
    if (behaviour_.told) told_ = behaviour_.told(*call_, reply);
    call_.reset();
    return watch("it to be listed");
  }

  Next watch(std::string waiting_for) {
    watching_ = true;
    return Watch{std::move(waiting_for), [this](const LiveObject& object) { return is_it(object); },
                 refusal_ ? std::string() : id_};
  }

  bool is_it(const LiveObject& object) const {
    if (!id_.empty() && !refusal_) return object.id == id_;
    return is_same(work_, object) || (object.is_unclaimed && has_key(work_, object));
  }

  Next observed(const LiveObject* object, std::span<const LiveObject> listed) {
    const bool is_unanswered = std::exchange(is_unanswered_, false);
    if (work_.action == Action::remove) {
      if (!object) return removed();
      const bool is_leaving = object->condition == Condition::leaving;
      return is_unanswered && !is_leaving ? run(behaviour_.remove(*object)) : watch("its removal");
    }
    if (creating_) return found_lost(object, listed);
    if (has_yielded_ && object && object->condition == Condition::leaving) object = nullptr;
    if (!object) return not_listed();
    was_listed_ = true;
    lost_looks_ = 0;
    if (id_.empty()) object = &youngest(work_, *object, listed);
    id_ = object->id;
    if (const LiveObject* other = rival(work_, *object, listed))
      return settle_with(*other, *object);
    switch (object->condition) {
      case Condition::pending:
        return watch(object->state.empty() ? "it to be ready"
                                           : "it to be ready, now " + object->state);
      case Condition::failed:
      case Condition::leaving:
        return Fail{bad_state(*object)};
      case Condition::ready:
        return converge(*object, still_to_do(work_, *object, is_begun_));
    }
    return Fail{bad_state(*object)};
  }

  /// The older one stays (of equal age: the smaller id); whoever made the other removes it on
  /// sight. Who does not has not seen both, and never will: then ours goes after all.
  Next settle_with(const LiveObject& other, const LiveObject& ours) {
    const bool is_ours_to_stay =
        std::tie(ours.created, ours.id) < std::tie(other.created, other.id);
    if (other.condition == Condition::ready) ++rival_looks_;
    if (is_ours_to_stay && rival_looks_ < kRivalLooks)
      return watch("another run to take back what it made as well");
    yielded_to_ = other.id;
    work_.action = Action::remove;
    return run(behaviour_.remove(ours));
  }

  /// Both runs go on with the one that stays.
  Next removed() {
    if (yielded_to_.empty()) return Done{};
    has_yielded_ = true;
    id_ = std::exchange(yielded_to_, {});
    work_.action = Action::create;
    return watch("the one that another run made");
  }

  Next not_listed() {
    const bool may_show = !was_listed_ || ++lost_looks_ < kRivalLooks;
    if (work_.action == Action::create && may_show) return watch("it to be listed");
    if (!std::exchange(has_yielded_, false))
      return Fail{error("it is gone: somebody else deleted it during this run",
                        "run apply again; it will be created anew")};
    // Both have given way.
    was_listed_ = false;
    return create_again("another run of this stack makes and removes it at the same time",
                        "when that run is over, apply again");
  }

  /// The cloud may have said something after all: that it broke down, or has no capacity.
  Next give_up(std::string why_not, std::string hint) const {
    Diagnostic fault = error(std::move(why_not), std::move(hint));
    fault.detail = last_words_;
    return Fail{std::move(fault)};
  }

  Next create_again(std::string why_not, std::string hint) {
    lost_looks_ = rival_looks_ = 0;
    if (++creates_ >= kAttempts) return give_up(std::move(why_not), std::move(hint));
    creating_ = true;
    id_.clear();
    return send(behaviour_.create(first()));
  }

  Next converge(const LiveObject& live, const std::vector<std::string>& changed) {
    Work work = work_;
    work.changed = changed;
    const std::string awaited = behaviour_.awaits ? behaviour_.awaits(work, live) : std::string();
    if (changed.empty()) return awaited.empty() ? finished(live) : wait_for(awaited, work, live);
    Map seen = amiss(work_, live);
    if (!is_progress(seen) && stale_looks_++ < kStaleLooks) return watch("the change to show");
    stale_looks_ = 0;
    std::vector<Call> calls;
    if (round_ < kRounds) calls = behaviour_.update(work, live);
    if (calls.empty() && !awaited.empty()) return wait_for(awaited, work, live);
    if (calls.empty()) return Fail{not_taken(work_, live, changed.front())};
    ++round_;
    is_begun_ = true;
    before_ = std::move(seen);
    return run(std::move(calls));
  }

  Next wait_for(const std::string& awaited, const Work& work, const LiveObject& live) {
    awaited_ = awaited;
    return may_ask(work, live) ? Next(Send{question_}) : watch(awaited);
  }

  /// What an operation does may come to nothing long before that says so.
  Next poll() {
    const bool is_update = work_.action == Action::update;
    return Send{is_update && may_ask(work_, work_.live) ? question_ : *call_};
  }

  /// Now and then there is a question after what is waited for.
  bool may_ask(const Work& work, const LiveObject& live) {
    if (!behaviour_.inquire || ++awaiting_looks_ % kInquireLooks != 0) return false;
    std::optional<Call> question = behaviour_.inquire(work, live);
    if (!question) return false;
    question_ = *std::move(question);
    return inquiring_ = true;
  }

  Next told_why(const http::Reply& reply, const Judgement& judgement) {
    Progress progress = Settled{};
    if (judgement.verdict == Verdict::ok) progress = behaviour_.follow(question_, reply);
    if (auto* failed = std::get_if<Fail>(&progress)) return std::move(*failed);
    return call_ ? Next(Send{*call_}) : watch(awaited_);
  }

  /// Whether the last calls have shown an effect, though perhaps not all: then more may follow.
  bool is_progress(const Map& seen) {
    if (!is_begun_) return true;
    if (seen == before_) return false;
    round_ = 0;
    return true;
  }

  Next finished(const LiveObject& live) const {
    Value outputs = live.attributes;
    if (told_.map() != nullptr && outputs.map() != nullptr)
      for (const auto& [name, value] : *told_.map()) outputs.map()->insert_or_assign(name, value);
    return Done{std::move(outputs)};
  }

  Next look_for_lost() {
    call_.reset();
    if (!work_.type->appears_when_ready || lost_looks_ > 0)
      return watch("word of what may be under way");
    looking_ = true;
    return Pause{"word of what may be under way", work_.type->typical * 2};
  }

  Next found_lost(const LiveObject* object, std::span<const LiveObject> listed) {
    if (object) {
      creating_ = false;
      refusal_.reset();
      return observed(object, listed);
    }
    if (++lost_looks_ < kLostLooks) return look_for_lost();
    if (refusal_) return Fail{*refusal_};
    return create_again("no answer to " + std::to_string(kAttempts) + " attempts to create it",
                        "run apply again later; it looks for the object first");
  }

  Work work_;
  Behaviour behaviour_;
  std::optional<Call> call_;  // sent, or to be sent again after a pause
  std::deque<Call> queue_;    // the calls after it
  std::string operation_;     // of the last call that was no poll
  std::string id_;
  std::string yielded_to_;             // the object of another run
  std::optional<Diagnostic> refusal_;  // of the create, until it is known whether it is there
  bool has_yielded_ = false;           // `id_` is that of another run
  bool was_listed_ = false;
  bool creating_ = false;   // the create call is not settled
  bool polling_ = false;    // `call_` asks after an operation
  bool inquiring_ = false;  // `question_` is asked
  bool watching_ = false;
  bool looking_ = false;   // after a pause, for what cannot be seen earlier
  bool is_begun_ = false;  // an update has been sent
  bool is_unanswered_ = false;
  Map before_;              // what the last update met
  Value told_;              // by the answer to the create call
  Call question_;           // whether what is awaited will ever be
  std::string awaited_;     // while that is asked
  std::string last_words_;  // of the cloud, where it did not say what came of a call
  int awaiting_looks_ = 0;
  int round_ = 0;
  int stale_looks_ = 0;
  int lost_looks_ = 0;
  int rival_looks_ = 0;
  int creates_ = 0;
  int lost_updates_ = 0;
};

}  // namespace

std::unique_ptr<Flow> converge(Work work, Behaviour behaviour) {
  return std::make_unique<Converge>(std::move(work), std::move(behaviour));
}

}  // namespace stackctl
