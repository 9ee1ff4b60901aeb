#include "cli/policy.h"

#include "stackctl/text.h"

namespace stackctl::cli {

std::string_view place_of_mark(const ResourceType& type) {
  if (!type.carrier.empty()) return type.carrier;
  switch (type.marked) {
    case Marked::tags:
      return "labels";
    case Marked::description:
      return "description";
    case Marked::name:
      return "name";
    case Marked::parent:
      return "parent";
    case Marked::never:
      break;
  }
  return "none";
}

std::string_view name_of(OnDelete policy) {
  switch (policy) {
    case OnDelete::retain:
      return "retain";
    case OnDelete::snapshot:
      return "snapshot";
    case OnDelete::remove:
      break;
  }
  return "delete";
}

std::vector<std::string> policy_lines(const Lifecycle& lifecycle) {
  std::vector<std::string> lines;
  if (lifecycle.protect)
    lines.emplace_back(*lifecycle.protect ? "protect: it must not be destroyed"
                                          : "protect: taken back, it may be destroyed");
  if (lifecycle.on_delete != OnDelete::remove)
    lines.push_back("on_delete: " + std::string(name_of(lifecycle.on_delete)));
  if (lifecycle.create_first)
    lines.emplace_back(std::string("on_replace: ") +
                       (*lifecycle.create_first ? "create_first" : "delete_first"));
  if (!lifecycle.ignore_changes.empty())
    lines.push_back("ignore_changes: " + join(lifecycle.ignore_changes, ", "));
  if (!lifecycle.adopt.empty()) lines.push_back("adopt: " + lifecycle.adopt);
  for (const Hook& hook : lifecycle.hooks)
    lines.push_back("hook: " + hook.name +
                    (hook.before ? ", before it goes" : ", once it is made"));
  return lines;
}

Times times_of(const ResourceType& type, const Declaration* declaration) {
  if (declaration == nullptr) return {type.timeout, type.timeout, type.timeout};
  const Lifecycle& lifecycle = declaration->lifecycle;
  return {lifecycle.create_timeout.value_or(type.timeout),
          lifecycle.update_timeout.value_or(type.timeout),
          lifecycle.delete_timeout.value_or(type.timeout)};
}

}  // namespace stackctl::cli
