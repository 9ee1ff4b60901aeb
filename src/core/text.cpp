#include "stackctl/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <limits>
#include <optional>

namespace stackctl {
namespace {

constexpr std::size_t most_candidates_listed = 20;
constexpr std::size_t longest_words = 1000;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// What `nearest` compares: case and the kind of dash make no difference.
std::string folded(std::string_view text) {
  std::string out = to_lower(text);
  std::replace(out.begin(), out.end(), '_', '-');
  return out;
}

/// Damerau-Levenshtein distance (optimal string alignment).
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> above(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, change});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(above);
    above.swap(row);
  }
  return above[b.size()];
}

struct Unit {
  std::string_view name;
  std::int64_t microseconds;
};
constexpr std::array<Unit, 5> units = {{{"d", 86'400'000'000},
                                        {"h", 3'600'000'000},
                                        {"m", 60'000'000},
                                        {"s", 1'000'000},
                                        {"ms", 1'000}}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Takes "30m" from the front of `text`; its unit must stand behind `first` in the table, which
/// then moves on. Nothing when it is malformed or too big.
std::optional<std::int64_t> take_part(std::string_view& text, std::size_t& first) {
  std::int64_t count = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (fault != std::errc{} || !is_digit(text.front())) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));

  const auto digit = std::find_if(text.begin(), text.end(), is_digit);
  const std::string_view name = text.substr(0, static_cast<std::size_t>(digit - text.begin()));
  text.remove_prefix(name.size());
  while (first < units.size() && units[first].name != name) ++first;
  if (first == units.size()) return std::nullopt;

  const std::int64_t unit = units[first++].microseconds;
  if (count > std::numeric_limits<std::int64_t>::max() / unit) return std::nullopt;
  return count * unit;
}

/// "4m 12s", or only "4m" where the second part is zero.
std::string two_parts(std::int64_t big, char big_unit, std::int64_t small, char small_unit) {
  std::string out = std::to_string(big) + big_unit;
  if (small != 0) out += ' ' + std::to_string(small) + small_unit;
  return out;
}

}  // namespace

std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates) {
  const std::string wanted = folded(word);
  const std::size_t limit = std::max<std::size_t>(1, wanted.size() / 3);
  std::string_view best;
  std::size_t best_distance = limit + 1;
  for (const std::string_view candidate : candidates) {
    const std::size_t longer = std::max(candidate.size(), wanted.size());
    if (longer - std::min(candidate.size(), wanted.size()) > limit) continue;
    const std::size_t steps = distance(wanted, folded(candidate));
    // A word of which nothing is left says nothing.
    if (steps >= best_distance || steps >= longer) continue;
    best = candidate;
    best_distance = steps;
  }
  return best;
}

std::string suggest(std::string_view word, std::span<const std::string_view> candidates) {
  if (candidates.empty()) return {};
  if (const std::string_view near = nearest(word, candidates); !near.empty())
    return "did you mean '" + std::string(near) + "'?";
  const auto listed = candidates.first(std::min(candidates.size(), most_candidates_listed));
  std::string out =
      "expected one of: " + join(std::vector<std::string>(listed.begin(), listed.end()), ", ");
  return listed.size() < candidates.size() ? out + ", ..." : out;
}

std::string join(std::span<const std::string> parts, std::string_view separator) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += separator;
    out += parts[i];
  }
  return out;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> out;
  while (true) {
    const auto end = text.find(separator);
    out.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end + 1);
  }
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n\v\f";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string to_lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool wants_dash = i == 8 || i == 13 || i == 18 || i == 23;
    const char c = lower(text[i]);
    const bool is_hex = is_digit(c) || (c >= 'a' && c <= 'f');
    if (wants_dash ? c != '-' : !is_hex) return false;
  }
  return true;
}

Result<Duration> parse_duration(std::string_view text) {
  const Diagnostic fault =
      error("'" + std::string(text) + "' is not a duration", "write it like 30s, 5m or 1h30m");
  std::string_view rest = trim(text);
  if (rest.empty()) return fault;
  const std::string with_unit = std::string(rest) + 's';
  if (is_digit(rest.back())) rest = with_unit;

  std::int64_t total = 0;
  std::size_t first_unit = 0;
  while (!rest.empty()) {
    const auto part = take_part(rest, first_unit);
    if (!part || *part > std::numeric_limits<std::int64_t>::max() - total) return fault;
    total += *part;
  }
  return Duration{total};
}

std::string display(Duration duration) {
  using namespace std::chrono;
  if (duration < Duration::zero()) return '-' + display(-duration);
  if (duration > Duration::zero() && duration < 100ms)
    return std::to_string(ceil<milliseconds>(duration).count()) + "ms";
  if (duration < 10s) {
    const auto tenths = round<std::chrono::duration<std::int64_t, std::deci>>(duration).count();
    const std::string whole = std::to_string(tenths / 10);
    return tenths % 10 == 0 ? whole + 's' : whole + '.' + std::to_string(tenths % 10) + 's';
  }
  const std::int64_t total = floor<seconds>(duration).count();
  if (total < 60) return std::to_string(total) + 's';
  if (total < 3600) return two_parts(total / 60, 'm', total % 60, 's');
  return two_parts(total / 3600, 'h', total % 3600 / 60, 'm');
}

std::string harmless(std::string_view words) {
  constexpr unsigned char first_printable = 0x20;
  constexpr unsigned char delete_character = 0x7f;
  const bool is_cut = words.size() > longest_words;
  std::string text(words.substr(0, longest_words));
  const auto is_continuation = [](char c) { return (static_cast<unsigned char>(c) >> 6U) == 2U; };
  // Not in the middle of a character.
  while (is_cut && !text.empty() && is_continuation(words[text.size()])) text.pop_back();
  for (char& c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (code < first_printable || code == delete_character) c = ' ';
  }
  return is_cut ? text + "..." : text;
}

}  // namespace stackctl
