#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>

#include "stackctl/schema.h"
#include "stackctl/text.h"

namespace stackctl {
namespace {

/// Where a value stands, as a chain that lives on the call stack: spelled out only for a fault.
struct Path {
  const Path* parent = nullptr;
  std::string_view key = {};  ///< of a member; empty for an item
  std::size_t index = 0;      ///< of an item

  std::string spelled() const {
    if (parent == nullptr) return {};
    std::string above = parent->spelled();
    if (key.empty()) return above + '[' + std::to_string(index) + ']';
    if (!above.empty()) above += '.';
    return above.append(key);
  }

  /// "'port'", "'groups[0]'": the last step, in quotes.
  std::string quoted() const {
    if (parent == nullptr) return "this";
    const Path* named = this;
    std::string indices;
    for (; named->key.empty() && named->parent != nullptr; named = named->parent)
      indices.insert(0, '[' + std::to_string(named->index) + ']');
    return '\'' + std::string(named->key) + indices + '\'';
  }
};

std::string with_article(std::string_view noun) {
  if (noun == "null") return "null";
  const bool is_vowel = std::string_view("aeiou").find(noun.front()) != std::string_view::npos;
  return (is_vowel ? "an " : "a ") + std::string(noun);
}

std::string_view expected(Type type) {
  switch (type) {
    case Type::text:
      return "a string";
    case Type::integer:
      return "an integer";
    case Type::number:
      return "a number";
    case Type::boolean:
      return "true or false";
    case Type::duration:
      return "a duration";
    case Type::reference:
      return "a reference";
    case Type::object:
    case Type::map:
      return "a map";
    case Type::list:
    case Type::set:
      return "a list";
    case Type::any:
      return "a value";
  }
  return "a value";
}

/// The integer that `text` spells in the one usual way: no sign "+", blanks or leading zeros.
std::optional<std::int64_t> exact_integer(const std::string& text) {
  std::int64_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc{} || std::to_string(number) != text) return std::nullopt;
  return number;
}

std::vector<std::string_view> declarable_names(const Schema& schema) {
  std::vector<std::string_view> names;
  for (const Attribute& attribute : schema)
    if (!attribute.is_output) names.push_back(attribute.name);
  return names;
}

bool is_composite(Type type) {
  return type == Type::object || type == Type::list || type == Type::set || type == Type::map;
}

/// Known later, so nothing can be said about it now. The bare reference to a resource
/// ("${web}") is no list or map whatever comes, unless it may stand for one.
bool passes_unchecked(const Value& value, const Attribute& attribute) {
  if (value.deferred() != nullptr) return true;
  const Reference* reference = value.reference();
  if (reference == nullptr) return false;
  return attribute.or_reference || !is_composite(attribute.type) || !reference->attribute.empty();
}

class Validator {
 public:
  explicit Validator(Diagnostics& faults) : faults_(faults) {}

  Value object(const Value& value, const Schema& schema, const Path& path) {
    const Map* given = value.map();
    if (given == nullptr) return mismatch(value, Type::object, path);
    Map out;
    for (const auto& [key, member] : *given) declared(key, member, schema, path, out);
    for (const Attribute& attribute : schema) absent(attribute, path, out, *given);
    return Value(std::move(out));
  }

 private:
  /// One member that the user wrote. Null counts as not written.
  void declared(const std::string& key, const Value& member, const Schema& schema,
                const Path& parent, Map& out) {
    const Path path{&parent, key};
    const Attribute* attribute = find(schema, key);
    if (attribute == nullptr) {
      report("unknown attribute '" + key + "'", suggest(key, declarable_names(schema)), path);
    } else if (attribute->is_output) {
      report("'" + key + "' is set by the cloud and cannot be declared", "remove it", path);
    } else if (!member.is_null()) {
      out.emplace(key, checked(member, *attribute, path));
    }
  }

  /// An attribute that the user may have left out.
  void absent(const Attribute& attribute, const Path& parent, Map& out, const Map& given) {
    if (attribute.is_output || out.find(attribute.name) != out.end()) return;
    const std::string name(attribute.name);
    if (!attribute.standard.is_null()) {
      out.emplace(name, checked(attribute.standard, attribute, Path{&parent, attribute.name}));
    } else if (attribute.is_required) {
      const Path null_member{&parent, attribute.name};
      const bool is_written = given.find(attribute.name) != given.end();
      report("missing attribute '" + name + "'", name + ": " + std::string(attribute.help),
             is_written ? null_member : parent);
    }
  }

  Value checked(const Value& value, const Attribute& attribute, const Path& path) {
    if (passes_unchecked(value, attribute)) return value;
    const std::size_t faults_before = faults_.size();
    Value out = converted(value, attribute, path);
    if (faults_.size() == faults_before) constrain(out, attribute, path);
    return out;
  }

  Value converted(const Value& value, const Attribute& attribute, const Path& path) {
    switch (attribute.type) {
      case Type::text:
        return text(value, attribute, path);
      case Type::integer:
        return integer(value, path);
      case Type::number:
        return number(value, path);
      case Type::boolean:
        return value.boolean() != nullptr ? value : mismatch(value, Type::boolean, path);
      case Type::duration:
        return duration(value, path);
      case Type::reference:
        return reference(value, path);
      case Type::object:
        return object(value, attribute.members, path);
      case Type::list:
      case Type::set:
        return items(value, attribute, path);
      case Type::map:
        return members(value, attribute, path);
      case Type::any:
        return value;
    }
    return value;
  }

  Value text(const Value& value, const Attribute& attribute, const Path& path) {
    if (value.text() != nullptr || value.secret() != nullptr) return value;
    const bool is_number = value.integer() != nullptr || value.number() != nullptr;
    if (is_number && !attribute.or_reference) return Value(display(value));
    return mismatch(value, Type::text, path);
  }

  Value integer(const Value& value, const Path& path) {
    if (value.integer() != nullptr) return value;
    if (const std::string* text = value.text())
      if (const auto number = exact_integer(*text)) return Value(*number);
    return mismatch(value, Type::integer, path);
  }

  Value number(const Value& value, const Path& path) {
    if (value.integer() != nullptr || value.number() != nullptr) return value;
    return mismatch(value, Type::number, path);
  }

  Value duration(const Value& value, const Path& path) {
    if (value.integer() != nullptr && *value.integer() >= 0) return value;
    const std::string* text = value.text();
    if (text == nullptr) return mismatch(value, Type::duration, path);
    const Result<Duration> parsed = parse_duration(*text);
    if (!parsed) {
      report(path.quoted() + " must be a duration, not '" + *text + "'", parsed.fault().hint, path);
      return value;
    }
    const auto seconds = std::chrono::floor<std::chrono::seconds>(*parsed);
    if (seconds != *parsed) report(path.quoted() + " must be whole seconds", {}, path);
    return Value(std::int64_t{seconds.count()});
  }

  Value reference(const Value& value, const Path& path) {
    return value.text() != nullptr ? value : mismatch(value, Type::reference, path);
  }

  Value items(const Value& value, const Attribute& attribute, const Path& path) {
    if (value.list() == nullptr) return mismatch(value, attribute.type, path);
    List out;
    out.reserve(value.items().size());
    for (const Value& item : value.items())
      out.push_back(element(item, attribute, Path{&path, {}, out.size()}));
    return Value(std::move(out));
  }

  Value members(const Value& value, const Attribute& attribute, const Path& path) {
    if (value.map() == nullptr) return mismatch(value, Type::map, path);
    Map out;
    for (const auto& [key, member] : *value.map())
      if (!member.is_null()) out.emplace(key, element(member, attribute, Path{&path, key}));
    return Value(std::move(out));
  }

  Value element(const Value& value, const Attribute& collection, const Path& path) {
    return collection.members.empty() ? value : checked(value, collection.members.front(), path);
  }

  /// Choices and the check of the table; the type is right by now.
  void constrain(const Value& value, const Attribute& attribute, const Path& path) {
    const std::string* word = value.revealed();
    const auto& choices = attribute.choices;
    if (word != nullptr && !choices.empty() &&
        std::find(choices.begin(), choices.end(), *word) == choices.end()) {
      const bool may_show = value.text() != nullptr;
      report("invalid value " + (may_show ? "'" + *word + "'" : display(value)) + " for " +
                 path.quoted(),
             suggest(may_show ? *word : std::string(), choices), path);
      return;
    }
    if (attribute.check_value == nullptr) return;
    if (const std::string wrong = attribute.check_value(value); !wrong.empty())
      report(path.quoted() + ' ' + wrong, {}, path);
  }

  Value mismatch(const Value& value, Type type, const Path& path) {
    report(path.quoted() + " must be " + std::string(expected(type)) + ", not " +
               with_article(type_name(value)),
           hint_for(value, type), path);
    return value;
  }

  static std::string hint_for(const Value& value, Type type) {
    const bool is_list_wanted = type == Type::list || type == Type::set;
    if (is_list_wanted && !value.is_null()) return "write it as a list: [ ... ]";
    if (type == Type::text && value.boolean() != nullptr)
      return "put it in quotes: \"" + display(value) + '"';
    if (type == Type::duration) return "write it like 30s, 5m or 1h30m";
    if (type == Type::reference) return "refer to a resource by its name: ${name}";
    return {};
  }

  void report(std::string summary, std::string hint, const Path& path) {
    Diagnostic fault = error(std::move(summary), std::move(hint));
    fault.path = path.spelled();
    faults_.push_back(std::move(fault));
  }

  Diagnostics& faults_;
};

}  // namespace

Value validate(const Value& value, const Schema& schema, Diagnostics& faults) {
  return Validator(faults).object(value, schema, Path{});
}

}  // namespace stackctl
