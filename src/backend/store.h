// Where a team keeps what its runs tell each other. Losing it loses leases and history, never a
// stack. One implementation is a folder of files; others are engines that can write "only if".
#pragma once

#include <optional>
#include <string>

#include "stackctl/diagnostic.h"

namespace stackctl::backend {

struct Entry {
  std::string text;
  std::string version;  ///< opaque; changes with every write
};

class Store {
 public:
  virtual ~Store() = default;
  /// "/home/ann/.local/state/stackctl", for messages.
  virtual std::string where() const = 0;
  /// The entry called `name`, or nothing.
  virtual Result<std::optional<Entry>> read(const std::string& name) = 0;
  /// Writes `text` only if the entry still has `version` (empty: only if there is none). The new
  /// version, or nothing when somebody else was faster.
  virtual Result<std::optional<std::string>> write(const std::string& name, const std::string& text,
                                                   const std::string& version) = 0;
  /// Removes the entry only if it still has `version`. Whether it did.
  virtual Result<bool> remove(const std::string& name, const std::string& version) = 0;
};

}  // namespace stackctl::backend
