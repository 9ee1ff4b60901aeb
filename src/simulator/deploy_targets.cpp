// Deploy targets: a plain account has none.
#include <array>

#include "simulator/type.h"

namespace stackctl::simulator {
namespace {

constexpr std::string_view type_name = "deploy-target";

Answer list_targets(Call& call) { return list(call, type_name, "deploy-targets"); }

constexpr std::array routes{
    Route{.method = "GET", .path = "/deploy-target", .handler = list_targets},
    Route{.method = "GET", .path = "/deploy-target/{id}", .handler = show, .object = type_name},
};

}  // namespace

extern const Type deploy_targets;
const Type deploy_targets{.routes = routes};

}  // namespace stackctl::simulator
