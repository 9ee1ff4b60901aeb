#include "stackctl/xml.h"

#include <iterator>
#include <map>

#include <pugixml.hpp>

#include "stackctl/json.h"

namespace stackctl::xml {
namespace {

constexpr int kMostDepth = 64;
/// An element takes many times the memory of the "<a/>" that makes it.
constexpr std::size_t kMostBytes = std::size_t{16} << 20;

std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

using Elements = std::map<std::string, Value, std::less<>>;

/// A second element of the name makes a list of both.
void add(Elements& elements, std::string_view name, Value value) {
  const auto [position, is_new] = elements.try_emplace(std::string(name), std::move(value));
  if (is_new) return;
  Value& there = position->second;
  if (there.list() == nullptr) there = List{std::move(there)};
  there.list()->push_back(std::move(value));
}

/// Null when it nests too deeply.
Value content_of(const pugi::xml_node& node, int depth) {
  if (depth > kMostDepth) return {};
  Elements elements;
  std::string text;
  for (const pugi::xml_node& child : node.children()) {
    if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata)
      text += child.value();
    if (child.type() != pugi::node_element) continue;
    Value value = content_of(child, depth + 1);
    if (value.is_null()) return {};
    add(elements, local_name(child), std::move(value));
  }
  if (elements.empty()) return text;
  return Map::of(
      {std::make_move_iterator(elements.begin()), std::make_move_iterator(elements.end())});
}

void append_text(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '\r':  // a parser would make a line feed of it
        out += "&#13;";
        break;
      default:
        out += c;
    }
  }
}

void append_element(std::string& out, std::string_view name, const Value& value);

void append_content(std::string& out, const Value& value) {
  if (value.map() != nullptr) {
    for (const auto& [name, member] : *value.map()) append_element(out, name, member);
  } else if (value.revealed() != nullptr) {
    append_text(out, *value.revealed());
  } else if (!value.is_null()) {
    append_text(out, json::write(value));
  }
}

void append_element(std::string& out, std::string_view name, const Value& value) {
  if (value.list() != nullptr) {
    for (const Value& item : *value.list()) append_element(out, name, item);
    return;
  }
  out.append("<").append(name) += '>';
  append_content(out, value);
  out.append("</").append(name) += '>';
}

}  // namespace

Result<Value> parse(std::string_view text) {
  if (text.size() > kMostBytes) return error("the XML text is larger than 16 MiB");
  pugi::xml_document document;
  // A text may be nothing but blanks.
  constexpr unsigned int options = pugi::parse_default | pugi::parse_ws_pcdata_single;
  const pugi::xml_parse_result parsed =
      document.load_buffer(text.data(), text.size(), options, pugi::encoding_utf8);
  // What is wrong is told without the text: it may hold secrets.
  if (!parsed) return error("invalid XML at byte " + std::to_string(parsed.offset));
  const pugi::xml_node root = document.document_element();
  if (root.empty()) return error("the XML text has no element");
  Value value = content_of(root, 1);
  if (value.is_null())
    return error("the XML text nests deeper than " + std::to_string(kMostDepth) + " levels");
  return Value(Map{{std::string(local_name(root)), std::move(value)}});
}

const Value& content(const Value& document) {
  static const Value nothing;
  const Map* map = document.map();
  return map == nullptr || map->empty() ? nothing : map->begin()->second;
}

std::span<const Value> each(const Value& elements) {
  if (elements.list() != nullptr) return elements.items();
  if (elements.is_null()) return {};
  return {&elements, 1};
}

std::string write(std::string_view root, const Value& value, std::string_view name_space) {
  std::string out = R"(<?xml version="1.0" encoding="UTF-8"?><)" + std::string(root);
  if (!name_space.empty()) out.append(" xmlns=\"").append(name_space) += '"';
  out += '>';
  append_content(out, value);
  return out.append("</").append(root) + '>';
}

}  // namespace stackctl::xml
