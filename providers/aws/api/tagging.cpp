#include "tagging.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "stackctl/crypto.h"
#include "wire.h"

namespace stackctl::aws {
namespace {

constexpr std::string_view kPrefix = "stackctl:";
constexpr std::string_view kSpec = "stackctl:spec";

bool is_plain(char c) {
  const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return is_letter || (c >= '0' && c <= '9') ||
         std::string_view(" +-._:/@").find(c) != std::string_view::npos;
}

/// How a service takes tags of what exists.
struct TagActions {
  const Service* service;
  std::string_view add;
  std::string_view remove;
  std::string_view resource;        ///< parameter that names what is tagged
  bool is_list;                     ///< it takes several
  std::string_view tags;            ///< parameter of the tags to add
  std::string_view keys;            ///< parameter of the names to remove
  bool removes_whole_tags = false;  ///< `keys` holds {Key: NAME}
};
constexpr std::array kActions = {
    TagActions{&ec2, "CreateTags", "DeleteTags", "ResourceId", true, "Tag", "Tag", true},
    TagActions{&elastic_load_balancing_v2, "AddTags", "RemoveTags", "ResourceArns", true, "Tags",
               "TagKeys"},
    TagActions{&elastic_load_balancing, "AddTags", "RemoveTags", "LoadBalancerNames", true, "Tags",
               "Tags", true},
    TagActions{&rds, "AddTagsToResource", "RemoveTagsFromResource", "ResourceName", false,
               "Tags.Tag", "TagKeys"},
    TagActions{&elastic_cache, "AddTagsToResource", "RemoveTagsFromResource", "ResourceName", false,
               "Tags.Tag", "TagKeys"},
    TagActions{&iam, "TagRole", "UntagRole", "RoleName", false, "Tags", "TagKeys"},
};

Value named(const TagActions& row, std::string_view resource) {
  return row.is_list ? Value(List{resource}) : Value(resource);
}

Call add_call(const Api& api, const Service& service, std::string_view resource, const List& tags) {
  if (&service == &auto_scaling)
    return api.change(service, "CreateOrUpdateTags", Map{{"Tags", group_tags(tags, resource)}});
  const TagActions& row = *std::ranges::find(kActions, &service, &TagActions::service);
  return api.change(
      service, row.add,
      Map{{std::string(row.resource), named(row, resource)}, {std::string(row.tags), tags}});
}

Call remove_call(const Api& api, const Service& service, std::string_view resource,
                 const std::vector<std::string>& keys) {
  List names;
  List whole;
  for (const std::string& key : keys) {
    names.emplace_back(key);
    whole.emplace_back(Map{{"Key", key}});
  }
  if (&service == &auto_scaling)
    return api.change(service, "DeleteTags", Map{{"Tags", group_tags(whole, resource)}});
  const TagActions& row = *std::ranges::find(kActions, &service, &TagActions::service);
  return api.change(service, row.remove,
                    Map{{std::string(row.resource), named(row, resource)},
                        {std::string(row.keys), row.removes_whole_tags ? whole : names}});
}

}  // namespace

std::string escaped(std::string_view address) {
  std::string out;
  for (const char c : address)
    out += is_plain(c) ? std::string(1, c) : '=' + crypto::hex(std::string_view(&c, 1));
  return out;
}

std::string unescaped(std::string_view text) {
  constexpr int hexadecimal = 16;
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned char code = 0;
    const std::string_view digits = text.substr(std::min(i + 1, text.size()), 2);
    const auto [stop, fault] =
        std::from_chars(digits.data(), digits.data() + digits.size(), code, hexadecimal);
    const bool is_escape = text[i] == '=' && digits.size() == 2 && fault == std::errc{} &&
                           stop == digits.data() + digits.size();
    out += is_escape ? static_cast<char>(code) : text[i];
    if (is_escape) i += digits.size();
  }
  return out;
}

Map marked_tags(const Work& work) {
  const Mark& mark = work.mark;
  Map out;
  if (const Value& tags = work.desired["Tags"]; tags.map() != nullptr) out = *tags.map();
  if (is_named_by_tag(*work.type)) out.insert_or_assign("Name", work.desired["Name"]);
  out.insert_or_assign(std::string(kStackTag), mark.stack);
  out.insert_or_assign(std::string(kAddressTag), escaped(mark.address));
  if (!mark.spec.empty()) out.insert_or_assign(std::string(kSpec), mark.spec);
  return out;
}

List tag_list(const Map& tags) {
  List out;
  for (const auto& [key, value] : tags) out.emplace_back(Map{{"Key", key}, {"Value", value}});
  return out;
}

List tag_list(const Work& work) { return tag_list(marked_tags(work)); }

bool changes_tags(const Work& work) {
  return std::ranges::any_of(work.changed, [&](const std::string& name) {
    return name == kMark || name == "Tags" || (name == "Name" && is_named_by_tag(*work.type));
  });
}

List group_tags(const List& tags, std::string_view group) {
  List out;
  for (const Value& tag : tags) {
    Map whole = *tag.map();
    whole.insert_or_assign("ResourceId", group);
    whole.insert_or_assign("ResourceType", "auto-scaling-group");
    whole.insert_or_assign("PropagateAtLaunch", !tag.text_at("Key").starts_with(kPrefix));
    out.emplace_back(std::move(whole));
  }
  return out;
}

Value tag_specification(std::string_view resource, const Work& work) {
  return List{Map{{"ResourceType", resource}, {"Tag", tag_list(work)}}};
}

void add_tags(Map& parameters, const Service& service, std::string_view word, const Work& work) {
  if (&service == &ec2) {
    parameters.insert_or_assign("TagSpecification", tag_specification(word, work));
    return;
  }
  const auto row = std::ranges::find(kActions, &service, &TagActions::service);
  parameters.insert_or_assign(row == kActions.end() ? "Tags" : std::string(row->tags),
                              tag_list(work));
}

bool bears_mark(std::span<const Value> tags) {
  return std::ranges::any_of(
      tags, [](const Value& tag) { return member(tag, "Key") == Value(kStackTag); });
}

void take_mark(LiveObject& live) {
  const Value tags = live.attributes["Tags"];
  if (tags.map() == nullptr) return;
  Mark mark{std::string(tags.text_at(kStackTag)), unescaped(tags.text_at(kAddressTag)),
            std::string(tags.text_at(kSpec))};
  if (mark.stack.empty() || mark.address.empty()) return;
  live.mark = std::move(mark);
  Map own;
  for (const auto& [name, value] : *tags.map())
    if (!name.starts_with(kPrefix)) own.emplace(name, value);
  live.attributes.map()->insert_or_assign("Tags", std::move(own));
}

std::vector<Call> tag_calls(const Api& api, const Service& service, std::string_view resource,
                            const Work& work, const LiveObject& live) {
  const Map wanted = marked_tags(work);
  std::vector<std::string> surplus;
  if (live.attributes["Tags"].map() != nullptr)
    for (const auto& [name, value] : *live.attributes["Tags"].map())
      if (!wanted.contains(name)) surplus.push_back(name);
  std::vector<Call> calls;
  // The mark is rewritten last: so a run that is cut short has not told more than it did.
  if (!surplus.empty()) calls.push_back(remove_call(api, service, resource, surplus));
  calls.push_back(add_call(api, service, resource, tag_list(wanted)));
  return calls;
}

}  // namespace stackctl::aws
