#include "kinds/exec.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "kinds/kinds.h"

namespace stackctl::kinds {
namespace {

std::string is_command(const Value& value) {
  constexpr const char* kWanted = "must be a program with its arguments, or a text for the shell";
  if (value.text() != nullptr) return value.text()->empty() ? kWanted : "";
  if (value.items().empty()) return kWanted;
  const auto is_word = [](const Value& word) { return word.text() != nullptr || !word.is_known(); };
  return std::ranges::all_of(value.items(), is_word) ? "" : kWanted;
}

bool is_command_of(const Declaration& declaration, std::string_view event) {
  return std::ranges::any_of(declaration.attributes["events"].items(),
                             [&](const Value& item) { return item == Value(event); });
}

bool has_lifecycle(const Lifecycle& lifecycle) {
  return lifecycle.protect || lifecycle.on_delete != OnDelete::remove || lifecycle.create_first ||
         !lifecycle.ignore_changes.empty() || lifecycle.create_timeout ||
         lifecycle.update_timeout || lifecycle.delete_timeout || !lifecycle.hooks.empty() ||
         !lifecycle.adopt.empty();
}

Diagnostic at(const Declaration& declaration, const std::string& path, Diagnostic fault) {
  fault.address = declaration.address;
  fault.path = path;
  fault.location = place_of(declaration, path);
  return fault;
}

class Folding {
 public:
  explicit Folding(std::vector<Declaration>& declarations) : declarations_(declarations) {}

  Diagnostics run() {
    for (const Declaration& declaration : declarations_)
      if (declaration.kind == &exec) fold(declaration);
    std::erase_if(declarations_, [](const Declaration& each) { return each.kind == &exec; });
    for (Declaration& declaration : declarations_) {
      redirect(declaration.depends_on);
      for (Hook& hook : declaration.lifecycle.hooks) redirect(hook.depends_on);
    }
    return std::move(faults_);
  }

 private:
  void fold(const Declaration& command) {
    if (!command.existing.is_null())
      return fault(command, "existing", error("a command cannot exist already"));
    if (has_lifecycle(command.lifecycle))
      return fault(command, "",
                   error("a command takes none of protect, on_delete, on_replace, ignore_changes, "
                         "timeouts, hooks and adopt",
                         "they belong to the resource whose life it goes with"));
    const Reference* const of = command.attributes["of"].reference();
    if (of == nullptr) return;  // told by the loader
    const auto owner = std::ranges::find(declarations_, of->target, &Declaration::address);
    if (owner == declarations_.end()) return;  // likewise
    if (owner->kind == &exec)
      return fault(command, "of", error("a command cannot go with another command"));
    if (!owner->existing.is_null())
      return fault(command, "of",
                   error("'" + of->target + "' is only looked up: it is neither made nor deleted"));
    if (command.attributes["command"].has_secret())
      return fault(command, "command",
                   error("a secret in a command can be seen by everybody on this machine",
                         "give it as a variable: environment: {TOKEN: ...}"));
    owners_.emplace(command.address, of->target);
    if (is_command_of(command, "create")) add(*owner, command, false);
    if (is_command_of(command, "delete")) add(*owner, command, true);
  }

  static void add(Declaration& owner, const Declaration& command, bool before) {
    Hook hook;
    hook.name = command.address;
    hook.before = before;
    hook.command = command.attributes["command"];
    if (hook.command.list() == nullptr)
      hook.command = List{"sh", "-c", command.attributes["command"]};
    hook.environment = command.attributes["environment"];
    if (hook.environment.is_null()) hook.environment = Map{};
    hook.location = command.location;
    hook.depends_on = command.depends_on;
    owner.lifecycle.hooks.push_back(std::move(hook));
  }

  void redirect(std::vector<std::string>& resources) const {
    for (std::string& resource : resources)
      if (const auto owner = owners_.find(resource); owner != owners_.end())
        resource = owner->second;
  }

  void fault(const Declaration& command, const std::string& path, Diagnostic fault) {
    faults_.push_back(at(command, path, std::move(fault)));
  }

  std::vector<Declaration>& declarations_;
  std::map<std::string, std::string> owners_;  // of each command, by address
  Diagnostics faults_;
};

}  // namespace

extern const Kind exec{
    .name = "exec",
    .help =
        "A command on this machine that goes with the life of another resource. One that "
        "failed after a creation is run again by the next apply.",
    .schema =
        {
            ref("of", "", "The resource whose life it goes with").required(),
            set_of("events", text("event", "When it is run").one_of({"create", "delete"}),
                   "`create`: when the resource has been made or replaced; `delete`: before it is "
                   "removed")
                .otherwise(List{"create"}),
            any("command", "The program and its arguments; a text is run by the shell (sh -c)")
                .required()
                .check(is_command),
            map_of("environment", text("variable", "Value of the variable"),
                   "Variables that the command finds; the place for secrets"),
        },
    .is_local = true,
};

Diagnostics fold_commands(std::vector<Declaration>& declarations) {
  return Folding(declarations).run();
}

}  // namespace stackctl::kinds
