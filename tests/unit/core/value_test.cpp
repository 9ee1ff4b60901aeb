#include "stackctl/value.h"

#include <utility>

#include <catch2/catch.hpp>

using namespace stackctl;

namespace {

/// Joins its arguments' texts.
Value joined(std::vector<Value> arguments) {
  auto compute = [](std::span<const Value> known) -> Result<Value> {
    std::string out;
    for (const Value& value : known) {
      if (value.text() == nullptr) return error("not a text");
      out += *value.text();
    }
    return Value(out);
  };
  return Deferred{std::move(arguments), std::make_shared<const Deferred::Compute>(compute), "j"};
}

std::optional<Value> addresses(const Reference& reference) {
  if (reference.attribute != "address") return std::nullopt;
  return Value(reference.target + ".example");
}

const Reference db{"db", "address"};
const Reference lb{"lb", "address"};
const Reference later{"web", "id"};

}  // namespace

TEST_CASE("value: access to members and items of the wrong thing is harmless") {
  const Value map = Map{{"a", "text"}, {"n", 1}, {"s", Secret{"pw"}}};
  CHECK(map["a"] == Value("text"));
  CHECK(map["none"].is_null());
  CHECK(map["a"]["b"].is_null());
  CHECK(map.text_at("a") == "text");
  CHECK(map.text_at("n").empty());
  CHECK(map.text_at("s").empty());
  CHECK(map.items().empty());
  CHECK(Value(List{1, 2}).items().size() == 2);
  CHECK(*map["s"].revealed() == "pw");
  CHECK(map["s"].text() == nullptr);
  CHECK(map["n"].revealed() == nullptr);
}

TEST_CASE("value: equality") {
  CHECK(Value(1) == Value(1.0));
  CHECK(Value(1.0) == Value(1));
  CHECK_FALSE(Value(1) == Value(1.5));
  CHECK_FALSE(Value(1) == Value(true));
  CHECK_FALSE(Value(1) == Value("1"));
  CHECK_FALSE(Value() == Value(false));
  CHECK(Value(List{1, Map{{"a", 2}}}) == Value(List{1.0, Map{{"a", 2.0}}}));
  CHECK_FALSE(Value(List{1}) == Value(List{1, 2}));
  CHECK(Value(db) == Value(db));
  CHECK_FALSE(Value(db) == Value(lb));

  // 2^53 + 1 is no double; a comparison as doubles would call these equal.
  CHECK_FALSE(Value(std::int64_t{9007199254740993}) == Value(9007199254740992.0));
  CHECK_FALSE(Value(std::int64_t{9223372036854775807}) == Value(9223372036854775808.0));

  CHECK(Value(Secret{"pw"}) == Value("pw"));
  CHECK_FALSE(Value(Secret{"pw"}) == Value(Secret{"PW"}));

  const Value deferred = joined({db});
  CHECK_FALSE(deferred == deferred);
  CHECK_FALSE(Value(List{deferred}) == Value(List{deferred}));
}

TEST_CASE("value: known and secret are found at any depth") {
  const Value unknown = Map{{"a", List{1, Map{{"b", later}}}}};
  CHECK_FALSE(unknown.is_known());
  CHECK_FALSE(joined({"known"}).is_known());
  CHECK(Value(Map{{"a", List{1, "x"}}}).is_known());

  CHECK(Value(List{Map{{"p", Secret{"pw"}}}}).has_secret());
  CHECK(joined({Secret{"pw"}, db}).has_secret());
  CHECK_FALSE(unknown.has_secret());
}

TEST_CASE("value: copies share what they hold until one of them is changed") {
  Value first = Map{{"a", 1}, {"list", List{1, 2}}};
  Value second = first;
  CHECK(std::as_const(first).map() == std::as_const(second).map());
  second.map()->insert_or_assign("a", 2);
  second.map()->at("list").list()->emplace_back(3);
  CHECK(first == Value(Map{{"a", 1}, {"list", List{1, 2}}}));
  CHECK(second == Value(Map{{"a", 2}, {"list", List{1, 2, 3}}}));

  first = first["list"];  // its own member
  CHECK(first == Value(List{1, 2}));
  first = first.items().front();
  CHECK(first == Value(1));
  List items = {second};
  const Value taken = std::move(items.front());
  CHECK(items.front().is_null());
  CHECK(taken["a"] == Value(2));
}

TEST_CASE("value: references are listed in order, with repetitions") {
  const Value value = Map{{"a", List{db, joined({lb, "x", db})}}, {"b", later}};
  CHECK(references(value) == std::vector<Reference>{db, lb, db, later});
  CHECK(references(Value(1)).empty());
}

TEST_CASE("value: resolve fills in what is known") {
  const Value value = Map{{"known", List{1, db}}, {"later", later}};
  const auto resolved = resolve(value, addresses);
  REQUIRE(resolved);
  CHECK(*resolved == Value(Map{{"known", List{1, "db.example"}}, {"later", later}}));
}

TEST_CASE("value: a deferred value is computed when all its arguments are known") {
  const auto resolved = resolve(Value(List{joined({"http://", lb, "/", joined({db})})}), addresses);
  REQUIRE(resolved);
  CHECK(*resolved == Value(List{"http://lb.example/db.example"}));
}

TEST_CASE("value: a partly known deferred value keeps what is known") {
  const auto resolved = resolve(joined({db, later}), addresses);
  REQUIRE(resolved);
  const Deferred* deferred = resolved->deferred();
  REQUIRE(deferred != nullptr);
  CHECK(deferred->arguments == std::vector<Value>{"db.example", later});
  CHECK(deferred->source == "j");

  const auto rest = resolve(*resolved, [](const Reference& reference) {
    return reference == later ? std::optional<Value>("!") : std::nullopt;
  });
  REQUIRE(rest);
  CHECK(*rest == Value("db.example!"));
}

TEST_CASE("value: a failed computation is the error") {
  const auto resolved = resolve(Value(Map{{"a", List{joined({db, 1})}}}), addresses);
  REQUIRE_FALSE(resolved);
  CHECK(resolved.fault().summary == "not a text");
}

TEST_CASE("value: display") {
  struct Row {
    Value value;
    std::string text, type;
  };
  const std::vector<Row> rows = {
      {Value(), "null", "null"},
      {true, "true", "boolean"},
      {-3, "-3", "integer"},
      {1.5, "1.5", "number"},
      {"a \"b\"\n\t\\", R"("a \"b\"\n\t\\")", "string"},
      {"\x1b[31m\x7f", R"("\x1b[31m\x7f")", "string"},
      {Secret{"pw"}, "(secret)", "secret"},
      {db, "(known after apply)", "reference"},
      {joined({db}), "(known after apply)", "value known after apply"},
      {List{}, "[]", "list"},
      {List{1, "a", Secret{"pw"}}, R"([1, "a", (secret)])", "list"},
      {Map{}, "{}", "map"},
      {Map{{"b", List{db}}, {"a", 1}}, "{a: 1, b: [(known after apply)]}", "map"},
  };
  for (const Row& row : rows) {
    CHECK(display(row.value) == row.text);
    CHECK(type_name(row.value) == row.type);
  }
}
