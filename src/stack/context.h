// What all parts of the loader share.
#pragma once

#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "stack/document.h"
#include "stack/evaluate.h"
#include "stack/stack.h"

namespace stackctl::stack {

struct Context {
  const Inputs& inputs;
  const Vocabulary& vocabulary;
  std::deque<Source> sources = {};  ///< the files of the stack, in the order read
  Diagnostics faults = {};
  std::vector<const Node*> secrets = {};  ///< scalars that no excerpt may show

  void report(Diagnostic fault, Location location) {
    fault.location = std::move(location);
    faults.push_back(std::move(fault));
  }
  void report(Diagnostic fault, const Node& node) { report(std::move(fault), locate(node)); }
  void report_key(Diagnostic fault, const Entry& entry) {
    report(std::move(fault), locate_key(entry));
  }

  /// The path of a file that `node` names: it starts at the folder of the file in which it stands.
  std::string resolve(const std::string& path, const Node& node) const;
  /// The text of that file, or nothing.
  std::optional<std::string> read_file(const std::string& path, const Node& node) const;
};

/// The tree as a value, with its expressions evaluated. Faults are placed inside the scalars.
Value evaluate(const Node& node, const Scope& scope, Context& context);
/// The same, for what steers the loader: what is only known after apply is a fault. `what` begins
/// the message.
Value evaluate_known(const Node& node, std::string_view what, const Scope& scope, Context& context);

bool expect_known(const Value& value, std::string_view what, const Node& node, Context& context);

/// Reports a value of another type, unless it is invalid already. The texts are for the message.
bool expect_boolean(const Value& value, std::string_view what, const Node& node, Context& context);
const std::string* expect_text(const Value& value, std::string_view what, const Node& node,
                               Context& context);

/// Reports `node` when it is neither a map nor null, and each of its keys that is not in `allowed`.
void expect_keys(const Node& node, std::string_view what, std::span<const std::string_view> allowed,
                 Context& context);

/// The section `key` of the file: a map, or null when it is missing, empty or (reported) no map.
const Node* section(const Node& root, std::string_view key, Context& context);

/// Whether `name` fits [a-z][a-z0-9-]* and the length.
bool is_name(std::string_view name, std::size_t most);

}  // namespace stackctl::stack
