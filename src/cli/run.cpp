#include <algorithm>

#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/flags.h"
#include "cli/screen.h"
#include "stackctl/text.h"

namespace stackctl::cli {
namespace {

std::string take_file(Options& options, const std::string& word) {
  if (!options.file_is_given) options.files.clear();
  options.files.push_back(word);
  options.file_is_given = true;
  return {};
}

std::string take_nothing(Options&, const std::string& word) {
  return "'" + word + "' is not expected here";
}

std::string take_subject(Options& options, const std::string& word) {
  if (!options.subject.empty()) return "one is enough; what is '" + word + "'?";
  options.subject = word;
  return {};
}

bool is_yaml(const std::string& word) { return word.ends_with(".yaml") || word.ends_with(".yml"); }

/// Addresses have slashes and dots, too, but never end like a stack file.
std::string take_address_or_file(Options& options, const std::string& word) {
  return is_yaml(word) ? take_file(options, word) : take_subject(options, word);
}

std::string take_adoption(Options& options, const std::string& word) {
  if (is_yaml(word) || options.subject.empty()) return take_address_or_file(options, word);
  if (!options.id.empty()) return "one id is enough; what is '" + word + "'?";
  options.id = word;
  return {};
}

/// What is meant has neither dot nor slash ("url", "web=3"), a file's name nearly always has one.
std::string take_subject_or_file(Options& options, const std::string& word) {
  const bool is_file = word.find_first_of("./") != std::string::npos;
  return is_file ? take_file(options, word) : take_subject(options, word);
}

std::string take_provider(Options& options, const std::string& word) {
  if (!options.service.provider.empty()) return "one provider is enough; what is '" + word + "'?";
  options.service.provider = word;
  return {};
}

std::string take_completion(Options& options, const std::string& word) {
  return options.subject.empty() ? take_subject(options, word) : take_file(options, word);
}

std::vector<Command> make_commands() {
  using namespace flags;
  const Group change = all_of({stack(), selection(), execution(), locking(), planning(), json()});
  return {
      {"plan", "[FILE...]", "Show what an apply would change",
       all_of({stack(), selection(), planning(), saving(), no_locking(), exit_code(), json(),
               format()}),
       take_file, run_plan},
      {"apply", "[FILE...]",
       "Make the clouds equal to the stack file, or carry out the saved plan FILE", change,
       take_file, run_apply},
      {"drift", "[FILE...]",
       "Show what changed in the clouds since the last apply; changes nothing",
       all_of({stack(), scope(), json(), format()}), take_file, run_drift},
      {"destroy", "[FILE...]", "Remove all that the stack owns", all_of({change, clean()}),
       take_file, run_destroy},
      {"scale", "NAME=N [FILE...]", "Change the count of one resource", change,
       take_subject_or_file, run_scale},
      {"adopt", "ADDRESS ID [FILE...]",
       "Take an existing object over as the one that the file declares", change, take_adoption,
       run_adopt},
      {"validate", "[FILE...]", "Check the stack file without asking any cloud",
       all_of({stack(), json()}), take_file, run_validate},
      {"show", "[FILE...]", "Show the live objects of the stack",
       all_of({stack(), planning(), json()}), take_file, run_show},
      {"explain", "[FILE...] ADDRESS",
       "Tell all about one resource: why its step, what it needs, how it is and should be",
       all_of({stack(), json()}), take_address_or_file, run_explain},
      {"output", "[NAME] [FILE...]", "Show the outputs of the stack",
       all_of({stack(), raw(), json()}), take_subject_or_file, run_output},
      {"graph", "[FILE...]", "Draw the objects, what needs what, and what the plan does to them",
       all_of({stack(), graph()}), take_file, run_graph},
      {"unlock", "[FILE...]", "Break the lease of a run that cannot be at work any more",
       all_of({stack(), breaking(), json()}), take_file, run_unlock},
      {"providers", "[NAME]", "Show which kinds each provider can realise, by which native types",
       json(), take_subject, run_providers},
      {"simulate", "PROVIDER", "Serve a simulated cloud over HTTP", service(), take_provider,
       run_simulate},
      {"schema",
       "",
       "Print the JSON schema of stack files, for editors",
       {},
       take_nothing,
       run_schema},
      {"docs",
       "[DIR]",
       "Write the reference pages of kinds, native types, functions and commands",
       {},
       take_subject,
       run_docs},
      {"completion",
       "bash|zsh|fish",
       "Print the completion script of a shell",
       {},
       take_completion,
       run_completion},
      {"version", "", "Print the version", {}, take_nothing, run_version},
  };
}

std::vector<std::string> extra_words(std::string_view command, const World& world) {
  std::vector<std::string> words;
  const auto value = world.surroundings.environment("STACKCTL_ARGS_" + std::string(command));
  if (!value) return words;
  for (const std::string& word : split(*value, ' '))
    if (!word.empty()) words.push_back(word);
  return words;
}

int complain(World& world, const Diagnostic& fault) {
  Screen(Options{}, world).fault(fault);
  return kFailure;
}

int unknown_command(World& world, const std::string& name) {
  std::vector<std::string_view> names;
  for (const Command& command : commands()) names.push_back(command.name);
  return complain(world, error("there is no command '" + name + "'", suggest(name, names)));
}

bool is_help(std::string_view word) { return word == "--help" || word == "-h" || word == "-help"; }

}  // namespace

const std::vector<Command>& commands() {
  static const std::vector<Command> kCommands = make_commands();
  return kCommands;
}

int run(std::span<const std::string> arguments, World& world) {
  if (arguments.empty()) {
    world.error(help_text(world.version));
    return kFailure;
  }
  const std::string& name = arguments.front();
  if (name == "help" || is_help(name)) return world.out(help_text(world.version)), kSuccess;
  if (name == "--version" || name == "-version") return run_version({}, world);
  const Command* const command = find_command(name);
  if (command == nullptr) return unknown_command(world, name);

  std::vector<std::string> words = extra_words(name, world);
  words.insert(words.end(), arguments.begin() + 1, arguments.end());
  if (std::any_of(words.begin(), words.end(), is_help))
    return world.out(help_text(*command)), kSuccess;
  Result<Options> options = parse(*command, std::move(words));
  if (!options) return complain(world, options.fault());
  options->command = name;
  return command->run(*options, world);
}

}  // namespace stackctl::cli
