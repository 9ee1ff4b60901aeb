#include "stackctl/discretion.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace stackctl {
namespace {

constexpr std::size_t kShortest = 4;

void collect(const Value& value, std::vector<std::string>& secrets) {
  const Secret* const secret = value.secret();
  if (secret != nullptr && secret->text.size() >= kShortest) secrets.push_back(secret->text);
  if (value.map() != nullptr)
    for (const auto& [name, member] : *value.map()) collect(member, secrets);
  for (const Value& item : value.items()) collect(item, secrets);
}

}  // namespace

std::vector<std::string> secrets_in(const Value& value) {
  std::vector<std::string> secrets;
  collect(value, secrets);
  std::ranges::sort(secrets, std::ranges::greater(), &std::string::size);
  return secrets;
}

std::string without(std::string words, const std::vector<std::string>& secrets) {
  constexpr std::string_view instead = "(secret)";
  for (const std::string& secret : secrets)
    for (auto at = words.find(secret); at != std::string::npos;
         at = words.find(secret, at + instead.size()))
      words.replace(at, secret.size(), instead);
  return words;
}

Next discreet(Next next, const Value& desired) {
  const auto hide = [&](std::initializer_list<std::string*> told) {
    const std::vector<std::string> secrets = secrets_in(desired);
    for (std::string* const words : told) *words = without(std::move(*words), secrets);
  };
  if (auto* const failed = std::get_if<Fail>(&next))
    hide({&failed->why.summary, &failed->why.detail, &failed->why.hint});
  if (auto* const pause = std::get_if<Pause>(&next)) hide({&pause->waiting_for});
  if (auto* const watch = std::get_if<Watch>(&next)) hide({&watch->waiting_for});
  return next;
}

}  // namespace stackctl
