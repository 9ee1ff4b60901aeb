#include "stackctl/ports.h"

#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

#include "stackctl/lowering.h"

namespace stackctl {
namespace {

constexpr int kLast = 65535;

std::optional<std::pair<int, int>> range_in(const std::string& text) {
  int first = 0;
  int last = 0;
  const char* const end = text.data() + text.size();
  const auto low = std::from_chars(text.data(), end, first);
  if (low.ec != std::errc{} || low.ptr == end || *low.ptr != '-') return std::nullopt;
  const auto high = std::from_chars(low.ptr + 1, end, last);
  if (high.ec != std::errc{} || high.ptr != end) return std::nullopt;
  if (first < 1 || first > last || last > kLast) return std::nullopt;
  return std::pair(first, last);
}

}  // namespace

Ports ports_of(const Value& entry, const std::string& path, int lowest, Diagnostics& faults) {
  const Value& port = entry["port"];
  const std::string* const text = entry["ports"].text();
  const std::string place = path + ".ports";
  if (text == nullptr && port.is_null()) return {lowest, kLast, path + ".port"};
  if (text == nullptr) return {port, port, path + ".port"};
  if (!port.is_null())
    faults.push_back(fault_at(place, "'port' and 'ports' exclude each other", "keep one of them"));
  const auto range = range_in(*text);
  if (!range)
    faults.push_back(
        fault_at(place, "'ports' must be a range, not '" + *text + "'", "write it like 8000-8080"));
  return range ? Ports{range->first, range->second, place} : Ports{};
}

void refuse_ports(const Value& entry, const std::string& path, Diagnostics& faults) {
  const std::string protocol(entry.text_at("protocol"));
  for (const char* const name : {"port", "ports"})
    if (!entry[name].is_null())
      faults.push_back(fault_at(path + '.' + name, "protocol " + protocol + " has no ports",
                                std::string("remove '") + name + "'"));
}

}  // namespace stackctl
