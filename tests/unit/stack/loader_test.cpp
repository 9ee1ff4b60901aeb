#include <catch2/catch.hpp>

#include "stack/excerpt.h"
#include "stack/stack.h"

namespace stackctl::stack {
namespace {

const Kind group{.name = "group",
                 .help = "A group.",
                 .schema = {
                     text("label", "A label").otherwise("none"),
                     set_of("rules",
                            object("rule", "A rule",
                                   {
                                       integer("port", "A port").required().check(check::port),
                                       text("from", "Who").or_ref("group"),
                                   }),
                            "Rules"),
                     output("id", "Identifier"),
                 }};
const Kind machine{.name = "machine",
                   .help = "A machine.",
                   .schema = {
                       text("size", "How big").required(),
                       text("script", "What it runs"),
                       integer("count", "How many").otherwise(1),
                       duration("patience", "How long").otherwise("10s"),
                       set_of("groups", ref("group", "group", "A group"), "Groups"),
                       map_of("labels", text("label", "A label"), "Labels"),
                       output("address", "Where it is"),
                   }};
const std::vector<const Kind*> kKinds = {&group, &machine};

struct Environment {
  std::map<std::string, std::string, std::less<>> files;
  std::map<std::string, std::string, std::less<>> variables;
  std::vector<std::pair<std::string, std::string>> given;
};

Loaded load_text(const std::string& text, Environment environment = {},
                 const std::string& file = "stack.yaml") {
  environment.files[file] = text;
  const auto find = [](const auto& map, std::string_view key) -> std::optional<std::string> {
    const auto found = map.find(key);
    return found == map.end() ? std::nullopt : std::optional(found->second);
  };
  Inputs inputs;
  for (const auto& [name, value] : environment.given)
    inputs.variables.emplace_back(VariableText{name, value});
  inputs.environment = [&](std::string_view name) { return find(environment.variables, name); };
  inputs.read_file = [&](const std::string& path) { return find(environment.files, path); };
  const Vocabulary words{
      kKinds,
      {{"one", {stackctl::text("zone", "Where").otherwise("a")}, {"group", "machine"}},
       {"two", {}, {"machine"}}}};
  return load({file}, inputs, words);
}

/// All faults as "line:column: summary".
std::string faults(const Loaded& loaded) {
  std::string result;
  for (const Diagnostic& fault : loaded.faults)
    result += std::to_string(fault.location.line) + ':' + std::to_string(fault.location.column) +
              ": " + fault.summary + '\n';
  return result;
}

const std::string kHead = "stack: shop\nprovider: one\n";

Value attribute(const std::string& text, std::string_view name,
                const Environment& environment = {}) {
  const Loaded loaded = load_text(kHead + text, environment);
  INFO(text);
  CHECK(faults(loaded).empty());
  REQUIRE_FALSE(loaded.stack.resources.empty());
  return loaded.stack.resources.back().attributes[name];
}

TEST_CASE("a small stack becomes declarations", "[stack][loader]") {
  const Loaded loaded = load_text(R"(
stack: shop
provider: one
providers: {one: {zone: b}}
variables:
  size: {default: small}
resources:
  web-sg: {kind: group, rules: [{port: 80, from: 0.0.0.0/0}]}
  web:
    kind: machine
    size: ${var.size}
    groups: ["${web-sg}"]
    protect: true
    depends_on: [db, "${web-sg}"]
    one: {extra: "${db.address}"}
    two: {other: 1}
  db: {kind: machine, size: large, provider: two}
outputs:
  url: http://${web.address}/
)");
  CHECK(faults(loaded).empty());
  CHECK(loaded.stack.name == "shop");
  CHECK(loaded.stack.file == "stack.yaml");
  REQUIRE(loaded.stack.providers.size() == 2);
  CHECK(loaded.stack.providers[0].name == "one");
  CHECK(loaded.stack.providers[0].settings == Value(Map{{"zone", "b"}}));
  CHECK(loaded.stack.providers[1].name == "two");
  REQUIRE(loaded.stack.resources.size() == 3);
  const Declaration& web = loaded.stack.resources[1];
  CHECK(web.address == "web");
  CHECK(web.kind == &machine);
  CHECK(web.provider == "one");
  CHECK(web.lifecycle.protect == true);
  CHECK(web.depends_on == std::vector<std::string>{"db", "web-sg"});
  CHECK(web.attributes == Value(Map{{"size", "small"},
                                    {"count", 1},
                                    {"patience", 10},
                                    {"groups", List{Reference{"web-sg", ""}}}}));
  CHECK(web.native == Value(Map{{"extra", Reference{"db", "address"}}}));
  CHECK(web.location == Location{"stack.yaml", 9, 3, 3});
  CHECK(web.locations->at("size") == Location{"stack.yaml", 11, 11, 11});
  CHECK(web.locations->at("groups[0]") == Location{"stack.yaml", 12, 14, 11});
  CHECK(web.locations->at("one.extra").line == 15);
  CHECK(loaded.stack.resources[2].provider == "two");
  REQUIRE(loaded.stack.outputs.size() == 1);
  CHECK(references(loaded.stack.outputs[0].value) ==
        std::vector<Reference>{Reference{"web", "address"}});
}

TEST_CASE("variables come from the command line, the environment, or their default",
          "[stack][loader]") {
  const std::string text = R"(
variables:
  v: {type: TYPE, default: DEFAULT}
resources:
  web: {kind: machine, size: "${jsonencode(var.v)}"}
)";
  struct Row {
    std::string type, standard;
    std::optional<std::string> environment, given;
    std::string json;
  };
  const std::vector<Row> rows = {
      {"string", "a", {}, {}, "\"a\""},
      {"string", "5", {}, {}, "\"5\""},
      {"string", "a", "b", {}, "\"b\""},
      {"string", "a", "b", "c", "\"c\""},
      {"string", "a", {}, "007", "\"007\""},
      {"integer", "1", {}, "7", "7"},
      {"number", "1", "2.5", {}, "2.5"},
      {"boolean", "true", {}, "false", "false"},
      {"list", "[]", {}, "[a, 1]", "[\"a\",1]"},
      {"list", "[]", {}, "[\"a\"]", "[\"a\"]"},
      {"map", "{}", {}, "{a: {b: 1}}", R"({"a":{"b":1}})"},
      {"any", "a", {}, "5", "5"},
      {"any", "a", {}, "[", "\"[\""},
  };
  for (const Row& row : rows) {
    std::string filled = text;
    filled.replace(filled.find("TYPE"), 4, row.type);
    filled.replace(filled.find("DEFAULT"), 7, row.standard);
    Environment environment;
    if (row.environment) environment.variables["STACKCTL_VAR_v"] = *row.environment;
    if (row.given) environment.given = {{"v", "overridden"}, {"v", *row.given}};
    CHECK(attribute(filled, "size", environment) == Value(row.json));
  }
}

TEST_CASE("a variable from outside is checked", "[stack][loader]") {
  const std::string text =
      kHead + "variables:\n  n: {type: integer, default: 1, check: \"${value >= 1}\"}\n";
  CHECK(faults(load_text(text, {{}, {}, {{"n", "2"}}})).empty());
  CHECK(faults(load_text(text, {{}, {}, {{"n", "0"}}})) ==
        "4:41: variable 'n' does not meet its check\n");
  CHECK(faults(load_text(text, {{}, {}, {{"n", "x"}}})) ==
        "4:3: variable 'n' must be an integer\n");
  CHECK(faults(load_text(text, {{}, {}, {{"m", "0"}}})) ==
        "0:0: --var m: the stack has no such variable\n");
}

TEST_CASE("secrets stay secret", "[stack][loader]") {
  const std::string text = R"(
variables:
  password: {secret: true, check: "${length(value) >= 3}"}
resources:
  web:
    kind: machine
    size: s
    script: {template: "p=${p} a=${a}", vars: {p: "${var.password}", a: TEXT}}
)";
  const Environment environment{{}, {{"STACKCTL_VAR_password", "hunter2"}}, {}};
  std::string known = text;
  known.replace(known.find("TEXT"), 4, "1");
  CHECK(attribute(known, "script", environment) == Value(Secret{"p=hunter2 a=1"}));
  std::string later = text;
  later.replace(later.find("TEXT"), 4, "\"${web.address}\"");
  const Result<Value> script = resolve(attribute(later, "script", environment),
                                       [](const Reference&) { return Value("10.0.0.1"); });
  REQUIRE(script);
  CHECK(*script == Value(Secret{"p=hunter2 a=10.0.0.1"}));
  const Loaded loaded = load_text(kHead + known, {{}, {{"STACKCTL_VAR_password", "hu"}}, {}});
  REQUIRE(loaded.faults.size() == 1);
  CHECK(render(loaded.faults[0], {}).find("hu\n") == std::string::npos);
}

TEST_CASE("locals and the attributes of others are values", "[stack][loader]") {
  const std::string text = R"(
variables: {env: {default: prod}}
locals:
  site: ${local.host}/x
  host: ${stack.name}.${var.env}.example.org
resources:
  db: {kind: machine, size: "${local.site}", labels: {a.b: c}}
  web: {kind: machine, EXPRESSION}
)";
  struct Row {
    const char* expression;
    Value value;
  };
  const std::vector<Row> rows = {
      {"size: \"${db.size}\"", "shop.prod.example.org/x"},
      {"size: \"${db.patience + db.count}\"", "11"},
      {"size: \"${db.labels['a.b']}\"", "c"},
      {"size: \"${db.address}\"", Reference{"db", "address"}},
      {"size: \"${db.script}\"", Reference{"db", "script"}},
  };
  for (const Row& row : rows) {
    std::string filled = text;
    filled.replace(filled.find("EXPRESSION"), 10, row.expression);
    CHECK(attribute(filled, "size") == row.value);
  }
}

TEST_CASE("what 'when' leaves out is gone", "[stack][loader]") {
  const std::string text = kHead + R"(
variables: {database: {default: none}, address: {default: 10.0.0.9}}
resources:
  db: {kind: machine, when: "${var.database != 'none'}", size: small}
  web:
    kind: machine
    size: small
    depends_on: [db]
    script: "${var.database == 'none' ? var.address : db.address}"
)";
  const Loaded without = load_text(text);
  CHECK(faults(without).empty());
  REQUIRE(without.stack.resources.size() == 1);
  CHECK(without.stack.resources[0].attributes["script"] == Value("10.0.0.9"));
  CHECK(without.stack.resources[0].depends_on.empty());

  const Loaded with = load_text(text, {{}, {}, {{"database", "instance"}}});
  CHECK(faults(with).empty());
  REQUIRE(with.stack.resources.size() == 2);
  CHECK(with.stack.resources[1].attributes["script"] == Value(Reference{"db", "address"}));
  CHECK(with.stack.resources[1].depends_on == std::vector<std::string>{"db"});
}

TEST_CASE("texts from files", "[stack][loader]") {
  const auto script = [](const std::string& value, const std::string& content) {
    Environment environment;
    environment.files["dir/web.sh"] = content;
    return load_text(kHead + "resources:\n  web: {kind: machine, size: s, script: " + value + "}\n",
                     environment, "dir/stack.yaml");
  };
  const auto text = [](const Loaded& loaded) {
    return loaded.stack.resources.at(0).attributes["script"];
  };

  const Loaded plain = script("{file: web.sh}", "echo ${a} ${HOME}");
  CHECK(faults(plain).empty());
  CHECK(text(plain) == Value("echo ${a} ${HOME}"));

  const Loaded filled = script("{file: web.sh, vars: {a: 1}}", "${a}${HOME:-x} $a ${b} ${a");
  CHECK(faults(filled).empty());
  CHECK(text(filled) == Value("1${HOME:-x} $a ${b} ${a"));

  const Loaded unused = script("{file: web.sh, vars: {a: 1, b: 2}}", "${a}");
  CHECK(faults(unused) == "4:69: the file does not use the variable 'b'\n");
  CHECK_FALSE(has_errors(unused.faults));

  const Loaded absent = script("{file: db.sh}", "");
  CHECK(faults(absent) == "4:48: cannot read the file 'db.sh'\n");
  CHECK(absent.faults[0].detail == "looked for dir/db.sh");

  const Loaded inline_text = script("{template: \"${a} ${b}\", vars: {a: 1}}", "");
  CHECK(text(inline_text) == Value("1 ${b}"));
}

TEST_CASE("self references and cycles between resources are left to the graph", "[stack][loader]") {
  const Loaded loaded = load_text(kHead + R"(
resources:
  sg: {kind: group, rules: [{port: 80, from: "${sg}"}]}
  a: {kind: machine, size: s, script: "${b.address}"}
  b: {kind: machine, size: s, script: "${a.address}"}
)");
  CHECK(faults(loaded).empty());
  CHECK(loaded.stack.resources.size() == 3);
}

TEST_CASE("an attribute called count is no loop", "[stack][loader]") {
  CHECK(attribute("resources:\n  m: {kind: machine, size: s, count: 3}\n", "count") == Value(3));
}

TEST_CASE("one fault does not make others", "[stack][loader]") {
  CHECK(faults(load_text(kHead + R"(locals: {broken: "${nobody}"}
resources:
  web: {kind: machine, size: "${local.broken}", script: "x ${local.broken} ${upper(local.broken)}"}
  db: {kind: machine, size: "${web.size}", groups: ["${web.size}"], when: "${local.broken == 1}"}
  c: {kind: nothing, size: 1}
  d: {kind: machine, size: "${c.size}"}
outputs: {o: "${local.broken}"}
)")) == "3:21: unknown resource 'nobody'\n7:13: unknown kind 'nothing'\n");
}

TEST_CASE("outputs", "[stack][loader]") {
  const Loaded loaded = load_text(kHead + R"(
variables: {p: {secret: true, default: x}}
outputs:
  short: 5
  long: {value: "${var.p}", description: Why}
  hidden: {value: open, secret: true}
  map: {a: 1}
)");
  CHECK(faults(loaded).empty());
  REQUIRE(loaded.stack.outputs.size() == 4);
  CHECK(loaded.stack.outputs[0].value == Value(5));
  CHECK(loaded.stack.outputs[1].secret);
  CHECK(loaded.stack.outputs[1].description == "Why");
  CHECK(loaded.stack.outputs[2].value == Value(Secret{"open"}));
  CHECK(loaded.stack.outputs[3].value == Value(Map{{"a", 1}}));
}

TEST_CASE("files that are no stack", "[stack][loader]") {
  CHECK(faults(load_text("")) == "1:1: a stack file is a map of keys and values\n");
  CHECK(faults(load_text("- a\n")) == "1:1: a stack file is a map of keys and values\n");
  CHECK(faults(load_text("provider: one\n")) == "1:1: missing key 'stack'\n");
  CHECK(faults(load_text("stack: [a]\nprovider: {}\nresources: 5\nvariables: []\noutputs: x\n")) ==
        "1:8: the name of the stack must be a string, not a list\n"
        "2:11: 'provider' must be a string, not a map\n"
        "3:12: 'resources' must be a map\n"
        "4:12: 'variables' must be a map\n"
        "5:10: 'outputs' must be a map\n");
  CHECK(
      faults(load_text(kHead + "resources:\n  a:\n  b: [1]\n  c: {kind: [x]}\n  d: {kind: machine, "
                               "size: s, when: , protect: , depends_on: , groups: , one: }\n")) ==
      "4:3: the resource 'a' has no kind\n5:6: the resource 'b' must be a map\n"
      "6:13: 'kind' must be a string\n7:37: 'when' must be true or false, not null\n"
      "7:39: 'protect' has no value\n");
  const Inputs nothing;
  CHECK(load({"gone.yaml"}, nothing, {}).faults.at(0).summary ==
        "cannot read the file 'gone.yaml'");
}

TEST_CASE("excerpts", "[stack][excerpt]") {
  Diagnostic fault = error("unknown attribute 'sise'", "did you mean 'size'?");
  fault.detail = "one\ntwo";
  fault.location = {"f.yaml", 2, 5, 4};
  CHECK(render(fault, {{"f.yaml", "a:\n    sise: small\r\n"}}) ==
        "f.yaml:2:5: error: unknown attribute 'sise'\n"
        "  2 |     sise: small\n"
        "    |     ^~~~\n"
        "  one\n  two\n"
        "  hint: did you mean 'size'?\n");
  CHECK(render(error("x"), {}) == "error: x\n");
  fault = error("x");
  fault.location = {"f.yaml", 1, 3, 1};
  CHECK(render(fault, {{"f.yaml",
                        "é\x1b"
                        "b"}}) == "f.yaml:1:3: error: x\n  1 | é?b\n    |   ^\n");
  fault.location = {"f.yaml", 1, 201, 400};
  const std::string cut =
      render(fault, {{"f.yaml", std::string(200, 'a') + "b" + std::string(300, 'c')}});
  CHECK(cut.find("…" + std::string(40, 'a') + "bc") != std::string::npos);
  CHECK(cut.find("| " + std::string(41, ' ') + "^~") != std::string::npos);
  fault.location = {"f.yaml", 9, 9, 9};
  CHECK(render(fault, {{"f.yaml", "a"}}) == "f.yaml:9:9: error: x\n");
}

}  // namespace
}  // namespace stackctl::stack
