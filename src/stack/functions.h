// The functions of expressions, as one table.
#pragma once

#include <span>
#include <string_view>

#include "stack/evaluate.h"

namespace stackctl::stack {

struct Function {
  std::string_view name;
  std::string_view signature;  ///< "join(separator, list)"
  std::string_view help;
  /// One letter for each parameter: s string (numbers and truth values are turned into one),
  /// n number, l list, m map, c list or map, a anything. What follows '?' may be left out; '*' lets
  /// the last one repeat.
  std::string_view parameters;
  /// It only looks at the shape of its arguments: items that are not known yet do no harm.
  bool is_structural = false;
  bool reads_files = false;  ///< so the path must be known while the stack file is loaded
  Result<Value> (*call)(std::span<const Value> arguments, const FileReader& read_file) = nullptr;
};

/// The bodies, for the table. Their arguments have the right types and number.
namespace function {
using Arguments = std::span<const Value>;
Result<Value> base64_decode(Arguments, const FileReader&);
Result<Value> base64_encode(Arguments, const FileReader&);
Result<Value> coalesce(Arguments, const FileReader&);
Result<Value> concat(Arguments, const FileReader&);
Result<Value> contains(Arguments, const FileReader&);
Result<Value> file(Arguments, const FileReader&);
Result<Value> format(Arguments, const FileReader&);
Result<Value> join(Arguments, const FileReader&);
Result<Value> json_decode(Arguments, const FileReader&);
Result<Value> json_encode(Arguments, const FileReader&);
Result<Value> keys(Arguments, const FileReader&);
Result<Value> length(Arguments, const FileReader&);
Result<Value> lookup(Arguments, const FileReader&);
Result<Value> lower(Arguments, const FileReader&);
Result<Value> max(Arguments, const FileReader&);
Result<Value> merge(Arguments, const FileReader&);
Result<Value> min(Arguments, const FileReader&);
Result<Value> replace(Arguments, const FileReader&);
Result<Value> sha256(Arguments, const FileReader&);
Result<Value> split(Arguments, const FileReader&);
Result<Value> template_file(Arguments, const FileReader&);
Result<Value> to_number(Arguments, const FileReader&);
Result<Value> to_string(Arguments, const FileReader&);
Result<Value> trim(Arguments, const FileReader&);
Result<Value> trim_space(Arguments, const FileReader&);
Result<Value> upper(Arguments, const FileReader&);
Result<Value> values(Arguments, const FileReader&);
}  // namespace function

/// All of them, sorted by name.
std::span<const Function> functions();
const Function* find_function(std::string_view name);

/// What is wrong with the number of arguments, or nothing.
std::optional<Diagnostic> check_count(const Function& function, std::size_t count);
/// `function` on arguments that are known, or known in shape when it is structural.
Result<Value> call(const Function& function, std::span<const Value> arguments,
                   const FileReader& read_file);

}  // namespace stackctl::stack
