#include "cli/commands.h"
#include "cli/json_schema.h"
#include "stackctl/json.h"

namespace stackctl::cli {

int run_schema(const Options&, World& world) {
  const Value schema = json_schema(world.kinds, world.providers);
  world.out(json::write(schema, json::Secrets::hidden, 2) + "\n");
  return kSuccess;
}

}  // namespace stackctl::cli
