// What an apply will do: a value. The executor does exactly this.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/desired.h"
#include "engine/diff.h"
#include "engine/live.h"
#include "stackctl/flow.h"
#include "stackctl/resource.h"

namespace stackctl::engine {

/// One node of the plan. A replacement is two steps, `create` and `remove`, that know each other.
struct Step {
  std::string address;
  const ResourceType* type = nullptr;
  std::size_t binding = 0;
  /// create, update, remove, or run for a hook. An update without changes waits until the object is
  /// ready.
  Action action = Action::create;
  Mark mark;                         ///< without its spec, which is made when the values are known
  Value desired;                     ///< may refer to other objects; null for remove
  LiveObject live;                   ///< for update and remove
  std::vector<Change> changes;       ///< for update, and for the create of a replacement
  std::vector<std::string> reasons;  ///< for people: "stack.yaml:12:9 changed size"
  std::optional<std::size_t> partner;  ///< the other half of a replacement
  bool implied = false;                ///< it goes with its parent; no call of its own
  bool may_be_under_way = false;       ///< an earlier run may have begun to create it
  bool temporary = false;              ///< it only helps to make another object
  std::optional<std::size_t> undoes;   ///< of a remove: the create whose object goes again
  std::optional<bool> create_first;    ///< how the stack file wants it replaced
  std::optional<Duration> timeout;     ///< as the stack file wants it
  std::string flags;                   ///< of the spec to be written
  std::set<std::string> left_alone;    ///< attributes that are neither compared nor changed
  std::optional<Hook> hook;            ///< of a run
  std::vector<std::size_t> needs;      ///< steps that must be done first
  Location location;
  std::shared_ptr<const Declared> declared;  ///< null: nothing in the stack file stands for it
  std::shared_ptr<const Origins> origins;
};

/// Where the stack file says what became `attribute`.
const Location& place_of(const Step& step, std::string_view attribute);

/// Without objects that only help to make others.
struct Summary {
  std::size_t add = 0;
  std::size_t change = 0;
  std::size_t destroy = 0;  ///< a replacement counts in `add` and here
  std::size_t unchanged = 0;
  std::size_t commands = 0;  ///< of the user's, to be run
};

/// An object that nobody wants and that stays all the same.
struct Kept {
  std::string address;
  const ResourceType* type = nullptr;
  std::string id;
  std::string reason;
  bool is_leftover = true;  ///< 'destroy --clean' removes it
};

/// Attributes of objects, by address.
using Known = std::unordered_map<std::string, Value>;

struct Plan {
  std::string stack;
  std::vector<Step> steps;  ///< an order in which they could be done one by one
  /// Attributes of the objects that exist and stay: what references to them stand for.
  Known known;
  std::vector<Kept> kept;
  std::size_t unchanged = 0;
  std::size_t objects_read = 0;
  std::size_t calls = 0;  ///< made to read them
  Duration took{};
  Diagnostics faults;  ///< errors: the plan must not be applied

  bool empty() const { return steps.empty(); }
  Summary summary() const;
};

struct PlanOptions {
  std::vector<std::string> targets = {};  ///< resource addresses; empty: all
  std::vector<std::string> excludes = {};
  std::vector<std::string> replace = {};  ///< to be replaced although nothing differs
  std::optional<std::size_t> max_destroy = {};
  /// What is kept (retained objects, final snapshots) goes as well, and none is made.
  bool clean = false;
  /// Protected resources are left as they are, with all that they need, instead of refused.
  bool exclude_protected = false;
  /// Of the resources in the stack file, also when all of them are to go.
  std::map<std::string, Lifecycle> lifecycles = {};
  /// What the stack file declares, also when all of it is to go; may be null.
  const Desired* declared = nullptr;
  SecretDigests* digests = nullptr;  ///< may be null
};

/// Compares desired and live. Pure: no call is made.
Plan make_plan(const Desired& desired, const Live& live, const PlanOptions& options = {});

/// What `reference` (to an object) stands for, as far as `plan` knows.
std::optional<Value> known_value(const Plan& plan, const Reference& reference);

}  // namespace stackctl::engine
