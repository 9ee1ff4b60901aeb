// What names mean in expressions: var., local., env., stack., and resources.
#pragma once

#include <map>
#include <string_view>
#include <vector>

#include "stack/context.h"
#include "stack/given.h"
#include "stack/lazy.h"

namespace stackctl::stack {

class Resources;

/// Whether expressions use `name` for something else than resources.
bool is_reserved(std::string_view name);

class Names {
 public:
  /// All three must outlive this.
  Names(const Node& root, Context& context, Resources& resources);
  Names(const Names&) = delete;
  Names& operator=(const Names&) = delete;

  const Scope& scope() const { return scope_; }
  Running& running() { return running_; }

  /// The name of the stack; empty when it is faulty.
  std::string stack_name();
  /// Evaluates what was not used, for its faults.
  void evaluate_all();
  /// The variables, by name; after `evaluate_all`.
  std::vector<VariableValue> variables() const;

 private:
  struct Named {
    const Entry* entry = nullptr;
    Lazy lazy;
  };
  using Table = std::map<std::string_view, Named>;

  Value lookup(const Name& name, const Report& report);
  Value variable(const Name& name, const Report& report);
  Value local(const Name& name, const Report& report);
  Value environment(const Name& name, const Report& report);
  Value stack(const Name& name, const Report& report);
  Value unknown(const Name& name, const Report& report) const;

  Value get(Table& table, std::string_view prefix, const Name& name, const Report& report);
  Value compute(std::string_view prefix, const Entry& entry);
  Value compute_stack_name();
  void read_table(const Node* section, std::string_view what, Table& table);
  void evaluate_all(Table& table, std::string_view prefix);

  const Node& root_;
  Context& context_;
  Resources& resources_;
  GivenValues given_;
  Scope scope_;
  Running running_;
  Table variables_;
  Table locals_;
  Lazy stack_name_;
};

}  // namespace stackctl::stack
