#include "marks.h"

#include "stackctl/text.h"

namespace stackctl::exoscale {
namespace {

constexpr std::string_view kPrefix = "stackctl:";
constexpr std::string_view kStack = "stackctl:stack";
constexpr std::string_view kAddress = "stackctl:address";
constexpr std::string_view kSpec = "stackctl:spec";

constexpr std::string_view kOpen = "[stackctl ";
constexpr std::string_view kNamePrefix = "stackctl.";

}  // namespace

Value with_mark(const Value& labels, const Mark& mark) {
  Map out = labels.map() == nullptr ? Map{} : *labels.map();
  out.insert_or_assign(std::string(kStack), mark.stack);
  out.insert_or_assign(std::string(kAddress), mark.address);
  if (!mark.spec.empty()) out.insert_or_assign(std::string(kSpec), mark.spec);
  return out;
}

void take_mark_from_labels(LiveObject& live) {
  const Value labels = live.attributes["labels"];
  if (labels.map() == nullptr) return;
  Mark mark{std::string(labels.text_at(kStack)), std::string(labels.text_at(kAddress)),
            std::string(labels.text_at(kSpec))};
  if (!mark.stack.empty() && !mark.address.empty()) live.mark = std::move(mark);
  Map own;
  for (const auto& [name, value] : *labels.map())
    if (!name.starts_with(kPrefix)) own.emplace(name, value);
  live.attributes.map()->insert_or_assign("labels", std::move(own));
}

std::string with_mark(std::string_view description, const Mark& mark) {
  std::string text(description);
  if (!text.empty()) text += ' ';
  return text.append(kOpen) + mark.stack + ' ' + mark.address + ']';
}

void take_mark_from_description(LiveObject& live) {
  const std::string text(live.attributes.text_at("description"));
  const std::size_t open = text.rfind(kOpen);
  if (open == std::string::npos || !text.ends_with(']')) return;
  const std::size_t begin = open + kOpen.size();
  const auto words = split(std::string_view(text).substr(begin, text.size() - 1 - begin), ' ');
  if (words.size() != 2 || words[0].empty() || words[1].empty()) return;
  live.mark = Mark{words[0], words[1], {}};
  live.attributes.map()->insert_or_assign(
      "description", std::string(trim(std::string_view(text).substr(0, open))));
}

std::string marked_name(std::string_view stack, std::string_view address) {
  return std::string(kNamePrefix).append(stack).append(".").append(address);
}

std::optional<Mark> mark_in_name(std::string_view name) {
  if (!name.starts_with(kNamePrefix)) return std::nullopt;
  name.remove_prefix(kNamePrefix.size());
  const std::size_t dot = name.find('.');
  if (dot == 0 || dot == std::string_view::npos || dot + 1 == name.size()) return std::nullopt;
  return Mark{std::string(name.substr(0, dot)), std::string(name.substr(dot + 1)), {}};
}

}  // namespace stackctl::exoscale
