#include "cli/flags.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "stackctl/text.h"

namespace stackctl::cli::flags {
namespace {

using Text = const std::string&;

template <class Number>
std::string parse_number(const std::string& text, Number& number) {
  const char* const end = text.data() + text.size();
  const auto [stop, fault] = std::from_chars(text.data(), end, number);
  if (fault == std::errc{} && stop == end) return {};
  return "'" + text + "' is not a number that fits";
}

std::string set_variable(Options& options, Text word) {
  const std::size_t equals = word.find('=');
  if (equals == std::string::npos || equals == 0) return "'" + word + "' is not NAME=VALUE";
  options.variables.emplace_back(
      stack::VariableText{word.substr(0, equals), word.substr(equals + 1)});
  return {};
}

std::string add_variable_file(Options& options, Text word) {
  options.variables.emplace_back(stack::VariableFile{word});
  return {};
}

std::string set_max_destroy(Options& options, Text word) {
  std::size_t number = 0;
  std::string fault = parse_number(word, number);
  if (fault.empty()) options.plan.max_destroy = number;
  return fault;
}

std::string set_parallelism(Options& options, Text word) {
  std::string fault = parse_number(word, options.parallelism);
  if (!fault.empty()) return fault;
  return options.parallelism == 0 ? "must be at least 1" : "";
}

std::string set_lock(Options& options, Text word) {
  if (word != "true" && word != "false") return "'" + word + "' is neither true nor false";
  options.lock = word == "true";
  return {};
}

std::string set_lock_timeout(Options& options, Text word) {
  const Result<Duration> timeout = parse_duration(word);
  if (!timeout) return timeout.fault().summary;
  options.lock_timeout = *timeout;
  return {};
}

std::string set_graph_format(Options& options, Text word) {
  constexpr std::string_view kFormats[] = {"dot", "mermaid", "svg"};
  for (const std::string_view format : kFormats)
    if (word == format) return options.graph_format = word, "";
  return "'" + word + "' is no graph format; " + suggest(word, kFormats);
}

std::string set_format(Options& options, Text word) {
  constexpr std::string_view kFormats[] = {"text", "json", "md"};
  if (std::ranges::find(kFormats, word) == std::end(kFormats))
    return "'" + word + "' is no format; " + suggest(word, kFormats);
  options.json = word == "json";
  options.markdown = word == "md";
  return {};
}

std::string set_max_bytes(Options& options, Text word) {
  return parse_number(word, options.max_bytes);
}

std::string set_plan_file(Options& options, Text word) {
  options.plan_file = word;
  return word.empty() ? "the name of the file is missing" : "";
}

std::string set_listen(Options& options, Text word) {
  const std::size_t colon = word.rfind(':');
  if (colon == std::string::npos || colon == 0) return "'" + word + "' is not HOST:PORT";
  options.service.host = word.substr(0, colon);
  std::string fault = parse_number(word.substr(colon + 1), options.service.port);
  if (!fault.empty()) return fault;
  const bool fits = options.service.port >= 0 && options.service.port <= 65535;
  return fits ? "" : "a port is at most 65535";
}

std::string set_speed(Options& options, Text word) {
  if (word == "max") return options.service.speed.reset(), "";
  double speed = 0;
  std::string fault = parse_number(word, speed);
  if (!fault.empty() || !(speed > 0))
    return "'" + word + "' is neither a positive number nor 'max'";
  options.service.speed = speed;
  return {};
}

template <auto Member>
std::string turn_on(Options& options, Text) {
  options.*Member = true;
  return {};
}

template <auto Member>
std::string add_to_plan(Options& options, Text word) {
  (options.plan.*Member).push_back(word);
  return {};
}

std::string set_simulate_state(Options& options, Text word) {
  options.simulate_state = word;
  options.simulate = true;
  return {};
}

const Flag kVar{"var", "", "NAME=VALUE", "Set a variable of the stack file; may be repeated",
                set_variable};
const Flag kVarFile{"var-file", "", "FILE",
                    "Set the variables that a YAML file names; may be repeated, the last one wins",
                    add_variable_file};
const Flag kSimulate{"simulate", "", "", "Run against the built-in simulator, in virtual time",
                     turn_on<&Options::simulate>};
const Flag kSimulateState{"simulate-state", "", "PATH",
                          "Keep the simulated cloud there (default: beside the stack file)",
                          set_simulate_state};
const Flag kNoColor{"no-color", "", "", "No colours; NO_COLOR in the environment does the same",
                    turn_on<&Options::no_color>};
const Flag kStats{"stats", "", "", "Show calls, retries, bytes, and how near to the limit it ran",
                  turn_on<&Options::stats>};
const Flag kTrace{"trace", "", "FILE",
                  "Write steps, waits and API calls there, for ui.perfetto.dev",
                  [](Options& options, Text word) { return options.trace = word, std::string(); }};
const Flag kJson{"json", "", "", "Print one JSON record a line (docs/json-events.md)",
                 turn_on<&Options::json>};
const Flag kTarget{"target", "", "ADDRESS", "Only this resource and what it needs; may be repeated",
                   add_to_plan<&engine::PlanOptions::targets>};
const Flag kExclude{"exclude", "", "ADDRESS", "Leave this resource alone; may be repeated",
                    add_to_plan<&engine::PlanOptions::excludes>};
const Flag kExcludeProtected{
    "exclude-protected", "", "", "Leave protected resources and all that they need as they are",
    [](Options& options, Text) { return options.plan.exclude_protected = true, std::string(); }};
const Flag kReplace{"replace", "", "ADDRESS", "Replace this resource although nothing differs",
                    add_to_plan<&engine::PlanOptions::replace>};
const Flag kMaxDestroy{"max-destroy", "", "N", "Refuse a plan that destroys more objects than this",
                       set_max_destroy};
const Flag kDetails{"details", "", "", "Show unchanged attributes and whole texts as well",
                    turn_on<&Options::details>};
const Flag kQuiet{"quiet", "q", "", "Only one line for each object", turn_on<&Options::quiet>};
const Flag kDetailedExitcode{"detailed-exitcode", "", "",
                             "Exit with 0: no changes, 1: error, 2: changes pending",
                             turn_on<&Options::detailed_exitcode>};
const Flag kAutoApprove{"auto-approve", "", "", "Do not ask", turn_on<&Options::approved>};
const Flag kYes{"yes", "y", "", "The same as --auto-approve", turn_on<&Options::approved>};
const Flag kParallelism{"parallelism", "p", "N", "At most so many steps at once (default: 4096)",
                        set_parallelism};
const Flag kLock{"lock", "", "true|false",
                 "false: do not keep other runs on the stack out (default: true)", set_lock};
const Flag kNoLock{"no-lock", "", "", "The same as --lock=false", [](Options& options, Text) {
                     options.lock = false;
                     return std::string();
                   }};
const Flag kLockTimeout{"lock-timeout", "", "DURATION",
                        "Wait so long for another run on the stack (default: 0s)",
                        set_lock_timeout};
const Flag kForce{"force", "", "", "The same as --yes", turn_on<&Options::approved>};
const Flag kClean{"clean", "", "",
                  "Remove all that the stack ever made, and list again to prove it",
                  turn_on<&Options::clean>};
const Flag kPlanClean{"clean", "", "",
                      "With --destroy: all that the stack ever made, as 'destroy --clean' does",
                      [](Options& options, Text) {
                        options.plan.clean = true;
                        return std::string();
                      }};
constexpr std::string_view kTakesNone = "Taken for the sake of scripts: a plan takes no lease";
const Flag kPlanLock{"lock", "", "true|false", kTakesNone, set_lock};
const Flag kPlanNoLock{"no-lock", "", "", kTakesNone, kNoLock.set};
const Flag kPlanLockTimeout{"lock-timeout", "", "DURATION", kTakesNone, set_lock_timeout};
const Flag kRaw{"raw", "", "", "Print the bare value, for scripts", turn_on<&Options::raw>};
const Flag kFormat{"format", "", "FORMAT", "dot (default), mermaid or svg", set_graph_format};
const Flag kPlanFormat{"format", "", "FORMAT", "text (default), json, or md for pull requests",
                       set_format};
const Flag kMaxBytes{"max-bytes", "", "N", "At most so many bytes of Markdown", set_max_bytes};
const Flag kOut{"out", "", "FILE", "Save the plan there, for 'stackctl apply FILE'", set_plan_file};
const Flag kDestroy{"destroy", "", "", "Plan that all of the stack goes",
                    turn_on<&Options::destroy>};
const Flag kListen{"listen", "", "HOST:PORT", "Where to listen (default: 127.0.0.1, any port)",
                   set_listen};
const Flag kSeed{
    "seed", "", "N", "Feeds all that is random in the simulated cloud",
    [](Options& options, Text word) { return parse_number(word, options.service.seed); }};
const Flag kFault{
    "fault", "", "FAULTS", "Let simulated calls fail: 429:5%,lost-reply:2 (docs/trying-faults.md)",
    [](Options& options, Text word) { return options.service.faults = word, std::string(); }};
const Flag kSpeed{"speed", "", "N|max", "N times faster than real time; max: at once", set_speed};
const Flag kState{
    "state", "", "FILE", "Load the cloud from there and keep it there",
    [](Options& options, Text word) { return options.service.state_file = word, std::string(); }};

}  // namespace

Group stack() {
  return {&kVar,  &kVarFile, &kSimulate, &kSimulateState, &kFault,
          &kSeed, &kNoColor, &kStats,    &kTrace};
}
Group selection() { return {&kTarget, &kExclude, &kExcludeProtected, &kReplace, &kMaxDestroy}; }
Group execution() { return {&kAutoApprove, &kYes, &kParallelism}; }
Group locking() { return {&kLock, &kNoLock, &kLockTimeout}; }
Group no_locking() { return {&kPlanLock, &kPlanNoLock, &kPlanLockTimeout}; }
Group breaking() { return {&kYes, &kAutoApprove, &kForce}; }
Group planning() { return {&kDetails, &kQuiet}; }
Group exit_code() { return {&kDetailedExitcode}; }
Group saving() { return {&kOut, &kDestroy, &kPlanClean}; }
Group scope() { return {&kTarget, &kExclude}; }
Group format() { return {&kPlanFormat, &kMaxBytes}; }
Group json() { return {&kJson}; }
Group clean() { return {&kClean}; }
Group raw() { return {&kRaw}; }
Group graph() { return {&kFormat}; }
Group service() { return {&kListen, &kSeed, &kSpeed, &kState, &kFault}; }

Group all_of(std::initializer_list<Group> groups) {
  Group all;
  for (const Group& group : groups) all.insert(all.end(), group.begin(), group.end());
  return all;
}

}  // namespace stackctl::cli::flags
