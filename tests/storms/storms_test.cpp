// Storms. One of them alone, as a failure prints it:
//   STACKCTL_STORM_SEED=17 test_storms
#include <cstdlib>
#include <iostream>
#include <map>
#include <stdexcept>

#include <catch2/catch.hpp>

#include "stackctl/json.h"
#include "storms/storm.h"
#include "support/account.h"
#include "support/example.h"
#include "support/picture.h"

using namespace stackctl;
using storms::Scenario;
using storms::Storm;
using support::Account;

namespace {

constexpr std::uint64_t kStorms = 200;
constexpr std::uint64_t kEveryKind = 5;  // every fifth storm is over the stack of every kind
constexpr const char* kDebian = "Linux Debian 12 (Bookworm) 64-bit";
constexpr const char* kUbuntu = "Linux Ubuntu 24.04 LTS 64-bit";

/// An account in which somebody else has things of their own.
std::string foreign_account() {
  Account account;
  const auto make = [&](const std::string& path, const Map& body) {
    account.by_hand("POST", path, json::write(Value(body)));
  };
  make("/security-group", {{"name", "theirs"}});
  make("/anti-affinity-group", {{"name", "theirs"}});
  make("/private-network", {{"name", "theirs"}});
  make("/load-balancer", {{"name", "theirs"}, {"labels", Map{{"stack", "another"}}}});
  make("/block-storage", {{"name", "theirs"}, {"size", 10}});
  make("/dns-domain", {{"unicode-name", "theirs.example"}});
  return account.cloud().save();
}

std::vector<Declaration> load(const std::vector<std::string>& files,
                              const support::Variables& variables) {
  return support::load_stacks(files, variables).stack.resources;
}

/// All that the storms share: the scenarios are made once.
class Season {
 public:
  /// A storm over the scenario of its seed; what is wrong, or nothing.
  std::string storm(std::uint64_t seed) {
    const Scenario& scenario = scenario_of(seed);
    Storm storm(seed, lab_, scenario, foreign_);
    const std::string wrong = storm.run();
    total_.strikes += storm.figures().strikes;
    total_.succeeded += storm.figures().succeeded;
    total_.runs_after += storm.figures().runs_after;
    return wrong.empty() ? wrong : reproduction(seed, scenario) + wrong;
  }
  const storms::Figures& total() const { return total_; }

 private:
  const Scenario& scenario_of(std::uint64_t seed) {
    const std::uint64_t variant = seed % kEveryKind == kEveryKind - 1 ? 0 : 1 + seed / 3 % 6;
    auto known = scenarios_.find(variant);
    if (known == scenarios_.end())
      known = scenarios_.emplace(variant, variant == 0 ? every_kind() : wordpress(variant)).first;
    return known->second;
  }

  Scenario every_kind() {
    const std::string file = "tests/stacks/every_kind.yaml";
    return scenario(
        "shop", {file},
        {file, "tests/sweep/every_kind_changed.yaml", "tests/storms/every_kind_unresized.yaml"}, {},
        {});
  }

  Scenario wordpress(std::uint64_t variant) {
    const std::string file = "examples/exoscale-wordpress/stack.yaml";
    support::Variables variables;
    if (variant % 2 == 0) variables = {{"web_template", kUbuntu}, {"db_template", kDebian}};
    if (variant % 3 == 1) variables.emplace_back("database", "managed");
    if (variant % 3 == 2) {
      variables.emplace_back("database", "none");
      variables.emplace_back("db_address", "192.0.2.7");
    }
    support::Variables more = variables;
    more.emplace_back("workers", "3");
    more.emplace_back("admin_password", "another");
    return scenario("wordpress", {file}, {file, "tests/sweep/wordpress_changed.yaml"}, variables,
                    more);
  }

  Scenario scenario(const std::string& stack, const std::vector<std::string>& files,
                    const std::vector<std::string>& changed_files,
                    const support::Variables& variables, const support::Variables& changed) {
    support::Wanted nothing(stack, {}, lab_.bindings);
    const support::Wanted whole(stack, load(files, variables), lab_.bindings);
    nothing.options = whole.options;
    nothing.options.clean = true;
    Scenario made{stack,   command(files, variables),
                  whole,   {stack, load(changed_files, changed), lab_.bindings},
                  nothing, {},
                  {},      {}};
    lab_.load(foreign_);
    made.created = reach(made.whole);
    made.whole_picture = picture(made.created);
    made.changed_picture = picture(reach(made.changed));
    return made;
  }

  static std::string command(const std::vector<std::string>& files,
                             const support::Variables& variables) {
    std::string words;
    for (const auto& [name, value] : variables)
      words.append(" --var '").append(name).append("=").append(value).append("'");
    for (const std::string& file : files) words += ' ' + file;
    return words;
  }

  std::string reach(const support::Wanted& wanted) {
    support::Client client(lab_);
    const engine::Plan plan = client.plan(wanted);
    std::string wrong = support::refusal(plan);
    if (wrong.empty()) wrong = support::failure(plan, *client.carry_out(plan));
    if (!wrong.empty()) throw std::runtime_error("in calm weather: " + wrong);
    return lab_.settled().value();
  }

  std::string picture(const std::string& saved) {
    return support::picture(support::objects_in(saved), support::objects_in(foreign_));
  }

  static std::string reproduction(std::uint64_t seed, const Scenario& scenario) {
    const std::string number = std::to_string(seed);
    return "STACKCTL_STORM_SEED=" + number + " test_storms\nstackctl apply --simulate --fault " +
           simulator::display(storms::weather(seed)) + " --seed " + number + scenario.command +
           '\n';
  }

  std::string foreign_ = foreign_account();
  support::Lab lab_;
  std::map<std::uint64_t, Scenario> scenarios_;
  storms::Figures total_;
};

/// The one that is asked for, or each whose number is `first` or a multiple of `stride` more.
std::vector<std::uint64_t> seeds(std::uint64_t first, std::uint64_t stride) {
  if (const char* const only = std::getenv("STACKCTL_STORM_SEED"))
    return first == 0 ? std::vector<std::uint64_t>{std::stoull(only)}
                      : std::vector<std::uint64_t>{};
  std::vector<std::uint64_t> chosen;
  for (std::uint64_t seed = first; seed < kStorms; seed += stride) chosen.push_back(seed);
  return chosen;
}

void weather_storms(std::uint64_t first, std::uint64_t stride) {
  Season season;
  std::size_t count = 0;
  std::size_t good = 0;
  for (const std::uint64_t seed : seeds(first, stride)) {
    const std::string wrong = season.storm(seed);
    if (!wrong.empty()) FAIL_CHECK(wrong);
    good += wrong.empty() ? 1 : 0;
    ++count;
  }
  std::cout << good << " of " << count << " storms weathered, " << season.total().strikes
            << " faults; runs that succeeded all the same: " << season.total().succeeded
            << ", undisturbed runs afterwards: " << season.total().runs_after << "\n";
}

}  // namespace

// Two programs' worth, so that they run side by side.
TEST_CASE("every storm ends with a true report, and what comes after converges", "[even]") {
  weather_storms(0, 2);
}
TEST_CASE("every other storm ends with a true report, and what comes after converges", "[odd]") {
  weather_storms(1, 2);
}
