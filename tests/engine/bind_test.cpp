// References to resources become references to objects.
#include <catch2/catch.hpp>

#include "engine/desired.h"
#include "engine/toy.h"

using namespace stackctl;

TEST_CASE("what a resource does not have here is told, unless the resource itself is at fault") {
  engine::Desired desired;
  desired.meanings = {{"net", {{"id", Reference{"net", "id"}}}}};
  const auto problems = [&](const char* attribute) {
    Diagnostics told;
    desired.bind(Reference{"net", attribute}, "web", told);
    return told.size();
  };
  CHECK(problems("id") == 0);
  CHECK(problems("subnet") == 1);
  Diagnostic fault = error("'cidr' is wrong");
  fault.address = "net";
  desired.faults.push_back(std::move(fault));
  CHECK(problems("subnet") == 0);
}
