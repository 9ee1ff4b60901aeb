// Faults as values: found by path, placed in the file later, printed by the command line.
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace stackctl {

/// A place in a stack file. Lines and columns count from 1; line 0 means "nowhere".
struct Location {
  std::string file;
  int line = 0;
  int column = 0;
  int length = 1;  ///< how many columns a caret underlines
  bool operator==(const Location&) const = default;
};

enum class Severity { error, warning };

struct Diagnostic {
  Severity severity = Severity::error;
  std::string summary;  ///< one line, lower case, no full stop: "unknown attribute 'sise'"
  std::string detail;   ///< why it matters or what the cloud said; may be empty
  std::string hint;     ///< what to do: "did you mean 'size'?"; may be empty
  std::string address;  ///< the resource or object concerned; may be empty
  std::string path;     ///< attribute path below the resource: "ingress[0].port"; may be empty
  Location location;    ///< filled in by whoever knows the file
};

using Diagnostics = std::vector<Diagnostic>;

inline Diagnostic error(std::string summary, std::string hint = {}) {
  Diagnostic diagnostic;
  diagnostic.summary = std::move(summary);
  diagnostic.hint = std::move(hint);
  return diagnostic;
}

inline bool has_errors(const Diagnostics& diagnostics) {
  for (const Diagnostic& diagnostic : diagnostics)
    if (diagnostic.severity == Severity::error) return true;
  return false;
}

/// A value, or why there is none. For single faults; lists of faults travel as `Diagnostics`.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : data_(std::in_place_index<0>, std::move(value)) {}
  Result(Diagnostic fault) : data_(std::in_place_index<1>, std::move(fault)) {}

  explicit operator bool() const { return data_.index() == 0; }
  const T& operator*() const& { return std::get<0>(data_); }
  T& operator*() & { return std::get<0>(data_); }
  T&& operator*() && { return std::get<0>(std::move(data_)); }
  const T* operator->() const { return &std::get<0>(data_); }
  T* operator->() { return &std::get<0>(data_); }
  const Diagnostic& fault() const { return std::get<1>(data_); }

 private:
  std::variant<T, Diagnostic> data_;
};

}  // namespace stackctl
