// count, for_each and when; references to and into instances.
#include <catch2/catch.hpp>

#include "loading.h"

namespace stackctl::stack {
namespace {

TEST_CASE("count, for_each and when make instances", "[stack][repetition]") {
  struct Row {
    const char* body;
    const char* addresses;
  };
  const std::vector<Row> rows = {
      {"size: s", "web"},
      {"size: s, count: 0", ""},
      {"size: s, count: 2", "web[0] web[1]"},
      {R"(size: s, count: "${length([1, 2]) + 1}")", "web[0] web[1] web[2]"},
      {R"(size: s, count: "2")", "web[0] web[1]"},
      {"size: s, for_each: {}", ""},
      {"size: s, for_each: []", ""},
      {"size: s, for_each: {b: 1, a: 2}", R"(web["a"] web["b"])"},
      {"size: s, for_each: [b, a]", R"(web["a"] web["b"])"},
      {R"(size: s, for_each: "${local.zones}")", R"(web["x"] web["y"])"},
      {R"(size: s, for_each: {a: "${other.address}"})", R"(web["a"])"},
      {R"(size: s, for_each: "${groups}")", R"(web["p"] web["q"])"},
      {"size: s, count: 3, when: false", ""},
      {R"(size: s, count: 3, when: "${count.index != 1}")", "web[0] web[2]"},
      {R"(size: s, for_each: {a: true, b: false}, when: "${each.value}")", R"(web["a"])"},
  };
  for (const Row& row : rows) {
    INFO(row.body);
    const Loaded loaded = load_stack(std::string(R"(
locals: {zones: [x, y]}
resources:
  web: {kind: node, )") + row.body + R"(}
  other: {kind: node, size: s}
  groups: {kind: group, for_each: [p, q]}
)");
    CHECK(told(loaded).empty());
    const std::string expected = row.addresses;
    CHECK(addresses(loaded) ==
          expected + (expected.empty() ? "" : " ") + "other groups[\"p\"] groups[\"q\"]");
  }
}

TEST_CASE("attributes are evaluated for each instance", "[stack][repetition]") {
  const Loaded loaded = load_stack(R"(
resources:
  web: {kind: node, count: 2, size: "s${count.index}", script: "${web[1 - count.index].size}"}
  nodes:
    kind: node
    for_each: {a: {size: small, of: "${g}"}, b: {size: large, of: "${h[0]}"}}
    size: ${each.value.size}
    script: ${each.key}=${each.value.of.id}
    main: ${each.value.of}
    one: {zone: "${each.key}"}
    protect: ${each.key == 'a'}
  g: {kind: group}
  h: {kind: group, count: 1}
)");
  CHECK(told(loaded).empty());
  CHECK(at(loaded, "web[0]").attributes == Value(Map{{"size", "s0"}, {"script", "s1"}}));
  CHECK(at(loaded, "web[1]").attributes == Value(Map{{"size", "s1"}, {"script", "s0"}}));
  const Declaration& a = at(loaded, "nodes[\"a\"]");
  const Declaration& b = at(loaded, "nodes[\"b\"]");
  CHECK(a.attributes["size"] == Value("small"));
  CHECK(known(a.attributes["script"]) == Value("a=<g.id>"));
  CHECK(a.attributes["main"] == Value(Reference{"g", ""}));
  CHECK(b.attributes["main"] == Value(Reference{"h[0]", ""}));
  CHECK(b.native == Value(Map{{"zone", "b"}}));
  CHECK(a.lifecycle.protect == true);
  CHECK(b.lifecycle.protect == false);
  CHECK(b.location.line == 6);
  CHECK(b.locations->at("size").line == 9);
}

/// The attribute `peers` of a node that sees lists and maps of instances.
Value peers(const std::string& expression) {
  const Loaded loaded = load_stack(R"(
resources:
  db: {kind: node, size: big}
  web: {kind: node, count: 3, size: "s${count.index}"}
  odd: {kind: node, count: 3, size: s, when: "${count.index != 1}"}
  none: {kind: node, count: 0, size: s}
  nodes: {kind: node, for_each: {b: 1, a: 2}, size: s}
  me: {kind: node, size: s, peers: ")" +
                                   expression + "\"}\nlocals: {i: 2, all: \"${web}\"}\n");
  INFO(expression);
  CHECK(told(loaded).empty());
  return at(loaded, "me").attributes["peers"];
}

TEST_CASE("references to and into instances", "[stack][repetition]") {
  const auto whole = [](const char* address) { return Value(Reference{address, ""}); };
  const auto address = [](const char* of) { return Value(Reference{of, "address"}); };
  struct Row {
    const char* expression;
    Value value;
  };
  const std::vector<Row> rows = {
      {"${web[0].address}", address("web[0]")},
      {"${web[local.i].address}", address("web[2]")},
      {"${web[1].size}", "s1"},
      {"${web[1]}", whole("web[1]")},
      {"${web[*]}", List{whole("web[0]"), whole("web[1]"), whole("web[2]")}},
      {"${web}", List{whole("web[0]"), whole("web[1]"), whole("web[2]")}},
      {"${local.all[1].address}", address("web[1]")},
      {"${web[*].size}", List{"s0", "s1", "s2"}},
      {"${odd[*].address}", List{address("odd[0]"), address("odd[2]")}},
      {"${odd[2].address}", address("odd[2]")},
      {"${none[*].address}", List{}},
      {"${length(web)}", 3},
      {"${length(odd)}", 2},
      {"${length(none)}", 0},
      {"${nodes['a'].address}", address("nodes[\"a\"]")},
      {"${nodes['a']}", whole("nodes[\"a\"]")},
      {"${values(nodes)}", List{whole("nodes[\"a\"]"), whole("nodes[\"b\"]")}},
      {"${nodes[*].address}", List{address("nodes[\"a\"]"), address("nodes[\"b\"]")}},
      {"${values(nodes)[*].address}", List{address("nodes[\"a\"]"), address("nodes[\"b\"]")}},
      {"${keys(nodes)}", List{"a", "b"}},
      {"${true ? web[0].size : db.size}", "s0"},
      {"${concat(web[*].size, [db.size])}", List{"s0", "s1", "s2", "big"}},
      {"${(true ? web[0] : db).address}", address("web[0]")},
      {"${[{a: 1}, {a: 2}][*].a}", List{1, 2}},
      {"${[[1, 2], [3, 4]][*][local.i - 1]}", List{2, 4}},
  };
  for (const Row& row : rows) CHECK(peers(row.expression) == row.value);
}

TEST_CASE("what is known after apply flows through instances", "[stack][repetition]") {
  struct Row {
    const char* expression;
    Value value;
  };
  const std::vector<Row> rows = {
      {"at ${web[0].address}!", "at <web[0].address>!"},
      {"${join(',', web[*].address)}", "<web[0].address>,<web[1].address>,<web[2].address>"},
      {"${join(',', nodes[*].id)}", R"(<nodes[\"a\"].id>,<nodes[\"b\"].id>)"},
      {"${db.address == 'x' ? web[0].id : nodes['b'].id}", R"(<nodes[\"b\"].id>)"},
      {"${db.members[*].ip}", List{"a", "b"}},
      {"${web[0].members[1].ip}", "b"},
      {"${join('-', web[0].members[*].ip)}", "a-b"},
  };
  for (const Row& row : rows) {
    const Value value = peers(row.expression);
    CHECK_FALSE(value.is_known());
    Value expected = row.value;
    if (const std::string* text = expected.text()) {
      std::string plain;
      for (const char c : *text)
        if (c != '\\') plain += c;
      expected = plain;
    }
    CHECK(known(value) == expected);
  }
}

TEST_CASE("references to instances stand where references are wanted", "[stack][repetition]") {
  const Loaded loaded = load_stack(R"(
resources:
  sg: {kind: group, count: 2}
  g: {kind: group, for_each: [x, y], rules: [{from: "${sg[0]}"}]}
  a: {kind: node, size: s, main: "${sg[1]}", groups: "${sg[*]}", depends_on: [sg, "${g}"]}
  b: {kind: node, size: s, main: "${g['x']}", groups: "${values(g)}", depends_on: ["sg[1]"]}
  c: {kind: node, size: s, depends_on: ["${sg[0]}", 'g["x"]', b]}
outputs:
  ids: ${sg[*].id}
  id: ${g['x'].id}
)");
  CHECK(told(loaded).empty());
  const auto whole = [](const char* address) { return Value(Reference{address, ""}); };
  CHECK(at(loaded, "a").attributes["groups"] == Value(List{whole("sg[0]"), whole("sg[1]")}));
  CHECK(at(loaded, "b").attributes["groups"] == Value(List{whole("g[\"x\"]"), whole("g[\"y\"]")}));
  using Addresses = std::vector<std::string>;
  CHECK(at(loaded, "a").depends_on == Addresses{"sg[0]", "sg[1]", "g[\"x\"]", "g[\"y\"]"});
  CHECK(at(loaded, "b").depends_on == Addresses{"sg[1]"});
  CHECK(at(loaded, "c").depends_on == Addresses{"sg[0]", "g[\"x\"]", "b"});
  REQUIRE(loaded.stack.outputs.size() == 2);
  CHECK(known(loaded.stack.outputs[0].value) == Value(List{"<sg[0].id>", "<sg[1].id>"}));
}

TEST_CASE("faulty repetitions", "[stack][repetition]") {
  struct Row {
    const char* body;
    const char* told;
  };
  const std::vector<Row> rows = {
      {"count: -1", "'count' must not be negative"},
      {"count: 1.5", "'count' must be an integer, not a number"},
      {"count: ", "'count' must be an integer, not null"},
      {"count: 10001", "'count' must be at most 10000"},
      {"count: \"${length(web)}\"", "web.count refers to itself"},
      {"count: \"${length(db.address)}\"",
       "'count' must be known when the file is loaded ('db.address' is known after apply; use "
       "variables or locals)"},
      {"for_each: 3", "'for_each' must be a map or a list of strings, not an integer"},
      {"for_each: \"${db.members}\"",
       "'for_each' must be known when the file is loaded ('db.members' is known after apply; use "
       "variables or locals)"},
      {"for_each: [a, \"${db.address}\"]",
       "'for_each' must be known when the file is loaded ('db.address' is known after apply; use "
       "variables or locals)"},
      {"for_each: [a, 1]",
       "the keys of 'for_each' must be strings, not an integer (write a map: {KEY: VALUE})"},
      {"for_each: [a, a]", "'for_each' has 'a' twice (give each instance a key of its own)"},
      {"for_each: {\"a b\": 1}",
       "'a b' cannot be the key of an instance (use at most 63 printable ASCII characters, without "
       "blanks and / \" [ ])"},
      {"for_each: [a], count: 1", "'count' and 'for_each' exclude each other"},
      {"for_each: [a], script: \"${count.index}\"",
       "'count' means nothing here (there is no count around it)"},
      {"count: 1, script: \"${each.key}\"",
       "'each' means nothing here (there is no for_each around it)"},
      {"count: 1, script: \"${count.idx}\"", "'count' has one attribute: count.index"},
      {"for_each: [a], script: \"${each.keys}\"",
       "'each' has two attributes: each.key and each.value"},
      {"for_each: [a.b, a-b]",
       "'web[\"a.b\"]' and 'web[\"a-b\"]' would have the same name in the cloud (call one of them "
       "otherwise)"},
      {"count: 2, when: \"${length(web) > 0}\"",
       "web[0].when refers to itself\n5:56: web[1].when refers to itself"},
  };
  for (const Row& row : rows) {
    INFO(row.body);
    const std::string got =
        told(load_stack(std::string("resources:\n  db: {kind: node, size: s}\n  web: {kind: node, "
                                    "size: s, ") +
                        row.body + "}\n"));
    CHECK(got.substr(got.find(": ") + 2) == row.told + std::string("\n"));
  }
}

TEST_CASE("faulty references to instances", "[stack][repetition]") {
  struct Row {
    const char* expression;
    const char* told;
  };
  const std::vector<Row> rows = {
      {"web.address",
       "'web' is a list of resources, not one (write web[0].address, or for all of them "
       "web[*].address)"},
      {"nodes.address",
       "'nodes' is a map of resources, not one (write nodes[\"a\"].address, or for all of them "
       "nodes[*].address)"},
      {"none.id", "'none' is a list of resources, not one (write none[*].id)"},
      {"web[2].id", "there is no web[2] (there are web[0] to web[1])"},
      {"web[-1].id", "there is no web[-1] (there are web[0] to web[1])"},
      {"none[0].id", "there is no none[0] (it has no instances at all)"},
      {"nodes['ab'].id", "there is no nodes[\"ab\"] (did you mean 'a'?)"},
      {"nodes['xyz'].id", "there is no nodes[\"xyz\"] (expected one of: a, b)"},
      {"nodes[0].id",
       "the instances of 'nodes' are told apart by strings, not by an integer (write "
       "nodes[\"KEY\"])"},
      {"web['a'].id",
       "the instances of 'web' are told apart by integers, not by a string (write web[0])"},
      {"web[db.size == 's' ? 0 : 1].idd", "a node has no attribute 'idd' (did you mean 'id'?)"},
      {"web[length(db.address)].id",
       "which instance of 'web' is meant must be known when the file is loaded (use variables, "
       "locals, each.key or count.index)"},
      {"web[*].adress", "a node has no attribute 'adress' (did you mean 'address'?)"},
      {"odd[1].id", "'odd[1]' is left out of the stack (use it under the same condition only)"},
      {"db[0].id", "'db' is one resource, not a list of them"},
      {"db[*].id", "'db' is one resource, not a list of them"},
      {"db.size[*]", "'[*]' wants a list or a map, not a string"},
      {"join(',', web)",
       "'web[0]' is a resource, not a value (name one of its attributes: web[0].id)"},
      {"webb[0].id", "unknown resource 'webb' (did you mean 'web'?)"},
  };
  for (const Row& row : rows) {
    INFO(row.expression);
    const std::string got = told(load_stack(std::string(R"(resources:
  db: {kind: node, size: s}
  web: {kind: node, count: 2, size: s}
  odd: {kind: node, count: 2, size: s, when: "${count.index == 0}"}
  none: {kind: node, count: 0, size: s}
  nodes: {kind: node, for_each: [a, b], size: s}
  me: {kind: node, size: s, peers: "${)") + row.expression +
                                            "}\"}\n"));
    CHECK(got.substr(got.find(": ") + 2) == row.told + std::string("\n"));
    CHECK(got.starts_with("9:"));
  }
}

TEST_CASE("a great many instances", "[stack][repetition]") {
  const Loaded loaded = load_stack(R"(resources:
  a: {kind: node, count: 10000, size: s}
  b: {kind: node, count: 10000, size: "${a[count.index].id}", depends_on: ["${a[count.index]}"]}
)");
  CHECK(told(loaded).empty());
  REQUIRE(loaded.stack.resources.size() == 20000);
  CHECK(loaded.stack.resources.back().attributes["size"] == Value(Reference{"a[9999]", "id"}));
}

}  // namespace
}  // namespace stackctl::stack
