#include "cli/progress.h"

#include <catch2/catch.hpp>

#include "cli/records.h"
#include "cli/report_text.h"
#include "cli/trace.h"
#include "golden/golden.h"
#include "golden/made_up.h"
#include "stackctl/json.h"

namespace stackctl::testing {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Time kStart = std::chrono::sys_days{std::chrono::year{2026} / 1 / 1};

/// A world that keeps what is written.
struct Written {
  std::string text;
  cli::World world;

  explicit Written(bool is_terminal) {
    world.terminal = {is_terminal, is_terminal, is_terminal, 72};
    world.out = [this](std::string_view words) { text += words; };
    world.error = [this](std::string_view words) { text += "! " + std::string(words); };
    world.surroundings.environment = [](std::string_view) {
      return std::optional<std::string>("1");
    };
  }
};

engine::Plan small_plan() {
  engine::Step removal = remove_step(server_type(), "old", "id-of-old");
  engine::Step web = create_step("web", {{"name", "shop-web"}});
  web.needs = {0};
  engine::Step listener = create_step("web/listener", {{"name", "shop-listener"}});
  listener.needs = {1};
  return plan_of({create_step("db", {{"name", "shop-db"}}), web, listener, removal,
                  change_step("lb", {}, {change("count", 1, 2, engine::Cause::pending, 3)})});
}

void play(const engine::Listener& listener) {
  const auto tell = [&](milliseconds after, auto what) { listener({kStart + after, what}); };
  tell(seconds{0}, engine::StepStarted{0});
  tell(seconds{0}, engine::StepStarted{3});
  tell(milliseconds{200}, engine::StepStarted{4});
  tell(milliseconds{400}, engine::StepWaiting{0, "operation create-server"});
  tell(seconds{3}, engine::StepDone{3, "id-of-old", seconds{3}});
  tell(seconds{4}, engine::Tick{});
  tell(seconds{5}, engine::CallRetried{"get-server", "too many requests", 3, milliseconds{1500}});
  tell(seconds{10}, engine::Tick{});
  tell(seconds{11}, engine::StepDone{0, "d4e5", seconds{11}});
  tell(seconds{11}, engine::StepStarted{1});
  tell(seconds{12}, engine::StepFailed{4, error("quota exceeded"), milliseconds{11800}});
  tell(seconds{13}, engine::Stopping{});
  tell(seconds{20}, engine::StepDone{1, "f6a7", seconds{9}});
}

engine::StepResult result(engine::Outcome outcome, int from, int to) {
  engine::StepResult result;
  result.outcome = outcome;
  if (to > 0) result.started = kStart + seconds{from};
  if (to > 0) result.finished = kStart + seconds{to};
  return result;
}

engine::Report good_report() {
  engine::Report report;
  report.started = kStart;
  report.finished = kStart + seconds{25};
  report.results = {result(engine::Outcome::done, 0, 11), result(engine::Outcome::done, 11, 20),
                    result(engine::Outcome::done, 20, 25), result(engine::Outcome::done, 0, 3),
                    result(engine::Outcome::done, 0, 1)};
  report.critical_path = {0, 1, 2};
  return report;
}

engine::Report bad_report() {
  using engine::Outcome;
  engine::Report report = good_report();
  report.results[0] = result(Outcome::failed, 0, 11);
  report.results[0].why = error("the image does not exist", "see the list of images");
  report.results[0].why.detail = "the cloud said: Not Found";
  report.results[1] = result(Outcome::skipped, 0, 0);
  report.results[2] = result(Outcome::skipped, 0, 0);
  report.results[3] = result(Outcome::cut_short, 0, 25);
  report.results[4] = result(Outcome::not_started, 0, 0);
  report.interrupted = true;
  report.critical_path = {0};
  return report;
}

TEST_CASE("progress: plain lines") {
  Written written(false);
  cli::Screen screen({}, written.world);
  const engine::Plan plan = small_plan();
  play(cli::lines_progress(plan, screen));
  check_golden("screens/progress_lines.txt", written.text);
}

TEST_CASE("progress: live view") {
  Written written(true);
  cli::Screen screen({}, written.world);
  const engine::Plan plan = small_plan();
  play(cli::live_progress(plan, screen));
  check_golden("screens/progress_live.txt", written.text);
}

TEST_CASE("progress: as JSON") {
  Written written(false);
  cli::Options options;
  options.json = true;
  cli::Screen screen(options, written.world);
  const engine::Plan plan = small_plan();
  play(cli::json_progress(plan, screen));
  check_golden("screens/progress.jsonl", written.text);
}

TEST_CASE("trace: steps, waits, calls and what set the wall time") {
  const engine::Plan plan = small_plan();
  cli::Trace trace;
  const auto call = [&](milliseconds from, milliseconds to, int status) {
    trace.call({"create-server", "POST", "https://cloud.example/v2/server?token=no", Access::write,
                kStart + from, kStart + to, status, Verdict::ok, 10, 20});
  };
  call(milliseconds{10}, milliseconds{60}, 503);
  play([&](const engine::Event& event) { trace.event(plan, event); });
  call(milliseconds{20}, milliseconds{400}, 200);
  trace.finish(plan, good_report());
  check_golden("screens/trace.json", trace.text());
}

TEST_CASE("report: success") {
  const engine::Plan plan = small_plan();
  const engine::Report report = good_report();
  check_golden("screens/report_success.txt", cli::critical_path_text(plan, report).plain() +
                                                 cli::success_text("Apply", plan, report).plain());
}

TEST_CASE("report: root causes first, then what they stopped") {
  Written written(false);
  cli::Screen screen({}, written.world);
  screen.quote_from({{"stack.yaml", std::string(9, '\n') + "    web: {kind: server}\n"}});
  check_golden("screens/report_failure.txt",
               cli::failure_text("Apply", small_plan(), bad_report(), screen).plain());
}

TEST_CASE("report: as JSON") {
  const Map record = cli::report_record(small_plan(), bad_report());
  check_golden("screens/report.json", json::write(record, json::Secrets::hidden, 2) + "\n");
}

}  // namespace
}  // namespace stackctl::testing
