#include "simulator/chaos.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "stackctl/json.h"
#include "stackctl/text.h"

namespace stackctl::simulator {
namespace {

using namespace std::chrono_literals;

constexpr Duration longest_delay = 60s;
constexpr Duration stuck_for = 45min;
constexpr Duration youngest_snapshot = 1s;
constexpr Duration oldest_snapshot = 20s;
constexpr std::size_t kept_snapshots = 8;
constexpr int longest_retry_after = 5;
constexpr std::uint64_t fine = 1'000'000;  // parts that a chance is counted in
constexpr double percent = 100;

struct Row {
  Trouble trouble;
  std::string_view name;
  bool strikes_writes_only = false;
};
constexpr std::array rows{
    Row{Trouble::throttled, "429"},
    Row{Trouble::unavailable, "503"},
    Row{Trouble::lost_request, "lost-request"},
    Row{Trouble::lost_reply, "lost-reply"},
    Row{Trouble::slow, "slow"},
    Row{Trouble::stale, "stale"},
    Row{Trouble::failed_operation, "failed-operation", true},
    Row{Trouble::stuck_operation, "stuck-operation", true},
    Row{Trouble::crash_before, "crash-before", true},
    Row{Trouble::crash_after, "crash-after", true},
};

const Row& row_of(Trouble trouble) {
  return *std::ranges::find_if(rows, [&](const Row& row) { return row.trouble == trouble; });
}

Diagnostic unknown(std::string_view name) {
  std::array<std::string_view, rows.size()> names;
  std::ranges::transform(rows, names.begin(), &Row::name);
  const std::string_view near = nearest(name, names);
  return error("unknown fault '" + std::string(name) + "'",
               near.empty() ? "the faults are " + trouble_names()
                            : "did you mean '" + std::string(near) + "'?");
}

template <class Number>
bool read_number(std::string_view text, Number& number) {
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  return fault == std::errc{} && end == text.data() + text.size();
}

/// "5%" or "2", behind a colon.
bool read_limit(std::string_view text, Fault& fault) {
  if (!text.ends_with('%')) return read_number(text, fault.times) && fault.times > 0;
  text.remove_suffix(1);
  if (!read_number(text, fault.chance)) return false;
  fault.chance /= percent;
  return fault.chance > 0 && fault.chance <= 1;
}

Diagnostic malformed(std::string_view part) {
  return error("the fault '" + std::string(part) + "' does not say when it strikes",
               "NAME:5% is a chance, NAME:2 the first two calls, NAME@7 the seventh write");
}

Result<Fault> parse_fault(std::string_view part) {
  const std::string_view name = part.substr(0, part.find_first_of(":@"));
  const auto row = std::ranges::find_if(rows, [&](const Row& r) { return r.name == name; });
  if (row == rows.end()) return unknown(name);
  std::string_view rest = part.substr(name.size());
  Fault fault{.trouble = row->trouble};
  if (rest.starts_with('@')) {
    if (!read_number(rest.substr(1), fault.write) || fault.write == 0) return malformed(part);
    return fault;
  }
  if (rest.empty()) return malformed(part);
  while (!rest.empty()) {
    rest.remove_prefix(1);
    const std::string_view limit = rest.substr(0, rest.find(':'));
    if (!read_limit(limit, fault)) return malformed(part);
    rest.remove_prefix(limit.size());
  }
  return fault;
}

bool is_write(const http::Request& request) {
  return request.method != "GET" && request.method != "HEAD";
}

http::Reply lost() {
  http::Reply reply;
  reply.failure = http::Failure::lost;
  reply.failure_text = "the connection ended before an answer arrived";
  return reply;
}

/// The body of an answer of the API; null for anything else.
Value shown_by(const http::Reply& reply) {
  Result<Value> parsed = json::parse(reply.status == 200 ? reply.body : "null");
  return parsed ? *std::move(parsed) : Value();
}

/// One array, whatever its name, is all that an answer with a list has.
bool is_list(const http::Reply& reply) {
  const Value shown = shown_by(reply);
  const Map* members = shown.map();
  return members != nullptr && members->size() == 1 && members->begin()->second.list() != nullptr;
}

bool is_pending_operation(const http::Reply& reply) {
  return shown_by(reply).text_at("state") == "pending";
}

std::string key_of(const http::Request& request) {
  return request.url + '?' + http::query_string(request.query);
}

}  // namespace

std::string trouble_names() {
  std::string names;
  for (const Row& row : rows) names += (names.empty() ? "" : ", ") + std::string(row.name);
  return names;
}

bool ends_client(const Fault& fault) {
  return fault.trouble == Trouble::crash_before || fault.trouble == Trouble::crash_after;
}

Result<std::vector<Fault>> parse_faults(std::string_view text) {
  std::vector<Fault> faults;
  while (true) {
    const std::string_view part = text.substr(0, text.find(','));
    Result<Fault> fault = parse_fault(part);
    if (!fault) return fault.fault();
    faults.push_back(*fault);
    if (part.size() == text.size()) return faults;
    text.remove_prefix(part.size() + 1);
  }
}

std::string display(const std::vector<Fault>& faults) {
  std::string out;
  for (const Fault& fault : faults) {
    out += (out.empty() ? "" : ",") + std::string(row_of(fault.trouble).name);
    if (fault.write != 0) out += '@' + std::to_string(fault.write);
    if (fault.chance > 0) {
      std::array<char, 32> digits{};
      const double share = std::round(fault.chance * percent * fine) / fine;
      const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), share).ptr;
      out += ':' + std::string(digits.data(), end) + '%';
    }
    if (fault.times != 0) out += ':' + std::to_string(fault.times);
  }
  return out;
}

Chaos::Chaos(std::vector<Fault> faults, std::uint64_t seed, std::function<void()> die)
    : faults_(std::move(faults)),
      struck_(faults_.size()),
      random_state_(seed),
      die_(std::move(die)) {}

Routed Chaos::handle(Cloud& cloud, const http::Request& request, Time now) {
  const bool writes = is_write(request);
  writes_ += writes ? 1 : 0;
  for (std::size_t i = 0; i < faults_.size(); ++i) {
    if (faults_[i].times != 0 && struck_[i] >= faults_[i].times) continue;
    if (!wants_to_strike(faults_[i], writes)) continue;
    if (auto blow = strike(faults_[i].trouble, cloud, request, now)) {
      struck_[i] += blow->has_struck ? 1 : 0;
      strikes_ += blow->has_struck ? 1 : 0;
      return std::move(blow->routed);
    }
  }
  return ask(cloud, request, now);
}

// splitmix64, as in the cloud: equal seeds give equal storms on every machine.
std::uint64_t Chaos::random(std::uint64_t limit) {
  std::uint64_t word = (random_state_ += 0x9e3779b97f4a7c15U);
  word = (word ^ (word >> 30U)) * 0xbf58476d1ce4e5b9U;
  word = (word ^ (word >> 27U)) * 0x94d049bb133111ebU;
  return (word ^ (word >> 31U)) % limit;
}

bool Chaos::wants_to_strike(const Fault& fault, bool is_write) {
  if (!is_write && (fault.write != 0 || row_of(fault.trouble).strikes_writes_only)) return false;
  if (fault.write != 0) return fault.write == writes_;
  if (fault.chance <= 0) return fault.times != 0;
  return static_cast<double>(random(fine)) < fault.chance * fine;
}

std::optional<Chaos::Blow> Chaos::strike(Trouble trouble, Cloud& cloud,
                                         const http::Request& request, Time now) {
  switch (trouble) {
    case Trouble::throttled:
      return Blow{cloud.turn_away(request, 429, 1 + static_cast<int>(random(longest_retry_after)))};
    case Trouble::unavailable:
      return Blow{cloud.turn_away(request, 503, 0)};
    case Trouble::lost_request:
      return Blow{lost()};
    case Trouble::lost_reply:
      ask(cloud, request, now);
      return Blow{lost()};
    case Trouble::slow:
      return Blow{{ask(cloud, request, now), delay()}};
    case Trouble::stale:
      return recall(request, now);
    case Trouble::failed_operation:
      return doom({.fails = true}, cloud, request, now);
    case Trouble::stuck_operation:
      return doom({.longer = stuck_for}, cloud, request, now);
    case Trouble::crash_before:
      break;
    case Trouble::crash_after:
      ask(cloud, request, now);
      break;
  }
  if (die_) die_();
  return Blow{lost()};
}

Duration Chaos::delay() {
  return Duration{
      1 + static_cast<std::int64_t>(random(static_cast<std::uint64_t>(longest_delay.count())))};
}

// Whether a request begins an operation is known only when it has begun.
Chaos::Blow Chaos::doom(Fate fate, Cloud& cloud, const http::Request& request, Time now) {
  http::Reply reply = cloud.handle(request, now, fate);
  const bool has_struck = is_pending_operation(reply);
  return {std::move(reply), has_struck};
}

std::optional<Chaos::Blow> Chaos::recall(const http::Request& request, Time now) {
  const auto known = lists_.find(key_of(request));
  if (known == lists_.end() || is_write(request)) return std::nullopt;
  std::vector<const Snapshot*> candidates;
  for (const Snapshot& snapshot : known->second)
    if (now - snapshot.when >= youngest_snapshot && now - snapshot.when <= oldest_snapshot)
      candidates.push_back(&snapshot);
  if (candidates.empty()) return std::nullopt;
  return Blow{candidates[random(candidates.size())]->reply};
}

http::Reply Chaos::ask(Cloud& cloud, const http::Request& request, Time now) {
  http::Reply reply = cloud.handle(request, now);
  const bool remembers = std::ranges::any_of(
      faults_, [](const Fault& fault) { return fault.trouble == Trouble::stale; });
  if (!remembers || is_write(request) || !is_list(reply)) return reply;
  std::deque<Snapshot>& snapshots = lists_[key_of(request)];
  snapshots.push_back({now, reply});
  if (snapshots.size() > kept_snapshots) snapshots.pop_front();
  return reply;
}

}  // namespace stackctl::simulator
