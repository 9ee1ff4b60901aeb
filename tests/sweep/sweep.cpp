#include "sweep/sweep.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <set>
#include <stdexcept>
#include <utility>

#include "stackctl/address.h"
#include "stackctl/json.h"
#include "stackctl/text.h"
#include "support/picture.h"

namespace sweep {
namespace {

using simulator::Fault;
using simulator::Trouble;
using support::difference;
using support::failure;
using support::objects_in;
using support::picture;
using support::refusal;

/// Each strikes the n-th write, once.
constexpr std::array kTroubles = {Trouble::crash_before, Trouble::crash_after,
                                  Trouble::lost_reply,   Trouble::unavailable,
                                  Trouble::throttled,    Trouble::failed_operation};

/// What the cloud is at without telling anybody. A run that begins meanwhile cannot know, so it may
/// take one more. All else must be right after the first.
struct Unseen {
  std::string_view action;
  std::string_view type;
  std::string_view why;
};
constexpr std::string_view kStateless = "it has no state, so what is on its way out looks well";
constexpr std::array kUnseen = {
    Unseen{"template.fetched", "", "a template shows only once it can be used"},
    Unseen{"snapshot.promoted", "", "the same"},
    Unseen{"remove", "template", kStateless},
    Unseen{"remove", "security-group", kStateless},
    Unseen{"remove", "anti-affinity-group", kStateless},
    Unseen{"remove", "private-network", kStateless},
    Unseen{"remove", "elastic-ip", kStateless},
    Unseen{"remove", "iam-role", kStateless},
    Unseen{"rule.removed", "", kStateless},
    Unseen{"domain.removed", "", kStateless},
    Unseen{"remove", "dns-domain-record", kStateless},
    Unseen{"dbaas.removed", "", kStateless},
};

bool is_under_way_unseen(const Value& pending) {
  return std::ranges::any_of(pending.items(), [](const Value& event) {
    return std::ranges::any_of(kUnseen, [&](const Unseen& row) {
      return event.text_at("action") == row.action &&
             (row.type.empty() || event["arguments"].text_at("type") == row.type);
    });
  });
}

bool is_death(Trouble trouble) {
  return trouble == Trouble::crash_before || trouble == Trouble::crash_after;
}

/// Whether what the report says is so: above all, that what was made is there.
std::string untruth(const engine::Plan& plan, const engine::Report& report,
                    const std::string& saved) {
  if (std::string wrong = support::contradiction(plan, report); !wrong.empty()) return wrong;
  for (std::size_t i = 0; i < report.results.size(); ++i) {
    const engine::StepResult& result = report.results[i];
    const engine::Step& step = plan.steps[i];
    const bool is_made = step.action == Action::create || step.action == Action::update;
    const bool goes_again = std::ranges::any_of(
        plan.steps, [&](const engine::Step& other) { return other.undoes == i; });
    if (result.outcome == engine::Outcome::done && is_made && !goes_again && !step.temporary &&
        saved.find(result.id.substr(result.id.find('/') + 1)) == std::string::npos)
      return step.address + " is said to be done, but is not there";
  }
  return {};
}

/// Without the snapshots of what was replaced: they are of a volume that is gone, or of the one
/// that is there, when it was not replaced once more; and there are as many as replacements.
std::string without_leftovers(const std::string& picture) {
  std::string kept;
  for (const std::string& line : split(picture, '\n'))
    if (line.find("/final-snapshot") == std::string::npos) kept += line + '\n';
  return kept;
}

/// What went wrong, and how to see it again.
std::string complaint(const std::string& which, const std::string& wrong,
                      const std::string& next_plan) {
  return "STACKCTL_SWEEP=\"" + which + "\"\n" + wrong + "\nThe plan of the next run was:\n" +
         next_plan;
}

}  // namespace

/// What an operation is to come to.
struct Sweep::Goal {
  Wanted asked;          ///< as the command says it
  Wanted wanted;         ///< what is there in the end
  engine::Plan plan;     ///< of what is asked, from the start
  std::string expected;  ///< the picture in the end
};

Sweep::Sweep(Scenario scenario, std::string foreign, std::string only, Complain complain)
    : scenario_(std::move(scenario)),
      foreign_(std::move(foreign)),
      only_(std::move(only)),
      complain_(std::move(complain)),
      foreign_objects_(objects_in(foreign_)) {}

Wanted Sweep::whole() const { return {scenario_.stack, scenario_.declarations, lab_.bindings}; }

void Sweep::create() { disturb("create", foreign_, {whole(), whole(), {}, {}}); }

void Sweep::update() {
  const Wanted changed(scenario_.stack, scenario_.changed, lab_.bindings);
  disturb("update", created(), {changed, changed, {}, {}});
}

void Sweep::replace() {
  Wanted asked = whole();
  std::set<std::string> names;
  for (const Declaration& declaration : scenario_.declarations)
    if (declaration.existing.is_null()) names.emplace(declared_name(declaration.address));
  asked.options.replace.assign(names.begin(), names.end());
  disturb("replace", created(), {std::move(asked), whole(), {}, {}});
}

void Sweep::destroy() {
  Wanted nothing(scenario_.stack, {}, lab_.bindings);
  nothing.options = whole().options;
  nothing.options.clean = true;
  disturb("destroy", created(), {nothing, nothing, {}, {}});
}

const std::string& Sweep::created() {
  if (!created_.empty()) return created_;
  lab_.load(foreign_);
  Client client(lab_);
  const Wanted wanted = whole();
  const std::string fault = reach(client, wanted);
  if (!fault.empty()) throw std::runtime_error(scenario_.name + ": " + fault);
  created_ = lab_.settled().value();
  return created_;
}

/// Plans and carries out `wanted`; what went wrong, or nothing.
std::string Sweep::reach(Client& client, const Wanted& wanted) {
  const engine::Plan plan = client.plan(wanted);
  attempt_ = support::brief(plan);
  if (std::string refused = refusal(plan); !refused.empty()) return "refused: " + refused;
  return failure(plan, client.carry_out(plan).value());
}

void Sweep::disturb(const std::string& operation, const std::string& start, const Goal& goal) {
  Goal known = goal;
  lab_.load(start);
  Client client(lab_);
  known.plan = client.plan(known.asked);
  const std::string name = scenario_.name + '/' + operation;
  if (const std::string refused = refusal(known.plan); !refused.empty())
    return complain_(name + ": " + refused);
  const auto report = client.carry_out(known.plan);
  const std::size_t writes = client.chaos().writes();
  if (const std::string fault = failure(known.plan, *report); !fault.empty())
    return complain_(name + ": " + fault);
  if (const std::string fault = compare(known, client); !fault.empty())
    return complain_(name + ": undisturbed: " + fault);
  known.expected = picture(objects_in(lab_.settled().value()), foreign_objects_);
  figures_.writes += writes;
  for (std::size_t write = 1; write <= writes; ++write)
    for (const Trouble trouble : kTroubles) {
      const Fault fault{.trouble = trouble, .write = write};
      const std::string which = name + '/' + simulator::display({fault});
      if (!is_picked(which)) continue;
      ++figures_.cases;
      const std::string wrong = try_one(start, known, fault);
      if (!wrong.empty()) complain_(complaint(which, wrong, attempt_));
    }
}

std::string Sweep::try_one(const std::string& start, const Goal& goal, const Fault& fault) {
  attempt_.clear();
  lab_.load(start);
  lab_.is_traced = only_.find('@') != std::string::npos;
  Client client(lab_, {fault});
  const auto report = client.carry_out(goal.plan);
  if (is_death(fault.trouble) != !report) return report ? "it did not die" : "it died";
  if (!report) return recover(goal, fault);
  const std::string failed = failure(goal.plan, *report);
  if (failed.empty()) return compare(goal, client);
  if (fault.trouble != Trouble::failed_operation) return "it fails: " + failed;
  if (std::string untrue = untruth(goal.plan, *report, lab_.cloud.save()); !untrue.empty())
    return "the report is not true: " + untrue;
  return recover(goal, fault);
}

/// The same command again, or one that only wants what is to be there: both must lead there.
std::string Sweep::recover(const Goal& goal, const Fault& fault) {
  const bool is_unseen = is_under_way_unseen(json::parse(lab_.cloud.save())->operator[]("pending"));
  const bool is_same = fault.trouble == Trouble::crash_after;
  std::string wrong = run_again(goal, is_same ? goal.asked : goal.wanted);
  if (wrong.empty() || !is_unseen) return wrong;
  ++figures_.unseen;
  lab_.settled();
  return run_again(goal, goal.wanted);
}

std::string Sweep::run_again(const Goal& goal, const Wanted& wanted) {
  Client client(lab_);
  std::string wrong = reach(client, wanted);
  return wrong.empty() ? compare(goal, client) : "the next run: " + wrong;
}

/// The next plan must be quiet, and all must look as after an undisturbed run.
std::string Sweep::compare(const Goal& goal, Client& client) {
  const engine::Plan plan = client.plan(goal.wanted);
  if (std::string pending = support::brief(plan); !pending.empty())
    return "the next plan is not quiet:\n" + pending;
  if (goal.expected.empty()) return {};
  const auto saved = lab_.settled();
  if (!saved) return "the cloud does not come to rest";
  const std::string found = picture(objects_in(*saved), foreign_objects_);
  if (goal.asked.options.replace.empty()) return difference(goal.expected, found);
  return difference(without_leftovers(goal.expected), without_leftovers(found));
}

bool Sweep::is_picked(const std::string& name) const {
  constexpr std::string_view ends = "/@";
  return name.starts_with(only_) && (only_.empty() || name.size() == only_.size() ||
                                     ends.find(name[only_.size()]) != std::string_view::npos);
}

}  // namespace sweep
