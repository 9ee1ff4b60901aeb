// The command line as tables: parsing, help, hints and completion come from the same rows.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/options.h"
#include "cli/world.h"
#include "stackctl/diagnostic.h"

namespace stackctl::cli {

struct Flag {
  std::string_view name;    ///< without dashes
  std::string_view letter;  ///< the short form, or empty
  std::string_view value;   ///< what to call its value in help; empty: it has none
  std::string_view help;
  /// Takes the value over; says what is wrong with it, or nothing.
  std::string (*set)(Options& options, const std::string& value);
};

struct Command {
  std::string_view name;
  std::string_view positionals;  ///< for help: "[FILE]"
  std::string_view help;
  std::vector<const Flag*> flags;
  /// Takes a word that is no flag; says what is wrong with it, or nothing.
  std::string (*take)(Options& options, const std::string& word);
  int (*run)(const Options& options, World& world);
};

/// All commands, in the order in which help shows them.
const std::vector<Command>& commands();
const Command* find_command(std::string_view name);

/// Parses what follows the command's name. One dash before a long name is as good as two.
Result<Options> parse(const Command& command, std::vector<std::string> words);

std::string help_text(std::string_view version);
std::string help_text(const Command& command);

}  // namespace stackctl::cli
