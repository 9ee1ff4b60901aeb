#include "cli/arguments.h"

#include <algorithm>

#include <CLI/CLI.hpp>

#include "cli/style.h"
#include "stackctl/text.h"

namespace stackctl::cli {
namespace {

const Flag* find_flag(const Command& command, std::string_view name) {
  const auto found = std::find_if(command.flags.begin(), command.flags.end(),
                                  [&](const Flag* flag) { return flag->name == name; });
  return found == command.flags.end() ? nullptr : *found;
}

/// Users of Terraform type one dash: "-var=a=b" becomes "--var=a=b".
void double_dashes(const Command& command, std::vector<std::string>& words) {
  for (std::string& word : words) {
    if (word == "--") return;
    if (word.size() < 3 || word[0] != '-' || word[1] == '-') continue;
    const std::string_view name = std::string_view(word).substr(1, word.find('=') - 1);
    if (find_flag(command, name) != nullptr) word.insert(0, "-");
  }
}

std::string see_help(const Command& command) {
  return "see 'stackctl " + std::string(command.name) + " --help'";
}

Diagnostic unknown_option(const Command& command, const std::string& word) {
  std::vector<std::string_view> names;
  for (const Flag* flag : command.flags) names.push_back(flag->name);
  const std::string name = word.substr(word.find_first_not_of('-'));
  const std::string_view near = nearest(name.substr(0, name.find('=')), names);
  Diagnostic fault =
      error("stackctl " + std::string(command.name) + " has no option '" + word + "'");
  fault.hint = near.empty() ? see_help(command) : "did you mean '--" + std::string(near) + "'?";
  return fault;
}

void declare(CLI::App& app, const Flag& flag, Options& options, std::string& fault) {
  std::string names = "--" + std::string(flag.name);
  if (!flag.letter.empty()) names += ",-" + std::string(flag.letter);
  const auto take = [&options, &fault, &flag](const std::string& value) {
    const std::string wrong = flag.set(options, value);
    if (!wrong.empty() && fault.empty()) fault = "--" + std::string(flag.name) + ": " + wrong;
  };
  if (flag.value.empty()) {
    app.add_flag_callback(names, [take] { take({}); });
    return;
  }
  app.add_option_function<std::vector<std::string>>(names,
                                                    [take](const std::vector<std::string>& values) {
                                                      for (const std::string& value : values)
                                                        take(value);
                                                    })
      ->expected(1)
      ->take_all()
      ->trigger_on_parse()  // so that flags which work on the same thing keep the order typed
      ->allow_extra_args(false);
}

}  // namespace

const Command* find_command(std::string_view name) {
  for (const Command& command : commands())
    if (command.name == name) return &command;
  return nullptr;
}

Result<Options> parse(const Command& command, std::vector<std::string> words) {
  Options options;
  std::string fault;
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  for (const Flag* flag : command.flags) declare(app, *flag, options, fault);
  double_dashes(command, words);
  std::reverse(words.begin(), words.end());  // as CLI11 wants them
  try {
    app.parse(words);
  } catch (const CLI::ParseError& wrong) {
    return error(wrong.what(), see_help(command));
  }
  if (!fault.empty()) return error(fault, see_help(command));
  for (const std::string& word : app.remaining()) {
    if (word == "--") continue;
    if (word.size() > 1 && word[0] == '-') return unknown_option(command, word);
    const std::string wrong = command.take(options, word);
    if (!wrong.empty()) return error(wrong, see_help(command));
  }
  return options;
}

std::string help_text(std::string_view version) {
  std::string text = "stackctl " + std::string(version) +
                     ": makes clouds equal to a stack file\n\n"
                     "Usage: stackctl COMMAND [OPTIONS] [FILE...]\n\nCommands:\n";
  for (const Command& command : commands())
    text += "  " + padded(command.name, 12) + std::string(command.help) + "\n";
  return text +
         "\nFILE is the stack file (default: stack.yaml); each further one is laid over those "
         "before it.\n"
         "'stackctl COMMAND --help' shows the options of a command.\n";
}

std::string help_text(const Command& command) {
  std::string text = "Usage: stackctl " + std::string(command.name) + " [OPTIONS] " +
                     std::string(command.positionals) + "\n\n" + std::string(command.help) + ".\n";
  if (!command.flags.empty()) text += "\nOptions:\n";
  for (const Flag* flag : command.flags) {
    std::string left = flag->letter.empty() ? "    " : "-" + std::string(flag->letter) + ", ";
    left += "--" + std::string(flag->name);
    if (!flag->value.empty()) left += " " + std::string(flag->value);
    text += "  " + padded(left, 28) + " " + std::string(flag->help) + "\n";
  }
  return text;
}

}  // namespace stackctl::cli
