// Instance types: a catalogue that never changes.
#include <array>

#include "simulator/type.h"

namespace stackctl::simulator {
namespace {

constexpr std::string_view type_name = "instance-type";
constexpr std::int64_t mebibyte = 1 << 20;

struct Size {
  const char* name;
  int cpus;
  int memory;  ///< MiB, of the standard family
};
constexpr std::array sizes{
    Size{"micro", 1, 512},     Size{"tiny", 1, 1024},   Size{"small", 2, 2048},
    Size{"medium", 2, 4096},   Size{"large", 4, 8192},  Size{"extra-large", 4, 16384},
    Size{"huge", 8, 32768},    Size{"mega", 12, 65536}, Size{"titan", 16, 131072},
    Size{"jumbo", 24, 229376},
};

void add_type(Account& account, const char* family, const Size& size, int cpus, int memory,
              bool is_authorized) {
  const std::string id = stable_id(std::string("instance-type ") + family + "." + size.name);
  account.add(type_name, id,
              {{"id", id},
               {"family", family},
               {"size", size.name},
               {"cpus", cpus},
               {"memory", memory * mebibyte},
               {"authorized", is_authorized},
               {"zones", Json::array({account.settings().zone})}});
}

void populate(Account& account) {
  for (const Size& size : sizes) {
    add_type(account, "standard", size, size.cpus, size.memory, true);
    if (size.memory < 4096) continue;  // the other families begin with medium
    add_type(account, "cpu", size, size.cpus * 2, size.memory, true);
    add_type(account, "memory", size, size.cpus, size.memory * 2, true);
  }
  // What an account must ask for before it may use it.
  add_type(account, "gpu3", sizes[2], 12, 57344, false);
}

Answer list_types(Call& call) { return list(call, type_name, "instance-types"); }

constexpr std::array routes{
    Route{.method = "GET", .path = "/instance-type", .handler = list_types},
    Route{.method = "GET", .path = "/instance-type/{id}", .handler = show, .object = type_name},
};

}  // namespace

extern const Type instance_types;
const Type instance_types{.routes = routes, .populate = populate};

}  // namespace stackctl::simulator
