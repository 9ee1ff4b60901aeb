#include "engine/command_words.h"

#include <string>
#include <utility>
#include <vector>

#include "stackctl/json.h"

namespace stackctl::engine {
namespace {

std::vector<std::string> secrets_in(const Value& value) {
  if (const Secret* secret = value.secret()) return {secret->text};
  std::vector<std::string> secrets;
  const auto add = [&](const Value& member) {
    for (std::string& text : secrets_in(member)) secrets.push_back(std::move(text));
  };
  for (const Value& item : value.items()) add(item);
  if (const Map* map = value.map())
    for (const auto& [name, member] : *map) add(member);
  return secrets;
}

std::string word_of(const Value& value) {
  if (const std::string* text = value.revealed()) return *text;
  return json::write(value, json::Secrets::revealed);
}

}  // namespace

Result<Command> command_of(const Value& arguments, const Value& environment) {
  if (arguments.has_secret())
    return error("a secret in a command can be seen by everybody on this machine",
                 "give it as a variable: environment: {TOKEN: ...}");
  Command command;
  for (const Value& word : arguments.items()) command.arguments.push_back(word_of(word));
  if (const Map* variables = environment.map())
    for (const auto& [name, value] : *variables)
      command.environment.insert_or_assign(name, word_of(value));
  command.secrets = secrets_in(environment);
  return command;
}

}  // namespace stackctl::engine
