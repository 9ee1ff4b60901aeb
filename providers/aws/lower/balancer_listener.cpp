#include "balancer_listener.h"

#include <algorithm>
#include <array>

#include "lowering_tools.h"
#include "stackctl/text.h"

namespace stackctl::aws {
namespace {

struct Limit {
  std::string_view name;
  std::int64_t least;
  std::int64_t most;
  std::string_view unit;
};
constexpr std::array kLimits = {Limit{"interval", 5, 300, " s"}, Limit{"timeout", 2, 120, " s"},
                                Limit{"retries", 1, 10, ""}};

bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

}  // namespace

bool BalancerListener::is_web() const { return entry.text_at("protocol").starts_with("http"); }

std::string BalancerListener::protocol() const {
  std::string word(entry.text_at("protocol"));
  std::ranges::transform(word, word.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return word;
}

Value BalancerListener::target_port() const {
  return entry["target_port"].is_null() ? entry["port"] : entry["target_port"];
}

std::int64_t BalancerListener::retries() const {
  constexpr std::int64_t least = 2;
  const std::int64_t* const given = entry["health"]["retries"].integer();
  return given == nullptr ? least : std::max(*given, least);
}

void BalancerListener::check_health() const {
  const Value& health = entry["health"];
  const auto fault = [&](std::string_view name, std::string text, std::string hint = {}) {
    faults.push_back(fault_at((path + ".health.").append(name), std::move(text), std::move(hint)));
  };
  for (const Limit& limit : kLimits) {
    const std::int64_t* const value = health[limit.name].integer();
    if (value == nullptr || (*value >= limit.least && *value <= limit.most)) continue;
    fault(limit.name, "'" + std::string(limit.name) + "' must be from " +
                          std::to_string(limit.least) + " to " + std::to_string(limit.most) +
                          std::string(limit.unit) + " on AWS");
  }
  const std::int64_t* const interval = health["interval"].integer();
  const std::int64_t* const timeout = health["timeout"].integer();
  if (interval != nullptr && timeout != nullptr && *timeout >= *interval)
    fault("timeout", "'timeout' must be shorter than 'interval'");
  if (health.text_at("type") == "tcp" && !health["path"].is_null())
    fault("path", "a tcp check has no path", "remove it, or write type: http");
}

std::string plain_name(std::string_view name, std::size_t longest) {
  std::string plain;
  for (const char c : name)
    if (is_alphanumeric(c))
      plain += c;
    else if (!plain.empty() && plain.back() != '-')
      plain += '-';
  while (plain.ends_with('-')) plain.pop_back();
  return short_name(plain, longest);
}

}  // namespace stackctl::aws
