#include "stackctl/final_snapshot.h"

#include "stackctl/crypto.h"

namespace stackctl {

std::string final_snapshot_name(std::string_view unique) {
  constexpr std::size_t digits = 6;
  return "final-snapshot-" + crypto::hex(crypto::sha256(unique)).substr(0, digits);
}

Object final_snapshot_of(const LiveObject& live, const ResourceType& type,
                         const std::string& name) {
  Object snapshot;
  snapshot.address = (live.mark ? live.mark->address : live.id) + '/' + name;
  snapshot.type = &type;
  return snapshot;
}

}  // namespace stackctl
