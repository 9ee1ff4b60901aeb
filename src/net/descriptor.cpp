#include "net/descriptor.h"

#include <array>
#include <fcntl.h>
#include <unistd.h>

namespace stackctl::net {

void Descriptor::close() {
  if (number_ >= 0) ::close(std::exchange(number_, -1));
}

std::optional<Pipe> make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return std::nullopt;
  return Pipe{Descriptor(ends[0]), Descriptor(ends[1])};
}

}  // namespace stackctl::net
