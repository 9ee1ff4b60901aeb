// What a stack was loaded from, so that a saved plan can tell whether it would be the same today.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "cli/world.h"
#include "engine/spec.h"
#include "stack/stack.h"
#include "stackctl/diagnostic.h"
#include "stackctl/value.h"

namespace stackctl::cli {

struct StackInputs {
  using Texts = std::map<std::string, std::optional<std::string>, std::less<>>;

  Texts files;                         ///< all that were asked for: path and text
  Texts environment;                   ///< likewise
  std::set<std::string> public_files;  ///< stack files without secrets in them
  std::vector<stack::VariableValue> variables;
};

/// `inputs` with everything that is read through it noted in `record`, which must outlive it.
stack::Inputs recorded(stack::Inputs inputs, StackInputs& record);
/// Notes what only the loaded stack tells.
void note_loaded(const stack::Loaded& loaded, StackInputs& record);

/// As the plan file holds it: digests, slow ones of what may be secret; plain values of variables.
Map inputs_record(const StackInputs& inputs, const std::vector<stack::Given>& given,
                  const std::string& stack, engine::SecretDigests& digests);

/// The variables to load the stack with again, but for secrets that were typed.
std::vector<stack::Given> given_again(const Value& record);
/// The names of the secrets that were typed: they have to be given again.
std::set<std::string> typed_secrets(const Value& record);

/// Which of the recorded files are not as they were, in words.
std::vector<std::string> changed_files(const Value& record, const World& world,
                                       const std::string& stack, engine::SecretDigests& digests);
/// In what else two records differ, in words.
std::vector<std::string> changed_inputs(const Value& before, const Value& after);

}  // namespace stackctl::cli
