#include "stackctl/ports.h"

#include <catch2/catch.hpp>

#include "stackctl/json.h"

using namespace stackctl;

namespace {

Value entry(std::string_view text) {
  const Result<Value> value = json::parse(text);
  REQUIRE(value);
  return *value;
}

/// "path: fault", each.
std::vector<std::string> told(const Diagnostics& faults) {
  std::vector<std::string> out;
  for (const Diagnostic& fault : faults) out.push_back(fault.path + ": " + fault.summary);
  return out;
}

}  // namespace

TEST_CASE("ports of a rule", "[ports]") {
  struct Row {
    std::string_view entry;
    int first;
    int last;
    std::string_view origin;
  };
  const std::vector<Row> rows = {
      {"{}", 7, 65535, "ingress[0].port"},
      {R"({"port": 80})", 80, 80, "ingress[0].port"},
      {R"({"ports": "1-65535"})", 1, 65535, "ingress[0].ports"},
      {R"({"ports": "80-80"})", 80, 80, "ingress[0].ports"},
  };
  for (const Row& row : rows) {
    Diagnostics faults;
    const Ports ports = ports_of(entry(row.entry), "ingress[0]", 7, faults);
    CAPTURE(row.entry);
    CHECK(ports.first == Value(row.first));
    CHECK(ports.last == Value(row.last));
    CHECK(ports.origin == row.origin);
    CHECK(faults.empty());
  }
}

TEST_CASE("ports that are none", "[ports]") {
  for (const char* const text :
       {"", "80", "80-", "-80", "0-80", "81-80", "80-65536", "80-81 ", "a-b", "80-99999999999"}) {
    Diagnostics faults;
    ports_of(Map{{"ports", text}}, "r", 0, faults);
    CHECK(told(faults) ==
          std::vector{std::string("r.ports: 'ports' must be a range, not '") + text + "'"});
  }
  Diagnostics faults;
  ports_of(entry(R"({"port": 80, "ports": "80-81"})"), "r", 0, faults);
  refuse_ports(entry(R"({"protocol": "esp", "port": 80, "ports": "80-81"})"), "q", faults);
  refuse_ports(entry(R"({"protocol": "esp"})"), "q", faults);
  CHECK(told(faults) == std::vector<std::string>{"r.ports: 'port' and 'ports' exclude each other",
                                                 "q.port: protocol esp has no ports",
                                                 "q.ports: protocol esp has no ports"});
}
