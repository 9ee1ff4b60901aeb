#include "simulator/body_check.h"

#include <algorithm>
#include <set>

#include "stackctl/text.h"

namespace stackctl::simulator {
namespace {

struct Findings {
  std::vector<std::string> errors;
  std::vector<std::string> missing;  ///< references to what is not there
};

const Field* find_field(std::span<const Field> fields, std::string_view name) {
  for (const Field& field : fields)
    if (field.name == name) return &field;
  return nullptr;
}

bool is_one_of(std::string_view word, std::string_view words) {
  const std::string padded = ' ' + std::string(words) + ' ';
  return !word.empty() && word.find(' ') == std::string_view::npos &&
         padded.find(' ' + std::string(word) + ' ') != std::string_view::npos;
}

// Characters, not bytes: continuation bytes of UTF-8 do not count.
std::int64_t length_of(std::string_view text) {
  return std::count_if(text.begin(), text.end(),
                       [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; });
}

void check_text(const Field& field, const std::string& where, const Json& value, Findings& found) {
  if (!value.is_string()) return found.errors.push_back(where + ": must be a string");
  const auto& content = value.get_ref<const std::string&>();
  if (!field.words.empty() && !is_one_of(content, field.words))
    return found.errors.push_back(where + ": must be one of: " + std::string(field.words));
  const std::int64_t length = length_of(content);
  if (length < field.minimum || length > field.maximum)
    return found.errors.push_back(where + ": has an invalid length");
  if (field.is_valid != nullptr && !field.is_valid(content))
    found.errors.push_back(where + ": is invalid");
}

void check_integer(const Field& field, const std::string& where, const Json& value,
                   Findings& found) {
  if (!value.is_number_integer()) return found.errors.push_back(where + ": must be an integer");
  const bool is_huge = value.is_number_unsigned() &&
                       value.get<std::uint64_t>() > std::numeric_limits<std::int64_t>::max();
  if (is_huge || value.get<std::int64_t>() < field.minimum ||
      value.get<std::int64_t>() > field.maximum)
    found.errors.push_back(where + ": is out of range");
}

void check_labels(const std::string& where, const Json& value, Findings& found) {
  if (!value.is_object()) return found.errors.push_back(where + ": must be an object");
  const std::string prefix = where + ".";
  for (const auto& [name, content] : value.items())
    if (name.empty() || !content.is_string())
      found.errors.push_back(prefix + name + ": must be a string");
}

// The cloud refuses whole objects where it wants a reference.
void check_reference(Account& account, const Field& field, const std::string& where,
                     const Json& value, Findings& found) {
  if (!value.is_object() || value.size() != 1 || !value.contains(field.key) ||
      !value[std::string(field.key)].is_string())
    return found.errors.push_back(where + ": must be an object with only '" +
                                  std::string(field.key) + "'");
  const auto& id = value[std::string(field.key)].get_ref<const std::string&>();
  if (field.key == "id" && !is_uuid(id))
    return found.errors.push_back(where + ".id: must be a UUID");
  const Json* target = account.find(field.target, id);
  if (target == nullptr || is_leaving(*target))
    found.missing.push_back(std::string(field.target) + " " + id + " not found");
}

void check_items(const std::string& where, const Json& value, Findings& found, auto&& check_item) {
  if (!value.is_array()) return found.errors.push_back(where + ": must be an array");
  std::set<Json> seen;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const std::string item = where + "[" + std::to_string(i) + "]";
    if (!seen.insert(value[i]).second) found.errors.push_back(item + ": is a duplicate");
    check_item(item, value[i]);
  }
}

void check_count(const Field& field, const std::string& where, const Json& value, Findings& found) {
  if (value.is_array() && static_cast<std::int64_t>(value.size()) > field.maximum)
    found.errors.push_back(where + ": has too many items");
}

void check_members(Account& account, const std::string& where, const Json& value,
                   std::span<const Field> fields, Findings& found);

void check_value(Account& account, const Field& field, const std::string& where, const Json& value,
                 Findings& found) {
  if (value.is_null() && field.is_nullable) return;
  switch (field.form) {
    case Form::text:
      return check_text(field, where, value, found);
    case Form::integer:
      return check_integer(field, where, value, found);
    case Form::labels:
      return check_labels(where, value, found);
    case Form::object:
      return check_members(account, where, value, field.members, found);
    case Form::reference:
      return check_reference(account, field, where, value, found);
    case Form::boolean:
      if (!value.is_boolean()) found.errors.push_back(where + ": must be a boolean");
      return;
    case Form::texts:
      return check_items(where, value, found, [&](const std::string& item, const Json& one) {
        check_text(field, item, one, found);
      });
    case Form::free:
      if (!value.is_object()) found.errors.push_back(where + ": must be an object");
      return;
    case Form::objects:
      return check_items(where, value, found, [&](const std::string& item, const Json& one) {
        check_members(account, item, one, field.members, found);
      });
    case Form::references:
      check_count(field, where, value, found);
      return check_items(where, value, found, [&](const std::string& item, const Json& one) {
        check_reference(account, field, item, one, found);
      });
    case Form::ids:
      return check_items(where, value, found, [&](const std::string& item, const Json& one) {
        if (!one.is_string() || !is_uuid(one.get_ref<const std::string&>()))
          found.errors.push_back(item + ": must be a UUID");
      });
  }
}

void check_members(Account& account, const std::string& where, const Json& value,
                   std::span<const Field> fields, Findings& found) {
  const std::string prefix = where.empty() ? "" : where + ".";
  if (!value.is_object())
    return found.errors.push_back((where.empty() ? "body" : where) + ": must be an object");
  for (const auto& [name, content] : value.items()) {
    const Field* field = find_field(fields, name);
    if (field == nullptr)
      found.errors.push_back(prefix + name + ": unknown field");
    else
      check_value(account, *field, prefix + name, content, found);
  }
  for (const Field& field : fields)
    if (field.is_required && !value.contains(field.name))
      found.errors.push_back(prefix + std::string(field.name) + ": missing required field");
}

}  // namespace

std::optional<Answer> check_body(Account& account, const Json& body,
                                 std::span<const Field> fields) {
  Findings found;
  check_members(account, "", body, fields, found);
  if (!found.errors.empty()) return invalid(found.errors);
  if (!found.missing.empty()) return refuse(404, found.missing.front());
  return std::nullopt;
}

std::optional<Answer> check_query(const http::Fields& query, std::span<const Field> fields) {
  Findings found;
  std::set<std::string_view> seen;
  for (const auto& [name, value] : query) {
    const Field* field = find_field(fields, name);
    if (field == nullptr)
      found.errors.push_back(name + ": unknown argument");
    else if (!seen.insert(name).second)
      found.errors.push_back(name + ": occurs more than once");
    else
      check_text(*field, name, value, found);
  }
  if (found.errors.empty()) return std::nullopt;
  return invalid(found.errors);
}

}  // namespace stackctl::simulator
