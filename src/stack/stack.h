// The stack file, loaded: values with positions in, checked declarations out.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
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

/// Everything that comes from outside the file.
struct Inputs {
  std::vector<std::pair<std::string, std::string>> variables;  ///< --var, in order; the last wins
  std::function<std::optional<std::string>(std::string_view name)> environment;
  /// The text of a file named in the stack file, already joined with that file's folder.
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

struct Loaded {
  Stack stack;         ///< what could be understood, even with faults
  Diagnostics faults;  ///< all of them, placed, in the order of the file
  std::map<std::string, std::string, std::less<>> sources;  ///< file → text, for excerpts
};

/// Loads `file`. Reading it is done through `inputs.read_file` as well.
Loaded load(const std::string& file, const Inputs& inputs, const Vocabulary& vocabulary);

}  // namespace stackctl::stack
