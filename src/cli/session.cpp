#include "cli/session.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "cli/call_log.h"
#include "cli/outputs.h"
#include "cli/private_file.h"
#include "kinds/exec.h"
#include "stackctl/text.h"

namespace stackctl::cli {
namespace {

std::vector<std::string_view> kinds_of(const Provider& provider) {
  std::vector<std::string_view> kinds;
  for (const Lowering& lowering : provider.lowerings) kinds.push_back(lowering.kind);
  return kinds;
}

stack::Vocabulary vocabulary_of(const World& world) {
  stack::Vocabulary vocabulary;
  vocabulary.kinds = world.kinds;
  for (const Provider* provider : world.providers)
    vocabulary.providers.push_back({provider->name, provider->settings, kinds_of(*provider)});
  return vocabulary;
}

const Provider* find_provider(const World& world, std::string_view name) {
  for (const Provider* provider : world.providers)
    if (provider->name == name) return provider;
  return nullptr;
}

bool is_used(const stack::Stack& stack, const std::string& entry) {
  return std::any_of(stack.resources.begin(), stack.resources.end(),
                     [&](const Declaration& declaration) { return declaration.provider == entry; });
}

}  // namespace

std::string simulated_state_file(const Options& options) {
  if (!options.simulate_state.empty()) return options.simulate_state;
  const std::filesystem::path file = options.files.front();
  return (file.parent_path() / ("." + file.filename().string() + ".simulated.json")).string();
}

namespace {

stack::Inputs inputs_of(const Options& options, const World& world) {
  stack::Inputs inputs;
  inputs.variables = options.variables;
  inputs.environment = world.surroundings.environment;
  inputs.read_file = world.surroundings.read_file;
  return inputs;
}

std::optional<stack::Stack> accept(stack::Loaded loaded, Screen& screen) {
  screen.quote_from(std::move(loaded.sources));
  for (Diagnostic& fault : kinds::fold_commands(loaded.stack.resources))
    loaded.faults.push_back(std::move(fault));
  screen.faults(loaded.faults);
  if (has_errors(loaded.faults)) return std::nullopt;
  return std::move(loaded.stack);
}

}  // namespace

std::optional<stack::Stack> load_stack(const Options& options, World& world, Screen& screen) {
  return accept(stack::load(options.files, inputs_of(options, world), vocabulary_of(world)),
                screen);
}

std::optional<stack::Stack> load_stack(const Options& options, World& world, Screen& screen,
                                       StackInputs& record) {
  stack::Loaded loaded =
      stack::load(options.files, recorded(inputs_of(options, world), record), vocabulary_of(world));
  note_loaded(loaded, record);
  return accept(std::move(loaded), screen);
}

std::optional<Session> Session::open(const Options& options, World& world, Screen& screen,
                                     Purpose purpose) {
  if (!options.service.faults.empty() && !options.simulate) {
    screen.fault(error("--fault needs --simulate", "only simulated calls can be let fail"));
    return std::nullopt;
  }
  StackInputs record;
  std::optional<stack::Stack> stack = options.plan_file.empty()
                                          ? load_stack(options, world, screen)
                                          : load_stack(options, world, screen, record);
  if (!stack) return std::nullopt;
  Session session(*std::move(stack), world, screen);
  session.inputs_ = std::move(record);
  if (purpose == Purpose::change) {
    const LockPlace place = lock_place(options, session.stack_.name, simulated_state_file(options));
    session.lock_ = Lock::take(place, options, world, screen);
    if (!session.lock_) return std::nullopt;
  }
  if (!session.reach_clouds(options) || !session.connect()) return std::nullopt;
  session.observe(options);
  return session;
}

bool Session::reach_clouds(const Options& options) {
  if (options.simulate) {
    if (!simulate(options)) return false;
  } else {
    surroundings_ = world_->surroundings;
    transport_ = world_->make_transport();
  }
  // The jitter needs no better seed than the moment.
  const auto seed = static_cast<std::uint64_t>(transport_->now().time_since_epoch().count());
  runner_ = std::make_unique<engine::Runner>(*transport_, seed);
  return true;
}

/// The simulated clouds see nothing of the user's machine.
bool Session::simulate(const Options& options) {
  const std::string state_file = simulated_state_file(options);
  const std::string& faults = options.service.faults;
  Result<Simulation> simulation =
      world_->simulate({world_->surroundings.read_file(state_file), faults, options.service.seed,
                        [state_file](std::string_view state) {
                          static_cast<void>(write_private_file(state_file, state));
                        }});
  if (!simulation) {
    Diagnostic fault = simulation.fault();
    if (fault.hint.empty()) fault.hint = "remove " + state_file + " to begin with a fresh cloud";
    screen_->fault(fault);
    return false;
  }
  if (!faults.empty()) screen_->note(faults_text(options.service));
  surroundings_.environment = [known = std::move(simulation->environment)](std::string_view name) {
    const auto found = known.find(name);
    return found == known.end() ? std::nullopt : std::optional<std::string>(found->second);
  };
  surroundings_.read_file = [](std::string_view) { return std::nullopt; };
  surroundings_.run = [](const std::vector<std::string>&) -> Result<std::string> {
    return error("no command is run in a simulation");
  };
  simulated_ = std::move(simulation->providers);
  transport_ = std::move(simulation->transport);
  simulated_state_ = std::move(simulation->state);
  state_file_ = state_file;
  return true;
}

bool Session::connect() {
  bool connected = true;
  for (const stack::ProviderEntry& entry : stack_.providers)
    connected = connect(entry) && connected;
  return connected;
}

Result<std::unique_ptr<Connection>> Session::connect(const Provider& provider,
                                                     const Value& settings) const {
  if (simulated_state_ && std::ranges::find(simulated_, provider.name) == simulated_.end())
    return error("there is no simulator of '" + std::string(provider.name) + "'",
                 join(simulated_, ", ") + " has one; leave --simulate out");
  return provider.connect(settings, surroundings_);
}

/// Every entry is connected, also one that no resource names any more: what the stack once made
/// there has to be seen.
bool Session::connect(const stack::ProviderEntry& entry) {
  const Provider* const provider = find_provider(*world_, entry.name);
  if (provider == nullptr) {
    screen_->fault(error("there is no provider '" + entry.name + "'"));
    return false;
  }
  Result<std::unique_ptr<Connection>> connection = connect(*provider, entry.settings);
  if (connection) {
    for (const Diagnostic& warning : (*connection)->warnings()) screen_->fault(warning);
    bindings_.push_back({entry.name, provider, *std::move(connection)});
    return true;
  }
  Diagnostic fault = connection.fault();
  if (fault.address.empty()) fault.address = entry.name;
  if (fault.location.line == 0) fault.location = entry.location;
  const bool matters = is_used(stack_, entry.name) || stack_.providers.size() == 1;
  if (!matters) {
    fault.severity = Severity::warning;
    fault.detail += (fault.detail.empty() ? "" : "\n");
    fault.detail += "no resource names it; what the stack may own there is not seen";
  }
  screen_->fault(fault);
  return !matters;
}

void Session::observe(const Options& options) {
  if (!options.trace.empty()) trace_ = std::make_unique<Trace>();
  trace_file_ = options.trace;
  calls_ = std::make_unique<CallStats>();
  const auto log =
      call_log(world_->surroundings.environment("STACKCTL_LOG").value_or(""), world_->error);
  runner_->dispatcher().on_attempt([calls = calls_.get(), trace = trace_.get(), lock = lock_.get(),
                                    log](const engine::Attempt& attempt) {
    if (lock != nullptr) lock->keep();
    calls->add(attempt);
    if (trace != nullptr) trace->call(attempt);
    if (log) log(attempt);
  });
}

std::optional<Planned> Session::plan(std::span<const Declaration> declarations,
                                     const engine::PlanOptions& options) {
  Planned planned;
  planned.desired = engine::lower(stack_.name, declarations, bindings_);
  Diagnostics faults = planned.desired.faults;
  if (!declarations.empty())
    for (Diagnostic& fault : output_faults(stack_, planned.desired))
      faults.push_back(std::move(fault));
  if (has_errors(faults)) {
    screen_->faults(faults);
    return std::nullopt;
  }
  planned.live = refresh(planned.desired);
  engine::PlanOptions how = options;
  how.digests = digests_.get();
  // What goes needs its hooks too, also where nothing is wanted any more.
  const engine::Desired declared = engine::lower(stack_.name, stack_.resources, bindings_);
  how.lifecycles = engine::bound_lifecycles(stack_.resources, declared);
  how.declared = &declared;
  planned.plan = engine::make_plan(planned.desired, planned.live, how);
  return planned;
}

bool Session::close() {
  const bool is_traced = trace_ == nullptr || write(trace_file_, trace_->text());
  const bool is_changed = simulated_state_ && lock_ != nullptr;
  return (!is_changed || write(state_file_, simulated_state_())) && is_traced;
}

bool Session::write(const std::string& file, const std::string& text) {
  const Result<bool> written = write_private_file(file, text);
  if (!written) screen_->fault(written.fault());
  return static_cast<bool>(written);
}

Lookup lookup_in(const engine::Known& known) {
  return [&known](const Reference& reference) -> std::optional<Value> {
    const auto object = known.find(reference.target);
    if (object == known.end()) return std::nullopt;
    const Value& value = object->second[reference.attribute];
    return value.is_null() ? std::nullopt : std::optional<Value>(value);
  };
}

}  // namespace stackctl::cli
