#include <catch2/catch.hpp>

#include "unit/stack/made_up_files.h"

namespace stackctl::stack {
namespace {

TEST_CASE("files are laid over one another", "[stack][files]") {
  const Files files = {
      {"stack.yaml", kHead + "variables: {size: {default: small}}\n"
                             "resources:\n"
                             "  web: {kind: machine, size: \"${var.size}\", disks: [1, 2],\n"
                             "        labels: {a: one, b: two}}\n"
                             "  test: {kind: machine, size: s}\n"},
      {"envs/prod.yaml",
       "stack: shop-prod\n"
       "variables: {size: {default: large}}\n"
       "resources:\n"
       "  web: {disks: [3], labels: {b: null, c: three}}\n"
       "  test: null\n"
       "  db: {kind: machine, size: m}\n"},
      {"last.yaml", "resources: {db: {size: xl}}\noutputs: {x: \"1\"}\n"}};
  const Loaded loaded = load_files(files, {"stack.yaml", "envs/prod.yaml", "last.yaml"});
  CHECK(faults(loaded).empty());
  CHECK(loaded.stack.name == "shop-prod");
  CHECK(loaded.stack.file == "stack.yaml");
  CHECK(loaded.stack.resources.size() == 2);
  CHECK(attributes(loaded, "web") ==
        Value(Map{
            {"size", "large"}, {"disks", List{3}}, {"labels", Map{{"a", "one"}, {"c", "three"}}}}));
  CHECK(attributes(loaded, "db")["size"] == Value("xl"));
  CHECK(loaded.stack.outputs.size() == 1);
  CHECK(find(loaded, "web")->location.file == "stack.yaml");
  CHECK(find(loaded, "db")->location == Location{"envs/prod.yaml", 6, 3, 2});
  CHECK(find(loaded, "db")->locations->at("size").file == "last.yaml");
  CHECK(load_files(files, {"stack.yaml", "stack.yaml"}).stack.resources.size() == 2);
}

TEST_CASE("faults point into the file with the mistake", "[stack][files]") {
  const Loaded loaded =
      load_files({{"stack.yaml", kHead + "resources:\n  web: {kind: machine, size: s, x: 1}\n"},
                  {"prod.yaml", "resources:\n  web: {size: [1], y: 1}\n  db: {kind: machne}\n"}},
                 {"stack.yaml", "prod.yaml"});
  CHECK(faults(loaded) ==
        "stack.yaml:4:33: unknown attribute 'x' of a machine\n"
        "prod.yaml:2:15: 'size' must be a string, not a list\n"
        "prod.yaml:2:20: unknown attribute 'y' of a machine\n"
        "prod.yaml:3:14: unknown kind 'machne'\n");
  CHECK(rendered(loaded).find("3 |   db: {kind: machne}") != std::string::npos);
}

TEST_CASE("a null over nothing is a value", "[stack][files]") {
  const Loaded loaded =
      load_files({{"stack.yaml", kHead + "variables: {a: {default: 1}}\n"
                                         "resources: {web: {kind: machine, size: s}}\n"},
                  {"more.yaml", "variables: {b: {default: null}}\noutputs: {x: \"${var.b}\"}\n"}},
                 {"stack.yaml", "more.yaml"});
  CHECK(faults(loaded).empty());
}

TEST_CASE("a removed section or name is gone for all", "[stack][files]") {
  const Files files = {
      {"stack.yaml", kHead + "locals: {a: 1}\nresources:\n  web: {kind: machine, size: s}\n"
                             "  db: {kind: machine, size: \"${web.address}\"}\n"},
      {"no-web.yaml", "resources: {web: ~}\n"},
      {"nothing.yaml", "resources:\nlocals:\n"}};
  CHECK(faults(load_files(files, {"stack.yaml", "no-web.yaml"})) ==
        "stack.yaml:6:32: unknown resource 'web'\n");
  CHECK(load_files(files, {"stack.yaml", "nothing.yaml"}).stack.resources.empty());
}

TEST_CASE("files that cannot be laid over anything", "[stack][files]") {
  const std::string good = kHead + "resources: {web: {kind: machine, size: s}}\n";
  CHECK(faults(load_files({{"stack.yaml", good}}, {"stack.yaml", "gone.yaml"})) ==
        "gone.yaml:0:0: cannot read the file 'gone.yaml'\n");
  CHECK(faults(load_files({{"stack.yaml", good}, {"b.yaml", "[1]"}}, {"stack.yaml", "b.yaml"})) ==
        "b.yaml:1:1: a stack file is a map of keys and values\n");
  CHECK(faults(load_files({{"stack.yaml", "a: ["}, {"b.yaml", "{"}}, {"stack.yaml", "b.yaml"}))
            .find("b.yaml:") != std::string::npos);
  CHECK(faults(load_files({{"stack.yaml", good}, {"b.yaml", "resources: 5\n"}},
                          {"stack.yaml", "b.yaml"})) == "b.yaml:1:12: 'resources' must be a map\n");
}

TEST_CASE("included files lie below the one that includes them", "[stack][files]") {
  const Files files = {
      {"a/stack.yaml", "include: [parts/db.yaml, ../shared.yaml]\n" + kHead +
                           "resources:\n  db: {size: large}\n"
                           "  web: {kind: machine, size: \"${local.size}\"}\n"},
      {"a/parts/db.yaml",
       "include: size.yaml\nvariables: {x: {default: 1}}\n"
       "resources: {db: {kind: machine, size: small, script: "
       "\"${file('run.sh')}\"}}\n"},
      {"a/parts/size.yaml", "locals: {size: m}\n"},
      {"a/parts/run.sh", "echo db"},
      {"shared.yaml",
       "variables: {x: {default: 2}}\n"
       "resources: {log: {kind: machine, size: s, script: {file: run.sh}}}\n"},
      {"run.sh", "echo log"},
  };
  const Loaded loaded = load_files(files, {"a/stack.yaml"});
  CHECK(faults(loaded).empty());
  CHECK(loaded.stack.resources.size() == 3);
  CHECK(attributes(loaded, "db") == Value(Map{{"size", "large"}, {"script", "echo db"}}));
  CHECK(attributes(loaded, "log") == Value(Map{{"size", "s"}, {"script", "echo log"}}));
  CHECK(attributes(loaded, "web")["size"] == Value("m"));
  CHECK(loaded.sources.size() == 4);
}

TEST_CASE("a file that several include is read once", "[stack][files]") {
  const Loaded loaded = load_files({{"stack.yaml", "include: [a.yaml, b.yaml]\n" + kHead},
                                    {"a.yaml", "include: base.yaml\n"},
                                    {"b.yaml", "include: [./base.yaml]\n"},
                                    {"base.yaml", "resources: {web: {kind: machine, size: s}}\n"}});
  CHECK(faults(loaded).empty());
  CHECK(loaded.stack.resources.size() == 1);
}

TEST_CASE("includes that make no sense", "[stack][files]") {
  struct Row {
    std::string include;
    const char* faults;
  };
  const std::vector<Row> rows = {
      {"[one.yaml, two.yaml]",
       "two.yaml:1:13: resource 'web' is defined twice\n"
       "two.yaml:2:10: local 'a' is defined twice\n"
       "two.yaml:3:11: output 'o' is defined twice\n"},
      {"gone.yaml", "stack.yaml:1:10: cannot read the file 'gone.yaml'\n"},
      {"[circle.yaml]", "circle.yaml:1:10: 'stack.yaml' includes itself\n"},
      {"stack.yaml", "stack.yaml:1:10: 'stack.yaml' includes itself\n"},
      {"list.yaml", "list.yaml:1:1: a stack file is a map of keys and values\n"},
      {"{a: b}", "stack.yaml:1:10: 'include' wants the paths of files\n"},
      {"[\"${var.x}.yaml\"]", "stack.yaml:1:11: 'include' wants the paths of files\n"},
      {"[[one.yaml]]", "stack.yaml:1:11: 'include' wants the paths of files\n"},
      {"", ""},
      {"[]", ""},
  };
  for (const Row& row : rows) {
    INFO(row.include);
    const Loaded loaded = load_files(
        {{"stack.yaml", "include: " + row.include + "\n" + kHead},
         {"one.yaml",
          "resources: {web: {kind: machine, size: s}}\nlocals: {a: 1}\noutputs: {o: a}\n"},
         {"two.yaml",
          "resources: {web: {kind: machine, size: s}}\nlocals: {a: 1}\noutputs: {o: a}\n"},
         {"circle.yaml", "include: stack.yaml\n"},
         {"list.yaml", "- 1\n"}});
    CHECK(faults(loaded) == row.faults);
  }
  const Loaded twice = load_files({{"stack.yaml", "include: [one.yaml, two.yaml]\n" + kHead},
                                   {"one.yaml", "\nresources: {web: {kind: machine, size: s}}\n"},
                                   {"two.yaml", "resources: {web: {kind: machine, size: s}}\n"}});
  CHECK(rendered(twice).find("it stands in one.yaml:2 already") != std::string::npos);
}

TEST_CASE("includes are bounded", "[stack][files]") {
  Files files = {{"stack.yaml", "include: f1.yaml\n" + kHead}};
  const auto add = [&](int from, int to) {
    for (int i = from; i <= to; ++i)
      files["f" + std::to_string(i) + ".yaml"] = "include: f" + std::to_string(i + 1) + ".yaml\n";
    files["f" + std::to_string(to) + ".yaml"] = "locals: {a: 1}\n";
  };
  add(1, 99);
  CHECK(faults(load_files(files)).empty());
  add(99, 100);
  CHECK(faults(load_files(files)) == "f99.yaml:1:10: the stack has more than 100 files\n");
}

}  // namespace
}  // namespace stackctl::stack
