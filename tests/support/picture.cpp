#include "support/picture.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <set>
#include <vector>

#include "stackctl/crypto.h"
#include "stackctl/json.h"
#include "stackctl/text.h"

namespace support {
namespace {

using namespace stackctl;

constexpr std::size_t kIdLength = 36;
constexpr std::size_t kVersionLength = 32;                    // of an object in a bucket
constexpr std::int64_t kLeastMoment = 1'000'000'000'000'000;  // microseconds since 1970

/// Forgotten by the cloud some day anyway.
constexpr std::string_view kHistory = "operation";

/// Attributes that are drawn by lot, or derived from what is.
constexpr std::array<std::string_view, 16> kChance = {
    ".host",       ".id",      ".leases",    "date",        "vni", ".infix",
    ".password",   "checksum", "etag",       "fingerprint", "key", "secret",
    "mac-address", "password", "version-id", "ipv6-address"};
/// Those of them that others repeat.
constexpr std::array<std::string_view, 2> kRepeated = {".host", "password"};

/// Attributes by which others name an object.
constexpr std::array<std::string_view, 3> kIdentities = {"id", "ip", "public-ip"};

template <class List>
bool holds(const List& list, std::string_view word) {
  return std::ranges::find(list, word) != list.end();
}

std::string spaced(const std::string& first, const std::string& second) {
  return first + ' ' + second;
}

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

/// "wordpress-web-1f0c" → "wordpress-web": the end that a replacement gives to a name.
std::string plain_name(std::string name) {
  constexpr std::size_t suffix = 5;
  const std::size_t dash = name.size() < suffix ? 0 : name.size() - suffix;
  const bool is_suffixed =
      dash > 0 && name[dash] == '-' &&
      std::all_of(name.begin() + static_cast<std::ptrdiff_t>(dash) + 1, name.end(),
                  [](unsigned char c) { return std::isxdigit(c) != 0; });
  if (is_suffixed) name.resize(dash);
  return name;
}

constexpr char kSpecVersion = '2';
constexpr std::size_t kSpecName = 3;
constexpr std::size_t kSpecEntry = 8;

/// "2h.abcXXXXXdefYYYYY" → "2h.abc def": the names that a spec remembers, not the digests.
std::string plain_spec(std::string_view spec) {
  const std::size_t dot = spec.find('.');
  std::string plain(spec.substr(0, dot + 1));
  for (std::size_t i = dot + 1; i < spec.size(); i += kSpecEntry)
    plain.append(spec.substr(i, kSpecName)) += ' ';
  return plain;
}

bool is_spec(std::string_view text) {
  const std::size_t dot = text.find('.');
  return text.starts_with(kSpecVersion) && dot != std::string_view::npos &&
         text.substr(1, dot - 1).find_first_not_of("hprs") == std::string_view::npos &&
         (text.size() - dot - 1) % kSpecEntry == 0;
}

class Painter {
 public:
  Painter(const Value& objects, const Value& foreign) : objects_(objects), foreign_(foreign) {}

  std::string paint() {
    each([this](const std::string& table, const std::string& id, const Value& record) {
      note(table, id, record);
    });
    each([this](const std::string& table, const std::string& id, const Value& record) {
      const Value& before = foreign_[table][id];
      if (before == record) return;
      const std::string about = before.is_null() ? "" : "changed, though foreign: ";
      lines_.insert(about + label(table, id, record) + ' ' +
                    json::write(scrubbed("", record), json::Secrets::revealed));
    });
    tell_missing();
    std::string text;
    for (const std::string& line : lines_) text += line + '\n';
    return text;
  }

 private:
  template <class Visit>
  void each(const Visit& visit) const {
    for (const auto& [table, records] : *objects_.map())
      if (table != kHistory)
        for (const auto& [id, record] : *records.map()) visit(table, id, record);
  }

  void tell_missing() {
    for (const auto& [table, records] : *foreign_.map())
      if (table != kHistory)
        for (const auto& [id, record] : *records.map())
          if (objects_[table][id].is_null())
            lines_.insert("gone, though foreign: " + spaced(table, id));
  }

  void note(const std::string& table, const std::string& id, const Value& record) {
    const std::string name = label(table, id, record);
    if (is_uuid(id)) names_.emplace(id, name);
    for (const std::string_view identity : kIdentities)
      if (const std::string_view value = record.text_at(identity); !value.empty())
        names_.emplace(value, name);
    note_chance(record, name);
  }

  void note_chance(const Value& value, const std::string& owner) {
    for (const Value& item : value.items()) note_chance(item, owner);
    if (value.map() == nullptr) return;
    for (const auto& [key, member] : *value.map())
      if (member.text() == nullptr)
        note_chance(member, owner);
      else if (holds(kRepeated, key))
        names_.emplace(*member.text(), spaced(owner, key));
  }

  static std::string label(const std::string& table, const std::string& id, const Value& record) {
    if (record["manager"].map() != nullptr) return table + ":member";
    const std::string_view address = record["labels"].text_at("stackctl:address");
    if (!address.empty()) return table + ':' + std::string(address);
    const std::string_view name = record.text_at("name");
    if (!name.empty()) return table + ':' + plain_name(std::string(name));
    return table + ':' + (is_uuid(id) ? "" : id);
  }

  Value scrubbed(std::string_view name, const Value& value) const {
    if (holds(kChance, name)) return "*";
    if (const auto* number = value.integer()) return *number > kLeastMoment ? Value("time") : value;
    if (const std::string* text = value.text()) return scrubbed_text(name, *text);
    const List* const list = value.list();
    // Of an object in a bucket the present version counts.
    if (list != nullptr && name == "versions" && !list->empty())
      return scrubbed("", list->back())["content"];
    if (list != nullptr) return scrubbed_list(*list);
    const Map* map = value.map();
    if (map == nullptr) return value;
    Map plain;
    const bool is_member = value["manager"].map() != nullptr;
    for (const auto& [key, member] : *map)
      if (!is_empty(member))
        plain.emplace(scrub(key), is_member && key == "name" ? Value("*") : scrubbed(key, member));
    return plain;
  }

  /// Nothing, written out or left out, is the same.
  static bool is_empty(const Value& value) {
    return (value.list() != nullptr && value.list()->empty()) ||
           (value.map() != nullptr && value.map()->empty()) ||
           (value.text() != nullptr && value.text()->empty());
  }

  /// Lists of references come in any order.
  Value scrubbed_list(const List& list) const {
    List plain;
    for (const Value& item : list) plain.push_back(scrubbed("", item));
    std::ranges::sort(plain, {},
                      [](const Value& item) { return json::write(item, json::Secrets::revealed); });
    return plain;
  }

  Value scrubbed_text(std::string_view name, const std::string& text) const {
    if (name == "user-data" || name == "content")
      if (const auto script = crypto::base64_decode(text)) return scrub(*script);
    if (name == "name" || name == "stackctl:name") return scrub(plain_name(text));
    if (name == "id" && text.size() == kVersionLength) return "*";
    if (name == "instance-prefix") return text.substr(0, text.rfind("-g"));  // tells generations
    return scrub(text);
  }

  /// Ids, addresses, moments and digests inside a text.
  std::string scrub(std::string_view text) const {
    std::string plain;
    while (!text.empty()) {
      const std::size_t length = take_token(text, plain);
      if (length == 0) {  // a whole word, so that nothing begins in the middle of one
        std::size_t end = 1;
        if (is_word(text.front()))
          while (end < text.size() && is_word(text[end])) ++end;
        const auto name = names_.find(text.substr(0, end));
        plain += name == names_.end() ? text.substr(0, end) : std::string_view(name->second);
        text.remove_prefix(end);
      } else {
        text.remove_prefix(length);
      }
    }
    return plain;
  }

  /// The length of what stands at the beginning of `text` and has another spelling; 0: nothing.
  std::size_t take_token(std::string_view text, std::string& plain) const {
    if (is_uuid(text.substr(0, kIdLength))) {
      plain += named(text.substr(0, kIdLength));
      return kIdLength;
    }
    const std::size_t end =
        std::min(text.find_first_not_of(
                     "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.:-_"),
                 text.size());
    const std::string_view word = text.substr(0, end);
    if (word.starts_with("198.18.") || word.starts_with("198.19.")) {
      const std::size_t length = std::min(word.find_first_not_of("0123456789."), word.size());
      plain += named(word.substr(0, length));
      return length;
    }
    if (word.starts_with("2001:db8:")) {
      const std::size_t length = std::min(word.find_first_not_of("0123456789abcdef:"), word.size());
      plain += named(word.substr(0, length));
      return length;
    }
    if (word.size() > 18 && word.starts_with("20") && word[4] == '-' && word[10] == 'T') {
      plain += "time";
      return word.size();
    }
    if (is_spec(word)) {
      plain += plain_spec(word);
      return word.size();
    }
    return 0;
  }

  std::string named(std::string_view identity) const {
    const auto name = names_.find(identity);
    return name == names_.end() ? "<?>" : '<' + name->second + '>';
  }

  const Value& objects_;
  const Value& foreign_;
  std::map<std::string, std::string, std::less<>> names_;  // id or address → label
  std::multiset<std::string> lines_;
};

/// Which object it is, and what stands around `at`.
std::string excerpt(const std::string& line, std::size_t at) {
  constexpr std::size_t before = 60;
  constexpr std::size_t most = 200;
  const std::size_t begin = at < before ? 0 : at - before;
  return line.substr(0, std::min(line.find(' '), begin)) + " ... " + line.substr(begin, most) +
         '\n';
}

}  // namespace

Value objects_in(std::string_view saved) {
  const Result<Value> state = json::parse(saved);
  return state ? (*state)["objects"] : Value(Map{});
}

std::string picture(const Value& objects, const Value& foreign) {
  return Painter(objects, foreign).paint();
}

std::string difference(std::string_view expected, std::string_view found) {
  const auto lines_of = [](std::string_view text) {
    std::vector<std::string> lines = split(text, '\n');
    return std::multiset<std::string>(lines.begin(), lines.end());
  };
  const std::multiset<std::string> before = lines_of(expected);
  const std::multiset<std::string> after = lines_of(found);
  std::vector<std::string> missing;
  std::vector<std::string> extra;
  std::ranges::set_difference(before, after, std::back_inserter(missing));
  std::ranges::set_difference(after, before, std::back_inserter(extra));
  std::string text;
  for (std::size_t i = 0; i < std::max(missing.size(), extra.size()); ++i) {
    const std::string left = i < missing.size() ? missing[i] : "";
    const std::string right = i < extra.size() ? extra[i] : "";
    const auto [here, there] = std::ranges::mismatch(left, right);
    const auto at = static_cast<std::size_t>(here - left.begin());
    if (!left.empty()) text += "- " + excerpt(left, at);
    if (!right.empty()) text += "+ " + excerpt(right, at);
  }
  return text;
}

}  // namespace support
