#include "storms/storm.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>
#include <set>
#include <utility>

#include "stackctl/text.h"
#include "support/picture.h"

namespace storms {
namespace {

using namespace std::chrono_literals;
using engine::Outcome;
using engine::Step;
using engine::StepResult;
using simulator::Fault;
using simulator::Trouble;

constexpr double kShare = 0.3;    // of all calls
constexpr auto kPatience = 3min;  // a last answer that is late, beyond a step's time
constexpr auto kStuckFor = 1h;    // longer than what is stuck
constexpr std::size_t kMostRuns = 3;

struct Weight {
  Trouble trouble;
  int most;
};
constexpr std::array kWeights{
    Weight{Trouble::throttled, 10},
    Weight{Trouble::unavailable, 10},
    Weight{Trouble::lost_request, 10},
    Weight{Trouble::lost_reply, 10},
    Weight{Trouble::slow, 5},
    Weight{Trouble::stale, 10},
    Weight{Trouble::failed_operation, 5},
    Weight{Trouble::stuck_operation, 2},
};

/// Whether it says something of an object that is to be there.
bool lasts(const engine::Plan& plan, std::size_t index) {
  const Step& step = plan.steps[index];
  return !step.temporary && !step.implied &&
         (step.action == Action::create || step.action == Action::update) &&
         std::ranges::none_of(plan.steps, [&](const Step& other) { return other.undoes == index; });
}

std::string inconsistency(const engine::Plan& plan, const engine::Report& report) {
  if (std::string wrong = support::contradiction(plan, report); !wrong.empty()) return wrong;
  for (std::size_t i = 0; i < report.results.size(); ++i) {
    const StepResult& result = report.results[i];
    const Step& step = plan.steps[i];
    if (result.finished - result.started > step.timeout.value_or(step.type->timeout) + kPatience)
      return step.address + " took longer than its time-out";
  }
  return {};
}

bool has_stuck(const std::vector<Fault>& faults) {
  return std::ranges::any_of(
      faults, [](const Fault& fault) { return fault.trouble == Trouble::stuck_operation; });
}

/// Commands before a removal are run again with it, if it fails.
bool is_repeatable(const Step& step) { return step.hook && step.hook->before; }
bool is_settled_command(const Step& step) { return step.hook && !step.hook->before; }

std::string one_line(const Step& step) {
  engine::Plan plan;
  plan.steps = {step};
  return support::brief(plan);
}

bool is_listed(const engine::Live& live, const ResourceType* type, const std::string& id) {
  return std::ranges::any_of(live.objects, [&](const engine::BoundObject& bound) {
    return bound.object.type == type && bound.object.id == id &&
           bound.object.condition != Condition::leaving;
  });
}

}  // namespace

std::vector<Fault> weather(std::uint64_t seed) {
  std::minstd_rand random(static_cast<std::uint32_t>(seed + 1));
  random.discard(1);
  std::vector<Fault> faults;
  double sum = 0;
  for (const auto& [trouble, most] : kWeights) {
    const auto weight = static_cast<double>(random() % static_cast<std::uint32_t>(most + 1));
    if (weight > 0) faults.push_back({.trouble = trouble, .chance = weight});
    sum += weight;
  }
  constexpr double kTenths = 1000;  // of a per cent: the command line shows them whole
  for (Fault& fault : faults)
    fault.chance = std::ceil(fault.chance / sum * kShare * kTenths) / kTenths;
  return faults;
}

Course course_of(std::uint64_t seed) { return static_cast<Course>(seed / 2 % 4); }

Storm::Storm(std::uint64_t seed, support::Lab& lab, const Scenario& scenario,
             const std::string& foreign)
    : seed_(seed), lab_(lab), scenario_(scenario), foreign_(foreign) {}

std::string Storm::run() {
  const Course course = course_of(seed_);
  const bool is_new = course == Course::make || course == Course::make_and_change;
  lab_.load(is_new ? foreign_ : scenario_.created);
  const bool changes = course == Course::change || course == Course::make_and_change;
  const support::Wanted& whole = changes ? scenario_.changed : scenario_.whole;
  const std::string& picture = changes ? scenario_.changed_picture : scenario_.whole_picture;

  std::string wrong;
  {
    support::Client client(lab_, weather(seed_), seed_);
    if (is_new) wrong = brave(client, scenario_.whole);
    if (wrong.empty() && changes) wrong = brave(client, scenario_.changed);
    if (course == Course::destroy) wrong = brave(client, scenario_.nothing);
    figures_.strikes = client.chaos().strikes();
  }
  if (wrong.empty() && course != Course::destroy) wrong = recover(whole, picture);
  if (wrong.empty()) wrong = recover(scenario_.nothing, "");
  return wrong;
}

std::string Storm::brave(support::Client& client, const support::Wanted& wanted) {
  const engine::Plan plan = client.plan(wanted);
  if (!support::refusal(plan).empty()) return {};
  const auto report = client.carry_out(plan);
  if (!report) return "it died";
  figures_.succeeded += report->succeeded() ? 1 : 0;
  std::string wrong = inconsistency(plan, *report);
  // What an earlier run has begun, and is stuck, may come through after a step that was done.
  const bool may_be_overtaken = std::exchange(has_begun_, true) && has_stuck(weather(seed_));
  if (wrong.empty() && !may_be_overtaken) wrong = untruth(plan, *report, wanted);
  return wrong.empty() ? wrong : "in the storm: " + wrong;
}

std::string Storm::untruth(const engine::Plan& plan, const engine::Report& report,
                           const support::Wanted& wanted) {
  support::Client client(lab_);
  const engine::Live live = client.refresh(wanted);
  std::set<std::pair<std::string, bool>> done;  // address, and whether it is a command
  for (std::size_t i = 0; i < report.results.size(); ++i) {
    const StepResult& result = report.results[i];
    const Step& step = plan.steps[i];
    if (result.outcome != Outcome::done) continue;
    if (is_settled_command(step)) done.emplace(step.address, true);
    if (step.action == Action::remove && is_listed(live, step.type, step.live.id))
      return step.address + " is said to be gone, but is there";
    if (!lasts(plan, i)) continue;
    if (!is_listed(live, step.type, result.id))
      return step.address + " is said to be done, but is not there";
    done.emplace(step.address, false);
  }
  for (const Step& step : client.plan(wanted).steps)
    if (done.contains({step.address, is_settled_command(step)}) && !is_repeatable(step))
      return step.address + " is said to be done, but next: " + one_line(step);
  return {};
}

std::string Storm::recover(const support::Wanted& wanted, const std::string& expected) {
  std::string wrong;
  for (std::size_t run = 1; run <= (has_stuck(weather(seed_)) ? kMostRuns : 1); ++run) {
    wrong = converge(wanted);
    if (wrong.empty()) break;
    lab_.cloud.handle({}, lab_.cloud.clock() + kStuckFor);
  }
  if (!wrong.empty()) return wrong;
  const auto saved = lab_.settled();
  if (!saved) return "the cloud does not come to rest";
  const Value foreign = support::objects_in(foreign_);
  const std::string found = support::picture(support::objects_in(*saved), foreign);
  return support::difference(expected, found);
}

std::string Storm::converge(const support::Wanted& wanted) {
  ++figures_.runs_after;
  support::Client client(lab_);
  const engine::Plan plan = client.plan(wanted);
  std::string wrong = support::refusal(plan);
  if (wrong.empty()) wrong = support::failure(plan, *client.carry_out(plan));
  if (!wrong.empty()) return "undisturbed: " + wrong;
  std::string pending = support::brief(client.plan(wanted));
  // What was stuck may come through at last.
  if (pending.empty() && lab_.settled())
    pending = support::brief(support::Client(lab_).plan(wanted));
  return pending.empty() ? pending : "afterwards the plan is not quiet:\n" + pending;
}

}  // namespace storms
