#include <catch2/catch.hpp>

#include "stackctl/json.h"
#include "stackctl/schema.h"

using namespace stackctl;

namespace {

Attribute rule() {
  return object("rule", "Rule",
                {integer("port", "Port"), text("protocol", "Protocol").otherwise("tcp"),
                 text("name", "Name").normalise(lower_case), output("id", "Identifier")});
}

std::string written(const Value& value, const Attribute& attribute) {
  return json::write(canonical(value, attribute), json::Secrets::revealed);
}

}  // namespace

TEST_CASE("canonical: two spellings of the same") {
  struct Row {
    Attribute attribute;
    Value value;
    std::string json;
  };
  const std::vector<Row> rows = {
      {integer("n", ""), 2.0, "2"},
      {number("n", ""), 2.5, "2.5"},
      {text("t", "").normalise(lower_case), "ABC", R"("abc")"},
      {rule(), Map{{"port", 80.0}, {"name", "HTTP"}, {"id", "1"}, {"unheard-of", 1}},
       R"({"name":"http","port":80,"protocol":"tcp"})"},
      {rule(), Map{{"port", Value()}, {"protocol", Value()}}, R"({"protocol":"tcp"})"},
      {list_of("l", text("", ""), ""), List{"b", "a", "b"}, R"(["b","a","b"])"},
      {set_of("s", text("", ""), ""), List{"b", "a", "b"}, R"(["a","b"])"},
      {set_of("s", text("", "").normalise(lower_case), ""), List{"B", "a", "b"}, R"(["a","b"])"},
      {set_of("s", integer("", ""), ""), List{2, 1.0, 1}, "[1,2]"},
      {set_of("s", text("", ""), ""), List{Secret{"b"}, Secret{"a"}}, R"(["a","b"])"},
      {set_of("s", rule(), ""),
       List{Map{{"port", 81}, {"id", "x"}}, Map{{"port", 80}},
            Map{{"port", 81}, {"protocol", "tcp"}, {"id", "y"}}},
       R"([{"port":80,"protocol":"tcp"},{"port":81,"protocol":"tcp"}])"},
      {map_of("m", rule(), ""), Map{{"a", Map{}}, {"b", Value()}}, R"({"a":{"protocol":"tcp"}})"},
      {any("a", ""), Map{{"x", Value()}, {"y", List{1.0, Map{{"z", Value()}}}}}, R"({"y":[1,{}]})"},
      {rule(), "not a map", R"("not a map")"},
      {set_of("s", rule(), ""), Map{{"not", "a list"}}, R"({"not":"a list"})"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.attribute.name, display(row.value));
    CHECK(written(row.value, row.attribute) == row.json);
  }
}

TEST_CASE("canonical: sets of references are sorted and keep every one") {
  const Attribute groups = set_of("groups", ref("", "security_group", ""), "");
  const Value a = Reference{"a", "id"};
  const Value b = Reference{"b", "id"};
  CHECK(canonical(List{b, a, b}, groups) == Value(List{a, b}));
  CHECK(canonical(List{b, a, "0"}, groups).items().size() == 3);
}

TEST_CASE("canonical: what is known later is left alone") {
  const Value reference = Reference{"web", "name"};
  CHECK(canonical(reference, text("t", "").normalise(lower_case)) == reference);
  const Value deferred = Deferred{{reference}, nullptr, ""};
  CHECK(canonical(deferred, set_of("s", text("", ""), "")).deferred() != nullptr);
}
