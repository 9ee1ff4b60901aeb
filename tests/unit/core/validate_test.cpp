#include <catch2/catch.hpp>

#include "stackctl/json.h"
#include "stackctl/schema.h"

using namespace stackctl;

namespace {

const Schema& instance() {
  static const Schema schema = {
      text("name", "What it is called").required(),
      text("size", "How big it is").one_of({"small", "medium", "large"}).otherwise("small"),
      integer("port", "Where it listens").check(check::port),
      number("weight", "Its share"),
      boolean("public", "Reachable from outside"),
      duration("interval", "Between two checks"),
      ref("network", "network", "Where it lives"),
      text("from", "Who may connect").check(check::cidr).or_ref("security_group"),
      text("password", "Of the administrator"),
      list_of("dns", text("", "Server").check(check::address), "Name servers"),
      set_of("groups", ref("", "security_group", "Group"), "Firewalls"),
      set_of("ingress",
             object("", "Rule",
                    {integer("port", "First port").required().check(check::port),
                     text("protocol", "Of the traffic").otherwise("tcp")}),
             "Rules"),
      object("health", "How it is checked",
             {text("path", "URL path").otherwise("/"), integer("retries", "Tries")}),
      object("placement", "Where it runs", {text("zone", "Zone").otherwise("a")}).otherwise(Map{}),
      map_of("labels", text("", "Value"), "Free labels"),
      any("extra", "Anything"),
      output("ip", "Its address"),
  };
  return schema;
}

struct Checked {
  Value value;
  Diagnostics faults;
};

Checked run(const Value& value) {
  Checked out;
  out.value = validate(value, instance(), out.faults);
  return out;
}

/// Validates an instance that has only its name and `key`.
Checked run_with(const std::string& key, Value value) {
  Map attributes = {{"name", "web"}};
  attributes.insert_or_assign(key, std::move(value));
  return run(std::move(attributes));
}

Value deferred() { return Deferred{{Reference{"db", "address"}}, nullptr, "${db.address}"}; }

}  // namespace

TEST_CASE("validate: faults say what, where, and the way out") {
  struct Row {
    std::string key;
    Value value;
    std::string summary, hint, path;
  };
  const std::string as_list = "write it as a list: [ ... ]";
  const std::vector<Row> rows = {
      {"sise", "x", "unknown attribute 'sise'", "did you mean 'size'?", "sise"},
      {"ip", "x", "'ip' is set by the cloud and cannot be declared", "remove it", "ip"},
      {"size", "smal", "invalid value 'smal' for 'size'", "did you mean 'small'?", "size"},
      {"size", "gigantic", "invalid value 'gigantic' for 'size'",
       "expected one of: small, medium, large", "size"},
      {"size", Secret{"pw"}, "invalid value (secret) for 'size'",
       "expected one of: small, medium, large", "size"},
      {"port", "http", "'port' must be an integer, not a string", "", "port"},
      {"port", "080", "'port' must be an integer, not a string", "", "port"},
      {"port", 80.5, "'port' must be an integer, not a number", "", "port"},
      {"port", 0, "'port' must be a port from 1 to 65535", "", "port"},
      {"weight", "heavy", "'weight' must be a number, not a string", "", "weight"},
      {"public", "yes", "'public' must be true or false, not a string", "", "public"},
      {"name", true, "'name' must be a string, not a boolean", "put it in quotes: \"true\"",
       "name"},
      {"interval", "soon", "'interval' must be a duration, not 'soon'",
       "write it like 30s, 5m or 1h30m", "interval"},
      {"interval", -1, "'interval' must be a duration, not an integer",
       "write it like 30s, 5m or 1h30m", "interval"},
      {"interval", "250ms", "'interval' must be whole seconds", "", "interval"},
      {"network", 1, "'network' must be a reference, not an integer",
       "refer to a resource by its name: ${name}", "network"},
      {"from", 10, "'from' must be a string, not an integer", "", "from"},
      {"from", "10.1.0.0/8", "'from' must be the first address of its CIDR block: write 10.0.0.0/8",
       "", "from"},
      {"dns", "192.0.2.1", "'dns' must be a list, not a string", as_list, "dns"},
      {"dns", List{"192.0.2.1", "x"},
       "'dns[1]' must be an IPv4 or IPv6 address, such as 192.0.2.10", "", "dns[1]"},
      {"dns", List{Value()}, "'dns[0]' must be a string, not null", "", "dns[0]"},
      {"groups", Reference{"web-sg", ""}, "'groups' must be a list, not a reference", as_list,
       "groups"},
      {"ingress", Map{{"port", 80}}, "'ingress' must be a list, not a map", as_list, "ingress"},
      {"ingress", List{Map{{"port", 80}}, Map{{"port", 70000}}},
       "'port' must be a port from 1 to 65535", "", "ingress[1].port"},
      {"ingress", List{Map{{"protocol", "udp"}}}, "missing attribute 'port'", "port: First port",
       "ingress[0]"},
      {"ingress", List{Map{{"port", Value()}}}, "missing attribute 'port'", "port: First port",
       "ingress[0].port"},
      {"ingress", List{Map{{"port", 1}, {"prot", "x"}}}, "unknown attribute 'prot'",
       "did you mean 'port'?", "ingress[0].prot"},
      {"health", "x", "'health' must be a map, not a string", "", "health"},
      {"labels", List{}, "'labels' must be a map, not a list", "", "labels"},
      {"labels", Map{{"a", List{}}}, "'a' must be a string, not a list", "", "labels.a"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.key, display(row.value));
    const Checked checked = run_with(row.key, row.value);
    REQUIRE(checked.faults.size() == 1);
    CHECK(checked.faults[0].summary == row.summary);
    CHECK(checked.faults[0].hint == row.hint);
    CHECK(checked.faults[0].path == row.path);
  }
}

TEST_CASE("validate: all faults at once") {
  const Checked checked = run(Map{{"prot", 80},
                                  {"port", "x"},
                                  {"ingress", List{Map{{"port", 0}}, Map{}}},
                                  {"ip", "192.0.2.1"}});
  std::vector<std::string> paths;
  for (const Diagnostic& fault : checked.faults) paths.push_back(fault.path);
  CHECK(paths ==
        std::vector<std::string>{"ingress[0].port", "ingress[1]", "ip", "port", "prot", ""});
  CHECK(checked.faults.back().summary == "missing attribute 'name'");
}

TEST_CASE("validate: what is no map at all") {
  const Checked checked = run("web");
  REQUIRE(checked.faults.size() == 1);
  CHECK(checked.faults[0].summary == "this must be a map, not a string");
  CHECK(checked.faults[0].path.empty());
}

TEST_CASE("validate: values are converted") {
  struct Row {
    std::string key;
    Value given, wanted;
  };
  const std::vector<Row> rows = {
      {"port", "8080", 8080},
      {"name", 3306, "3306"},
      {"name", 22.04, "22.04"},
      {"labels", Map{{"a", 1}, {"b", Value()}}, Map{{"a", "1"}}},
      {"interval", "1h30m", 5400},
      {"interval", "90", 90},
      {"interval", 10, 10},
      {"weight", 2, 2},
      {"dns", List{}, List{}},
      {"health", Map{{"retries", "3"}}, Map{{"path", "/"}, {"retries", 3}}},
      {"ingress", List{Map{{"port", 80}}}, List{Map{{"port", 80}, {"protocol", "tcp"}}}},
      {"extra", Map{{"x", List{1, Value()}}}, Map{{"x", List{1, Value()}}}},
      {"network", "6d6f2c55", "6d6f2c55"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.key, display(row.given));
    const Checked checked = run_with(row.key, row.given);
    CHECK(checked.faults.empty());
    CHECK(checked.value[row.key] == row.wanted);
    CHECK(checked.value[row.key].variant().index() == row.wanted.variant().index());
  }
}

TEST_CASE("validate: defaults are filled in, what has none stays absent") {
  const Checked checked = run(Map{{"name", "web"}, {"size", Value()}});
  CHECK(checked.faults.empty());
  CHECK(json::write(checked.value) == R"({"name":"web","placement":{"zone":"a"},"size":"small"})");
}

TEST_CASE("validate: what is known later passes unchecked") {
  const std::vector<std::string> scalars = {"name",   "size", "port",     "weight",
                                            "public", "from", "interval", "network"};
  for (const std::string& key : scalars) {
    CAPTURE(key);
    for (const Value& value :
         {Value(Reference{"db", "x"}), Value(Reference{"db", ""}), deferred()}) {
      const Checked checked = run_with(key, value);
      CHECK(checked.faults.empty());
      CHECK(references(checked.value[key]).size() == 1);
    }
  }
  for (const char* key : {"dns", "groups", "ingress", "health", "labels"}) {
    CAPTURE(key);
    CHECK(run_with(key, deferred()).faults.empty());
    CHECK(run_with(key, Reference{"db", "list"}).faults.empty());
  }
  CHECK(run_with("groups", List{Reference{"web-sg", ""}, deferred()}).faults.empty());
  CHECK(run_with("ingress", List{Map{{"port", deferred()}}}).faults.empty());
}

TEST_CASE("validate: secrets are texts and nothing else, and are never shown") {
  const Checked good = run_with("password", Secret{"pw"});
  CHECK(good.faults.empty());
  CHECK(good.value["password"].secret() != nullptr);

  for (const char* key : {"port", "public", "interval", "network", "dns", "from", "size"}) {
    const Checked bad = run_with(key, Secret{"hunter2"});
    REQUIRE(bad.faults.size() == 1);
    CHECK_THAT(bad.faults[0].summary + bad.faults[0].hint, !Catch::Contains("hunter2"));
  }
}

TEST_CASE("schema: attributes are found by name") {
  const Attribute* port = find(instance(), "port");
  REQUIRE(port != nullptr);
  CHECK(port->type == Type::integer);
  CHECK(find(instance(), "Port") == nullptr);
}
