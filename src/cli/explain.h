// One resource or object, seen from all sides: why its step, what it hangs on, how it is and should
// be.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/entries.h"
#include "cli/graph.h"
#include "cli/session.h"
#include "stack/stack.h"

namespace stackctl::cli {

/// How the live value of an attribute relates to the declared one.
enum class Agreement {
  same,
  pending,    ///< the stack file changed, or it is not applied yet
  drift,      ///< the cloud changed
  both,       ///< the stack file and the cloud changed
  differs,    ///< nobody knows who changed
  standard,   ///< not declared: at its default
  unmanaged,  ///< not declared, and left alone
  ignored,    ///< different, and `ignore_changes` says so
  output,     ///< set by the cloud
};
std::string_view name_of(Agreement agreement);

struct AttributeView {
  std::string name;
  Value declared;  ///< null: not declared
  Value live;      ///< null: absent, or not shown by the cloud
  Agreement agreement = Agreement::same;
  bool is_unreadable = false;  ///< the cloud does not tell it: compared through the mark
};

struct Neighbour {
  std::string address;
  std::string type;
  Fate fate = Fate::unchanged;
};

/// One native object. What it points to belongs to the stack and the plan.
struct ObjectView {
  std::string address;
  const ResourceType* type = nullptr;
  Fate fate = Fate::unchanged;
  Entry entry;                       ///< without a step when the plan leaves it alone
  const LiveObject* live = nullptr;  ///< null: not there
  std::vector<Neighbour> needs;
  std::vector<Neighbour> needed_by;
  std::vector<AttributeView> attributes;
};

struct Explanation {
  std::string address;
  std::string stack;
  const Declaration* declaration = nullptr;  ///< null: no longer in the stack file
  std::vector<Neighbour> became;             ///< all objects of the resource
  std::vector<ObjectView> objects;           ///< those that the address means
};

/// `address` names a resource or an object of the stack, declared or only live. What comes out
/// points into `stack` and `planned`.
Result<Explanation> explain(std::string_view address, const stack::Stack& stack,
                            const Planned& planned);

Text explanation_text(const Explanation& explanation, const engine::Plan& plan);
Map explanation_record(const Explanation& explanation);

}  // namespace stackctl::cli
