// What a plan saw of the live objects that it depends on, in digests: enough to tell later that one
// has changed, too little to tell what is in it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/desired.h"
#include "engine/live.h"
#include "engine/plan.h"
#include "engine/spec.h"

namespace stackctl::engine {

/// One live object, as it was seen.
struct SeenObject {
  std::string address;  ///< on its mark, or of the declaration that looks it up or takes it over
  std::string type;     ///< name of the native type
  std::string id;
  /// Digest of each attribute that it has, and of what stands beside them (`seen_mark`, …).
  std::map<std::string, std::string, std::less<>> digests;
};

inline constexpr std::string_view seen_mark = "(mark)";
inline constexpr std::string_view seen_state = "(state)";

/// The stack's own objects, what it looks up, and what `plan` takes over; by type and id. `digests`
/// makes the slow digests of what may hold a secret.
std::vector<SeenObject> seen_objects(const Desired& desired, const Live& live, const Plan& plan,
                                     SecretDigests& digests);

/// What became of one object.
struct SeenChange {
  enum class What { changed, gone, added };
  What what = What::changed;
  SeenObject object;                    ///< as it is now; of one that is gone: as it was
  std::vector<std::string> attributes;  ///< that changed
};

/// By type and id, as both lists are.
std::vector<SeenChange> compare_seen(const std::vector<SeenObject>& before,
                                     const std::vector<SeenObject>& after);

}  // namespace stackctl::engine
