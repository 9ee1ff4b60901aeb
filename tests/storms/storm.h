// One storm: an operation on a stack while about every third call goes wrong, and what comes after.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "simulator/chaos.h"
#include "support/client.h"

namespace storms {

using namespace stackctl;

/// A stack in two versions, and what it looks like when nobody disturbs it.
struct Scenario {
  std::string name;
  std::string command;  ///< files and variables, as they are typed
  support::Wanted whole;
  support::Wanted changed;
  support::Wanted nothing;      ///< all of it is to go, and all that it left
  std::string created;          ///< the state of the account once the stack stands
  std::string whole_picture;    ///< of that account
  std::string changed_picture;  ///< of the account after the change
};

/// What is done in the storm.
enum class Course { make, make_and_change, change, destroy };

struct Figures {
  std::size_t strikes = 0;
  std::size_t runs_after = 0;  ///< undisturbed ones, until it had converged
  std::size_t succeeded = 0;   ///< in spite of the storm
};

/// Mixed faults of about 30 % of all calls.
std::vector<simulator::Fault> weather(std::uint64_t seed);

Course course_of(std::uint64_t seed);

class Storm {
 public:
  /// `foreign` is a saved account with objects that are nobody's business.
  Storm(std::uint64_t seed, support::Lab& lab, const Scenario& scenario,
        const std::string& foreign);

  /// What is wrong with the program; empty: nothing.
  std::string run();
  const Figures& figures() const { return figures_; }

 private:
  /// One run in the storm, and whether what it reports is so.
  std::string brave(support::Client& client, const support::Wanted& wanted);
  std::string untruth(const engine::Plan& plan, const engine::Report& report,
                      const support::Wanted& wanted);
  /// An undisturbed run, and again where it has to wait out what is stuck, until the stack is as
  /// `wanted` and the account looks as `expected`.
  std::string recover(const support::Wanted& wanted, const std::string& expected);
  std::string converge(const support::Wanted& wanted);

  std::uint64_t seed_;
  support::Lab& lab_;
  const Scenario& scenario_;
  const std::string& foreign_;
  Figures figures_;
  bool has_begun_ = false;  ///< a run was made in the storm already
};

}  // namespace storms
