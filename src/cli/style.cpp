#include "cli/style.h"

#include <utility>

namespace stackctl::cli {
namespace {

constexpr std::string_view kReset = "\033[0m";

std::string_view escape(Label label) {
  switch (label) {
    case Label::heading:
      return "\033[1m";
    case Label::faint:
      return "\033[2m";
    case Label::add:
    case Label::good:
      return "\033[32m";
    case Label::change:
    case Label::warning:
      return "\033[33m";
    case Label::destroy:
      return "\033[31m";
    case Label::replace:
      return "\033[35m";
    case Label::error:
      return "\033[1;31m";
    case Label::plain:
      break;
  }
  return {};
}

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

}  // namespace

Text& Text::add(std::string_view text, Label label) {
  if (text.empty()) return *this;
  if (!spans_.empty() && spans_.back().first == label)
    spans_.back().second += text;
  else
    spans_.emplace_back(label, text);
  return *this;
}

Text& Text::add(const Text& other) {
  for (const auto& [label, text] : other.spans_) add(text, label);
  return *this;
}

Text& Text::line(std::string_view text, Label label) { return add(text, label).add("\n"); }

Text& Text::annotate(std::string_view remark, Label label) {
  Text annotated;
  bool is_placed = false;
  for (const auto& [span_label, text] : spans_) {
    const std::size_t end = is_placed ? std::string::npos : text.find('\n');
    annotated.add(std::string_view(text).substr(0, end), span_label);
    if (end == std::string::npos) continue;
    annotated.add(remark, label).add(std::string_view(text).substr(end), span_label);
    is_placed = true;
  }
  if (!is_placed) annotated.add(remark, label);
  return *this = std::move(annotated);
}

std::string Text::plain() const {
  std::string all;
  for (const auto& [label, text] : spans_) all += text;
  return all;
}

std::string Text::coloured() const {
  std::string all;
  for (const auto& [label, text] : spans_) {
    const std::string_view start = escape(label);
    all += start;
    all += text;
    if (!start.empty()) all += kReset;
  }
  return all;
}

std::size_t columns(std::string_view text) {
  std::size_t count = 0;
  for (const char byte : text) count += is_continuation(byte) ? 0 : 1;
  return count;
}

std::string padded(std::string_view text, std::size_t width) {
  std::string result(text);
  const std::size_t have = columns(text);
  if (have < width) result.append(width - have, ' ');
  return result;
}

std::string shortened(std::string_view text, std::size_t width) {
  if (columns(text) <= width) return std::string(text);
  if (width == 0) return {};
  std::size_t end = 0;
  for (std::size_t kept = 0; end < text.size(); ++end) {
    if (is_continuation(text[end])) continue;
    if (kept == width - 1) break;
    ++kept;
  }
  return std::string(text.substr(0, end)) + "…";
}

std::string counted(std::size_t number, std::string_view noun) {
  return std::to_string(number) + " " + std::string(noun) + (number == 1 ? "" : "s");
}

std::string harmless(std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char byte = text[i];
    const auto code = static_cast<unsigned char>(byte);
    // U+0080 to U+009F are controls as well; their second byte alone is nothing to a terminal.
    const bool is_long =
        code == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
    const bool is_control =
        is_long || (code < 0x20 && byte != '\n' && byte != '\t') || code == 0x7F;
    if (!is_control) {
      result += byte;
      continue;
    }
    result += "\\x";
    result += kHex[code >> 4U];
    result += kHex[code & 0xFU];
  }
  return result;
}

}  // namespace stackctl::cli
