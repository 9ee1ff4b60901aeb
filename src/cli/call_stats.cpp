#include "cli/call_stats.h"

#include <algorithm>
#include <vector>

#include "cli/records.h"
#include "stackctl/http.h"
#include "stackctl/text.h"

namespace stackctl::cli {
namespace {

std::string right(std::string_view text, std::size_t width) {
  const std::size_t have = columns(text);
  return (have < width ? std::string(width - have, ' ') : "") + std::string(text);
}

std::string size_text(std::size_t bytes) {
  return bytes < 1024 ? std::to_string(bytes) + " B"
                      : std::to_string((bytes + 512) / 1024) + " KiB";
}

void add_row(Text& text, const std::string& name, std::size_t width,
             const CallStats::Figures& row) {
  text.add("  " + padded(name, width)).add(right(std::to_string(row.calls), 8));
  text.add(right(std::to_string(row.failures), 8)).add(right(display(row.time), 10));
  text.line(right(size_text(row.sent_bytes), 12) + right(size_text(row.received_bytes), 12));
}

Map figures_record(const CallStats::Figures& figures) {
  return {{"calls", static_cast<std::int64_t>(figures.calls)},
          {"failures", static_cast<std::int64_t>(figures.failures)},
          {"seconds", seconds(figures.time)},
          {"sent_bytes", static_cast<std::int64_t>(figures.sent_bytes)},
          {"received_bytes", static_cast<std::int64_t>(figures.received_bytes)}};
}

}  // namespace

CallStats::Figures& CallStats::Figures::operator+=(const Figures& other) {
  calls += other.calls;
  failures += other.failures;
  time += other.time;
  sent_bytes += other.sent_bytes;
  received_bytes += other.received_bytes;
  return *this;
}

void CallStats::add(const engine::Attempt& attempt) {
  const bool accepted = attempt.verdict == Verdict::ok || attempt.verdict == Verdict::gone;
  by_operation_[{std::string(http::split(attempt.url).host), attempt.operation}] +=
      {1, accepted ? 0U : 1U, attempt.finished - attempt.started, attempt.sent_bytes,
       attempt.received_bytes};
}

CallStats::Figures CallStats::total() const {
  Figures sum;
  for (const auto& [name, figures] : by_operation_) sum += figures;
  return sum;
}

Text CallStats::text() const {
  const bool several_hosts = !by_operation_.empty() && by_operation_.begin()->first.first !=
                                                           by_operation_.rbegin()->first.first;
  const auto shown = [&](const std::pair<std::string, std::string>& name) {
    return several_hosts ? name.first + " " + name.second : name.second;
  };
  std::size_t width = 9;
  for (const auto& [name, figures] : by_operation_) width = std::max(width, columns(shown(name)));
  Text text;
  text.line(
      "  " + padded("operation", width) + "   calls  failed      time        sent    received",
      Label::faint);
  for (const auto& [name, figures] : by_operation_) add_row(text, shown(name), width, figures);
  add_row(text, "all", width, total());
  return text;
}

Map CallStats::record() const {
  List operations;
  for (const auto& [name, figures] : by_operation_) {
    Map row = figures_record(figures);
    row["host"] = name.first;
    row["operation"] = name.second;
    operations.emplace_back(std::move(row));
  }
  return {{"total", figures_record(total())}, {"operations", std::move(operations)}};
}

}  // namespace stackctl::cli
