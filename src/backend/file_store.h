// A store that is a folder of files: for one user, for those of one machine, or for those who share
// a file system with working locks.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "backend/store.h"

namespace stackctl::backend {

/// Makes the folder, if need be for its owner only, and makes sure that it can be written to. Files
/// in it can be read and written by its group as far as the folder can; by others never.
Result<std::unique_ptr<Store>> open_file_store(const std::string& folder);

/// Where the store is.
struct StateFolder {
  std::string path;
  bool is_asked_for = false;  ///< by the user; else it is the usual place
};

/// STACKCTL_STATE_DIR, else $XDG_STATE_HOME/stackctl, else ~/.local/state/stackctl; nothing without
/// a home.
std::optional<StateFolder> state_folder(
    const std::function<std::optional<std::string>(std::string_view)>& environment);

}  // namespace stackctl::backend
