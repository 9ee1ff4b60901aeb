// exoscale.sks_version: the versions of Kubernetes that clusters can have.
#include <algorithm>

#include "exoscale/api/wire.h"
#include "stackctl/text.h"
#include "types.h"

namespace stackctl::exoscale {
namespace {

/// "1.9.2" → "001.009.002": among several, lookups take what is newest by this.
std::string order_of(std::string_view version) {
  constexpr std::size_t width = 3;
  std::vector<std::string> numbers = split(version, '.');
  for (std::string& number : numbers) number.insert(0, width - std::min(width, number.size()), '0');
  return join(numbers, ".");
}

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed,
                               Diagnostics& /*faults*/) {
  std::vector<LiveObject> versions;
  for (const Value& item : listed["sks-cluster-versions"].items()) {
    if (item.text() == nullptr || item.text()->empty()) continue;
    LiveObject& version = versions.emplace_back();
    version.type = &type;
    version.id = *item.text();
    version.created = order_of(version.id);
    version.attributes = Map{{"id", version.id}, {"name", version.id}};
  }
  return versions;
}

}  // namespace

extern const Type sks_version{
    .resource =
        {
            .name = "exoscale.sks_version",
            .help = "A version of Kubernetes that clusters can have.",
            .schema =
                {
                    text("name", "Such as 1.34.4, or what it begins with")
                        .satisfied_by(is_version_of),
                    output("id", "The same"),
                },
            .listing = "/sks-cluster-version",
            .marked = Marked::never,
            .takes_newest = true,
        },
    .decode = decode,
};

}  // namespace stackctl::exoscale
