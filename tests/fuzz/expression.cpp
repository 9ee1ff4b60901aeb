// Expressions of the stack file, with a secret in sight.
#include <string>

#include "stack/evaluate.h"
#include "stackctl/json.h"
#include "targets.h"

using namespace stackctl;
using namespace stackctl::stack;

namespace fuzz {
namespace {

constexpr const char* kCanary = "quetzal-5150";

Value lookup(const Name& name, const Report& report) {
  if (name.root == "secret") return Secret{kCanary};
  if (name.root == "login") return Map{{"user", "a"}, {"password", Secret{kCanary}}};
  if (name.root == "list") return List{1, 2, List{"a", Secret{kCanary}}};
  if (name.root == "number") return 42;
  if (name.root == "text") return "some text";
  if (name.root == "db") return Reference{"db", std::string(name.member)};
  report(name.root_span, error("unknown '" + std::string(name.root) + "'"));
  return invalid();
}

std::optional<std::string> read_file(const std::string& path) {
  if (path == "a.txt") return "hello ${name} %{x}";
  return std::nullopt;
}

void must_not_show(std::string_view text) {
  require(text.find(kCanary) == std::string_view::npos, "no secret is shown");
}

}  // namespace

void expression(std::string_view input) {
  if (input.find(kCanary) != std::string_view::npos) return;
  const Scope scope{lookup, read_file};
  const Report report = [&](Span, const Diagnostic& fault) {
    must_not_show(fault.summary + fault.detail + fault.hint);
  };
  for (const std::string& text : {std::string(input), "${" + std::string(input) + "}"}) {
    const Value value = evaluate(text, scope, report);
    must_not_show(display(value));
    must_not_show(json::write(value));
    const Result<Value> known =
        resolve(value, [](const Reference&) { return std::optional<Value>(Secret{kCanary}); });
    if (known) must_not_show(display(*known));
    if (!known) must_not_show(known.fault().summary + known.fault().detail);
  }
}

}  // namespace fuzz
