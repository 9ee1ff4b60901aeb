// What a cloud module offers. A provider knows no command line, file, environment, clock or socket.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "stackctl/clock.h"
#include "stackctl/flow.h"
#include "stackctl/http.h"
#include "stackctl/resource.h"

namespace stackctl {

/// The user's machine, as far as credentials need it. `main` gives the real one, tests a made-up
/// one.
struct Surroundings {
  std::function<std::optional<std::string>(std::string_view name)> environment;
  /// The text of a file, or nothing when there is none. A leading "~/" is the home directory.
  std::function<std::optional<std::string>(std::string_view path)> read_file;
  /// The standard output of a command.
  std::function<Result<std::string>(const std::vector<std::string>& command)> run;
};

/// Requests that share a limit: a service in a region, reads or writes.
struct Lane {
  std::size_t depth = 16;  ///< requests in flight
  double per_second = 20;  ///< sustained rate, before throttling lowers it
  double burst = 40;
};

/// What a stack file says of what a listing shows.
struct Interest {
  /// The attributes by which objects are looked up: some things no cloud lists in full.
  std::vector<Value> lookups;
  /// The attributes of the objects that it declares, as far as they are known: what to ask of these
  /// need not wait until their marks are read.
  std::vector<Value> declared;
};

/// A provider, logged in to one account and region.
class Connection {
 public:
  virtual ~Connection() = default;

  /// "exoscale ch-gva-2", for messages.
  virtual std::string where() const = 0;
  /// What the user should know about the way in which the login was found.
  virtual Diagnostics warnings() const { return {}; }
  virtual Lane lane(Access access) const = 0;

  /// Reads everything behind a `ResourceType::listing` (or several, with blanks between), all
  /// pages. Its `Done` is a map for `decode`: the maps of several listings are joined.
  virtual std::unique_ptr<Flow> list(std::string_view listing, const Interest& interest) const = 0;
  /// Looks which of `types`, all of them counted, have objects that bear the mark of `stack`, in
  /// few calls, so that listings of types that the stack does not use need not be read. Its `Done`
  /// is a list: the names of those. It may lag some seconds behind. Null: the cloud has no such
  /// thing.
  virtual std::unique_ptr<Flow> census(std::string_view /*stack*/,
                                       std::span<const ResourceType* const> /*types*/) const {
    return nullptr;
  }
  /// The objects of one type in what `list` read, ours or not. Malformed items are left out, and
  /// reported in `faults`.
  virtual std::vector<LiveObject> decode(const ResourceType& type, const Value& listed,
                                         Diagnostics& faults) const = 0;
  virtual std::unique_ptr<Flow> carry_out(Work work) const = 0;

  /// Whether `sign` needs something first that only calls can get: a token, temporary credentials.
  /// Asked before a call goes out; those that are not part of the login wait.
  virtual bool needs_login(Time /*now*/) const { return false; }
  /// Gets it, or renews it. Its `Done` leaves this connection ready to sign; after a `Fail` every
  /// call that waits fails in the same way.
  virtual std::unique_ptr<Flow> log_in() const { return nullptr; }
  /// The cloud takes the present login no longer (`Verdict::login_expired`), so `needs_login` holds
  /// from now on if there is a way to another one. The call is then sent again.
  virtual void login_refused() const {}

  /// Adds credentials and whatever else a request needs to go out at `now`; at every attempt.
  virtual void sign(http::Request& request, Time now) const = 0;
  virtual Judgement judge(const Call& call, const http::Reply& reply) const = 0;
};

/// What a lowering may know beside the declaration.
struct LoweringContext {
  std::string stack;
  /// "wordpress-web", "wordpress-web-0": the name of the object at `address`.
  std::string physical_name(std::string_view address) const;
};

struct Lowering {
  std::string_view kind;
  Lowered (*lower)(const Declaration& declaration, const LoweringContext& context);
};

/// The table that makes a cloud known to the program.
struct Provider {
  std::string_view name;
  std::string_view help;
  Schema settings;  ///< keys of its entry under `providers:`
  std::span<const ResourceType* const> types;
  std::span<const Lowering> lowerings;
  Result<std::unique_ptr<Connection>> (*connect)(const Value& settings, const Surroundings&);
};

}  // namespace stackctl
