#include "stack/references.h"

#include <string>
#include <utility>
#include <vector>

#include "stack/operators.h"

namespace stackctl::stack {
namespace {

std::string first_output(const Kind& kind) {
  for (const Attribute& attribute : kind.schema)
    if (attribute.is_output) return std::string(attribute.name);
  return "id";
}

std::string member_path(std::string path, const std::string& key) {
  if (!path.empty()) path += '.';
  return path += key;
}

class Checker {
 public:
  Checker(const KindOf& kind_of, Diagnostics& faults) : kind_of_(kind_of), faults_(faults) {}

  void members(const Map& map, const Schema& schema, const std::string& path) {
    for (const auto& [key, member] : map)
      if (const Attribute* attribute = find(schema, key))
        value(member, *attribute, member_path(path, key));
  }

 private:
  void value(const Value& given, const Attribute& attribute, const std::string& path) {
    if (const Reference* reference = given.reference()) {
      check(*reference, attribute, path);
    } else if (attribute.type == Type::reference && given.text() != nullptr) {
      no_reference(*given.text(), path);
    } else if (attribute.type == Type::object && given.map() != nullptr) {
      members(*given.map(), attribute.members, path);
    } else if (!attribute.members.empty()) {
      elements(given, attribute.members.front(), path);
    }
  }

  void elements(const Value& given, const Attribute& element, const std::string& path) {
    std::size_t index = 0;
    for (const Value& item : given.items())
      value(item, element, path + '[' + std::to_string(index++) + ']');
    if (const Map* map = given.map())
      for (const auto& [key, member] : *map) value(member, element, member_path(path, key));
  }

  void check(const Reference& reference, const Attribute& attribute, const std::string& path) {
    const Kind* kind = kind_of_(reference.target);
    const bool wants_resource = attribute.type == Type::reference || attribute.or_reference;
    if (kind == nullptr || attribute.type == Type::any) return;
    const std::string noun = with_article(kind->name);
    if (!reference.attribute.empty()) {
      if (attribute.type == Type::reference && reference.attribute != "id")
        report("expected " + wanted(attribute) + ", not an attribute of one",
               "refer to it as ${" + reference.target + "}", path);
    } else if (!wants_resource) {
      report("expected a value, but '" + reference.target + "' is " + noun,
             "name one of its attributes: ${" + reference.target + '.' + first_output(*kind) + "}",
             path);
    } else if (!attribute.target.empty() && attribute.target != kind->name) {
      report("expected " + wanted(attribute) + ", but '" + reference.target + "' is " + noun, {},
             path);
    }
  }

  /// A plain name where only a reference makes sense.
  void no_reference(const std::string& name, const std::string& path) {
    const bool exists = kind_of_(name) != nullptr;
    report("expected a reference to a resource, not a string",
           "write it as \"${" + (exists ? name : "name") + "}\"", path);
  }

  static std::string wanted(const Attribute& attribute) {
    return attribute.target.empty() ? "a resource" : with_article(attribute.target);
  }

  void report(std::string summary, std::string hint, const std::string& path) {
    Diagnostic fault = error(std::move(summary), std::move(hint));
    fault.path = path;
    faults_.push_back(std::move(fault));
  }

  const KindOf& kind_of_;
  Diagnostics& faults_;
};

}  // namespace

void check_references(const Map& attributes, const Schema& schema, const KindOf& kind_of,
                      Diagnostics& faults) {
  Checker(kind_of, faults).members(attributes, schema, {});
}

}  // namespace stackctl::stack
