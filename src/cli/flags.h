// The groups of flags that commands offer.
#pragma once

#include <initializer_list>
#include <vector>

#include "cli/arguments.h"

namespace stackctl::cli::flags {

using Group = std::vector<const Flag*>;

Group stack();       ///< which stack, with which values, on which clouds
Group selection();   ///< which part of it, and how much may go
Group execution();   ///< approval, concurrency, figures
Group locking();     ///< whether other runs are kept out, or waited for
Group no_locking();  ///< the same, for commands that neither keep others out nor wait
Group breaking();    ///< of `unlock`
Group planning();    ///< how a plan is shown
Group exit_code();   ///< of `plan`
Group saving();      ///< of `plan`: where to, and whether to plan the end, or all of it
Group scope();       ///< which part of the stack is looked at
Group format();      ///< of what is shown: text, JSON or Markdown
Group json();
Group clean();
Group raw();
Group graph();
Group service();  ///< of `simulate`

/// The groups one after another.
Group all_of(std::initializer_list<Group> groups);

}  // namespace stackctl::cli::flags
