// The lease that a command holds while it changes a stack: taken, waited for, kept, given back.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "backend/file_store.h"
#include "backend/lease.h"
#include "cli/options.h"
#include "cli/screen.h"
#include "cli/world.h"

namespace stackctl::cli {

/// What the commands on one stack agree on.
struct LockPlace {
  std::string name;   ///< of the lease
  std::string stack;  ///< for messages
  std::string files;  ///< "stack.yaml prod.yaml", as typed
};

/// The lease of `stack`; with `--simulate` that of the file in which the simulated cloud lives.
LockPlace lock_place(const Options& options, const std::string& stack,
                     const std::string& simulated_state_file);

/// The store of the leases; a fault tells where it should have been.
Result<std::unique_ptr<backend::Store>> open_store(const World& world);

class Lock {
 public:
  /// Takes the lease. Nothing when somebody else keeps it for longer than we are to wait: that has
  /// been told. Where leases are not wanted, or cannot be kept, the lock is one that holds nothing.
  static std::unique_ptr<Lock> take(const LockPlace& place, const Options& options, World& world,
                                    const Screen& screen);
  ~Lock();
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

  /// To be called often. False from the moment on that the lease is somebody else's; told once.
  bool keep();
  bool is_lost() const { return is_lost_; }

 private:
  Lock(LockPlace place, World& world, const Screen& screen)
      : place_(std::move(place)), world_(world), screen_(screen) {}
  bool open(const Options& options);
  bool wait_for_lease(const Options& options);
  void tell_lost();

  LockPlace place_;
  World& world_;
  const Screen& screen_;
  std::unique_ptr<backend::Store> store_;
  std::optional<backend::Lease> lease_;
  bool is_lost_ = false;
};

}  // namespace stackctl::cli
