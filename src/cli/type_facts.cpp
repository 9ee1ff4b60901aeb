#include "cli/type_facts.h"

#include <algorithm>

#include "stackctl/text.h"

namespace stackctl::cli {
namespace {

/// The names of the attributes for which `is_meant`.
template <class Predicate>
std::vector<std::string> names(const ResourceType& type, Predicate is_meant) {
  std::vector<std::string> found;
  for (const Attribute& attribute : type.schema)
    if (is_meant(attribute)) found.emplace_back(attribute.name);
  return found;
}

std::string plain_type(Type type) {
  switch (type) {
    case Type::text:
      return "text";
    case Type::integer:
      return "integer";
    case Type::number:
      return "number";
    case Type::boolean:
      return "boolean";
    case Type::duration:
      return "duration";
    case Type::reference:
      return "reference";
    case Type::object:
      return "object";
    case Type::list:
      return "list";
    case Type::set:
      return "set";
    case Type::map:
      return "map";
    case Type::any:
      break;
  }
  return "anything";
}

}  // namespace

bool realises(const Provider& provider, std::string_view kind) {
  return std::any_of(provider.lowerings.begin(), provider.lowerings.end(),
                     [&](const Lowering& lowering) { return lowering.kind == kind; });
}

std::vector<std::string> limits_of(const ResourceType& type) {
  std::vector<std::string> limits;
  if (type.marked == Marked::never) return {"only ever looked up, never made or changed"};
  const bool is_terse = type.marked == Marked::name || type.marked == Marked::description;
  if (is_terse && !type.keeps_spec)
    limits.push_back("its mark (" +
                     std::string(type.marked == Marked::name ? "name" : "description") +
                     ") has no room for what was declared: a change of the file and one of the "
                     "cloud look alike");
  const auto unseen =
      names(type, [](const Attribute& each) { return each.is_unlisted || each.is_write_only; });
  if (!unseen.empty())
    limits.push_back("lists do not show " + join(unseen, ", ") +
                     ": a change by hand is not seen, one of the file is");
  const auto once = names(type, [](const Attribute& each) { return each.is_shown_once; });
  if (!once.empty()) limits.push_back("told only when it is made: " + join(once, ", "));
  if (type.key_is_unique && !type.key.empty()) {
    const std::vector<std::string> key(type.key.begin(), type.key.end());
    limits.push_back("the cloud refuses a second one of the same " + join(key, ", "));
  }
  if (type.goes_with_parent) limits.emplace_back("goes with its parent, without a call of its own");
  if (type.final_snapshot != nullptr)
    limits.emplace_back("can leave a snapshot (on_delete: snapshot)");
  return limits;
}

std::vector<std::string> immutable_attributes(const ResourceType& type) {
  return names(type, [](const Attribute& attribute) { return attribute.is_immutable; });
}

std::vector<std::string> listings_of(const ResourceType& type) {
  std::vector<std::string> listings;
  for (const std::string& listing : split(type.listing, ' '))
    if (!listing.empty()) listings.push_back(listing);
  return listings;
}

std::string type_text(const Attribute& attribute) {
  const std::string target(attribute.target);
  if (attribute.type == Type::reference)
    return target.empty() ? "reference" : "reference to " + target;
  const bool holds_elements =
      attribute.type == Type::list || attribute.type == Type::set || attribute.type == Type::map;
  if (holds_elements && !attribute.members.empty())
    return plain_type(attribute.type) + " of " + type_text(attribute.members.front());
  if (attribute.or_reference) return plain_type(attribute.type) + " or reference to " + target;
  return plain_type(attribute.type);
}

}  // namespace stackctl::cli
