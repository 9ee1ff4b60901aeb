#include "data_service.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

#include "own_group.h"

namespace stackctl::aws {
namespace {

constexpr std::int64_t kHour = 60;  // minutes
constexpr std::int64_t kDay = 24 * kHour;
constexpr std::array<std::string_view, 7> kDays = {"sunday",   "monday", "tuesday", "wednesday",
                                                   "thursday", "friday", "saturday"};
constexpr std::array<std::string_view, 4> kSizes = {"micro", "small", "medium", "large"};

std::string clock(std::int64_t minutes) {
  std::array<char, 8> text{};
  const int size =
      std::snprintf(text.data(), text.size(), "%02d:%02d", static_cast<int>(minutes % kDay / kHour),
                    static_cast<int>(minutes % kHour));
  return {text.data(), static_cast<std::size_t>(size)};
}

/// Minutes of "03:00", which the kind has checked.
std::int64_t minutes_of(std::string_view time) {
  std::int64_t hours = 0;
  std::int64_t minutes = 0;
  const char* const begin = time.data();
  const char* const end = begin + time.size();
  const auto colon = std::from_chars(begin, end, hours);
  if (colon.ptr != end) std::from_chars(colon.ptr + 1, end, minutes);
  return hours * kHour + minutes;
}

}  // namespace

Value node_type(const Value& plan, std::string_view family, Diagnostics& faults) {
  if (plan.text() == nullptr) return plan;
  const std::string prefix = std::string(family) + '.';
  if (plan.text()->starts_with(prefix)) return plan;
  if (std::ranges::find(kSizes, *plan.text()) != kSizes.end()) return prefix + "t3." + *plan.text();
  faults.push_back(
      fault_at("plan", "AWS has no plan '" + *plan.text() + "'",
               "write micro, small, medium, large, or a class such as " + prefix + "t3.micro"));
  return {};
}

Value groups_around(const Declaration& declaration, const LoweringContext& context,
                    const Value& port, Lowered& lowered) {
  const Value& given = declaration.attributes["security_groups"];
  const Value& allow = declaration.attributes["allow"];
  List groups(given.items().begin(), given.items().end());
  if (groups.empty() || !allow.items().empty())
    groups.push_back(own_group(declaration, context, {{port, "tcp", allow, "allow"}}, lowered));
  return groups;
}

Value weekly_window(const Value& maintenance, std::int64_t minutes) {
  constexpr std::size_t letters = 3;
  const auto day = std::ranges::find(kDays, maintenance.text_at("day"));
  if (day == kDays.end()) return {};
  const std::int64_t from = minutes_of(maintenance.text_at("time"));
  const auto last = static_cast<std::size_t>(day - kDays.begin() + (from + minutes) / kDay);
  return std::string(day->substr(0, letters)) + ':' + clock(from) + '-' +
         std::string(kDays[last % kDays.size()].substr(0, letters)) + ':' + clock(from + minutes);
}

Value daily_window(const Value& backup, std::int64_t minutes) {
  const std::int64_t* const hour = backup["hour"].integer();
  const std::int64_t* const minute = backup["minute"].integer();
  if (hour == nullptr || minute == nullptr) return {};
  const std::int64_t from = *hour * kHour + *minute;
  return clock(from) + '-' + clock(from + minutes);
}

}  // namespace stackctl::aws
