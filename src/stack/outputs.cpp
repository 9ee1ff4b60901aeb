#include "stack/outputs.h"

#include <array>
#include <utility>

namespace stackctl::stack {
namespace {

constexpr std::array<std::string_view, 3> kKeys = {"value", "description", "secret"};

/// A whole resource says nothing to a reader of outputs.
Value checked(Value value, const Node& node, Context& context) {
  for (const Reference& reference : references(value)) {
    if (!reference.attribute.empty()) continue;
    context.report(error("'" + reference.target + "' is a resource, not a value",
                         "name one of its attributes: ${" + reference.target + ".id}"),
                   node);
    return invalid();
  }
  return value;
}

Output read_output(const Entry& entry, const Scope& scope, Context& context) {
  Output output{entry.key, {}, {}, false, locate_key(entry)};
  const Entry* value = entry.value.find("value");
  const Node& node = value == nullptr ? entry.value : value->value;
  output.value = checked(evaluate(node, scope, context), node, context);
  if (value != nullptr) {
    expect_keys(entry.value, "an output", kKeys, context);
    if (const Entry* description = entry.value.find("description"))
      output.description = description->value.text;
    if (const Entry* secret = entry.value.find("secret")) {
      const Value is_secret = evaluate_known(secret->value, "'secret'", scope, context);
      output.secret =
          expect_boolean(is_secret, "'secret'", secret->value, context) && *is_secret.boolean();
    }
  }
  if (output.secret) output.value = conceal(output.value);
  output.secret = output.secret || output.value.has_secret();
  return output;
}

}  // namespace

std::vector<Output> read_outputs(const Node* section, const Scope& scope, Context& context) {
  std::vector<Output> outputs;
  if (section == nullptr) return outputs;
  for (const Entry& entry : section->entries) outputs.push_back(read_output(entry, scope, context));
  return outputs;
}

}  // namespace stackctl::stack
