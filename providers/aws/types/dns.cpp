#include "dns.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "aws/api/tagging.h"
#include "aws/api/wire.h"
#include "stackctl/text.h"
#include "stackctl/xml.h"

namespace stackctl::aws::dns {
namespace {

constexpr std::string_view kSign = "stackctl";
constexpr std::string_view kVersion = "/2013-04-01/";
constexpr std::string_view kZones = "hostedzone";

/// Names come back with "\052" for "*".
std::string without_escapes(std::string_view name) {
  constexpr std::size_t digits = 3;
  constexpr int octal = 8;
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    unsigned char code = 0;
    const std::string_view number = name.substr(i + 1, digits);
    const char* const end = number.data() + number.size();
    const bool is_escape = name[i] == '\\' && number.size() == digits &&
                           std::from_chars(number.data(), end, code, octal).ptr == end;
    out += is_escape ? static_cast<char>(code) : name[i];
    if (is_escape) i += digits;
  }
  return out;
}

/// What stands in the quotes of `"one" "two"`, joined.
std::string unquoted(std::string_view text) {
  std::string out;
  bool is_inside = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') {
      is_inside = !is_inside;
      continue;
    }
    if (!is_inside) continue;
    if (text[i] == '\\' && i + 1 < text.size()) ++i;
    out += text[i];
  }
  return out;
}

std::string records_path(std::string_view zone) {
  return std::string(kZones) + '/' + http::encode(zone) + "/rrset";
}

/// "/2013-04-01/hostedzone/ID/rrset"
std::string zone_in(const Call& call) {
  const std::vector<std::string> steps = split(call.request.url, '/');
  return steps.size() < 2 ? std::string() : http::decode(steps[steps.size() - 2]);
}

Call tags_call(const Api& api, std::span<const Value> zones) {
  std::string ids;
  for (const Value& zone : zones) ids += element("ResourceId", zone_id(zone.text_at("Id")));
  Call tags = call(api, "ListTagsForResources", "POST", "tags/hostedzone",
                   "<ResourceIds>" + ids + "</ResourceIds>");
  tags.access = Access::read;
  return tags;
}

}  // namespace

std::string mark_text(const Mark& mark) {
  std::string address;
  // A blank ends it.
  for (const char c : escaped(mark.address)) address += c == ' ' ? "=20" : std::string(1, c);
  std::string text = std::string(kSign) + ' ' + mark.stack + ' ' + address;
  return mark.spec.empty() ? text : text + ' ' + mark.spec;
}

std::optional<Mark> mark_in(std::string_view text) {
  const std::vector<std::string> words = split(text, ' ');
  constexpr std::size_t without_spec = 3;
  if (words.size() < without_spec || words.size() > without_spec + 1 || words[0] != kSign ||
      words[1].empty() || words[2].empty())
    return std::nullopt;
  return Mark{words[1], unescaped(words[2]), words.size() > without_spec ? words.back() : ""};
}

Value plain_name(const Value& name) {
  if (name.text() == nullptr) return name;
  std::string plain = to_lower(without_escapes(*name.text()));
  if (plain.ends_with('.')) plain.pop_back();
  return plain;
}

Value plain_record(const Value& record) {
  if (record.text() == nullptr) return record;
  std::string_view text = *record.text();
  if (text.starts_with('"')) return unquoted(text);
  if (text.ends_with('.')) text.remove_suffix(1);
  return text;
}

std::string quoted(std::string_view text) {
  constexpr std::size_t longest = 255;
  std::string out;
  do {
    out += out.empty() ? "\"" : " \"";
    for (const char c : text.substr(0, longest)) {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
    out += '"';
    text.remove_prefix(std::min(longest, text.size()));
  } while (!text.empty());
  return out;
}

std::string zone_id(std::string_view id) {
  const std::size_t slash = id.rfind('/');
  return std::string(slash == std::string_view::npos ? id : id.substr(slash + 1));
}

std::string element(std::string_view name, const Value& text) {
  const std::string document = xml::write(name, text);
  return document.substr(document.find("?>") + 2);
}

Call call(const Api& api, std::string_view action, std::string_view method, std::string_view path,
          const std::string& elements) {
  const std::string root = std::string(action) + "Request";
  std::string body;
  if (!elements.empty())
    body = "<" + root + R"( xmlns="https://route53.amazonaws.com/doc/2013-04-01/">)" + elements +
           "</" + root + ">";
  Call made =
      api.rest(route_53, action, method, std::string(kVersion).append(path), {}, std::move(body));
  if (!elements.empty()) http::set(made.request.headers, "Content-Type", "application/xml");
  return made;
}

std::vector<Call> list_zones(const Api& api, std::span<const Value> /*lookups*/) {
  return {call(api, "ListHostedZones", "GET", kZones)};
}

std::vector<Call> details_of(const Api& api, std::span<const Value> zones,
                             std::span<const Value> /*declared*/) {
  constexpr std::size_t at_once = 10;
  std::vector<Call> calls;
  for (const Value& zone : zones)
    if (const std::string id = zone_id(zone.text_at("Id")); !id.empty())
      calls.push_back(call(api, "ListResourceRecordSets", "GET", records_path(id)));
  for (std::size_t i = 0; i < zones.size(); i += at_once)
    calls.push_back(tags_call(api, zones.subspan(i, std::min(at_once, zones.size() - i))));
  return calls;
}

List read_records(const Api& api, const Call& asked, const Value& answer, std::vector<Call>& more) {
  const std::string zone = zone_in(asked);
  List records;
  for (const Value& item : items_of(answer["ResourceRecordSets"])) {
    Value& record = records.emplace_back(item);
    if (record.map() != nullptr) record.map()->insert_or_assign("HostedZoneId", zone);
  }
  if (answer.text_at("IsTruncated") != "true") return records;
  Call next = call(api, "ListResourceRecordSets", "GET", records_path(zone));
  constexpr std::array fields = {std::pair{"name", "NextRecordName"},
                                 std::pair{"type", "NextRecordType"},
                                 std::pair{"identifier", "NextRecordIdentifier"}};
  for (const auto& [parameter, member] : fields)
    if (const std::string_view value = answer.text_at(member); !value.empty())
      next.request.query.emplace_back(parameter, value);
  more.push_back(std::move(next));
  return records;
}

}  // namespace stackctl::aws::dns
