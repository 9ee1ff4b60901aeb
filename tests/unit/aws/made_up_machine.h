// A machine with an environment, files and commands that a test writes.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stackctl/provider.h"

namespace aws_test {

using Texts = std::map<std::string, std::string>;

/// Changes to it are seen by its surroundings.
struct Machine {
  Texts environment = {};
  Texts files = {};
  Texts commands = {};  ///< what the first word prints; a command that is not there fails

  stackctl::Surroundings surroundings() const {
    const auto look_up = [](const Texts& texts, std::string_view name) {
      const auto found = texts.find(std::string(name));
      return found == texts.end() ? std::nullopt : std::optional(found->second);
    };
    return {
        [this, look_up](std::string_view name) { return look_up(environment, name); },
        [this, look_up](std::string_view path) { return look_up(files, path); },
        [this, look_up](const std::vector<std::string>& command) -> stackctl::Result<std::string> {
          const auto printed = look_up(commands, command.front());
          if (!printed) return stackctl::error("exit status 1");
          return *printed;
        }};
  }
};

}  // namespace aws_test
