#include <string>

#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/session.h"
#include "stackctl/text.h"

namespace stackctl::cli {
namespace {

constexpr std::string_view kWantsAddress[] = {"target", "exclude", "replace"};

bool wants_address(const Flag& flag) {
  for (const std::string_view name : kWantsAddress)
    if (flag.name == name) return true;
  return false;
}

std::string command_names() {
  std::string names;
  for (const Command& command : commands()) names += " " + std::string(command.name);
  return names.substr(1);
}

std::string flag_names(const Command& command) {
  std::string names = "--help";
  for (const Flag* flag : command.flags) names += " --" + std::string(flag->name);
  return names;
}

std::string bash_script() {
  std::string cases;
  for (const Command& command : commands())
    cases += "    " + std::string(command.name) + ") words=\"" + flag_names(command) + "\" ;;\n";
  return "# bash completion of stackctl: source <(stackctl completion bash)\n"
         "_stackctl() {\n"
         "  local current=\"${COMP_WORDS[COMP_CWORD]}\" previous=\"${COMP_WORDS[COMP_CWORD-1]}\"\n"
         "  local command=\"${COMP_WORDS[1]}\" file=stack.yaml word words=\"\"\n"
         "  for word in \"${COMP_WORDS[@]:2}\"; do\n"
         "    case \"$word\" in *.yaml|*.yml) file=\"$word\" ;; esac\n"
         "  done\n"
         "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
         "    COMPREPLY=($(compgen -W \"" +
         command_names() +
         "\" -- \"$current\"))\n"
         "    return\n"
         "  fi\n"
         "  case \"$previous\" in\n"
         "    -target|--target|-exclude|--exclude|-replace|--replace)\n"
         "      words=\"$(stackctl completion addresses \"$file\" 2>/dev/null)\"\n"
         "      COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
         "      return ;;\n"
         "    --format) COMPREPLY=($(compgen -W \"dot mermaid svg\" -- \"$current\")); return ;;\n"
         "    completion) COMPREPLY=($(compgen -W \"bash zsh fish\" -- \"$current\")); return ;;\n"
         "    simulate) COMPREPLY=($(compgen -W \"exoscale\" -- \"$current\")); return ;;\n"
         "    scale)\n"
         "      words=\"$(stackctl completion addresses \"$file\" 2>/dev/null)\"\n"
         "      COMPREPLY=($(compgen -S = -W \"$words\" -- \"$current\")); compopt -o nospace\n"
         "      return ;;\n"
         "  esac\n"
         "  case \"$command\" in\n" +
         cases +
         "  esac\n"
         "  case \"$current\" in\n"
         "    -*) COMPREPLY=($(compgen -W \"$words\" -- \"$current\")) ;;\n"
         "    *) COMPREPLY=($(compgen -f -X '!*.y*ml' -- \"$current\") $(compgen -d -- "
         "\"$current\")) ;;\n"
         "  esac\n"
         "}\n"
         "complete -o filenames -F _stackctl stackctl\n";
}

std::string quoted(std::string_view text) {
  std::string result;
  for (const char byte : text) {
    if (byte == '\'')
      result += "'\\''";
    else
      result += byte;
  }
  return result;
}

std::string zsh_flag(const Flag& flag) {
  std::string help;
  for (const char byte : quoted(flag.help)) {
    if (byte == '[' || byte == ']' || byte == ':') help += '\\';
    help += byte;
  }
  std::string line = "        '*--" + std::string(flag.name) + "[" + help + "]";
  if (wants_address(flag))
    line += ":address:_stackctl_addresses";
  else if (flag.name == "format")
    line += ":format:(dot mermaid svg)";
  else if (!flag.value.empty())
    line += ":" + to_lower(flag.value.substr(0, flag.value.find_first_of(":=|"))) + ":";
  return line + "' \\\n";
}

std::string zsh_rest(const Command& command) {
  if (command.name == "completion") return "'*:shell:(bash zsh fish)'";
  if (command.name == "simulate") return "'*:provider:(exoscale)'";
  if (command.name == "scale") return "'*:resource:_stackctl_scales'";
  return "'*:stack file:_files -g \"*.y(a|)ml\"'";
}

std::string zsh_script() {
  std::string names;
  std::string cases;
  for (const Command& command : commands()) {
    names += "    '" + std::string(command.name) + ":" + quoted(command.help) + "'\n";
    cases += "    " + std::string(command.name) + ")\n      _arguments \\\n";
    for (const Flag* flag : command.flags) cases += zsh_flag(*flag);
    cases += "        " + zsh_rest(command) + " ;;\n";
  }
  return "#compdef stackctl\n"
         "_stackctl_file() {\n"
         "  local word\n"
         "  for word in $words; do case $word in *.yaml|*.yml) print -r -- $word; return ;; esac; "
         "done\n"
         "  print stack.yaml\n"
         "}\n"
         "_stackctl_addresses() {\n"
         "  compadd -- ${(f)\"$(stackctl completion addresses $(_stackctl_file) 2>/dev/null)\"}\n"
         "}\n"
         "_stackctl_scales() {\n"
         "  compadd -S = -- ${(f)\"$(stackctl completion addresses $(_stackctl_file) "
         "2>/dev/null)\"}\n"
         "}\n"
         "_stackctl() {\n"
         "  local -a names=(\n" +
         names +
         "  )\n"
         "  if (( CURRENT == 2 )); then _describe command names; return; fi\n"
         "  local command=$words[2]\n"
         "  shift words; (( CURRENT-- ))\n"
         "  case $command in\n" +
         cases +
         "  esac\n"
         "}\n"
         "if [ \"$funcstack[1]\" = _stackctl ]; then _stackctl \"$@\"; else compdef _stackctl "
         "stackctl; fi\n";
}

std::string fish_flag(const Command& command, const Flag& flag) {
  std::string line = "complete -c stackctl -n '__fish_seen_subcommand_from " +
                     std::string(command.name) + "' -l " + std::string(flag.name);
  if (!flag.letter.empty()) line += " -s " + std::string(flag.letter);
  if (wants_address(flag))
    line += " -x -a '(stackctl completion addresses (__stackctl_file) 2>/dev/null)'";
  if (flag.name == "format") line += " -x -a 'dot mermaid svg'";
  return line + " -d '" + quoted(flag.help) + "'\n";
}

std::string fish_script() {
  std::string script =
      "function __stackctl_file\n"
      "  for word in (commandline -opc)\n"
      "    string match -qr '\\.ya?ml$' -- $word; and echo $word; and return\n"
      "  end\n"
      "  echo stack.yaml\n"
      "end\n";
  for (const Command& command : commands()) {
    script += "complete -c stackctl -f -n __fish_use_subcommand -a " + std::string(command.name) +
              " -d '" + quoted(command.help) + "'\n";
    for (const Flag* flag : command.flags) script += fish_flag(command, *flag);
  }
  return script +
         "complete -c stackctl -f -n '__fish_seen_subcommand_from completion' -a 'bash zsh fish'\n"
         "complete -c stackctl -f -n '__fish_seen_subcommand_from simulate' -a exoscale\n";
}

/// For the scripts: the resources of a stack file, whatever else is wrong with it.
int print_addresses(const Options& options, World& world) {
  World silent = world;
  silent.error = [](std::string_view) {};
  Screen screen(options, silent);
  const std::optional<stack::Stack> stack = load_stack(options, silent, screen);
  if (!stack) return kFailure;
  for (const Declaration& declaration : stack->resources) world.out(declaration.address + "\n");
  return kSuccess;
}

}  // namespace

int run_completion(const Options& options, World& world) {
  if (options.subject == "addresses") return print_addresses(options, world);
  if (options.subject == "bash") return world.out(bash_script()), kSuccess;
  if (options.subject == "zsh") return world.out(zsh_script()), kSuccess;
  if (options.subject == "fish") return world.out(fish_script()), kSuccess;
  constexpr std::string_view kShells[] = {"bash", "zsh", "fish"};
  Screen(options, world)
      .fault(error("completion for which shell?", suggest(options.subject, kShells)));
  return kFailure;
}

}  // namespace stackctl::cli
