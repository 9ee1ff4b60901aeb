#include <vector>

#include <catch2/catch.hpp>

#include "unit/stack/run_expression.h"

namespace stackctl::stack {
namespace {

TEST_CASE("a function over a secret gives a secret", "[stack][functions]") {
  const std::vector<Row> rows = {
      {"upper(secret)", Secret{"HUNTER2"}},
      {"replace(secret, '/[0-9]/', 'x')", Secret{"hunterx"}},
      {"regex('[a-z]+', secret)", Secret{"hunter"}},
      {"sha256(secret)",
       Secret{"f52fbd32b2b3b86ff88ef6c490628285f482af15ddcb29541f94bcf526a3f6c7"}},
      {"length(secret)", Secret{"7"}},
      {"coalesce(secret, 'x')", Secret{"hunter2"}},
      {"lookup({hunter2: 'x'}, secret)", Secret{"x"}},
      {"join(',', pair)", Secret{"a,hunter2"}},
      {"jsonencode(login)", Secret{R"({"password":"hunter2","user":"a"})"}},
      {"yamlencode(pair)", Secret{"- \"a\"\n- \"hunter2\"\n"}},
      {"format('%s:%d', secret, 5)", Secret{"hunter2:5"}},
      {"templatefile('hello.txt', {name: secret})", Secret{"hello hunter2 $HOME"}},
      {"sort(pair)", List{Secret{"a"}, Secret{"hunter2"}}},
      {"try(secret, 'x')", Secret{"hunter2"}},
      // The shape of a list or map is no secret, nor are the items beside one.
      {"length(pair)", 2},
      {"element(pair, 0)", "a"},
      {"element(pair, 1)", Secret{"hunter2"}},
      {"keys(login)", List{"password", "user"}},
      {"flatten([pair, 'b'])", List{"a", Secret{"hunter2"}, "b"}},
      {"zipmap(['x', 'y'], pair)", Map{{"x", "a"}, {"y", Secret{"hunter2"}}}},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    const Outcome outcome = run(row.text);
    CHECK(outcome.faults.empty());
    CHECK(outcome.value == row.value);
    CHECK(display(outcome.value) == display(row.value));
  }
}

TEST_CASE("no fault tells a secret", "[stack][functions]") {
  for (const char* text :
       {"{a: 1}[secret]", "file(secret)", "fileexists(secret)", "format(secret, 1)",
        "tonumber(secret)", "format('%d', secret)", "cidrhost(secret, 1)", "jsondecode(secret)",
        "lookup({}, secret)", "zipmap(pair, [1])", "base64decode(secret)",
        "format('%' + secret, 1)", "secret + 1"}) {
    INFO(text);
    const Outcome outcome = run(text);
    CHECK(is_invalid(outcome.value));
    CHECK_FALSE(outcome.all.empty());
    CHECK(outcome.all.find("hunter2") == std::string::npos);
  }
}

TEST_CASE("functions wait for what is known after apply", "[stack][functions]") {
  for (const char* text : {"upper(later)", "sort([later])", "regex('a', later)", "type(later)",
                           "cidrhost(later, 1)", "distinct([later])"}) {
    INFO(text);
    const Outcome outcome = run(text);
    CHECK(outcome.faults.empty());
    CHECK(outcome.value.deferred() != nullptr);
  }
  for (const char* text : {"reverse([later])", "zipmap(['a'], [later])", "chunklist([later], 1)",
                           "setproduct([later])", "slice([later], 0, 1)"}) {
    INFO(text);
    const Outcome outcome = run(text);
    CHECK(outcome.faults.empty());
    CHECK(outcome.value.deferred() == nullptr);
  }
  CHECK(run("file(later)").faults ==
        "'file' cannot read a file whose name is secret or known after apply\n");
}

}  // namespace
}  // namespace stackctl::stack
