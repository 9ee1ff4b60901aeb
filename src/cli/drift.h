// What of a plan the clouds brought about, and what the stack file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/session.h"
#include "engine/diff.h"
#include "engine/plan.h"

namespace stackctl::cli {

/// What happened to one object outside of stackctl.
struct Drifted {
  enum class What { changed, gone, added, failed };
  What what = What::changed;
  const engine::Step* step = nullptr;
  bool is_certain = true;  ///< false: it may as well come from the stack file
  std::string note;        ///< why, or what else it may be; may be empty
  std::vector<const engine::Change*> changes;
};

/// What the stack file wants and no apply has done yet.
struct Pending {
  const engine::Step* step = nullptr;
  std::string reason;
};

/// Points into the plan that it was made of.
struct Drift {
  std::vector<Drifted> drifted;
  std::vector<Pending> pending;
};

/// The rules are in docs/drift.md.
Drift find_drift(const Planned& planned);

/// "clean", "pending", "drift" or "both".
std::string_view verdict_of(const Drift& drift);
/// The exit code that says the same.
int exit_code_of(const Drift& drift);

}  // namespace stackctl::cli
