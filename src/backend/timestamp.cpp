#include "backend/timestamp.h"

#include <array>
#include <charconv>
#include <cstdio>

namespace stackctl::backend {
namespace {

/// Reads as many digits as `form` has at `at`; nothing where there is something else.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
  int number = 0;
  const char* const end = text.data() + at + count;
  const auto [stop, fault] = std::from_chars(text.data() + at, end, number);
  if (fault != std::errc{} || stop != end || number < 0) return std::nullopt;
  return number;
}

bool has_form(std::string_view text) {
  constexpr std::string_view kForm = "....-..-..T..:..:..";
  if (text.size() <= kForm.size() || !text.ends_with('Z')) return false;
  for (std::size_t i = 0; i < kForm.size(); ++i)
    if (kForm[i] != '.' && kForm[i] != text[i]) return false;
  const std::string_view rest = text.substr(kForm.size(), text.size() - kForm.size() - 1);
  return rest.empty() || (rest.size() > 1 && rest[0] == '.' &&
                          rest.find_first_not_of("0123456789", 1) == std::string_view::npos);
}

}  // namespace

std::string write_time(Time time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - day));
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ", int(date.year()),
                unsigned(date.month()), unsigned(date.day()), int(clock.hours().count()),
                int(clock.minutes().count()), int(clock.seconds().count()));
  return text.data();
}

std::optional<Time> read_time(std::string_view text) {
  if (!has_form(text)) return std::nullopt;
  constexpr std::array<std::array<std::size_t, 2>, 6> kFields{
      {{0, 4}, {5, 2}, {8, 2}, {11, 2}, {14, 2}, {17, 2}}};
  std::array<int, kFields.size()> values{};
  for (std::size_t i = 0; i < kFields.size(); ++i) {
    const auto number = digits(text, kFields[i][0], kFields[i][1]);
    if (!number) return std::nullopt;
    values[i] = *number;
  }
  const auto& [year, month, day, hour, minute, second] = values;
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  constexpr int kLeapSecond = 60;
  if (!date.ok() || hour > 23 || minute > 59 || second > kLeapSecond) return std::nullopt;
  return std::chrono::sys_days{date} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
         std::chrono::seconds{second};
}

}  // namespace stackctl::backend
