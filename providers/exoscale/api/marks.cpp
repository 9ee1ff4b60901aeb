#include "marks.h"

#include <algorithm>
#include <charconv>

#include "stackctl/crypto.h"
#include "stackctl/text.h"

namespace stackctl::exoscale {
namespace {

constexpr std::string_view kPrefix = "stackctl:";
constexpr std::string_view kStack = "stackctl:stack";
constexpr std::string_view kAddress = "stackctl:address";
constexpr std::string_view kSpec = "stackctl:spec";

constexpr std::string_view kOpen = "[stackctl ";
constexpr std::string_view kNamePrefix = "stackctl.";
constexpr std::string_view kDashedPrefix = "stackctl-";

// What a name must not hold is written as an escape and two hexadecimal digits.
constexpr std::string_view kDotEscape = ".";
constexpr std::string_view kDashEscape = "--";

bool is_lower_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

std::string escaped(std::string_view escape, char c) {
  return std::string(escape) + crypto::hex(std::string_view(&c, 1));
}

std::string dotted(std::string_view address) {
  std::string out;
  for (const char c : address) {
    const bool is_plain = is_lower_or_digit(c) || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    out += is_plain ? std::string(1, c) : escaped(kDotEscape, c);
  }
  return out;
}

/// A dash stays only before a letter or digit: so no dash of the address looks like an escape.
std::string dashed(std::string_view address) {
  std::string out;
  for (std::size_t i = 0; i < address.size(); ++i) {
    const bool is_inner = i + 1 < address.size() && is_lower_or_digit(address[i + 1]);
    const bool is_plain = is_lower_or_digit(address[i]) || (address[i] == '-' && is_inner);
    out += is_plain ? std::string(1, address[i]) : escaped(kDashEscape, address[i]);
  }
  return out;
}

std::string unescaped(std::string_view text, std::string_view escape) {
  constexpr int hexadecimal = 16;
  std::string out;
  while (!text.empty()) {
    unsigned char code = 0;
    const std::string_view digits =
        text.starts_with(escape) ? text.substr(escape.size(), 2) : std::string_view{};
    const auto [stop, fault] =
        std::from_chars(digits.data(), digits.data() + digits.size(), code, hexadecimal);
    const bool is_escape = fault == std::errc{} && digits.size() == 2 && stop == digits.end();
    out += is_escape ? static_cast<char>(code) : text.front();
    text.remove_prefix(is_escape ? escape.size() + 2 : 1);
  }
  return out;
}

/// The mark, unless another name spells the same.
std::optional<Mark> if_spelled(std::string_view name, Mark mark,
                               std::string (*spell)(std::string_view, std::string_view)) {
  if (mark.stack.empty() || mark.address.empty()) return std::nullopt;
  if (spell(mark.stack, mark.address) != name) return std::nullopt;
  return mark;
}

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
    // What cannot be a mark stays to be seen.
    if (!name.starts_with(kPrefix) || value.text() == nullptr) own.emplace(name, value);
  live.attributes.map()->insert_or_assign("labels", std::move(own));
}

std::string with_mark(std::string_view description, const Mark& mark) {
  std::string text(description);
  if (!text.empty()) text += ' ';
  return text.append(kOpen) + mark.stack + ' ' + mark.address + ']';
}

std::string with_mark_and_spec(std::string_view description, const Mark& mark) {
  std::string text = with_mark(description, mark);
  text.back() = ' ';
  return text + mark.spec + ']';
}

void take_mark_from_description(LiveObject& live) {
  const std::string text(live.attributes.text_at("description"));
  const std::size_t open = text.rfind(kOpen);
  if (open == std::string::npos || !text.ends_with(']')) return;
  const std::size_t begin = open + kOpen.size();
  const auto words = split(std::string_view(text).substr(begin, text.size() - 1 - begin), ' ');
  if (words.size() < 2 || words.size() > 3 || words[0].empty() || words[1].empty()) return;
  const bool has_spec = words.size() == 3;
  if (has_spec && words[2].find('.') == std::string::npos) return;
  live.mark = Mark{words[0], words[1], has_spec ? words[2] : ""};
  live.attributes.map()->insert_or_assign(
      "description", std::string(trim(std::string_view(text).substr(0, open))));
}

std::string spec_text(const Mark& mark) { return std::string(kPrefix) + mark.spec; }

void take_spec_from_description(LiveObject& part, const Value& item, const LiveObject& owner) {
  if (!owner.mark) return;
  std::string_view spec = item.text_at("description");
  spec.remove_prefix(spec.starts_with(kPrefix) ? kPrefix.size() : spec.size());
  part.mark = Mark{owner.mark->stack, owner.mark->address + '/' + std::string(item.text_at("name")),
                   std::string(spec)};
}

std::string marked_name(std::string_view stack, std::string_view address) {
  return std::string(kNamePrefix).append(stack).append(".").append(dotted(address));
}

std::optional<Mark> mark_in_name(std::string_view name) {
  if (!name.starts_with(kNamePrefix)) return std::nullopt;
  const std::string_view rest = name.substr(kNamePrefix.size());
  const std::size_t dot = rest.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const std::string address = unescaped(rest.substr(dot + 1), kDotEscape);
  return if_spelled(name, {std::string(rest.substr(0, dot)), address, {}}, marked_name);
}

std::string marked_dashed_name(std::string_view stack, std::string_view address) {
  std::string name(kDashedPrefix);
  name.append(std::to_string(stack.size())).append("-").append(stack);
  return name.append("-").append(dashed(address));
}

std::optional<Mark> mark_in_dashed_name(std::string_view name) {
  if (!name.starts_with(kDashedPrefix)) return std::nullopt;
  const std::string_view rest = name.substr(kDashedPrefix.size());
  std::size_t length = 0;
  const auto [stop, fault] = std::from_chars(rest.data(), rest.data() + rest.size(), length);
  const std::size_t begin = static_cast<std::size_t>(stop - rest.data()) + 1;
  if (fault != std::errc{} || length >= rest.size() || begin + length + 1 >= rest.size())
    return std::nullopt;
  const std::string address = unescaped(rest.substr(begin + length + 1), kDashEscape);
  return if_spelled(name, {std::string(rest.substr(begin, length)), address, {}},
                    marked_dashed_name);
}

}  // namespace stackctl::exoscale
