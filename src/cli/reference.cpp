#include "cli/reference.h"

#include "cli/arguments.h"
#include "cli/markdown.h"
#include "cli/policy.h"
#include "cli/type_facts.h"
#include "stack/common_keys.h"
#include "stack/functions.h"
#include "stackctl/text.h"

namespace stackctl::cli {
namespace {

using namespace markdown;

std::string anchor(std::string_view name) {
  return "[" + code(name) + "](#" + std::string(name) + ")";
}

/// As the usual renderers make them of headings: "cloud.ssh_key" becomes "cloudssh_key".
std::string plain_anchor(std::string_view name) {
  std::string result;
  for (const char byte : name)
    if (byte != '.') result += byte;
  return result;
}

std::string upper_first(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

std::string realisers(const World& world, const Kind& kind) {
  if (kind.is_local) return "this machine";
  std::vector<std::string> names;
  for (const Provider* provider : world.providers)
    if (realises(*provider, kind.name))
      names.push_back("[" + std::string(provider->name) + "](" + std::string(provider->name) +
                      ".md)");
  return names.empty() ? "no provider yet" : join(names, ", ");
}

std::string sentence(std::string_view help) {
  std::string text(help);
  if (!text.empty() && text.back() != '.') text += '.';
  return text;
}

std::string kind_section(const World& world, const Kind& kind) {
  return "## " + std::string(kind.name) + "\n\n" + sentence(kind.help) +
         " Realised by: " + realisers(world, kind) + ".\n\n" + attribute_table(kind.schema, false) +
         attribute_table(kind.schema, true);
}

std::string overview(const Provider& provider) {
  std::string text = header({"native type", "mark", "create", "remove", "rank", "listings"});
  for (const ResourceType* type : provider.types) {
    const bool is_made = type->marked != Marked::never;
    text += row({"[" + code(type->name) + "](#" + plain_anchor(type->name) + ")",
                 std::string(place_of_mark(*type)), is_made ? display(type->typical) : "",
                 is_made ? display(type->typical_removal) : "", std::to_string(type->rank),
                 codes(listings_of(*type))});
  }
  return text + "\n";
}

std::string type_section(const ResourceType& type) {
  std::string text = "## " + std::string(type.name) + "\n\n" + sentence(type.help) + "\n\n";
  if (!type.parent.empty())
    text += "- Part of the object that " + code(type.parent) + " refers to.\n";
  if (type.marked != Marked::never) {
    const std::vector<std::string> immutable = immutable_attributes(type);
    text +=
        "- Replaced when one of these changes: " + (immutable.empty() ? "none" : codes(immutable)) +
        ".\n";
    text += "- At most " + display(type.timeout) + " for a step.\n";
  }
  for (const std::string& limit : limits_of(type)) text += "- " + upper_first(limit) + ".\n";
  return text + "\n" + attribute_table(type.schema, false) + attribute_table(type.schema, true);
}

std::string command_section(const Command& command) {
  std::string text =
      "## " + std::string(command.name) + "\n\n" + sentence(command.help) + "\n\n```\nstackctl " +
      std::string(command.name) + (command.flags.empty() ? "" : " [OPTIONS]") +
      (command.positionals.empty() ? "" : " " + std::string(command.positionals)) + "\n```\n\n";
  if (command.flags.empty()) return text;
  text += header({"option", "what it does"});
  for (const Flag* flag : command.flags) {
    std::string name = "--" + std::string(flag->name);
    if (!flag->value.empty()) name += " " + std::string(flag->value);
    const std::string letter =
        flag->letter.empty() ? "" : ", " + code("-" + std::string(flag->letter));
    text += row({code(name) + letter, std::string(flag->help)});
  }
  return text + "\n";
}

}  // namespace

std::string kinds_page(const World& world) {
  std::string text = made_from_tables() +
                     "# Kinds\n\nWhat a stack file can declare, whatever the cloud. An attribute "
                     "of an element is written `list[].attribute`.\n\n";
  text += header({"kind", "what it is", "realised by"});
  for (const Kind* kind : world.kinds)
    text += row({anchor(kind->name), std::string(kind->help), realisers(world, *kind)});
  text +=
      "\n## Common keys\n\nEvery resource may have these beside the attributes of its kind, and "
      "one block for each provider, named after it, for what is not portable.\n\n" +
      attribute_table(stack::identity_keys(), false) +
      attribute_table(stack::lifecycle_keys(), false);
  for (const Kind* kind : world.kinds) text += kind_section(world, *kind);
  return text;
}

std::string provider_page(const Provider& provider) {
  std::vector<std::string> kinds;
  for (const Lowering& lowering : provider.lowerings)
    kinds.push_back("[" + std::string(lowering.kind) + "](kinds.md#" + std::string(lowering.kind) +
                    ")");
  std::string text = made_from_tables() + "# " + std::string(provider.name) + "\n\n" +
                     sentence(provider.help) + "\n\nIt realises " + join(kinds, ", ") +
                     ".\n\n## Settings\n\nKeys of its entry under `providers`.\n\n" +
                     attribute_table(provider.settings, false);
  text +=
      "## Native types\n\nOne row for each type of object in the cloud: where it keeps the "
      "ownership mark, how long it typically takes, and which API calls list it. What has the "
      "higher rank is removed first, unless references say otherwise.\n\n" +
      overview(provider);
  for (const ResourceType* type : provider.types) text += type_section(*type);
  return text;
}

std::string functions_page() {
  std::string text = made_from_tables() +
                     "# Functions\n\nFor expressions (`${...}`). They have the names and the "
                     "meaning that users of Terraform know.\n\n" +
                     header({"function", "what it gives"});
  for (const stack::Function& function : stack::functions())
    text += row({code(function.signature), std::string(function.help)});
  return text;
}

std::string commands_page() {
  std::string text = made_from_tables() +
                     "# Commands\n\n`FILE` is the stack file (default: `stack.yaml`). One dash "
                     "before a long option is as good as two. `STACKCTL_ARGS_command` in the "
                     "environment holds options to be added to a command.\n\n" +
                     header({"command", "what it does"});
  for (const Command& command : commands())
    text += row({anchor(command.name), std::string(command.help)});
  text +=
      "\nExit codes: 0 done, 1 failed, 2 changes pending (`plan --detailed-exitcode`), 130 "
      "interrupted.\n\n";
  for (const Command& command : commands()) text += command_section(command);
  return text;
}

std::vector<Page> reference_pages(const World& world) {
  std::vector<Page> pages = {{"kinds.md", kinds_page(world)},
                             {"functions.md", functions_page()},
                             {"cli.md", commands_page()}};
  for (const Provider* provider : world.providers)
    pages.push_back({std::string(provider->name) + ".md", provider_page(*provider)});
  for (Page& page : pages)
    while (page.text.ends_with("\n\n")) page.text.pop_back();
  return pages;
}

}  // namespace stackctl::cli
