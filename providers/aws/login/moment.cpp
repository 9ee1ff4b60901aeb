// Moments as answers write them.
#include <charconv>

#include "exchange.h"

namespace stackctl::aws {
namespace {

/// Reads from the front of a text; once something does not fit, nothing does.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}

  int number(std::size_t digits) {
    int value = 0;
    const std::string_view part = text_.substr(0, digits);
    const auto [end, code] = std::from_chars(part.data(), part.data() + part.size(), value);
    if (part.size() != digits || code != std::errc() || end != part.data() + digits || value < 0)
      is_good_ = false;
    text_.remove_prefix(part.size());
    return value;
  }

  bool skip(std::string_view sign) {
    if (!text_.starts_with(sign)) return false;
    text_.remove_prefix(sign.size());
    return true;
  }

  void expect(std::string_view sign) { is_good_ = skip(sign) && is_good_; }

  void skip_fraction() {
    if (!skip(".")) return;
    const std::size_t end = text_.find_first_not_of("0123456789");
    text_.remove_prefix(end == std::string_view::npos ? text_.size() : end);
  }

  bool is_done() const { return is_good_ && text_.empty(); }

 private:
  std::string_view text_;
  bool is_good_ = true;
};

std::chrono::minutes zone(Cursor& cursor) {
  if (cursor.skip("Z") || cursor.skip("UTC")) return {};
  const bool is_behind = cursor.skip("-");
  if (!is_behind) cursor.expect("+");
  const std::chrono::hours hours{cursor.number(2)};
  cursor.skip(":");
  const std::chrono::minutes offset = hours + std::chrono::minutes{cursor.number(2)};
  return is_behind ? -offset : offset;
}

}  // namespace

std::optional<Time> parse_moment(std::string_view text) {
  constexpr std::size_t year_digits = 4;
  Cursor cursor(text);
  const std::chrono::year year{cursor.number(year_digits)};
  cursor.expect("-");
  const auto month = static_cast<unsigned>(cursor.number(2));
  cursor.expect("-");
  const auto day = static_cast<unsigned>(cursor.number(2));
  if (!cursor.skip(" ")) cursor.expect("T");
  const std::chrono::hours hours{cursor.number(2)};
  cursor.expect(":");
  const std::chrono::minutes minutes{cursor.number(2)};
  cursor.expect(":");
  const std::chrono::seconds seconds{cursor.number(2)};
  cursor.skip_fraction();
  const std::chrono::minutes offset = zone(cursor);
  const std::chrono::year_month_day date{year, std::chrono::month{month}, std::chrono::day{day}};
  constexpr std::chrono::seconds longest_minute{60};
  const bool is_time =
      hours < std::chrono::days{1} && minutes < std::chrono::hours{1} && seconds <= longest_minute;
  if (!cursor.is_done() || !date.ok() || !is_time) return std::nullopt;
  return std::chrono::sys_days{date} + hours + minutes + seconds - offset;
}

}  // namespace stackctl::aws
