#include <algorithm>

#include <catch2/catch.hpp>

#include "cli/plan_markdown.h"
#include "golden/golden.h"
#include "golden/made_up.h"
#include "stackctl/text.h"

namespace stackctl::testing {
namespace {

std::size_t occurrences(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++count;
  return count;
}

bool ends_inside_character(const std::string& text) {
  std::size_t at = text.size();
  while (at > 0 && (static_cast<unsigned char>(text[at - 1]) & 0xC0U) == 0x80U) --at;
  if (at == 0) return !text.empty();
  const auto first = static_cast<unsigned char>(text[at - 1]);
  const std::size_t wanted = first < 0x80 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
  return text.size() - at != wanted;
}

std::size_t run_of_ticks(const std::string& text, std::size_t at) {
  const std::size_t end = std::min(text.find_first_not_of('`', at), text.size());
  return end - at;
}

/// The line without what stands in ticks.
std::string without_code(const std::string& line) {
  std::string rest;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t open = run_of_ticks(line, at);
    std::size_t close = at + open;
    while (close < line.size() && open > 0) {
      const std::size_t run = run_of_ticks(line, close);
      if (run == open) break;
      close += std::max<std::size_t>(run, 1);
    }
    const bool is_code = open > 0 && close < line.size();
    if (!is_code) rest += line.substr(at, std::max<std::size_t>(open, 1));
    at = is_code ? close + open : at + std::max<std::size_t>(open, 1);
  }
  return rest;
}

/// Whether blocks of code and folded parts that are open in `text` are closed in it. Returns what
/// is outside of code.
std::string outside_of_code(const std::string& text) {
  std::string outside;
  std::string fence;
  for (const std::string& line : split(text, '\n')) {
    const std::size_t ticks = std::min(line.find_first_not_of('`'), line.size());
    if (!fence.empty()) {
      if (ticks >= fence.size() && trim(line.substr(ticks)).empty()) fence.clear();
    } else if (ticks >= 3) {
      fence = line.substr(0, ticks);
    } else {
      outside += without_code(line) + "\n";
    }
  }
  CHECK(fence.empty());
  CHECK(occurrences(outside, "<details>") == occurrences(outside, "</details>"));
  return outside;
}

engine::Plan hostile_plan() {
  engine::Step step = change_step(
      "web", {{"name", "x"}},
      {change("labels", Map{{"a", "</code></summary></details><script>alert(1)</script>"}},
              Map{{"`````\n```\n<img src=x>", "é\n```\n</details>\n# owned"}}, engine::Cause::drift,
              3)});
  step.reasons = {"`` @everyone ```\n\n<script>alert(2)</script>\n```\n| [x](http://evil) |"};
  engine::Plan plan = plan_of({step});
  plan.faults.push_back(error("```\n<script>alert(3)</script>", "x"));
  plan.kept.push_back({"old", &group_type(), "1", "\n\n# ```<b>"});
  return plan;
}

}  // namespace

TEST_CASE("markdown: a plan at several sizes") {
  for (const std::size_t most : {100000, 3000, 1200, 400, 90, 20})
    check_golden("screens/plan_" + std::to_string(most) + ".md",
                 cli::plan_markdown(rich_plan(), most));
  check_golden("screens/plan_empty.md", cli::plan_markdown(plan_of({}), 100000));
  check_golden("screens/plan_hostile.md", cli::plan_markdown(hostile_plan(), 100000));
}

TEST_CASE("markdown: never more bytes than asked for, and nothing left open") {
  for (const engine::Plan& plan : {rich_plan(), hostile_plan()}) {
    const std::size_t whole = cli::plan_markdown(plan, 1000000).size();
    for (std::size_t most = 0; most <= whole; ++most) {
      const std::string text = cli::plan_markdown(plan, most);
      CAPTURE(most);
      REQUIRE(text.size() <= most);
      REQUIRE_FALSE(ends_inside_character(text));
      const std::string outside = outside_of_code(text);
      REQUIRE(outside.find("<script") == std::string::npos);
      REQUIRE(outside.find("\n# ") == std::string::npos);
      REQUIRE(text.find("hunter2") == std::string::npos);
    }
  }
}

TEST_CASE("markdown: text of others stays code") {
  struct Row {
    const char* text;
    const char* shown;
  };
  const Row rows[] = {{"plain", "`plain`"},   {"", ""},          {" \n", ""},
                      {"a`b", "`` a`b ``"},   {"`", "`` ` ``"},  {"``", "``` `` ```"},
                      {"<b>@me", "`<b>@me`"}, {"a\nb", "`a b`"}, {"\033[1m", "`\\x1b[1m`"}};
  for (const Row& row : rows) CHECK(cli::markdown::foreign(row.text) == row.shown);
}

}  // namespace stackctl::testing
