#include <algorithm>

#include "stackctl/schema.h"

namespace stackctl {
namespace {

constexpr std::size_t kSuffixLength = 5;  // "-x7k2"

bool is_suffixed(std::string_view base, std::string_view name) {
  return name.size() == base.size() + kSuffixLength && name.starts_with(base) &&
         name[base.size()] == '-';
}

}  // namespace

bool same(const Attribute& attribute, const Value& desired, const Value& live) {
  if (desired == live) return true;
  const bool is_spelled_so = attribute.canonical == nullptr && desired.text() && live.text();
  if (!is_spelled_so && canonical(desired, attribute) == canonical(live, attribute)) return true;
  if (attribute.satisfies != nullptr && attribute.satisfies(desired, live)) return true;
  return attribute.is_name && desired.text() && live.text() &&
         is_suffixed(*desired.text(), *live.text());
}

std::vector<std::string> differing(const Schema& schema, const Value& desired, const Value& live) {
  std::vector<std::string> names;
  for (const Attribute& attribute : schema) {
    if (attribute.is_output || attribute.is_write_only || attribute.is_uncompared) continue;
    const Value& seen = live[attribute.name];
    if (attribute.is_unlisted && seen.is_null()) continue;
    const Value& declared = desired[attribute.name];
    const Value& wanted = declared.is_null() ? attribute.standard : declared;
    if (!wanted.is_null() && !same(attribute, wanted, seen)) names.emplace_back(attribute.name);
  }
  return names;
}

bool is_version_of(const Value& desired, const Value& live) {
  const std::string* const wanted = desired.text();
  return wanted != nullptr && live.text() != nullptr && live.text()->starts_with(*wanted + '.');
}

}  // namespace stackctl
