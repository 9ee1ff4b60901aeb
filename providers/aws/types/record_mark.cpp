#include "record_mark.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "aws/api/wire.h"
#include "dns.h"
#include "record_set.h"
#include "stackctl/text.h"

namespace stackctl::aws::dns {
namespace {

constexpr std::string_view kPrefix = "_stackctl-";
constexpr std::string_view kAny = "-any";

std::string name_of(const Value& set) { return *plain_name(Value(set.text_at("Name"))).text(); }

std::string mark_name(const Value& set) {
  std::string name = name_of(set);
  std::string label = std::string(kPrefix) + to_lower(set.text_at("Type"));
  if (name.starts_with("*.")) {
    name.erase(0, 2);
    label += kAny;
  }
  return label + '.' + name;
}

/// What has the mark in the TXT record of that name.
Value marked_by(const Value& record) {
  const std::string name = name_of(record);
  const std::size_t dot = std::min(name.find('.'), name.size() - 1);
  std::string type = name.substr(kPrefix.size(), dot - kPrefix.size());
  std::string marked = name.substr(dot + 1);
  if (type.ends_with(kAny)) {
    type.erase(type.size() - kAny.size());
    marked.insert(0, "*.");
  }
  std::ranges::transform(type, type.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return Map{{"HostedZoneId", record["HostedZoneId"]}, {"Name", marked}, {"Type", type}};
}

std::optional<Mark> mark_of(const Map& record) {
  const auto values = record.at("ResourceRecords").items();
  if (values.empty()) return std::nullopt;
  const Value text = plain_record(values.front());
  return text.text() == nullptr ? std::nullopt : mark_in(*text.text());
}

}  // namespace

std::string record_id(const Value& set) {
  return std::string(set.text_at("HostedZoneId")) + '/' + mark_name(set);
}

Value mark_record(const Value& set, const Mark& mark) {
  return Map{{"Name", mark_name(set)}, {"Type", "TXT"}, {"ResourceRecords", List{mark_text(mark)}}};
}

bool is_mark_record(const Value& set) {
  return set.text_at("Type") == "TXT" && name_of(set).starts_with(kPrefix);
}

RecordMarks marks_among(const Value& sets) {
  RecordMarks marks;
  for (const Value& set : sets.items()) {
    if (!is_mark_record(set)) continue;
    Map record = plain_set(set);
    const std::optional<Mark> mark = mark_of(record);
    if (!mark) continue;
    const Value marked = marked_by(set);
    marks.insert_or_assign(record_id(marked), RecordMark{*mark, std::move(record), marked});
  }
  return marks;
}

}  // namespace stackctl::aws::dns
