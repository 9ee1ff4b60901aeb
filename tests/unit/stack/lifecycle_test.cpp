// The common keys of resources.
#include <catch2/catch.hpp>

#include "loading.h"

namespace stackctl::stack {
namespace {

using namespace std::chrono_literals;

const std::string kHead = R"(
variables: {token: {secret: true, default: hunter2}}
resources:
  db: {kind: node, size: s}
)";

Loaded with(const std::string& keys) {
  return load_stack(kHead + "  web: {kind: node, size: s, " + keys + "}\n");
}

TEST_CASE("lifecycle keys", "[stack][lifecycle]") {
  const auto life = [](const std::string& keys) {
    INFO(keys);
    const Loaded loaded = with(keys);
    CHECK(told(loaded).empty());
    return at(loaded, "web").lifecycle;
  };
  CHECK_FALSE(life("on_delete: retain").protect.has_value());
  CHECK(life("protect: true").protect == true);
  CHECK(life("protect: false").protect == false);
  CHECK(life("tags: {}").on_delete == OnDelete::remove);
  CHECK(life("on_delete: delete").on_delete == OnDelete::remove);
  CHECK(life("on_delete: retain").on_delete == OnDelete::retain);
  CHECK(life("on_delete: \"${true ? 'snapshot' : 'retain'}\"").on_delete == OnDelete::snapshot);
  CHECK_FALSE(life("tags: {}").create_first.has_value());
  CHECK(life("on_replace: create_first").create_first == true);
  CHECK(life("on_replace: delete_first").create_first == false);
  using Names = std::vector<std::string>;
  CHECK(life("ignore_changes: [size, tags]").ignore_changes == Names{"size", "tags"});
  CHECK(life("ignore_changes: all").ignore_changes == Names{"all"});
  CHECK(life("ignore_changes: []").ignore_changes.empty());
  const Lifecycle timeouts = life("timeouts: {create: 1h30m, delete: 90}");
  CHECK(timeouts.create_timeout == Duration(90min));
  CHECK_FALSE(timeouts.update_timeout.has_value());
  CHECK(timeouts.delete_timeout == Duration(90s));
  CHECK(life("adopt: 85664334-0fd5-47bd-94a1-b4f40b1d2eb7").adopt ==
        "85664334-0fd5-47bd-94a1-b4f40b1d2eb7");
  CHECK(life("adopt: 17").adopt == "17");
}

TEST_CASE("hooks", "[stack][lifecycle]") {
  const Loaded loaded = load_stack(kHead + R"(  web:
    kind: node
    size: s
    hooks:
      before_delete: {command: "./drain.sh ${web.address}"}
      after_create:
        command: [./seed.sh, "${db.address}", 5]
        environment: {TOKEN: "${var.token}", AT: "${web.address}:80", N: 1}
)");
  CHECK(told(loaded).empty());
  const std::vector<Hook>& hooks = at(loaded, "web").lifecycle.hooks;
  REQUIRE(hooks.size() == 2);
  CHECK(hooks[0].name == "after_create");
  CHECK_FALSE(hooks[0].before);
  CHECK(hooks[0].command == Value(List{"./seed.sh", Reference{"db", "address"}, "5"}));
  CHECK(known(hooks[0].environment) ==
        Value(Map{{"TOKEN", Secret{"hunter2"}}, {"AT", "<web.address>:80"}, {"N", "1"}}));
  CHECK(hooks[0].location.line == 12);
  CHECK(hooks[1].name == "before_delete");
  CHECK(hooks[1].before);
  CHECK(known(hooks[1].command) == Value(List{"sh", "-c", "./drain.sh <web.address>"}));
  CHECK(hooks[1].environment == Value(Map{}));
  CHECK(at(loaded, "web").locations->at("hooks.after_create.command[1]").line == 13);
}

TEST_CASE("faulty lifecycle keys", "[stack][lifecycle]") {
  struct Row {
    const char* keys;
    const char* told;
  };
  const std::vector<Row> rows = {
      {"protect: maybe", "39: 'protect' must be true or false, not a string"},
      {"protect: ", "30: 'protect' has no value (give it one, or remove it)"},
      {"protect: \"${db.address == ''}\"",
       "39: 'protect' must be known when the file is loaded ('db.address' is known after apply; "
       "use "
       "variables or locals)"},
      {"protectt: true", "30: unknown attribute 'protectt' of a node (did you mean 'protect'?)"},
      {"on_delete: keep",
       "41: invalid value 'keep' for 'on_delete' (expected one of: delete, retain, snapshot)"},
      {"on_delete: retian", "41: invalid value 'retian' for 'on_delete' (did you mean 'retain'?)"},
      {"on_replace: first",
       "42: invalid value 'first' for 'on_replace' (expected one of: create_first, delete_first)"},
      {"ignore_changes: [size, sise]",
       "53: a node has no attribute 'sise' to ignore (did you mean 'size'?)"},
      {"ignore_changes: [address]",
       "47: a node has no attribute 'address' to ignore (expected one of: size, script, peers, "
       "groups, main, tags)"},
      {"ignore_changes: some",
       "46: 'ignore_changes' must be a list, not a string (write it as a list: [ ... ])"},
      {"timeouts: {make: 5m}",
       "41: unknown attribute 'make' (expected one of: create, update, delete)"},
      {"timeouts: {create: 5x}",
       "49: 'create' must be a duration, not '5x' (write it like 30s, 5m or 1h30m)"},
      {"timeouts: {create: 0}", "49: 'create' must be longer than 0s"},
      {"adopt: \"\"", "37: 'adopt' must not be empty"},
      {"adopt: [a]", "37: 'adopt' must be a string, not a list"},
      {"hooks: {after_creat: {command: a}}",
       "38: unknown attribute 'after_creat' (did you mean 'after_create'?)"},
      {"hooks: {after_create: {}}",
       "52: missing attribute 'command' (command: The program and its arguments; a text is run by "
       "the shell (sh -c))"},
      {"hooks: {after_create: {command: []}}", "62: 'command' must not be empty"},
      {"hooks: {after_create: {command: [a, [b]]}}",
       "66: 'command[1]' must be a string, not a list"},
      {"hooks: {after_create: {command: {a: b}}}",
       "62: 'command' must be a list, not a map (write it as a list: [ ... ])"},
      {"hooks: {after_create: {command: a, run: b}}",
       "65: unknown attribute 'run' (expected one of: command, environment)"},
      {"hooks: {after_create: {command: [\"${db}\"]}}",
       "63: expected a value, but 'db' is a node (name one of its attributes: ${db.id})"},
      {"hooks: {after_create: {command: [a, \"${var.token}\"]}}",
       "62: a secret in a command can be seen by everybody on this machine (give it as a variable: "
       "environment: {TOKEN: ...})"},
      {"hooks: {after_create: {command: a, environment: {A B: c}}}",
       "78: 'environment' must have names of letters, digits and '_', not 'A B'"},
      {"hooks: [a]", "37: 'hooks' must be a map, not a list"},
  };
  for (const Row& row : rows) {
    INFO(row.keys);
    CHECK(told(with(row.keys)) == "7:" + std::string(row.told) + "\n");
  }
}

TEST_CASE("what exists already is looked up", "[stack][lifecycle]") {
  const auto load_node = [](const std::string& keys) {
    return load_stack("resources:\n  web: {kind: node, " + keys +
                      "}\n  g: {kind: group, existing: {label: a}}\n"
                      "  me: {kind: node, size: \"${g.label}\", main: \"${g}\"}\n");
  };
  const Loaded loaded = load_node("existing: {id: 5, size: \"${'s'}\"}, depends_on: [g]");
  CHECK(told(loaded).empty());
  const Declaration& web = at(loaded, "web");
  CHECK(web.existing == Value(Map{{"id", "5"}, {"size", "s"}}));
  CHECK(web.attributes == Value(Map{}));
  CHECK(web.depends_on == std::vector<std::string>{"g"});
  CHECK(web.locations->at("existing.id") == Location{"stack.yaml", 4, 36, 1});
  CHECK(at(loaded, "me").existing.is_null());
  CHECK(at(loaded, "me").attributes["size"] == Value(Reference{"g", "label"}));
  CHECK(
      at(load_node("for_each: [x], existing: {name: \"n-${each.key}\"}"), "web[\"x\"]").existing ==
      Value(Map{{"name", "n-x"}}));

  struct Row {
    const char* keys;
    const char* told;
  };
  const std::vector<Row> rows = {
      {"existing: {}",
       "31: 'existing' must be a map that tells the object (existing: {id: ...} or existing: "
       "{name: "
       "...})"},
      {"existing: web",
       "31: 'existing' must be a map that tells the object (existing: {id: ...} or existing: "
       "{name: "
       "...})"},
      {"existing: {id: }", "31: 'existing' has no value that tells the object"},
      {"existing: {id: \"\"}", "36: 'id' must not be empty"},
      {"existing: {nam: a}", "32: unknown attribute 'nam' (did you mean 'name'?)"},
      {"existing: {tags: {}}",
       "32: unknown attribute 'tags' (expected one of: size, script, id, address, name)"},
      {"existing: {id: a}, size: s",
       "40: 'size' and 'existing' exclude each other (what exists already is looked up and never "
       "changed)"},
      {"existing: {id: a}, protect: true",
       "40: 'protect' and 'existing' exclude each other (what exists already is looked up and "
       "never "
       "changed)"},
      {"existing: {id: a}, one: {}",
       "40: 'one' and 'existing' exclude each other (what exists already is looked up and never "
       "changed)"},
      {"existing: {id: a}, adopt: b, hooks: {}",
       "40: 'adopt' and 'existing' exclude each other (what exists already is looked up and never "
       "changed)\n4:50: 'hooks' and 'existing' exclude each other (what exists already is looked "
       "up and never changed)"},
  };
  for (const Row& row : rows) {
    INFO(row.keys);
    CHECK(told(load_node(row.keys)) == "4:" + std::string(row.told) + "\n");
  }
}

}  // namespace
}  // namespace stackctl::stack
