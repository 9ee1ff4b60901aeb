// Expressions with functions, run with a few made-up names.
#pragma once

#include <optional>
#include <string>

#include "stack/evaluate.h"

namespace stackctl::stack {

/// `secret` is the secret "hunter2", `pair` a list with it, `later` is known after apply.
inline Value lookup(const Name& name, const Report& report) {
  if (name.root == "secret") return Secret{"hunter2"};
  if (name.root == "pair") return List{"a", Secret{"hunter2"}};
  if (name.root == "login") return Map{{"user", "a"}, {"password", Secret{"hunter2"}}};
  if (name.root == "later") return Reference{"db", "address"};
  report(name.root_span, error("unknown '" + std::string(name.root) + "'"));
  return invalid();
}

struct Outcome {
  Value value;
  std::string faults;  ///< the summary of each, a line each
  std::string all;     ///< every word of them
};

inline Outcome run(const std::string& expression) {
  const Scope scope{lookup, [](const std::string& path) -> std::optional<std::string> {
                      if (path == "hello.txt") return "hello ${name} $HOME";
                      return std::nullopt;
                    }};
  Outcome outcome;
  outcome.value = evaluate("${" + expression + "}", scope, [&](Span, const Diagnostic& fault) {
    outcome.faults += fault.summary + '\n';
    outcome.all += fault.summary + fault.detail + fault.hint;
  });
  return outcome;
}

struct Row {
  const char* text;
  Value value;
};

}  // namespace stackctl::stack
