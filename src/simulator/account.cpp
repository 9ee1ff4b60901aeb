#include "simulator/account.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <limits>

#include "stackctl/crypto.h"

namespace stackctl::simulator {
namespace {

constexpr int state_version = 1;

// The formatting of 16 bytes that both kinds of identifier share.
std::string uuid(const std::string& hex32) {
  return hex32.substr(0, 8) + '-' + hex32.substr(8, 4) + "-4" + hex32.substr(13, 3) + "-a" +
         hex32.substr(17, 3) + '-' + hex32.substr(20, 12);
}

bool is_count(const Json& saved, const char* key) {
  return saved.contains(key) && saved[key].is_number_integer();
}

bool is_event(const Json& saved) {
  return saved.is_object() && is_count(saved, "due") && saved.contains("action") &&
         saved["action"].is_string() && saved.contains("arguments") &&
         saved["arguments"].is_object() && saved.contains("operation") &&
         saved["operation"].is_string();
}

bool is_state(const Json& saved) {
  if (!saved.is_object() || !is_count(saved, "version") || saved["version"] != state_version)
    return false;
  for (const char* key : {"clock", "random", "addresses"})
    if (!is_count(saved, key)) return false;
  if (!saved.contains("objects") || !saved["objects"].is_object()) return false;
  for (const Json& table : saved["objects"]) {
    if (!table.is_object()) return false;
    for (const Json& record : table)
      if (!record.is_object()) return false;
  }
  if (!saved.contains("pending") || !saved["pending"].is_array()) return false;
  return std::all_of(saved["pending"].begin(), saved["pending"].end(), is_event);
}

Time time_of(const Json& microseconds) { return Time{Duration{microseconds.get<std::int64_t>()}}; }

}  // namespace

Account::Account(Settings settings)
    : settings_(std::move(settings)), random_state_(settings_.seed) {}

Table& Account::table(std::string_view type) {
  const auto found = tables_.find(type);
  return found != tables_.end() ? found->second : tables_[std::string(type)];
}

Json* Account::find(std::string_view type, std::string_view id) {
  Table& objects = table(type);
  const auto found = objects.find(id);
  return found == objects.end() ? nullptr : &found->second;
}

Json& Account::add(std::string_view type, const std::string& id, Json record) {
  touch();
  return table(type).insert_or_assign(id, std::move(record)).first->second;
}

void Account::erase(std::string_view type, std::string_view id) {
  Table& objects = table(type);
  const auto found = objects.find(id);
  if (found == objects.end()) return;
  objects.erase(found);
  touch();
}

void Account::schedule(Span span, Event event) {
  const double share = static_cast<double>(random(1000)) / 1000.0;
  const double seconds = span.shortest + (span.longest - span.shortest) * share;
  const auto after = std::chrono::duration<double>(seconds / settings_.speed);
  schedule_at(now_ + std::chrono::duration_cast<Duration>(after), std::move(event));
}

void Account::schedule_at(Time due, Event event) {
  pending_.emplace(Moment{due, ++sequence_}, std::move(event));
  touch();
}

std::vector<std::pair<Time, Event>> Account::take_scheduled_since(std::uint64_t mark) {
  std::vector<std::pair<Time, Event>> taken;
  for (auto entry = pending_.begin(); entry != pending_.end();) {
    const auto& [due, sequence] = entry->first;
    if (sequence <= mark) {
      ++entry;
      continue;
    }
    taken.emplace_back(due, std::move(entry->second));
    entry = pending_.erase(entry);
  }
  return taken;
}

std::optional<Time> Account::next_due() const {
  if (pending_.empty()) return std::nullopt;
  return pending_.begin()->first.first;
}

std::optional<Event> Account::take_due(Time until) {
  if (pending_.empty() || pending_.begin()->first.first > until) return std::nullopt;
  auto node = pending_.extract(pending_.begin());
  now_ = std::max(now_, node.key().first);
  touch();
  return std::move(node.mapped());
}

// splitmix64: one word of state, so that it can be saved.
std::uint64_t Account::random(std::uint64_t limit) {
  std::uint64_t word = (random_state_ += 0x9e3779b97f4a7c15U);
  word = (word ^ (word >> 30U)) * 0xbf58476d1ce4e5b9U;
  word = (word ^ (word >> 27U)) * 0x94d049bb133111ebU;
  return (word ^ (word >> 31U)) % limit;
}

std::string Account::random_id() {
  std::array<char, 33> hex{};
  const auto half = std::numeric_limits<std::uint64_t>::max();
  const auto high = static_cast<unsigned long long>(random(half));
  const auto low = static_cast<unsigned long long>(random(half));
  std::snprintf(hex.data(), hex.size(), "%016llx%016llx", high, low);
  return uuid(hex.data());
}

std::string Account::random_word(int length) {
  constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
  std::string word;
  for (int i = 0; i < length; ++i) word += alphabet[random(alphabet.size())];
  return word;
}

// 198.18.0.0/15 is set aside for tests of networks (RFC 2544): nobody's address.
std::string Account::random_address() {
  const std::uint64_t host = ++addresses_ % 0x1ffff;
  return "198." + std::to_string(18 + (host >> 16U)) + '.' + std::to_string((host >> 8U) & 255U) +
         '.' + std::to_string(host & 255U);
}

Json Account::save() const {
  Json saved{{"version", state_version},
             {"zone", settings_.zone},
             {"clock", now_.time_since_epoch().count()},
             {"random", random_state_},
             {"addresses", addresses_},
             {"objects", tables_},
             {"pending", Json::array()}};
  for (const auto& [moment, event] : pending_)
    saved["pending"].push_back({{"due", moment.first.time_since_epoch().count()},
                                {"action", event.action},
                                {"arguments", event.arguments},
                                {"operation", event.operation}});
  return saved;
}

bool Account::load(const Json& saved, Time now) {
  if (!is_state(saved)) return false;
  const Time clock = time_of(saved["clock"]);
  const Duration back = clock > now ? clock - now : Duration{0};
  tables_ = saved["objects"].get<decltype(tables_)>();
  pending_.clear();
  sequence_ = 0;  // only tells apart what is due at the same moment
  random_state_ = saved["random"].get<std::uint64_t>();
  addresses_ = saved["addresses"].get<std::uint64_t>();
  now_ = clock - back;
  for (const Json& event : saved["pending"])
    pending_.emplace(Moment{time_of(event["due"]) - back, ++sequence_},
                     Event{event["action"], event["arguments"], event["operation"]});
  touch();
  return true;
}

Json visible(const Json& record) {
  Json shown = Json::object();
  for (const auto& [name, value] : record.items())
    if (!name.starts_with('.')) shown[name] = value;
  return shown;
}

std::string timestamp(Time time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::seconds>(time - day)};
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ",
                static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
                static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return text.data();
}

std::string stable_id(std::string_view name) { return uuid(crypto::hex(crypto::md5(name))); }

bool is_leaving(const Json& record) { return record.contains(".leaving"); }

bool refers(const Json& record, std::string_view attribute, std::string_view id) {
  const auto list = record.find(attribute);
  if (list == record.end()) return false;
  return std::any_of(list->begin(), list->end(),
                     [&](const Json& item) { return item.value("id", "") == id; });
}

}  // namespace stackctl::simulator
