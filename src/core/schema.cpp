#include "stackctl/schema.h"

#include <algorithm>

namespace stackctl {
namespace {

Attribute make(std::string_view name, Type type, std::string_view help) {
  Attribute attribute;
  attribute.name = name;
  attribute.help = help;
  attribute.type = type;
  return attribute;
}

Attribute collection(std::string_view name, Type type, Attribute element, std::string_view help) {
  Attribute attribute = make(name, type, help);
  attribute.members.push_back(std::move(element));
  return attribute;
}

}  // namespace

Attribute text(std::string_view name, std::string_view help) {
  return make(name, Type::text, help);
}

Attribute integer(std::string_view name, std::string_view help) {
  return make(name, Type::integer, help);
}

Attribute number(std::string_view name, std::string_view help) {
  return make(name, Type::number, help);
}

Attribute boolean(std::string_view name, std::string_view help) {
  return make(name, Type::boolean, help);
}

Attribute duration(std::string_view name, std::string_view help) {
  return make(name, Type::duration, help);
}

Attribute ref(std::string_view name, std::string_view target, std::string_view help) {
  Attribute attribute = make(name, Type::reference, help);
  attribute.target = target;
  return attribute;
}

Attribute object(std::string_view name, std::string_view help, Schema members) {
  Attribute attribute = make(name, Type::object, help);
  attribute.members = std::move(members);
  return attribute;
}

Attribute list_of(std::string_view name, Attribute element, std::string_view help) {
  return collection(name, Type::list, std::move(element), help);
}

Attribute set_of(std::string_view name, Attribute element, std::string_view help) {
  return collection(name, Type::set, std::move(element), help);
}

Attribute map_of(std::string_view name, Attribute element, std::string_view help) {
  return collection(name, Type::map, std::move(element), help);
}

Attribute any(std::string_view name, std::string_view help) { return make(name, Type::any, help); }

Attribute output(std::string_view name, std::string_view help, Type type) {
  Attribute attribute = make(name, type, help);
  attribute.is_output = true;
  return attribute;
}

const Attribute* find(const Schema& schema, std::string_view name) {
  const auto found = std::find_if(schema.begin(), schema.end(), [name](const Attribute& attribute) {
    return attribute.name == name;
  });
  return found == schema.end() ? nullptr : &*found;
}

}  // namespace stackctl
