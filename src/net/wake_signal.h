// A flag that a signal handler can raise and that poll(2) can see.
#pragma once

namespace stackctl::net {

class WakeSignal {
 public:
  /// Throws std::runtime_error when no descriptor is left.
  WakeSignal();
  ~WakeSignal();
  WakeSignal(const WakeSignal&) = delete;
  WakeSignal& operator=(const WakeSignal&) = delete;

  /// Async-signal-safe.
  void raise() const noexcept;
  /// Whether it was raised since the last call.
  bool take() const noexcept;
  /// Readable while it is raised.
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

}  // namespace stackctl::net
