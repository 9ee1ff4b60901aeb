#include "stack/template.h"

#include <algorithm>
#include <set>
#include <utility>

#include "stack/operators.h"

namespace stackctl::stack {
namespace {

Result<Value> as_text(std::span<const Value> operands) { return join_texts(operands); }

/// A variable that cannot stand in a text is told by its name.
std::optional<Diagnostic> check(const std::string& name, const Value& value) {
  if (is_invalid(value) || value.deferred() != nullptr) return std::nullopt;
  const Result<Value> text = compute({value}, as_text, name);
  if (text) return std::nullopt;
  Diagnostic fault = text.fault();
  fault.path = name;
  return fault;
}

}  // namespace

Result<Filled> fill_template(std::string_view text, const Map& variables) {
  List parts;
  std::set<std::string_view> used;
  std::size_t begin = 0;
  for (std::size_t at = text.find("${"); at != std::string_view::npos;
       at = text.find("${", std::max(at + 2, begin))) {
    const std::size_t end = text.find('}', at);
    if (end == std::string_view::npos) break;
    const auto found = variables.find(text.substr(at + 2, end - at - 2));
    if (found == variables.end()) continue;
    parts.emplace_back(text.substr(begin, at - begin));
    parts.push_back(found->second);
    used.insert(found->first);
    begin = end + 1;
  }
  parts.emplace_back(text.substr(begin));

  Filled filled;
  for (const auto& [name, value] : variables) {
    if (std::optional<Diagnostic> fault = check(name, value)) return *std::move(fault);
    if (!used.contains(name)) filled.unused.push_back(name);
  }
  if (std::any_of(parts.begin(), parts.end(), is_invalid)) {
    filled.text = invalid();
    return filled;
  }
  Result<Value> joined = compute(std::move(parts), as_text, "(template)");
  if (!joined) return joined.fault();
  filled.text = *std::move(joined);
  return filled;
}

}  // namespace stackctl::stack
