#include "unit/exoscale/services_support.h"

#include <utility>

namespace exoscale_test {

using namespace stackctl;

Texts decoded(const exoscale::Type& type, std::string_view listed) {
  constexpr const char* conditions[] = {"ready", "pending", "failed", "leaving"};
  Diagnostics faults;
  Texts out;
  for (const LiveObject& object : type.decode(type.resource, parsed(listed), faults)) {
    const Mark mark = object.mark.value_or(Mark{"nobody", "", ""});
    out.push_back(object.id + ' ' + conditions[static_cast<int>(object.condition)] + ' ' +
                  mark.stack + '/' + mark.address + ' ' + mark.spec +
                  (object.is_unclaimed ? "unclaimed " : " ") + written(object.attributes));
  }
  CHECK(faults.empty());
  return out;
}

LiveObject object_of(const exoscale::Type& type, const std::string& id,
                     std::string_view attributes) {
  LiveObject object;
  object.type = &type.resource;
  object.id = id;
  object.attributes = parsed(attributes);
  return object;
}

Texts updated(const exoscale::Type& type, std::string_view desired, Texts changed,
              const LiveObject& object) {
  return written(type.update(api, work_on(type, desired, std::move(changed)), object));
}

}  // namespace exoscale_test
