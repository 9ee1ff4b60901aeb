// Literal JSON in, literal JSON out.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "exoscale/types/types.h"
#include "stackctl/json.h"
#include "stackctl/provider.h"

namespace exoscale_test {

inline stackctl::Value parsed(std::string_view text) {
  const stackctl::Result<stackctl::Value> value = stackctl::json::parse(text);
  if (!value) FAIL(value.fault().summary << ": " << text);
  return *value;
}

inline std::string written(const stackctl::Value& value) {
  return stackctl::json::write(value, stackctl::json::Secrets::revealed);
}

/// "PUT /load-balancer/1 {...}"
inline std::string written(const stackctl::Call& call) {
  constexpr std::string_view endpoint = "https://cloud.test/v2";
  REQUIRE(call.request.url.starts_with(endpoint));
  std::string text = call.request.method + ' ' + call.request.url.substr(endpoint.size());
  if (!call.request.body.empty()) text += ' ' + call.request.body;
  return text;
}

inline std::vector<std::string> written(const std::vector<stackctl::Call>& calls) {
  std::vector<std::string> out;
  out.reserve(calls.size());
  for (const stackctl::Call& call : calls) out.push_back(written(call));
  return out;
}

inline const stackctl::exoscale::Api api{"https://cloud.test/v2"};

/// The one object of `type` in `listed`.
inline stackctl::LiveObject live(const stackctl::exoscale::Type& type, std::string_view listed) {
  stackctl::Diagnostics faults;
  auto objects = type.decode(type.resource, parsed(listed), faults);
  REQUIRE(faults.empty());
  REQUIRE(objects.size() == 1);
  return objects.front();
}

/// The mark of "web" in the stack "wp".
inline const stackctl::Mark kMine{"wp", "web", "1.spec"};

inline stackctl::Work work_on(const stackctl::exoscale::Type& type, std::string_view desired,
                              std::vector<std::string> changed = {}) {
  stackctl::Work work;
  work.type = &type.resource;
  work.mark = kMine;
  work.desired = parsed(desired);
  work.changed = std::move(changed);
  return work;
}

inline std::string created(const stackctl::exoscale::Type& type, std::string_view desired) {
  const stackctl::Call call = type.create(api, work_on(type, desired));
  CHECK(call.repeat == stackctl::Repeat::look_first);
  CHECK(call.access == stackctl::Access::write);
  return written(call);
}

inline stackctl::Surroundings surroundings(std::map<std::string, std::string> environment,
                                           std::map<std::string, std::string> files = {}) {
  stackctl::Surroundings made;
  made.environment =
      [environment = std::move(environment)](std::string_view name) -> std::optional<std::string> {
    const auto found = environment.find(std::string(name));
    return found == environment.end() ? std::nullopt : std::optional(found->second);
  };
  made.read_file = [files = std::move(files)](std::string_view path) -> std::optional<std::string> {
    const auto found = files.find(std::string(path));
    return found == files.end() ? std::nullopt : std::optional(found->second);
  };
  made.run = [](const std::vector<std::string>& command) -> stackctl::Result<std::string> {
    if (command.front() == "false") return stackctl::error("exit status 1");
    return "printed by " + command.front() + "\n";
  };
  return made;
}

}  // namespace exoscale_test
