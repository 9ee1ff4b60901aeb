#include "health_check.h"

#include "lowering_tools.h"

namespace stackctl::exoscale {
namespace {

struct Limit {
  std::string_view name;
  std::int64_t least;
  std::int64_t most;
  std::string_view unit;
};
constexpr Limit kLimits[] = {
    {"interval", 5, 300, " s"}, {"timeout", 2, 60, " s"}, {"retries", 1, 20, ""}};

Diagnostic beyond(const Limit& limit, const std::string& path) {
  const std::string name(limit.name);
  return fault_at(path + '.' + name, "'" + name + "' must be from " + std::to_string(limit.least) +
                                         " to " + std::to_string(limit.most) +
                                         std::string(limit.unit) + " on Exoscale");
}

void check_limits(const Value& health, const std::string& path, Diagnostics& faults) {
  for (const Limit& limit : kLimits) {
    const std::int64_t* value = health[limit.name].integer();
    if (value == nullptr || (*value >= limit.least && *value <= limit.most)) continue;
    faults.push_back(beyond(limit, path));
  }
  const std::int64_t* interval = health["interval"].integer();
  const std::int64_t* timeout = health["timeout"].integer();
  if (interval != nullptr && timeout != nullptr && *timeout > *interval)
    faults.push_back(fault_at(path + ".timeout", "'timeout' must not exceed 'interval'"));
}

}  // namespace

Map health_check(const Value& health, const Value& port, const std::string& path,
                 Diagnostics& faults) {
  const bool is_tcp = health.text_at("type") == "tcp";
  Map check{{"mode", health["type"]},
            {"port", health["port"].is_null() ? port : health["port"]},
            {"interval", health["interval"]},
            {"timeout", health["timeout"]}};
  if (!is_tcp) check.emplace("uri", health["path"].is_null() ? Value("/") : health["path"]);
  if (is_tcp && !health["path"].is_null())
    faults.push_back(
        fault_at(path + ".path", "a tcp check has no path", "remove it, or write type: http"));
  check_limits(health, path, faults);
  return check;
}

}  // namespace stackctl::exoscale
