#include "iam.h"

#include <algorithm>

#include "stackctl/json.h"
#include "tagging.h"

namespace stackctl::aws::identity {
namespace {

constexpr std::string_view kRoot = "/stackctl/";

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

std::vector<Call> list_details(const Api& api, std::span<const Value> /*sought*/) {
  constexpr int at_once = 1000;
  return {api.read(iam, "GetAccountAuthorizationDetails",
                   Map{{"Filter", List{"Role", "LocalManagedPolicy"}}, {"MaxItems", at_once}})};
}

List read_details(const Api& /*api*/, const Call& /*call*/, const Value& answer,
                  std::vector<Call>& /*more*/) {
  return {answer};
}

}  // namespace stackctl::aws::identity
