// Time as every layer speaks of it. Nothing here reads a clock: the transport does.
#pragma once

#include <chrono>

namespace stackctl {

using Duration = std::chrono::microseconds;
/// Wall-clock time (UTC). Signatures need the date, so one clock serves for waits as well.
using Time = std::chrono::sys_time<Duration>;

}  // namespace stackctl
