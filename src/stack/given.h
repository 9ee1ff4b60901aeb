// The values of variables that come from outside of the stack file.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>

#include "stack/context.h"

namespace stackctl::stack {

struct GivenValue {
  std::string origin;            ///< "--var size", "prod.vars.yaml", "STACKCTL_VAR_size"
  const Entry* entry = nullptr;  ///< of a file of variables
  std::string text;              ///< what was typed, or stands in the environment
};

/// --var and --var-file, the last one wins; below them STACKCTL_VAR_name in the environment. The
/// files are never quoted by faults: secrets may stand in them.
class GivenValues {
 public:
  /// Reads the files; `context` must outlive this.
  explicit GivenValues(Context& context);
  GivenValues(const GivenValues&) = delete;
  GivenValues& operator=(const GivenValues&) = delete;

  std::optional<GivenValue> find(const std::string& name) const;
  /// Reports what was given for names that no variable of `section` (which may be null) has.
  void check_names(const Node* section) const;

 private:
  void read(const std::string& path);

  Context& context_;
  std::deque<Source> sources_;
  std::deque<Node> documents_;
  std::map<std::string, GivenValue, std::less<>> values_;
};

}  // namespace stackctl::stack
