#include "cli/change.h"
#include "cli/commands.h"
#include "cli/outputs.h"
#include "cli/value_text.h"
#include "stackctl/json.h"
#include "stackctl/text.h"

namespace stackctl::cli {
namespace {

Diagnostic no_such_output(const Map& outputs, const std::string& name) {
  std::vector<std::string_view> names;
  for (const auto& [each, value] : outputs) names.push_back(each);
  return error("the stack has no output '" + name + "'",
               names.empty() ? "it has no outputs at all" : suggest(name, names));
}

int show_one(const Map& outputs, const Options& options, Screen& screen) {
  const auto found = outputs.find(options.subject);
  if (found == outputs.end())
    return screen.fault(no_such_output(outputs, options.subject)), kFailure;
  const Value& value = found->second;
  if (!value.is_known())
    return screen.fault(error("output '" + options.subject + "' is known after apply",
                              "run 'stackctl apply' first")),
           kFailure;
  // Whoever asks for one output in the raw gets it, secret or not: there is no other way to it.
  if (options.raw && value.revealed() != nullptr)
    screen.raw(*value.revealed() + "\n");
  else
    screen.raw(json::write(value) + "\n");
  return kSuccess;
}

int show_all(const Map& outputs, const Options& options, Screen& screen) {
  if (options.json) {
    screen.record("outputs", {{"outputs", outputs}});
    return kSuccess;
  }
  for (const auto& [name, value] : outputs)
    screen.data(Text().line(name + " = " + value_line(value)));
  return kSuccess;
}

}  // namespace

int run_output(const Options& options, World& world) {
  return with_session(options, world, [&](Session& session, Screen& screen) -> int {
    session.read_only();
    const std::optional<Planned> planned = session.plan(session.stack().resources, {});
    if (!planned) return kFailure;
    screen.faults(planned->plan.faults);
    if (has_errors(planned->plan.faults)) return kFailure;
    Diagnostics faults;
    const Map outputs =
        output_values(session.stack(), planned->desired, planned->plan.known, faults);
    screen.faults(faults);
    if (has_errors(faults)) return kFailure;
    return options.subject.empty() ? show_all(outputs, options, screen)
                                   : show_one(outputs, options, screen);
  });
}

}  // namespace stackctl::cli
