// Stacks of several made-up files.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "stack/excerpt.h"
#include "stack/stack.h"

namespace stackctl::stack {
inline const Kind machine{.name = "machine",
                          .help = "A machine.",
                          .schema = {
                              text("size", "How big").required(),
                              text("script", "What it runs"),
                              list_of("disks", integer("disk", "Its size"), "Disks"),
                              map_of("labels", text("label", "A label"), "Labels"),
                              output("address", "Where it is"),
                          }};
inline const std::vector<const Kind*> kKinds = {&machine};

using Files = std::map<std::string, std::string, std::less<>>;

struct Outside {
  std::vector<Given> variables;
  Files environment;
};

inline Loaded load_files(const Files& files, const std::vector<std::string>& names = {"stack.yaml"},
                         const Outside& given = {}) {
  const auto find = [](const Files& from, std::string_view key) -> std::optional<std::string> {
    const auto found = from.find(key);
    return found == from.end() ? std::nullopt : std::optional(found->second);
  };
  Inputs inputs;
  inputs.variables = given.variables;
  inputs.environment = [&](std::string_view name) { return find(given.environment, name); };
  inputs.read_file = [&](const std::string& path) { return find(files, path); };
  return load(names, inputs, {kKinds, {{"one", {}, {"machine"}}}});
}

/// All faults as "file:line:column: summary".
inline std::string faults(const Loaded& loaded) {
  std::string result;
  for (const Diagnostic& fault : loaded.faults)
    result += fault.location.file + ':' + std::to_string(fault.location.line) + ':' +
              std::to_string(fault.location.column) + ": " + fault.summary + '\n';
  return result;
}

inline std::string rendered(const Loaded& loaded) {
  std::string result;
  for (const Diagnostic& fault : loaded.faults) result += render(fault, loaded.sources);
  return result;
}

inline const Declaration* find(const Loaded& loaded, std::string_view address) {
  for (const Declaration& declaration : loaded.stack.resources)
    if (declaration.address == address) return &declaration;
  return nullptr;
}

inline Value attributes(const Loaded& loaded, std::string_view address) {
  const Declaration* declaration = find(loaded, address);
  return declaration == nullptr ? Value("(none)") : declaration->attributes;
}

inline const std::string kHead = "stack: shop\nprovider: one\n";

}  // namespace stackctl::stack
