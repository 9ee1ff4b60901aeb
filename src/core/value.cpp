#include "stackctl/value.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace stackctl {
namespace {

constexpr std::string_view known_later = "(known after apply)";

/// True when `whole` and `real` are the same number; a cast of the integer could round.
bool same_number(std::int64_t whole, double real) {
  constexpr double limit = 9223372036854775808.0;  // 2^63
  return real >= -limit && real < limit && std::trunc(real) == real &&
         static_cast<std::int64_t>(real) == whole;
}

bool any_inside(const Value& value, bool (*found)(const Value&)) {
  if (found(value)) return true;
  const auto inside = [found](const Value& item) { return any_inside(item, found); };
  if (const List* list = value.list()) return std::any_of(list->begin(), list->end(), inside);
  if (const Map* map = value.map())
    return std::any_of(map->begin(), map->end(),
                       [&](const auto& member) { return inside(member.second); });
  if (const Deferred* deferred = value.deferred())
    return std::any_of(deferred->arguments.begin(), deferred->arguments.end(), inside);
  return false;
}

/// Whether nothing was filled in: then `resolved` still shares what `value` holds.
bool is_untouched(const Value& resolved, const Value& value) {
  return resolved.reference() == value.reference() && resolved.deferred() == value.deferred() &&
         resolved.list() == value.list() && resolved.map() == value.map();
}

/// `list` is copied only when there is something to fill in.
Result<Value> resolve_items(const Value& list, const Lookup& lookup) {
  Value out = list;
  for (std::size_t i = 0; i < list.items().size(); ++i) {
    const Value& item = list.items()[i];
    if (item.is_known()) continue;
    Result<Value> resolved = resolve(item, lookup);
    if (!resolved) return resolved;
    if (!is_untouched(*resolved, item)) (*out.list())[i] = *std::move(resolved);
  }
  return out;
}

/// The same with the members of a map.
Result<Value> resolve_members(const Value& map, const Lookup& lookup) {
  Value out = map;
  for (const auto& [key, member] : *map.map()) {
    if (member.is_known()) continue;
    Result<Value> resolved = resolve(member, lookup);
    if (!resolved) return resolved;
    if (!is_untouched(*resolved, member)) out.map()->insert_or_assign(key, *std::move(resolved));
  }
  return out;
}

Result<Value> resolve_deferred(const Deferred& deferred, const Lookup& lookup) {
  Result<Value> arguments = resolve_items(Value(deferred.arguments), lookup);
  if (!arguments) return arguments;
  if (arguments->is_known() && deferred.compute) return (*deferred.compute)(arguments->items());
  return Value(Deferred{std::move(*arguments->list()), deferred.compute, deferred.source});
}

void append_number(std::string& out, double number) {
  char digits[32];
  const auto [end, fault] = std::to_chars(std::begin(digits), std::end(digits), number);
  if (fault == std::errc{}) out.append(digits, end);
}

/// In quotes, on one line, and without control characters: the text may come from a cloud.
void append_quoted(std::string& out, std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      const auto byte = static_cast<unsigned char>(c);
      out += "\\x";
      out += hex[byte >> 4];
      out += hex[byte & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

/// Appends the display form of each alternative of a value.
struct Display {
  std::string& out;

  void operator()(std::monostate) const { out += "null"; }
  void operator()(bool boolean) const { out += boolean ? "true" : "false"; }
  void operator()(std::int64_t number) const { out += std::to_string(number); }
  void operator()(double number) const { append_number(out, number); }
  void operator()(const std::string& text) const { append_quoted(out, text); }
  void operator()(const Secret&) const { out += "(secret)"; }
  void operator()(const std::shared_ptr<const Reference>&) const { out += known_later; }
  void operator()(const std::shared_ptr<const Deferred>&) const { out += known_later; }
  void operator()(const std::shared_ptr<List>& list) const {
    std::string_view separator = "[";
    for (const Value& item : *list) {
      out += separator;
      std::visit(*this, item.variant());
      separator = ", ";
    }
    out += list->empty() ? "[]" : "]";
  }
  void operator()(const std::shared_ptr<Map>& map) const {
    std::string_view separator = "{";
    for (const auto& [key, member] : *map) {
      out += separator;
      out += key;
      out += ": ";
      std::visit(*this, member.variant());
      separator = ", ";
    }
    out += map->empty() ? "{}" : "}";
  }
};

/// The name of each alternative of a value.
struct TypeName {
  std::string_view operator()(std::monostate) const { return "null"; }
  std::string_view operator()(bool) const { return "boolean"; }
  std::string_view operator()(std::int64_t) const { return "integer"; }
  std::string_view operator()(double) const { return "number"; }
  std::string_view operator()(const std::string&) const { return "string"; }
  std::string_view operator()(const Secret&) const { return "secret"; }
  std::string_view operator()(const std::shared_ptr<List>&) const { return "list"; }
  std::string_view operator()(const std::shared_ptr<Map>&) const { return "map"; }
  std::string_view operator()(const std::shared_ptr<const Reference>&) const { return "reference"; }
  std::string_view operator()(const std::shared_ptr<const Deferred>&) const {
    return "value known after apply";
  }
};

}  // namespace

Value::Value(Deferred deferred) : data_(std::make_shared<const Deferred>(std::move(deferred))) {}

const Value& Value::operator[](std::string_view key) const {
  static const Value none;
  const Map* members = map();
  if (members == nullptr) return none;
  const auto found = members->find(key);
  return found == members->end() ? none : found->second;
}

std::string_view Value::text_at(std::string_view key) const {
  const std::string* found = (*this)[key].text();
  return found == nullptr ? std::string_view{} : std::string_view{*found};
}

std::span<const Value> Value::items() const {
  const List* found = list();
  return found == nullptr ? std::span<const Value>{} : std::span<const Value>{*found};
}

const std::string* Value::revealed() const {
  if (const Secret* hidden = secret()) return &hidden->text;
  return text();
}

bool Value::is_known() const {
  return !any_inside(*this, [](const Value& value) {
    return value.reference() != nullptr || value.deferred() != nullptr;
  });
}

bool Value::has_secret() const {
  return any_inside(*this, [](const Value& value) { return value.secret() != nullptr; });
}

bool operator==(const Value& a, const Value& b) {
  if (a.deferred() != nullptr || b.deferred() != nullptr) return false;
  if (a.list() != nullptr && b.list() != nullptr) return *a.list() == *b.list();
  if (a.map() != nullptr && b.map() != nullptr) return *a.map() == *b.map();
  if (a.reference() != nullptr && b.reference() != nullptr) return *a.reference() == *b.reference();
  if (a.data_.index() == b.data_.index()) return a.data_ == b.data_;
  if (a.integer() != nullptr && b.number() != nullptr)
    return same_number(*a.integer(), *b.number());
  if (a.number() != nullptr && b.integer() != nullptr)
    return same_number(*b.integer(), *a.number());
  const std::string* left = a.revealed();
  const std::string* right = b.revealed();
  return left != nullptr && right != nullptr && *left == *right;
}

std::vector<Reference> references(const Value& value) {
  std::vector<Reference> out;
  visit_references(value, [&out](const Reference& each) { out.push_back(each); });
  return out;
}

Result<Value> resolve(const Value& value, const Lookup& lookup) {
  if (const Reference* reference = value.reference()) {
    std::optional<Value> found = lookup(*reference);
    return found ? *std::move(found) : value;
  }
  if (const Deferred* deferred = value.deferred()) return resolve_deferred(*deferred, lookup);
  if (value.is_known()) return value;
  if (value.list() != nullptr) return resolve_items(value, lookup);
  if (value.map() != nullptr) return resolve_members(value, lookup);
  return value;
}

std::string display(const Value& value) {
  std::string out;
  std::visit(Display{out}, value.variant());
  return out;
}

std::string_view type_name(const Value& value) { return std::visit(TypeName{}, value.variant()); }

}  // namespace stackctl
