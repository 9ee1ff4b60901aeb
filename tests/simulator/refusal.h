// Tables of requests that the simulated cloud refuses.
#pragma once

#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "client.h"

namespace stackctl::simulator::testing {

struct Refusal {
  const char* name;
  const char* method;
  std::string path;
  Json body;
  int status;
  const char* message;  ///< must be part of the message
};

inline void check(Client& client, const std::vector<Refusal>& refusals) {
  for (const Refusal& refusal : refusals) {
    const Response response = client.call(refusal.method, refusal.path, refusal.body);
    INFO(refusal.name << ": " << response.body.dump());
    CHECK(response.status == refusal.status);
    CHECK_THAT(response.message(), Catch::Contains(refusal.message));
    CHECK(response.body.contains("errors") == (refusal.status == 400));
  }
}

/// {"id": ID}, as bodies name other objects.
inline Json named(const std::string& id) { return {{"id", id}}; }

/// {"instance": {"id": ID}}
inline Json holder(const std::string& id) { return {{"instance", named(id)}}; }

inline constexpr const char* nobody = "00000000-0000-4000-a000-000000000000";

}  // namespace stackctl::simulator::testing
