#include "cli/plan_inputs.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "stackctl/crypto.h"
#include "stackctl/json.h"

namespace stackctl::cli {
namespace {

constexpr std::string_view kAbsent = "absent";
constexpr std::string_view kFast = "sha256:";
constexpr std::string_view kSlow = "scrypt:";
constexpr std::string_view kTyped = "--var ";
constexpr std::string_view kVariablePrefix = "STACKCTL_VAR_";

std::string fast_digest(std::string_view text) {
  return std::string(kFast) + crypto::hex(crypto::sha256(text));
}

/// Makes the digests of what may be secret. Equal texts of two names do not look equal.
class Fingerprints {
 public:
  Fingerprints(std::string stack, engine::SecretDigests& digests)
      : stack_(std::move(stack)), digests_(digests) {}

  std::string of(const std::string& name, std::string_view text) const {
    return std::string(kSlow) + digests_.of(text, {stack_, "plan/" + name});
  }
  std::string of_file(const std::string& path, const std::optional<std::string>& text,
                      bool is_public) const {
    if (!text) return std::string(kAbsent);
    return is_public ? fast_digest(*text) : of(path, *text);
  }

 private:
  std::string stack_;
  engine::SecretDigests& digests_;
};

bool is_typed(const stack::VariableValue& variable) { return variable.origin.starts_with(kTyped); }

Map variable_record(const stack::VariableValue& variable, const Fingerprints& fingerprints) {
  Map record{{"from", variable.origin.empty() ? "default" : variable.origin}};
  if (variable.value.has_secret()) {
    record["secret"] = true;
    record["fingerprint"] = fingerprints.of("var." + variable.name,
                                            json::write(variable.value, json::Secrets::revealed));
    return record;
  }
  record["value"] = variable.value;
  const bool is_text = is_typed(variable) || variable.origin.starts_with(kVariablePrefix);
  if (is_text) record["text"] = variable.text;
  return record;
}

const Map& members(const Value& value) {
  static const Map kNone;
  return value.map() == nullptr ? kNone : *value.map();
}

/// What the two maps differ in, by key.
std::vector<std::string> differing_keys(const Value& before, const Value& after) {
  std::set<std::string> keys;
  for (const auto& [key, value] : members(before))
    if (!(after[key] == value)) keys.insert(key);
  for (const auto& [key, value] : members(after))
    if (!(before[key] == value)) keys.insert(key);
  return {keys.begin(), keys.end()};
}

/// A plain value may come from another place now; a secret is told by its fingerprint.
Value content_of(const Value& variables, const std::string& name) {
  const Value& variable = variables[name];
  const Value& fingerprint = variable["fingerprint"];
  return List{!variable.is_null(), fingerprint.is_null() ? variable["value"] : fingerprint};
}

}  // namespace

stack::Inputs recorded(stack::Inputs inputs, StackInputs& record) {
  stack::Inputs noting;
  noting.variables = std::move(inputs.variables);
  noting.environment = [&record, read = std::move(inputs.environment)](std::string_view name) {
    std::optional<std::string> text = read(name);
    record.environment.insert_or_assign(std::string(name), text);
    return text;
  };
  noting.read_file = [&record, read = std::move(inputs.read_file)](const std::string& path) {
    std::optional<std::string> text = read(path);
    record.files.insert_or_assign(path, text);
    return text;
  };
  return noting;
}

void note_loaded(const stack::Loaded& loaded, StackInputs& record) {
  record.variables = loaded.variables;
  for (const auto& [path, shown] : loaded.sources) {
    const auto file = record.files.find(path);
    if (file != record.files.end() && file->second == shown) record.public_files.insert(path);
  }
}

Map inputs_record(const StackInputs& inputs, const std::vector<stack::Given>& given,
                  const std::string& stack, engine::SecretDigests& digests) {
  const Fingerprints fingerprints(stack, digests);
  Map files;
  for (const auto& [path, text] : inputs.files)
    files[path] = fingerprints.of_file(path, text, inputs.public_files.contains(path));
  Map variables;
  for (const stack::VariableValue& variable : inputs.variables)
    variables[variable.name] = variable_record(variable, fingerprints);
  Map environment;
  for (const auto& [name, text] : inputs.environment)
    if (!name.starts_with(kVariablePrefix))
      environment[name] = text ? fingerprints.of("env." + name, *text) : std::string(kAbsent);
  List variable_files;
  for (const stack::Given& each : given)
    if (const auto* const file = std::get_if<stack::VariableFile>(&each))
      variable_files.emplace_back(file->path);
  return {{"files", std::move(files)},
          {"variables", std::move(variables)},
          {"variable_files", std::move(variable_files)},
          {"environment", std::move(environment)}};
}

std::vector<stack::Given> given_again(const Value& record) {
  std::vector<stack::Given> given;
  for (const Value& path : record["variable_files"].items())
    if (path.text() != nullptr) given.emplace_back(stack::VariableFile{*path.text()});
  for (const auto& [name, variable] : members(record["variables"]))
    if (const std::string* const text = variable["text"].text())
      given.emplace_back(stack::VariableText{name, *text});
  return given;
}

std::set<std::string> typed_secrets(const Value& record) {
  std::set<std::string> names;
  for (const auto& [name, variable] : members(record["variables"]))
    if (variable["secret"] == Value(true) && variable.text_at("from").starts_with(kTyped))
      names.insert(name);
  return names;
}

std::vector<std::string> changed_files(const Value& record, const World& world,
                                       const std::string& stack, engine::SecretDigests& digests) {
  const Fingerprints fingerprints(stack, digests);
  std::vector<std::string> changed;
  for (const auto& [path, digest] : members(record["files"])) {
    const std::optional<std::string> text = world.surroundings.read_file(path);
    const bool is_public = digest.text() != nullptr && digest.text()->starts_with(kFast);
    if (digest == Value(fingerprints.of_file(path, text, is_public))) continue;
    if (!text)
      changed.push_back(path + " cannot be read");
    else
      changed.push_back(path + (digest == Value(kAbsent) ? " is there now" : " has changed"));
  }
  return changed;
}

std::vector<std::string> changed_inputs(const Value& before, const Value& after) {
  std::vector<std::string> changed;
  const Value& old_variables = before["variables"];
  const Value& new_variables = after["variables"];
  for (const std::string& name : differing_keys(old_variables, new_variables)) {
    if (content_of(old_variables, name) == content_of(new_variables, name)) continue;
    const bool is_secret = !old_variables[name]["fingerprint"].is_null();
    changed.push_back(
        "variable '" + name + "' has another value" +
        (is_secret ? "; it is secret, and not in the plan: it has to be given again" : ""));
  }
  for (const std::string& name : differing_keys(before["environment"], after["environment"]))
    changed.push_back("'" + name + "' in the environment has another value");
  for (const std::string& path : differing_keys(before["files"], after["files"]))
    changed.push_back(path + " is read differently");
  return changed;
}

}  // namespace stackctl::cli
