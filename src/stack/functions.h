// The functions of expressions, as tables.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "stack/evaluate.h"

namespace stackctl::stack {

struct Function {
  std::string_view name;
  std::string_view signature;  ///< "join(separator, list)"
  std::string_view help;
  /// One letter for each parameter: s string (numbers and truth values are turned into one),
  /// n number and i integer (also spelled in a string), l list, m map, c list or map, a anything.
  /// What follows '?' may be left out; '*' lets the last one repeat.
  std::string_view parameters;
  enum class Trait {
    none,
    structural,  ///< looks at the shape of its arguments only: unknown items in them do no harm
    catches,     ///< faults of its arguments: the evaluator does its work
    reads_files  ///< so the path must be known while the stack file is loaded
  };
  Trait trait = Trait::none;
  Result<Value> (*call)(std::span<const Value> arguments, const FileReader& read_file) = nullptr;
};

/// The tables, each in its own file with the bodies. A body gets arguments of the right types and
/// number; they are never secret, only items inside of structural ones may be.
namespace function {
using Arguments = std::span<const Value>;
std::span<const Function> numbers();
std::span<const Function> texts();
std::span<const Function> formats();
std::span<const Function> patterns();
std::span<const Function> collections();
std::span<const Function> sets();
std::span<const Function> encodings();
std::span<const Function> digests();
std::span<const Function> files();
std::span<const Function> networks();
std::span<const Function> conversions();
}  // namespace function

struct FunctionGroup {
  std::string_view title;  ///< "Numbers"
  std::span<const Function> functions;
};
/// All of them by subject, for the reference pages.
std::span<const FunctionGroup> function_groups();

/// All of them, sorted by name.
std::span<const Function> functions();
const Function* find_function(std::string_view name);
/// The fault for a name that is no function: why there is none, or the nearest one.
Diagnostic unknown_function(std::string_view name);

/// What is wrong with the number of arguments, or nothing.
std::optional<Diagnostic> check_count(const Function& function, std::size_t count);
/// `function` on arguments that are known, or known in shape when it is structural.
Result<Value> call(const Function& function, std::span<const Value> arguments,
                   const FileReader& read_file);

}  // namespace stackctl::stack
