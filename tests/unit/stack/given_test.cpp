#include <catch2/catch.hpp>

#include "unit/stack/made_up_files.h"

namespace stackctl::stack {
namespace {
const std::string kVariables = kHead + R"(variables:
  size: {type: string, default: s, check: "${contains(['s', 'm'], value)}"}
  count: {type: integer, default: 1, check: "${value >= 1}", message: "at least one, not ${value}"}
  zones: {type: list, default: []}
  tags: {type: map, default: {}}
  ready: {type: boolean, default: false}
  ratio: {type: number, default: 0.5}
  odd: {type: any, default: null}
  password: {secret: true, default: "s3cret-default", check: "${length(value) > 5}", message: "too short: ${value}"}
outputs:
  all: ${jsonencode([var.size, var.count, var.zones, var.tags, var.ready, var.ratio, var.odd])}
  password: ${var.password}
)";

Loaded load_variables(const Outside& given, Files files = {}) {
  files["stack.yaml"] = kVariables;
  return load_files(files, {"stack.yaml"}, given);
}

TEST_CASE("values of variables come from all sides, the last one typed wins",
          "[stack][variables]") {
  struct Row {
    Outside given;
    const char* json;
  };
  const Files files = {{"a.yaml",
                        "size: m\ncount: 2\nzones: [x]\ntags: {a: {b: 1}}\n"
                        "ready: true\nratio: 1\nodd: [1]\n"},
                       {"b.yaml", "# nothing\n"},
                       {"five.yaml", "count: 5\n"},
                       {"text.yaml", "odd: ${var.size}\n"}};
  const auto var = [](const char* name, const char* text) { return VariableText{name, text}; };
  const auto file = [](const char* path) { return VariableFile{path}; };
  const std::vector<Row> rows = {
      {{}, R"(["s",1,[],{},false,0.5,null])"},
      {{{file("a.yaml")}, {}}, R"(["m",2,["x"],{"a":{"b":1}},true,1,[1]])"},
      {{{file("a.yaml"), file("b.yaml"), file("five.yaml")}, {}},
       R"(["m",5,["x"],{"a":{"b":1}},true,1,[1]])"},
      {{{var("count", "9"), file("five.yaml")}, {}}, R"(["s",5,[],{},false,0.5,null])"},
      {{{file("five.yaml"), var("count", "9")}, {}}, R"(["s",9,[],{},false,0.5,null])"},
      {{{}, {{"STACKCTL_VAR_count", "3"}, {"STACKCTL_VAR_other", "x"}}},
       R"(["s",3,[],{},false,0.5,null])"},
      {{{file("five.yaml")}, {{"STACKCTL_VAR_count", "3"}}}, R"(["s",5,[],{},false,0.5,null])"},
      {{{var("tags", "{\"a\": [1]}"), var("zones", "[p, q]")}, {}},
       R"(["s",1,["p","q"],{"a":[1]},false,0.5,null])"},
      {{{file("text.yaml")}, {}}, R"(["s",1,[],{},false,0.5,"${var.size}"])"},
  };
  for (const Row& row : rows) {
    const Loaded loaded = load_variables(row.given, files);
    CHECK(faults(loaded).empty());
    REQUIRE(loaded.stack.outputs.size() == 2);
    CHECK(loaded.stack.outputs[0].value == Value(row.json));
  }
}

TEST_CASE("faults of variables stand where the value stands", "[stack][variables]") {
  struct Row {
    std::vector<Given> given;
    const char* faults;
  };
  const Files files = {{"bad.yaml", "zones: [1]\ncount: 0\nsize: [m]\n"},
                       {"types.yaml", "ready: yes\nratio: 'x'\ntags:\nzones: a\n"},
                       {"names.yaml", "sise: m\nsize: m\n"},
                       {"list.yaml", "[1]\n"},
                       {"broken.yaml", "size: [\n"},
                       {"twice.yaml", "size: m\nsize: s\n"}};
  const std::vector<Row> rows = {
      {{VariableFile{"bad.yaml"}},
       "bad.yaml:2:8: variable 'count': at least one, not 0\n"
       "bad.yaml:3:7: variable 'size' must be a string, not a list\n"},
      {{VariableFile{"types.yaml"}},
       "types.yaml:1:8: variable 'ready' must be a boolean, not a string\n"
       "types.yaml:2:8: variable 'ratio' must be a number, not a string\n"
       "types.yaml:3:1: variable 'tags' must be a map, not null\n"
       "types.yaml:4:8: variable 'zones' must be a list, not a string\n"},
      {{VariableFile{"names.yaml"}}, "names.yaml:1:1: 'sise': the stack has no such variable\n"},
      {{VariableFile{"gone.yaml"}},
       "gone.yaml:0:0: cannot read the file of variables 'gone.yaml'\n"},
      {{VariableFile{"list.yaml"}},
       "list.yaml:1:1: a file of variables is a map of names and values\n"},
      {{VariableFile{"twice.yaml"}}, "twice.yaml:2:1: key 'size' is given twice\n"},
      {{VariableText{"count", "0"}}, "stack.yaml:5:45: variable 'count': at least one, not 0\n"},
      {{VariableText{"size", "xl"}}, "stack.yaml:4:43: variable 'size' does not meet its check\n"},
      {{VariableText{"zones", "{a: b}"}}, "stack.yaml:6:3: variable 'zones' must be a list\n"},
      {{VariableText{"sise", "m"}}, ":0:0: --var sise: the stack has no such variable\n"},
  };
  for (const Row& row : rows) {
    CHECK(faults(load_variables({row.given, {}}, files)) == row.faults);
  }
  const Loaded broken = load_variables({{VariableFile{"broken.yaml"}}, {}}, files);
  REQUIRE(broken.faults.size() == 1);
  CHECK(broken.faults[0].location.file == "broken.yaml");
}

TEST_CASE("no fault shows a secret variable", "[stack][variables]") {
  const Files files = {{"short.yaml", "password: hun\n"},
                       {"wrong.yaml", "password: [hun]\npasword: hun\n"},
                       {"broken.yaml", "password: \"hun\n"}};
  const std::vector<Outside> rows = {
      {{VariableText{"password", "hun"}}, {}},  {{VariableFile{"short.yaml"}}, {}},
      {{VariableFile{"wrong.yaml"}}, {}},       {{VariableFile{"broken.yaml"}}, {}},
      {{}, {{"STACKCTL_VAR_password", "hun"}}},
  };
  for (const Outside& given : rows) {
    const std::string shown = rendered(load_variables(given, files));
    INFO(shown);
    CHECK_FALSE(shown.empty());
    CHECK(shown.find("hun") == std::string::npos);
    CHECK(shown.find("s3cret") == std::string::npos);
  }
}

TEST_CASE("a secret default is masked wherever its line is quoted", "[stack][variables]") {
  struct Row {
    const char* variable;
    const char* shown;
  };
  const std::vector<Row> rows = {
      {"{secret: true, default: hünter, check: \"${value == 'x'}\"}",
       "default: ******, check: \"${value == 'x'}\"}"},
      {"{secret: true, default: \"hünter\", wrong: 1}", "default: *******\", wrong: 1}"},
      {"{secret: true, type: map, default: {a: [hünter]}, wrong: 1}", "{a: [******]}, wrong: 1}"},
  };
  for (const Row& row : rows) {
    const std::string shown =
        rendered(load_files({{"stack.yaml", kHead + "variables:\n  v: " + row.variable + "\n"}}));
    INFO(shown);
    CHECK(shown.find(row.shown) != std::string::npos);
    CHECK(shown.find("nter") == std::string::npos);
  }
}

TEST_CASE("a default that comes of a secret is one", "[stack][variables]") {
  const std::string text = kHead +
                           "variables:\n  a: {secret: true}\n"
                           "  b: {default: \"x-${var.a}\", check: \"${length(value) > LEAST}\"}\n"
                           "outputs: {b: \"${var.b}\"}\n";
  const auto load_with = [&](const std::string& least) {
    std::string filled = text;
    filled.replace(filled.find("LEAST"), 5, least);
    return load_files({{"stack.yaml", filled}}, {"stack.yaml"},
                      {{VariableText{"a", "hunter2"}}, {}});
  };
  const Loaded loaded = load_with("8");
  CHECK(faults(loaded).empty());
  CHECK(loaded.stack.outputs.at(0).value == Value(Secret{"x-hunter2"}));
  CHECK(loaded.stack.outputs.at(0).value.has_secret());
  const std::string shown = rendered(load_with("9"));
  CHECK(shown.find("it is (secret), from its default") != std::string::npos);
  CHECK(shown.find("hunter2") == std::string::npos);
}

TEST_CASE("the check of a secret may fail in itself", "[stack][variables]") {
  const std::string text = kHead + "variables:\n  v: {secret: true, check: \"${{a: 1}[value]}\"}\n";
  const Loaded loaded =
      load_files({{"stack.yaml", text}}, {"stack.yaml"}, {{VariableText{"v", "hunter2"}}, {}});
  CHECK(faults(loaded) == "stack.yaml:4:38: a secret does not fit here\n");
  CHECK(rendered(loaded).find("hunter2") == std::string::npos);
}

TEST_CASE("a variable without value tells all the ways to give one", "[stack][variables]") {
  const Loaded loaded = load_files({{"stack.yaml", kHead + "variables: {region: {}}\n"}});
  const std::string shown = rendered(loaded);
  for (const char* way : {"--var region=", "--var-file", "STACKCTL_VAR_region", "default"}) {
    INFO(way);
    CHECK(shown.find(way) != std::string::npos);
  }
  CHECK(
      faults(load_files({{"stack.yaml", kHead + "variables: {a: {default: 1, message: x}}\n"}})) ==
      "stack.yaml:3:29: 'message' belongs to a 'check'\n");
}

}  // namespace
}  // namespace stackctl::stack
