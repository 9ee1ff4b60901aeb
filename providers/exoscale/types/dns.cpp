#include "dns.h"

#include <algorithm>
#include <charconv>

#include "exoscale/api/marks.h"
#include "exoscale/api/wire.h"
#include "stackctl/text.h"

namespace stackctl::exoscale::dns {
namespace {

constexpr std::string_view kCollection = "/dns-domain";
constexpr std::string_view kPrefix = "_stackctl-";
constexpr std::string_view kAny = "any";

bool has_priority(std::string_view type) { return type == "MX" || type == "SRV"; }

std::string to_upper(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return out;
}

std::string_view unquoted(std::string_view text) {
  const bool is_quoted = text.size() >= 2 && text.starts_with('"') && text.ends_with('"');
  return is_quoted ? text.substr(1, text.size() - 2) : text;
}

/// ".../dns-domain/ID/record"
std::string domain_in(const Call& call) {
  const std::vector<std::string> parts = split(call.request.url, '/');
  return parts.size() < 2 ? std::string() : parts[parts.size() - 2];
}

}  // namespace

std::string mark_name(const RecordKey& key) {
  std::string name = std::string(kPrefix) + to_lower(key.type);
  if (key.priority) name += '-' + std::to_string(*key.priority);
  std::string_view rest = key.name;
  if (rest == "*" || rest.starts_with("*.")) {
    name.append("-").append(kAny);
    rest.remove_prefix(std::min<std::size_t>(rest.size(), 2));
  }
  if (!rest.empty()) name.append(".").append(rest);
  return name;
}

std::optional<RecordKey> key_in(std::string_view mark_name_text) {
  if (!mark_name_text.starts_with(kPrefix)) return std::nullopt;
  const std::size_t dot = std::min(mark_name_text.find('.'), mark_name_text.size());
  std::vector<std::string> words =
      split(mark_name_text.substr(kPrefix.size(), dot - kPrefix.size()), '-');
  RecordKey key;
  if (dot < mark_name_text.size()) key.name = mark_name_text.substr(dot + 1);
  if (words.back() == kAny) {
    key.name = key.name.empty() ? "*" : "*." + key.name;
    words.pop_back();
  }
  if (words.empty()) return std::nullopt;
  key.type = to_upper(words.front());
  if (words.size() > 1) {
    std::int64_t priority = 0;
    std::from_chars(words[1].data(), words[1].data() + words[1].size(), priority);
    key.priority = priority;
  }
  if (mark_name(key) != mark_name_text) return std::nullopt;
  return key;
}

RecordKey key_of(const Value& record) {
  RecordKey key{to_lower(record.text_at("name")), std::string(record.text_at("type")), {}};
  const std::int64_t* priority = record["priority"].integer();
  if (has_priority(key.type)) key.priority = priority == nullptr ? 0 : *priority;
  return key;
}

bool is_mark(const Value& record) {
  const std::string_view name = record.text_at("name");
  return record.text_at("type") == "TXT" && (name == kDomainMark || name.starts_with(kPrefix));
}

std::string mark_text(const Mark& mark) {
  std::string text = marked_name(mark.stack, mark.address);
  return mark.spec.empty() ? text : text + ' ' + mark.spec;
}

std::optional<Mark> mark_in(std::string_view text) {
  text = unquoted(text);
  const std::size_t space = std::min(text.find(' '), text.size());
  std::optional<Mark> mark = mark_in_name(text.substr(0, space));
  if (mark && space < text.size()) mark->spec = text.substr(space + 1);
  return mark;
}

std::string record_path(std::string_view domain, std::string_view record) {
  std::string path = path_to(kCollection, domain) + "/record";
  return record.empty() ? path : path_to(path, record);
}

Call write_mark(const Api& api, std::string_view domain, std::string_view name, std::string_view id,
                const Mark& mark) {
  if (!id.empty())
    return api.put("update-dns-domain-record", record_path(domain, id),
                   Map{{"content", mark_text(mark)}});
  return api.create("create-dns-domain-record", record_path(domain),
                    Map{{"name", name}, {"type", "TXT"}, {"content", mark_text(mark)}});
}

Value plain_content(const Value& content) {
  if (content.text() == nullptr) return content;
  std::string_view text = unquoted(*content.text());
  if (text.ends_with('.')) text.remove_suffix(1);
  return text;
}

std::vector<Call> list(const Api& api, std::string_view name) {
  return {api.get("list-dns-domains", name)};
}

Value follow_list(const Api& api, const Call& call, const Value& answer, std::vector<Call>& more) {
  for (const Value& domain : answer["dns-domains"].items())
    if (const std::string_view id = domain.text_at("id"); !id.empty())
      more.push_back(api.get("list-dns-domain-records", record_path(id)));
  List records;
  for (const Value& item : answer["dns-domain-records"].items()) {
    Value& record = records.emplace_back(item);
    if (record.map() != nullptr) record.map()->insert_or_assign("domain", domain_in(call));
  }
  return Map{{"dns-domains", answer["dns-domains"]}, {"dns-domain-records", std::move(records)}};
}

}  // namespace stackctl::exoscale::dns
