// The stack file, loaded: values with positions in, checked declarations out.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "stackctl/diagnostic.h"
#include "stackctl/resource.h"
#include "stackctl/schema.h"
#include "stackctl/value.h"

namespace stackctl::stack {

/// What the loader has to know of a provider: nothing but its words.
struct ProviderWords {
  std::string_view name;
  Schema settings;
  std::vector<std::string_view> kinds;  ///< those it can realise
};

struct Vocabulary {
  std::span<const Kind* const> kinds;
  std::vector<ProviderWords> providers;
};

/// `--var NAME=TEXT`
struct VariableText {
  std::string name;
  std::string text;
};
/// `--var-file PATH`: a YAML map of names and values
struct VariableFile {
  std::string path;
};
using Given = std::variant<VariableText, VariableFile>;

/// Everything that comes from outside the file.
struct Inputs {
  std::vector<Given> variables;  ///< in the order typed; the last one wins
  std::function<std::optional<std::string>(std::string_view name)> environment;
  /// The text of a file. The path of one that a stack file names begins with that file's folder.
  std::function<std::optional<std::string>(const std::string& path)> read_file;
};

struct ProviderEntry {
  std::string name;  ///< as declarations name it
  Value settings;    ///< checked by the provider's schema
  Location location;
};

struct Output {
  std::string name;
  Value value;  ///< may hold references
  std::string description;
  bool secret = false;
  Location location;
};

struct Stack {
  std::string name;
  std::string file;  ///< the first one
  std::vector<ProviderEntry> providers;
  std::vector<Declaration> resources;
  std::vector<Output> outputs;
};

/// A declared variable, and what it came to.
struct VariableValue {
  std::string name;
  /// "--var size", "prod.vars.yaml", "STACKCTL_VAR_size"; empty: its default.
  std::string origin;
  std::string text;  ///< as given; empty where a file or the default gives it
  Value value;       ///< with secrets where it is one
};

struct Loaded {
  Stack stack;         ///< what could be understood, even with faults
  Diagnostics faults;  ///< all of them, placed, in the order of the files
  std::vector<VariableValue> variables;
  /// File → text, for excerpts. Secrets in it are masked; files of variables are left out.
  std::map<std::string, std::string, std::less<>> sources;
};

/// Loads `files`, each laid over those before it, and what they include. Reading them is done
/// through `inputs.read_file` as well.
Loaded load(const std::vector<std::string>& files, const Inputs& inputs,
            const Vocabulary& vocabulary);

}  // namespace stackctl::stack
