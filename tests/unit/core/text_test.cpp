#include "stackctl/text.h"

#include <cstdint>

#include <catch2/catch.hpp>

using namespace stackctl;
using namespace std::chrono_literals;

TEST_CASE("text: the nearest name") {
  const std::vector<std::string_view> names = {"size", "security_groups", "image", "port"};
  struct Row {
    std::string word, near;
  };
  const Row row = GENERATE(values<Row>({
      {"sise", "size"},  // one letter changed
      {"siez", "size"},  // two swapped
      {"siz", "size"},   // one missing
      {"security-groups", "security_groups"},
      {"Security_Group", "security_groups"},
      {"securtygruops", "security_groups"},
      {"IMAGE", "image"},
      {"listeners", ""},
      {"x", ""},
      {"", ""},
  }));
  CAPTURE(row.word);
  CHECK(nearest(row.word, names) == row.near);
}

TEST_CASE("text: a word that is wholly different is never near") {
  const std::vector<std::string_view> names = {"a", "b"};
  CHECK(nearest("c", names).empty());
  CHECK(nearest("A", names) == "a");
}

TEST_CASE("text: suggestions") {
  const std::vector<std::string_view> names = {"tcp", "udp", "icmp"};
  CHECK(suggest("tpc", names) == "did you mean 'tcp'?");
  CHECK(suggest("carrier pigeon", names) == "expected one of: tcp, udp, icmp");
  CHECK(suggest("tcp", {}).empty());

  const std::vector<std::string_view> many(30, "same");
  CHECK_THAT(suggest("other one", many), Catch::EndsWith("same, same, ..."));
}

TEST_CASE("text: join, split, trim, lower case") {
  const std::vector<std::string> parts = {"a", "", "b"};
  CHECK(join(parts, ", ") == "a, , b");
  CHECK(join({}, ", ").empty());
  CHECK(split("a,,b", ',') == parts);
  CHECK(split("", ',') == std::vector<std::string>{""});
  CHECK(split("a,", ',') == std::vector<std::string>{"a", ""});
  CHECK(trim(" \t a b\r\n") == "a b");
  CHECK(trim(" \n ").empty());
  CHECK(to_lower("Ab-Z_9\xC3\x89") == "ab-z_9\xC3\x89");
}

TEST_CASE("text: UUIDs") {
  CHECK(is_uuid("7a0cd8b2-35b1-4a0b-9b4c-0123456789aF"));
  CHECK_FALSE(is_uuid(""));
  CHECK_FALSE(is_uuid("7a0cd8b2-35b1-4a0b-9b4c-0123456789a"));
  CHECK_FALSE(is_uuid("7a0cd8b2-35b1-4a0b-9b4c-0123456789ag"));
  CHECK_FALSE(is_uuid("7a0cd8b2035b1-4a0b-9b4c-0123456789af"));
  CHECK_FALSE(is_uuid("7a0cd8b2-35b1-4a0b-9b4c-01234567-9af"));
}

TEST_CASE("text: durations are read") {
  struct Row {
    std::string text;
    Duration duration;
  };
  const Row row = GENERATE(values<Row>({
      {"10s", 10s},
      {"10", 10s},
      {"0", 0s},
      {"250ms", 250ms},
      {"5m", 5min},
      {"1h30m", 90min},
      {"1d", 24h},
      {"1h1m1s1ms", 3'661'001ms},
      {" 3s ", 3s},
  }));
  CAPTURE(row.text);
  const auto parsed = parse_duration(row.text);
  REQUIRE(parsed);
  CHECK(*parsed == row.duration);
}

TEST_CASE("text: what is no duration is a fault with a hint") {
  const std::string text = GENERATE(values<std::string>(
      {"", " ", "s", "-1s", "+1s", "1x", "1.5s", "1m1h", "1s1s", "1 s", "1e3",
       "99999999999999999999s", "9223372036854775807s", "106751991d106751991h", "ten"}));
  CAPTURE(text);
  const auto parsed = parse_duration(text);
  REQUIRE_FALSE(parsed);
  CHECK(parsed.fault().summary == "'" + text + "' is not a duration");
  CHECK(parsed.fault().hint == "write it like 30s, 5m or 1h30m");
}

TEST_CASE("text: durations are shown") {
  struct Row {
    Duration duration;
    std::string text;
  };
  const Row row = GENERATE(values<Row>({
      {0s, "0s"},
      {14ms, "14ms"},
      {300ms, "0.3s"},
      {960ms, "1s"},
      {1500ms, "1.5s"},
      {2s, "2s"},
      {9990ms, "10s"},
      {12700ms, "12s"},
      {60s, "1m"},
      {252s, "4m 12s"},
      {3600s, "1h"},
      {3725s, "1h 2m"},
      {-90s, "-1m 30s"},
  }));
  CHECK(display(row.duration) == row.text);
}
