#include "details.h"

#include <algorithm>
#include <string>

#include "marks.h"
#include "stackctl/text.h"
#include "wire.h"

namespace stackctl::exoscale::details {
namespace {

constexpr std::string_view kLabel = "stackctl:details";
constexpr std::string_view kAnswers = "details";  // beside the list, in what is decoded
constexpr std::string_view kElasticIps = "elastic-ips";
constexpr std::string_view kReverseDns = "reverse-dns";
constexpr std::string_view kDiskSize = "disk-size";
constexpr std::string_view kList = "list-";
constexpr std::string_view kGetReverseDns = "get-reverse-dns-";

bool is_something(const Value& value) {
  if (const std::string* text = value.text()) return !text->empty();
  if (const List* list = value.list()) return !list->empty();
  return !value.is_null();
}

std::vector<std::string> announced(const Value& item) {
  return split(item["labels"].text_at(kLabel), ' ');
}

/// `operation` is "list-elastic-ips".
void ask(const Api& api, std::string_view operation, const Value& item, std::vector<Call>& more) {
  const std::string noun(operation.substr(kList.size(), operation.size() - kList.size() - 1));
  const std::vector<std::string> names = announced(item);
  const std::string path = path_to('/' + noun, item.text_at("id"));
  const auto is_asked = [&](std::string_view name) {
    return std::ranges::find(names, name) != names.end();
  };
  if (is_asked(kElasticIps) || is_asked(kDiskSize)) more.push_back(api.get("get-" + noun, path));
  if (is_asked(kReverseDns))
    more.push_back(api.get(std::string(kGetReverseDns) + noun, "/reverse-dns" + path));
}

Value ids(const Value& references) {
  List out;
  for (const Value& reference : references.items()) out.push_back(reference["id"]);
  return out;
}

std::vector<std::string> late_names(const Work& work) {
  std::vector<std::string> names;
  for (const Attribute& attribute : work.type->schema)
    if (attribute.is_late && is_something(work.desired[attribute.name]))
      names.emplace_back(attribute.name);
  return names;
}

Value labelled(const Work& work, const Mark& mark, const std::vector<std::string>& names) {
  Value out = with_mark(work.desired["labels"], mark);
  if (!names.empty()) out.map()->insert_or_assign(std::string(kLabel), join(names, " "));
  return out;
}

/// A disk grows once: a run that is cut short behind it must be able to see that.
bool grows(const Work& work) {
  return work.action != Action::create &&
         std::ranges::find(work.changed, kDiskSize) != work.changed.end();
}

/// An address may be told with the dot at the end.
Value domain_name(const Value& value) {
  if (value.text() == nullptr) return value;
  std::string name = to_lower(*value.text());
  if (name.ends_with('.')) name.pop_back();
  return name;
}

}  // namespace

Value labels(const Work& work, const Mark& mark) { return labelled(work, mark, late_names(work)); }

bool is_news(const Work& work, const LiveObject& live) {
  if (grows(work) && live.attributes[kDiskSize].is_null()) return true;
  return std::ranges::any_of(work.type->schema, [&](const Attribute& attribute) {
    return attribute.is_late && is_something(work.desired[attribute.name]) &&
           live.attributes[attribute.name].is_null();
  });
}

Value announcement(const Work& work, const LiveObject& live) {
  std::vector<std::string> names = late_names(work);
  if (grows(work)) names.emplace_back(kDiskSize);
  return labelled(work, {work.mark.stack, work.mark.address, live.mark ? live.mark->spec : ""},
                  names);
}

Value follow_list(const Api& api, const Call& call, const Value& answer, std::vector<Call>& more) {
  if (call.operation.starts_with(kList)) {
    if (const Map* lists = answer.map())
      for (const auto& [name, items] : *lists)
        for (const Value& item : items.items()) ask(api, call.operation, item, more);
    return answer;
  }
  Map told{{"id", call.request.url.substr(call.request.url.rfind('/') + 1)}};
  if (call.operation.starts_with(kGetReverseDns))
    told.emplace(kReverseDns, answer["domain-name"]);
  else
    told.insert({{std::string(kElasticIps), ids(answer[kElasticIps])},
                 {std::string(kDiskSize), answer[kDiskSize]}});
  return Map{{std::string(kAnswers), List{std::move(told)}}};
}

void take(LiveObject& live, const Value& item, const Value& listed) {
  Map& attributes = *live.attributes.map();
  for (const std::string& name : announced(item)) {
    if (name == kElasticIps) attributes.insert_or_assign(name, List{});
    if (name == kReverseDns) attributes.insert_or_assign(name, "");
  }
  for (const Value& told : listed[kAnswers].items()) {
    if (told.text_at("id") != live.id) continue;
    for (const std::string_view name : {kElasticIps, kReverseDns, kDiskSize})
      if (!told[name].is_null()) attributes.insert_or_assign(std::string(name), told[name]);
  }
}

Attribute reverse_dns() {
  return text(kReverseDns, "Name that its public address resolves to")
      .normalise(domain_name)
      .unlisted()
      .late();
}

void change_reverse_dns(const Api& api, std::string_view noun, const Work& work,
                        const LiveObject& live, std::vector<Call>& calls) {
  const Value& wanted = work.desired[kReverseDns];
  const std::string path = "/reverse-dns" + path_to('/' + std::string(noun), live.id);
  if (is_something(wanted)) {
    calls.push_back(api.put("update-reverse-dns-" + std::string(noun), path,
                            Map{{"domain-name", domain_name(wanted)}}));
    calls.back().request.method = "POST";
  } else if (is_something(live.attributes[kReverseDns])) {
    calls.push_back(api.remove("delete-reverse-dns-" + std::string(noun), path));
  }
}

}  // namespace stackctl::exoscale::details
