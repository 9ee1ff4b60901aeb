#include "stackctl/json.h"

#include <cmath>
#include <limits>

#include <catch2/catch.hpp>

using namespace stackctl;

namespace {

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

}  // namespace

TEST_CASE("json: what is read is written back, compact and sorted") {
  struct Row {
    std::string text, written;
  };
  const Row row = GENERATE(values<Row>({
      {"null", "null"},
      {" true ", "true"},
      {"[1, -2, 3.5, 1e3]", "[1,-2,3.5,1000]"},
      {"9223372036854775807", "9223372036854775807"},
      {"-9223372036854775808", "-9223372036854775808"},
      {"9223372036854775808", "9.223372036854775808e+18"},
      {R"({"b": {}, "a": [], "B": ""})", R"({"B":"","a":[],"b":{}})"},
      {R"({"a": 1, "a": 2})", R"({"a":2})"},
      {R"("\u00e9\n\"\\\u0001")", "\"\xC3\xA9\\n\\\"\\\\\\u0001\""},
      {R"([[1, [2]], {"a": [{"b": null}]}])", R"([[1,[2]],{"a":[{"b":null}]}])"},
  }));
  CAPTURE(row.text);
  const auto value = json::parse(row.text);
  REQUIRE(value);
  // How many digits a double needs is up to the library; that it means the same is not.
  const auto again = json::parse(json::write(*value));
  REQUIRE(again);
  CHECK(*again == *value);
  if (value->number() == nullptr) CHECK(json::write(*value) == row.written);
}

TEST_CASE("json: integers beyond 64 bits become doubles") {
  const auto value = json::parse("[9223372036854775808, 99999999999999999999]");
  REQUIRE(value);
  for (const Value& item : value->items()) CHECK(item.number() != nullptr);
}

TEST_CASE("json: malformed text is a fault that says where") {
  struct Row {
    std::string text, summary;
  };
  const Row row = GENERATE(values<Row>({
      {"", "invalid JSON at byte 1"},
      {"{", "invalid JSON at byte 2"},
      {"[1,]", "invalid JSON at byte 4"},
      {"1 2", "invalid JSON at byte 3"},
      {"{'a': 1}", "invalid JSON at byte 2"},
      {"nul", "invalid JSON at byte 4"},
      {"\"\xff\"", "invalid JSON at byte 2"},
      {"\"\xc0\xaf\"", "invalid JSON at byte 2"},
      {R"("\ud800")", "invalid JSON at byte 8"},
      {"[1e999]", "invalid JSON at byte 6"},
      {std::string("1\0", 2), "invalid JSON at byte 2"},
  }));
  CAPTURE(row.text);
  const auto value = json::parse(row.text);
  REQUIRE_FALSE(value);
  CHECK(value.fault().summary == row.summary);
}

TEST_CASE("json: depth is bounded") {
  CHECK(json::parse(nested(128)));
  const std::string text = GENERATE(nested(129), nested(1'000'000), std::string(1'000'000, '['));
  const auto value = json::parse(text);
  REQUIRE_FALSE(value);
  CHECK(value.fault().summary == "the JSON text nests deeper than 128 levels");
}

TEST_CASE("json: size is bounded") {
  std::string text((std::size_t{64} << 20) + 1, ' ');
  text.front() = '1';
  const auto value = json::parse(text);
  REQUIRE_FALSE(value);
  CHECK(value.fault().summary == "the JSON text is larger than 64 MiB");
}

TEST_CASE("json: the number of values is bounded") {
  std::string text = "[0";
  for (int i = 0; i < 4'000'000; ++i) text += ",0";
  const auto value = json::parse(text + "]");
  REQUIRE_FALSE(value);
  CHECK(value.fault().summary == "the JSON text holds more than 4000000 values");
}

TEST_CASE("json: secrets are hidden unless revealed") {
  const Value value = Map{{"password", Secret{"p\"w"}}, {"user", "me"}};
  CHECK(json::write(value) == "{\"password\":\"(secret)\",\"user\":\"me\"}");
  CHECK(json::write(value, json::Secrets::revealed) == R"({"password":"p\"w","user":"me"})");
}

TEST_CASE("json: what is not known yet says so") {
  const Value value = List{Reference{"web", "id"}, Deferred{{Reference{"web", "id"}}, nullptr, ""}};
  const std::string expected = "[\"(known after apply)\",\"(known after apply)\"]";
  CHECK(json::write(value) == expected);
  CHECK(json::write(value, json::Secrets::revealed) == expected);
}

TEST_CASE("json: writing never fails") {
  CHECK(json::write(std::nan("")) == "null");
  CHECK(json::write(std::numeric_limits<double>::infinity()) == "null");
  CHECK(json::write("a\xff"
                    "b") ==
        "\"a\xEF\xBF\xBD"
        "b\"");
  CHECK(json::write(Map{{"\xff", 1}}) == "{\"\xEF\xBF\xBD\":1}");
}

TEST_CASE("json: indented") {
  const Value value = Map{{"a", List{1, Map{{"b", List{}}}}}, {"c", Map{}}};
  CHECK(json::write(value, json::Secrets::hidden, 2) == R"({
  "a": [
    1,
    {
      "b": []
    }
  ],
  "c": {}
})");
}
