#include "net/wake_signal.h"

#include <cerrno>
#include <cstdint>
#include <stdexcept>
#include <sys/eventfd.h>
#include <unistd.h>

namespace stackctl::net {

WakeSignal::WakeSignal() : descriptor_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (descriptor_ < 0) throw std::runtime_error("cannot create an event descriptor");
}

WakeSignal::~WakeSignal() { ::close(descriptor_); }

void WakeSignal::raise() const noexcept {
  const int saved = errno;  // a signal handler must not change it under the interrupted code
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = ::write(descriptor_, &one, sizeof one);
  errno = saved;
}

bool WakeSignal::take() const noexcept {
  std::uint64_t count = 0;
  return ::read(descriptor_, &count, sizeof count) == static_cast<ssize_t>(sizeof count);
}

}  // namespace stackctl::net
