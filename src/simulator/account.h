// The state of a simulated account: tables of objects, and what is still going on.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "simulator/cloud.h"

namespace stackctl::simulator {

using Json = nlohmann::json;

/// Objects by id. A record has the API's own attributes; those whose names begin with a dot are
/// the simulator's and are never shown.
using Table = std::map<std::string, Json, std::less<>>;

/// Why an operation that was accepted failed in the end (`reason` is one of the API's words).
struct Failure {
  std::string reason;
  std::string message;
};

/// A stretch of simulated time, drawn anew at each use.
struct Span {
  double shortest = 1;  ///< seconds
  double longest = 2;   ///< seconds
};

/// Something that happens later: an action of the action tables, with its arguments.
struct Event {
  std::string action;
  Json arguments = Json::object();
  std::string operation;  ///< the operation that ends with it; may be empty
};

class Account {
 public:
  using Tables = std::map<std::string, Table, std::less<>>;

  explicit Account(Settings settings);

  const Settings& settings() const { return settings_; }
  Time now() const { return now_; }
  void set_now(Time now) { now_ = now; }
  std::uint64_t revision() const { return revision_; }
  void touch() { ++revision_; }

  const Tables& tables() const { return tables_; }
  Table& table(std::string_view type);
  /// The object, or null.
  Json* find(std::string_view type, std::string_view id);
  Json& add(std::string_view type, const std::string& id, Json record);
  void erase(std::string_view type, std::string_view id);

  /// `event` happens after a stretch of `span`, scaled by the speed.
  void schedule(Span span, Event event);
  void schedule_at(Time due, Event event);
  std::optional<Time> next_due() const;
  /// How much has been scheduled so far.
  std::uint64_t scheduled() const { return sequence_; }
  /// Takes back all that was scheduled later than when `scheduled` was `mark`.
  std::vector<std::pair<Time, Event>> take_scheduled_since(std::uint64_t mark);
  /// Takes the next event that is due by `until`; the clock moves to its time.
  std::optional<Event> take_due(Time until);

  std::uint64_t random(std::uint64_t limit);
  std::string random_id();
  /// `length` random lower-case letters and digits.
  std::string random_word(int length);
  /// A public IPv4 address never given out before.
  std::string random_address();

  Json save() const;
  /// False when `saved` has not the form that `save` writes; then nothing is changed.
  bool load(const Json& saved, Time now);

 private:
  using Moment = std::pair<Time, std::uint64_t>;

  Settings settings_;
  Time now_{};
  Tables tables_;
  std::map<Moment, Event> pending_;
  std::uint64_t sequence_ = 0;
  std::uint64_t random_state_ = 0;
  std::uint64_t addresses_ = 0;
  std::uint64_t revision_ = 0;
};

/// A record without the simulator's own attributes.
Json visible(const Json& record);

/// "2026-08-07T12:00:00Z"
std::string timestamp(Time time);

/// An identifier that depends on nothing but `name`: catalogue entries are the same everywhere.
std::string stable_id(std::string_view name);

/// Whether the object is on its way out: it is still shown, but nothing new may refer to it.
bool is_leaving(const Json& record);

/// Whether the list `attribute` of `record` refers to `id`.
bool refers(const Json& record, std::string_view attribute, std::string_view id);

}  // namespace stackctl::simulator
