#include <catch2/catch.hpp>

#include "cli/line_diff.h"
#include "cli/plan_text.h"
#include "cli/records.h"
#include "cli/value_text.h"
#include "golden/golden.h"
#include "golden/made_up.h"
#include "stackctl/json.h"

namespace stackctl::testing {
namespace {

TEST_CASE("plan: every effect, for people") {
  check_golden("screens/plan.txt", cli::plan_text(rich_plan(), {}).plain());
}

TEST_CASE("plan: with details") {
  check_golden("screens/plan_details.txt", cli::plan_text(rich_plan(), {.details = true}).plain());
}

TEST_CASE("plan: one line for each object") {
  check_golden("screens/plan_quiet.txt", cli::plan_text(rich_plan(), {.quiet = true}).plain());
}

TEST_CASE("plan: nothing to do") {
  check_golden("screens/plan_empty.txt", cli::plan_text(plan_of({}), {}).plain());
  engine::Plan none = plan_of({});
  none.unchanged = 0;
  CHECK(cli::plan_text(none, {}).plain().starts_with("No changes. Stack shop has no objects.\n"));
}

TEST_CASE("plan: in colour it says the same") {
  const std::string coloured = cli::plan_text(rich_plan(), {}).coloured();
  check_golden("screens/plan_coloured.txt", coloured);
  std::string stripped;
  for (std::size_t i = 0; i < coloured.size(); ++i) {
    if (coloured[i] == '\033')
      i = coloured.find('m', i);
    else
      stripped += coloured[i];
  }
  CHECK(stripped == cli::plan_text(rich_plan(), {}).plain());
}

TEST_CASE("plan: as JSON") {
  check_golden("screens/plan.json",
               json::write(cli::plan_record(rich_plan()), json::Secrets::hidden, 2) + "\n");
}

TEST_CASE("plan: secrets are shown nowhere") {
  const engine::Plan plan = rich_plan();
  const std::string shown =
      cli::plan_text(plan, {.details = true}).plain() + json::write(cli::plan_record(plan));
  CHECK(shown.find("hunter2") == std::string::npos);
}

TEST_CASE("value: a secret on one side hides both") {
  const std::string shown = cli::change_block("password=hunter2\n", Secret{"x"}, 0, true).plain();
  CHECK(shown == "(secret) -> (secret)");
}

TEST_CASE("value: on one line") {
  struct Row {
    Value value;
    const char* text;
  };
  const Row rows[] = {
      {"a", "\"a\""},
      {Secret{"a"}, "(secret)"},
      {List{1, "b", Map{{"c", true}}}, "[1, \"b\", {c: true}]"},
      {Map{{"gone", Value()}, {"kept", 1}}, "{kept: 1}"},
      {"one\ntwo\n", "(text of 2 lines, 8 bytes)"},
      {later("lb", "address"), "(known after apply: ${lb.address})"},
      {List{later("web", "")}, "[(known after apply: ${web})]"},
      {computed("http://${lb.address}/", "lb", "address"),
       "(known after apply: http://${lb.address}/)"},
      {computed("two\nlines", "lb", "address"), "(known after apply: ${lb.address})"},
  };
  for (const Row& row : rows) CHECK(cli::value_line(row.value) == row.text);
}

TEST_CASE("line diff: only what differs, with a line around it") {
  struct Row {
    const char* before;
    const char* after;
    const char* shown;
  };
  const Row rows[] = {
      {"a\nb\nc\n", "a\nb\nc\n", ".# (3 unchanged lines hidden)\n"},
      {"a\nb\nc\n", "a\nx\nc\n", " a\n-b\n+x\n c\n"},
      {"", "a\n", "+a\n"},
      {"a\n", "", "-a\n"},
      {"1\n2\n3\n4\n5\n", "1\n2\n3\n4\n5\n6\n", ".# (4 unchanged lines hidden)\n 5\n+6\n"},
      {"a\nb\n", "b\na\n", "-a\n b\n+a\n"},
  };
  for (const Row& row : rows) {
    std::string shown;
    for (const cli::DiffLine& line : cli::line_diff(row.before, row.after, false))
      shown += line.sign + line.text + "\n";
    CHECK(shown == row.shown);
  }
}

}  // namespace
}  // namespace stackctl::testing
