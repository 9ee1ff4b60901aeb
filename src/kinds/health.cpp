#include "kinds/health.h"

#include <utility>

namespace stackctl::kinds {

Schema health_check(Attribute port) {
  return {
      text("type", "How it is asked").otherwise("tcp").one_of({"tcp", "http", "https"}),
      text("path", "What an http or https check asks for; / unless given").check(check::not_empty),
      std::move(port),
      duration("interval", "Time between two checks").otherwise("10s"),
      duration("timeout", "How long a member may take to answer").otherwise("2s"),
      integer("retries", "Failures in a row that take a member out")
          .otherwise(1)
          .check(check::positive),
  };
}

}  // namespace stackctl::kinds
