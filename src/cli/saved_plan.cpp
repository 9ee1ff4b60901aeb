#include "cli/saved_plan.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/plan_file.h"
#include "cli/plan_inputs.h"
#include "cli/private_file.h"
#include "cli/records.h"
#include "engine/seen.h"
#include "stackctl/crypto.h"
#include "stackctl/json.h"
#include "stackctl/text.h"

namespace stackctl::cli {
namespace {

constexpr std::string_view kPlanAgain = "make the plan again with 'stackctl plan --out'";

Value texts(const std::vector<std::string>& words) { return List(words.begin(), words.end()); }

List providers_record(Session& session) {
  List list;
  for (const stack::ProviderEntry& entry : session.stack().providers) {
    const std::string settings = json::write(entry.settings, json::Secrets::revealed);
    const std::string digest =
        entry.settings.has_secret()
            ? "scrypt:" + session.digests().of(settings, {session.stack().name, entry.name})
            : "sha256:" + crypto::hex(crypto::sha256(settings));
    const auto binding = std::ranges::find(session.bindings(), entry.name, &engine::Binding::name);
    const bool is_connected = binding != session.bindings().end();
    list.emplace_back(Map{{"name", entry.name},
                          {"where", is_connected ? binding->connection->where() : ""},
                          {"settings", digest}});
  }
  return list;
}

Map inputs_of(Session& session, const Options& options) {
  Map record =
      inputs_record(session.inputs(), options.variables, session.stack().name, session.digests());
  record["stack_files"] = texts(options.files);
  record["simulated"] = options.simulate;
  return record;
}

/// What is to be done, as it is compared: through the text, in which secrets are hidden.
Value steps_of(const engine::Plan& plan) {
  const Map whole = plan_record(plan);
  const Result<Value> steps = json::parse(json::write(whole.at("steps")));
  return steps ? *steps : Value();
}

Map plan_file_record(Session& session, const Planned& planned, const Options& options,
                     const World& world) {
  const Map whole = plan_record(planned.plan);
  Map record;
  record["version"] = world.version;
  record["stack"] = session.stack().name;
  record["made"] = timestamp(session.runner().now());
  record["inputs"] = inputs_of(session, options);
  record["options"] = options_record(options.plan, options.destroy);
  record["providers"] = providers_record(session);
  record["seen"] = seen_record(
      engine::seen_objects(planned.desired, planned.live, planned.plan, session.digests()));
  record["steps"] = whole.at("steps");
  record["summary"] = whole.at("summary");
  record["kept"] = whole.at("kept");
  record["warnings"] = whole.at("diagnostics");
  return record;
}

Diagnostic refusal(std::string summary, const std::vector<std::string>& reasons) {
  Diagnostic fault = error(std::move(summary), std::string(kPlanAgain));
  fault.detail = join(reasons, "\n");
  return fault;
}

/// Of what was typed beside the file only secrets that it lacks are taken.
std::optional<Diagnostic> check_typed(const Options& options, const Value& plan) {
  if (options.files.size() > 1) return error("a saved plan brings its stack files along");
  const engine::PlanOptions& shape = options.plan;
  if (!shape.targets.empty() || !shape.excludes.empty() || !shape.replace.empty() ||
      shape.max_destroy || shape.exclude_protected)
    return error("what a saved plan does is fixed",
                 "give --target, --exclude, --replace and --max-destroy to 'stackctl plan'");
  const std::set<std::string> secrets = typed_secrets(plan["inputs"]);
  for (const stack::Given& given : options.variables) {
    const auto* const typed = std::get_if<stack::VariableText>(&given);
    if (typed == nullptr || !secrets.contains(typed->name))
      return error("the values of variables are in the saved plan, but for secrets that were typed",
                   "leave out --var and --var-file");
  }
  const bool was_simulated = plan["inputs"]["simulated"] == Value(true);
  if (was_simulated == options.simulate) return std::nullopt;
  return was_simulated ? error("the plan was made for a simulated cloud", "add --simulate")
                       : error("the plan was made for a real cloud", "leave out --simulate");
}

/// What can be told before the stack is loaded.
std::optional<Diagnostic> check_origin(const Value& plan, const World& world,
                                       engine::SecretDigests& digests) {
  if (plan.text_at("version") != world.version)
    return error("the plan was made by stackctl " + std::string(plan.text_at("version")) +
                     ", this is " + std::string(world.version),
                 std::string(kPlanAgain));
  const std::vector<std::string> files =
      changed_files(plan["inputs"], world, std::string(plan.text_at("stack")), digests);
  if (files.empty()) return std::nullopt;
  return refusal("files of the stack are not as they were when the plan was made", files);
}

std::optional<Diagnostic> check_inputs(Session& session, const Options& options,
                                       const Value& plan) {
  std::vector<std::string> changed = changed_inputs(plan["inputs"], inputs_of(session, options));
  const List now = providers_record(session);
  const Value& before = plan["providers"];
  for (const Value& entry : now)
    if (std::ranges::find(before.items(), entry) == before.items().end())
      changed.push_back("provider '" + std::string(entry.text_at("name")) +
                        "' has other settings, or is somewhere else");
  if (changed.empty() && now.size() == before.items().size()) return std::nullopt;
  return refusal("the stack is not what it was when the plan was made", changed);
}

std::string in_words(const engine::SeenChange& change) {
  using What = engine::SeenChange::What;
  const engine::SeenObject& object = change.object;
  const std::string who = object.address + " (" + object.type + ", id " + object.id + ") ";
  if (change.what == What::added) return who + "is new";
  if (change.what == What::gone) return who + "is gone";
  return who + "changed: " + join(change.attributes, ", ");
}

std::optional<Diagnostic> check_live(Session& session, const Planned& planned, const Value& plan) {
  const auto changes = engine::compare_seen(
      seen_from(plan["seen"]),
      engine::seen_objects(planned.desired, planned.live, planned.plan, session.digests()));
  if (changes.empty()) return std::nullopt;
  std::vector<std::string> reasons;
  reasons.reserve(changes.size());
  for (const engine::SeenChange& change : changes) reasons.push_back(harmless(in_words(change)));
  return refusal(counted(changes.size(), "object") + (changes.size() == 1 ? " is" : " are") +
                     " not as seen when the plan was made",
                 reasons);
}

std::optional<Diagnostic> check_steps(const Planned& planned, const Value& plan) {
  if (has_errors(planned.plan.faults) || steps_of(planned.plan) == plan["steps"])
    return std::nullopt;
  return error("what would be done now is not what was planned", std::string(kPlanAgain));
}

int carry_out_saved(Session& session, Screen& screen, const Value& plan, const Options& options,
                    World& world) {
  if (const auto fault = check_inputs(session, options, plan))
    return screen.fault(*fault), kFailure;
  if (options.destroy) session.stack().outputs.clear();
  const std::vector<Declaration> nothing;
  const std::optional<Planned> planned =
      session.plan(options.destroy ? nothing : session.stack().resources, options.plan);
  if (!planned) return kFailure;
  // A listing that failed would make everything look gone.
  if (has_errors(planned->live.faults)) return screen.faults(planned->live.faults), kFailure;
  std::optional<Diagnostic> fault = check_live(session, *planned, plan);
  if (!fault) fault = check_steps(*planned, plan);
  if (fault) return screen.fault(*fault), kFailure;
  return carry_out(session, *planned, {"Apply", ""}, options, world, screen);
}

/// The options that the plan was made with, and how it is to be carried out.
Options options_again(const Options& typed, const Value& plan) {
  Options options = typed;
  const Value& inputs = plan["inputs"];
  options.plan_file = typed.files.front();
  options.files.clear();
  for (const Value& file : inputs["stack_files"].items())
    if (file.text() != nullptr) options.files.push_back(*file.text());
  options.variables = given_again(inputs);
  options.variables.insert(options.variables.end(), typed.variables.begin(), typed.variables.end());
  options.plan = plan_options(plan["options"]);
  options.destroy = plan["options"]["destroy"] == Value(true);
  options.approved = true;
  return options;
}

}  // namespace

bool save_plan(Session& session, const Planned& planned, const Options& options, const World& world,
               Screen& screen) {
  const Result<bool> written = write_private_file(
      options.plan_file, plan_file_text(plan_file_record(session, planned, options, world)));
  if (!written) return screen.fault(written.fault()), false;
  if (!screen.is_json() && !options.markdown)
    screen.data(Text()
                    .line()
                    .line("Saved the plan to " + options.plan_file + ". To do exactly this:")
                    .line("  stackctl apply " + options.plan_file +
                          (options.simulate ? " --simulate" : "")));
  return true;
}

bool names_saved_plan(const Options& options, const World& world, std::string& text) {
  for (const std::string& file : options.files) {
    std::optional<std::string> content = world.surroundings.read_file(file);
    if (!content || !is_plan_file(*content)) continue;
    text = *std::move(content);
    return true;
  }
  return false;
}

int apply_saved(const std::string& text, const Options& options, World& world) {
  Screen screen(options, world);
  const Result<Value> plan = parse_plan_file(text, options.files.front());
  if (!plan) return screen.fault(plan.fault()), kFailure;
  std::optional<Diagnostic> fault = check_typed(options, *plan);
  engine::SecretDigests digests;
  if (!fault) fault = check_origin(*plan, world, digests);
  const Options again = options_again(options, *plan);
  if (!fault && again.files.empty()) fault = error("the saved plan names no stack file");
  if (fault) return screen.fault(*fault), kFailure;
  return with_lease(again, world, [&](Session& session, Screen& shown) {
    return carry_out_saved(session, shown, *plan, again, world);
  });
}

}  // namespace stackctl::cli
