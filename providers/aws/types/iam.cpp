#include "iam.h"

#include <algorithm>

#include "aws/api/tagging.h"
#include "aws/api/wire.h"
#include "stackctl/json.h"

namespace stackctl::aws::identity {
namespace {

constexpr std::string_view kRoot = "/stackctl/";
constexpr std::string_view kOfRole = "IsOfRole";
constexpr int kAtOnce = 1000;

Value plain(const Value& value) {
  if (value.map() != nullptr) {
    Map members;
    for (const auto& [name, member] : *value.map()) members.emplace(name, plain(member));
    return members;
  }
  if (value.list() == nullptr) return value;
  List items;
  for (const Value& item : *value.list()) items.push_back(plain(item));
  if (items.size() == 1) return items.front();
  std::ranges::sort(items, {}, [](const Value& item) { return json::write(item); });
  return items;
}

}  // namespace

Value document_text(const Value& document) {
  return document.revealed() != nullptr ? document
                                        : Value(json::write(document, json::Secrets::revealed));
}

Value document_in(const Value& wire) {
  if (wire.text() == nullptr) return wire;
  const bool is_plain = wire.text()->starts_with('{');
  const std::string text = is_plain ? *wire.text() : http::decode(*wire.text());
  const Result<Value> document = json::parse(text);
  return document ? *document : Value(text);
}

Value plain_document(const Value& document) { return plain(document_in(document)); }

std::string path_of(const Mark& mark) {
  std::string path = std::string(kRoot) + mark.stack + '/';
  // Blanks are not for paths.
  for (const char c : escaped(mark.address)) path += c == ' ' ? "=20" : std::string(1, c);
  return path + '/';
}

std::optional<Mark> mark_in_path(std::string_view path) {
  if (!path.starts_with(kRoot) || !path.ends_with('/')) return std::nullopt;
  path.remove_prefix(kRoot.size());
  const std::size_t slash = path.find('/');
  if (slash == 0 || slash + 1 >= path.size()) return std::nullopt;
  const std::string_view address = path.substr(slash + 1, path.size() - slash - 2);
  return Mark{std::string(path.substr(0, slash)), unescaped(address), {}};
}

void write_path(Map& parameters, const Api& /*api*/, const Work& work) {
  parameters.insert_or_assign("Path", path_of(work.mark));
}

void take_mark_of_path(LiveObject& live, const Value& item) {
  live.mark = mark_in_path(item.text_at("Path"));
}

std::vector<Call> list_details(const Api& api, std::span<const Value> /*lookups*/) {
  return {api.read(iam, "GetAccountAuthorizationDetails",
                   Map{{"Filter", List{"Role", "LocalManagedPolicy"}}, {"MaxItems", kAtOnce}})};
}

List read_details(const Api& /*api*/, const Call& /*call*/, const Value& answer,
                  std::vector<Call>& /*more*/) {
  List profiles;
  for (const Value& role : items_of(answer["RoleDetailList"]))
    for (const Value& item : items_of(role["InstanceProfileList"])) {
      Value& profile = profiles.emplace_back(item);
      if (profile.map() != nullptr) profile.map()->insert_or_assign(std::string(kOfRole), true);
    }
  Value whole = answer;
  whole.map()->insert_or_assign(std::string(kProfiles), std::move(profiles));
  return {whole};
}

std::vector<Call> list_profiles(const Api& api, std::span<const Value> /*lookups*/) {
  return {api.read(iam, "ListInstanceProfiles", Map{{"MaxItems", kAtOnce}})};
}

List read_profiles(const Api& /*api*/, const Call& /*call*/, const Value& answer,
                   std::vector<Call>& /*more*/) {
  return {answer};
}

bool is_told_twice(const Value& profile, const Value& listed) {
  const auto shows_all = [](const Value& answer) { return answer["RoleDetailList"].is_null(); };
  return !profile[kOfRole].is_null() && std::ranges::any_of(listed["iam"].items(), shows_all);
}

}  // namespace stackctl::aws::identity
