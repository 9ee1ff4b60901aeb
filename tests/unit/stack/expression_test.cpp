#include <catch2/catch.hpp>

#include "stack/evaluate.h"
#include "stack/functions.h"

namespace stackctl::stack {
namespace {

/// `var.NAME` are known values, `secret` a secret, `web-sg` a resource, `db.X` references.
Value lookup(const Name& name, const Report& report) {
  static const Map variables = {
      {"n", 5},
      {"name", "shop"},
      {"zones", List{"a", "b"}},
      {"sizes", Map{{"small", 1}, {"large", Map{{"cpu", 4}}}}},
      {"password", Secret{"hunter2"}},
      {"nothing", Value{}},
  };
  const std::string root(name.root);
  if (root == "var" && variables.contains(name.member)) return variables.find(name.member)->second;
  if (root == "web-sg" || root == "db") return Reference{root, std::string(name.member)};
  report(name.root_span, error("unknown '" + root + "'"));
  return invalid();
}

struct Outcome {
  Value value;
  std::string fault;  ///< "at+length: summary" of each
};

Outcome run(std::string_view text) {
  const Scope scope{lookup, [](const std::string& path) -> std::optional<std::string> {
                      if (path == "hello.txt") return "hello ${name} $HOME ${HOME} ${x:-y}";
                      return std::nullopt;
                    }};
  Outcome outcome;
  outcome.value = evaluate(text, scope, [&](Span span, const Diagnostic& fault) {
    outcome.fault +=
        std::to_string(span.at) + '+' + std::to_string(span.length) + ": " + fault.summary + '\n';
  });
  return outcome;
}

/// The value once db.address is 10.0.0.1, db.port 3306 and db.token a secret.
Value later(const Value& value) {
  const Result<Value> resolved =
      resolve(value, [](const Reference& reference) -> std::optional<Value> {
        if (reference.attribute == "address") return Value("10.0.0.1");
        if (reference.attribute == "port") return Value(3306);
        if (reference.attribute == "token") return Value(Secret{"t0k"});
        if (reference.attribute == "members") return Value(List{"x", "y"});
        return std::nullopt;
      });
  return resolved ? *resolved : Value("fault: " + resolved.fault().summary);
}

TEST_CASE("known expressions", "[stack][expression]") {
  struct Row {
    const char* text;
    Value value;
  };
  const std::vector<Row> rows = {
      {"plain", "plain"},
      {"${1}", 1},
      {"${1.5}", 1.5},
      {"${'a'}", "a"},
      {R"(${"a\n"})", "a\n"},
      {"${null}", Value{}},
      {"a${1}b${true}", "a1btrue"},
      {"$${HOME} ${var.n}", "${HOME} 5"},
      {"$${", "${"},
      {"costs 5$", "costs 5$"},
      {"${1 + 2 * 3}", 7},
      {"${(1 + 2) * 3}", 9},
      {"${7 - 2 - 1}", 4},
      {"${7 / 2}", 3.5},
      {"${8 / 2}", 4},
      {"${7 % 4}", 3},
      {"${5-3}", 2},
      {"${var.n - 1}", 4},
      {"${-var.n}", -5},
      {"${- -3}", 3},
      {"${1 < 2 && 2 <= 2}", true},
      {"${1 > 2 || 2 >= 3}", false},
      {"${1 == 1.0}", true},
      {"${'a' != 'b'}", true},
      {"${var.zones == ['a', 'b']}", true},
      {"${var.nothing == null}", true},
      {"${!true || true}", true},
      {"${true ? 1 : 2}", 1},
      {"${false ? 1 : true ? 2 : 3}", 2},
      {"${var.zones[1]}", "b"},
      {"${var.sizes.small}", 1},
      {"${var.sizes['large'].cpu}", 4},
      {"${[1, 'a', [true]]}", List{1, "a", List{true}}},
      {"${{a: 1, 'b c': {d: 2}}}", Map{{"a", 1}, {"b c", Map{{"d", 2}}}}},
      {"${{a: 1}.a}", 1},
      {"${web-sg}", Reference{"web-sg", ""}},
      {"${db.address}", Reference{"db", "address"}},
      {"${[web-sg]}", List{Reference{"web-sg", ""}}},
      {"${'}'}", "}"},
      // Nothing is evaluated that does not count.
      {"${var.name == 'shop' ? 1 : nobody.home}", 1},
      {"${false && nobody.home}", false},
      {"${true || nobody.home}", true},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    const Outcome outcome = run(row.text);
    CHECK(outcome.fault.empty());
    CHECK(outcome.value == row.value);
  }
}

TEST_CASE("functions", "[stack][expression]") {
  struct Row {
    const char* text;
    Value value;
  };
  const std::vector<Row> rows = {
      {"${upper('aé1')}", "Aé1"},
      {"${lower('ABC')}", "abc"},
      {"${trim('--a-b--', '-')}", "a-b"},
      {R"(${trimspace(" a \n")})", "a"},
      {"${replace('a.b.c', '.', '..')}", "a..b..c"},
      {"${split(',', 'a,,b')}", List{"a", "", "b"}},
      {"${join('-', ['a', 1, true])}", "a-1-true"},
      {"${join('-', [])}", ""},
      {"${format('%s-%03d %.1f %q %%|%4s|%-4s|', 'web', 7, 2, 'x', 'r', 'l')}",
       "web-007 2.0 \"x\" %|   r|l   |"},
      {"${length('é1')}", 2},
      {"${length([1, 2])}", 2},
      {"${length({a: 1})}", 1},
      {"${length([db.address, web-sg])}", 2},
      {"${concat([1], [], [web-sg])}", List{1, Reference{"web-sg", ""}}},
      {"${merge({a: 1, b: 1}, {b: db.address})}", Map{{"a", 1}, {"b", Reference{"db", "address"}}}},
      {"${keys({b: 1, a: 2})}", List{"a", "b"}},
      {"${values({b: 1, a: 2})}", List{2, 1}},
      {"${contains(['a', 'b'], 'b')}", true},
      {"${lookup({a: 1}, 'a', 2)}", 1},
      {"${lookup({a: 1}, 'b', 2)}", 2},
      {"${coalesce('', null, 'x', 'y')}", "x"},
      {"${min(3, 1.5, 2)}", 1.5},
      {"${max(3, 1.5, 2)}", 3},
      {"${tostring(1.5)}", "1.5"},
      {"${tonumber('12')}", 12},
      {"${tonumber('1.5')}", 1.5},
      {"${jsonencode({b: [1, null], a: 'x'})}", R"({"a":"x","b":[1,null]})"},
      {"${jsondecode('[1, {}]')}", List{1, Map{}}},
      {"${base64encode('hello')}", "aGVsbG8="},
      {"${base64decode('aGVsbG8=')}", "hello"},
      {"${sha256('abc')}", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {"${file('hello.txt')}", "hello ${name} $HOME ${HOME} ${x:-y}"},
      {"${templatefile('hello.txt', {name: var.name})}", "hello shop $HOME ${HOME} ${x:-y}"},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    const Outcome outcome = run(row.text);
    CHECK(outcome.fault.empty());
    CHECK(outcome.value == row.value);
  }
}

TEST_CASE("every function is sorted, explained and tested", "[stack][expression]") {
  std::string_view before;
  for (const Function& function : functions()) {
    INFO(function.name);
    CHECK(before < function.name);
    CHECK(function.signature.starts_with(function.name));
    CHECK_FALSE(function.help.empty());
    CHECK(function.call != nullptr);
    CHECK(find_function(function.name) == &function);
    before = function.name;
  }
}

TEST_CASE("values known after apply flow on", "[stack][expression]") {
  struct Row {
    const char* text;
    Value value;
  };
  const std::vector<Row> rows = {
      {"http://${db.address}:${db.port}/", "http://10.0.0.1:3306/"},
      {"${db.port + 1 > 3000}", true},
      {"${db.port == 3306 ? 'mysql' : 'other'}", "mysql"},
      {"${db.port == 1 || true}", true},
      {"${true && db.port == 3306}", true},
      {"${db.members[1]}", "y"},
      {"${var.zones[db.port - 3305]}", "b"},
      {"${join(',', [db.address, db.port])}", "10.0.0.1,3306"},
      {"${jsonencode({a: db.address})}", R"({"a":"10.0.0.1"})"},
      {"${[upper(db.address)]}", List{"10.0.0.1"}},
      {"${format('%s/%d', db.address, db.port * 2)}", "10.0.0.1/6612"},
      {"${templatefile('hello.txt', {name: db.address})}", "hello 10.0.0.1 $HOME ${HOME} ${x:-y}"},
      {"token=${db.token}", Secret{"token=t0k"}},
      {"${var.password}@${db.address}", Secret{"hunter2@10.0.0.1"}},
      {"${db.port / 0}", "fault: division by zero"},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    const Outcome outcome = run(row.text);
    CHECK(outcome.fault.empty());
    CHECK_FALSE(outcome.value.is_known());
    CHECK(later(outcome.value) == row.value);
  }
}

TEST_CASE("a deferred value names what it waits for once", "[stack][expression]") {
  const Value value = run("${db.address} ${db.address} ${db.port}").value;
  REQUIRE(value.deferred() != nullptr);
  CHECK(value.deferred()->arguments.size() == 2);
  CHECK(value.deferred()->source == "${db.address} ${db.address} ${db.port}");
  const auto half = resolve(value, [](const Reference& reference) -> std::optional<Value> {
    return reference.attribute == "port" ? std::optional<Value>(1) : std::nullopt;
  });
  REQUIRE(half);
  CHECK(later(*half) == Value("10.0.0.1 10.0.0.1 1"));
}

TEST_CASE("what comes of a secret is secret", "[stack][expression]") {
  CHECK(run("${var.password}").value == Value(Secret{"hunter2"}));
  CHECK(run("a ${var.password}").value == Value(Secret{"a hunter2"}));
  CHECK(run("${upper(var.password)}").value == Value(Secret{"HUNTER2"}));
  CHECK(run("${length(var.password)}").value == Value(Secret{"7"}));
  CHECK(run("${split('t', var.password)}").value == Value(List{Secret{"hun"}, Secret{"er2"}}));
  CHECK(run("${jsonencode({p: var.password})}").value == Value(Secret{R"({"p":"hunter2"})"}));
  CHECK(run("${{p: var.password}}").value == Value(Map{{"p", Secret{"hunter2"}}}));
  CHECK(run("${coalesce('', var.password)}").value == Value(Secret{"hunter2"}));
  CHECK(run("${var.password == 'hunter2'}").value == Value(true));
}

TEST_CASE("faults stand at the part they are about", "[stack][expression]") {
  struct Row {
    const char* text;
    const char* fault;
  };
  const std::vector<Row> rows = {
      {"${nobody}", "2+6: unknown 'nobody'\n"},
      {"x ${1 +}", "7+1: expected a value, but found '}'\n"},
      {"${1", "3+1: the expression ends too early: expected '}'\n"},
      {"${'a}", "2+1: this text has no closing quote\n"},
      {"${a # b}", "4+1: unexpected character '#'\n"},
      {"${1 + 'a'}", "6+3: '+' wants numbers, not a string\n"},
      {"${var.zones.x}", "12+1: a list is indexed by an integer, not a string\n"},
      {"${web-sg == 1}", "2+6: 'web-sg' is a resource, not a value\n"},
      {"${join(',', [web-sg])}", "2+4: 'web-sg' is a resource, not a value\n"},
      {"${web-sg[0]}", "9+1: 'web-sg' is one resource, not a list of them\n"},
      {"${file(db.address)}",
       "2+4: 'file' cannot read a file whose name is secret or known after apply\n"},
      {"${9223372036854775807 + 1}", "22+1: the result is too big for an integer\n"},
      {"${a.b} ${c.d}", "2+1: unknown 'a'\n9+1: unknown 'c'\n"},
      {"a ${null}", "4+4: null cannot stand inside a text\n"},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    const Outcome outcome = run(row.text);
    CHECK(outcome.fault == row.fault);
    CHECK(is_invalid(outcome.value));
  }
}

TEST_CASE("expressions nested without end are refused", "[stack][expression]") {
  for (const std::string open : {"(", "[", "-", "!", "{a:", "upper("}) {
    std::string text = "${";
    for (int i = 0; i < 100'000; ++i) text += open;
    INFO(open);
    CHECK_FALSE(run(text).fault.empty());
  }
  std::string flat = "${1";
  for (int i = 0; i < 10'000; ++i) flat += " + 1";
  CHECK_FALSE(run(flat + "}").fault.empty());
}

}  // namespace
}  // namespace stackctl::stack
