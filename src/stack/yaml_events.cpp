#include "stack/yaml_events.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <utility>
#include <yaml.h>

#include "stack/yaml_fault.h"

namespace stackctl::stack {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kTextTag = YAML_STR_TAG;
constexpr std::array<std::string_view, 7> kTags = {YAML_STR_TAG,  YAML_INT_TAG,  YAML_FLOAT_TAG,
                                                   YAML_BOOL_TAG, YAML_NULL_TAG, YAML_SEQ_TAG,
                                                   YAML_MAP_TAG};
constexpr std::array<std::string_view, 5> kNulls = {"", "~", "null", "Null", "NULL"};

std::string_view view(const yaml_char_t* text) {
  return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

/// From the parser's positions, which count characters, to ours, which count bytes. Fast as long as
/// they are asked for in order.
class Cursor {
 public:
  explicit Cursor(Place begin) : begin_(begin), place_(begin) {}

  Place at(std::size_t character) {
    if (character < character_) *this = Cursor(begin_);
    const std::string_view text = place_.source->text;
    std::uint32_t line_start = place_.offset - (place_.column - 1);
    for (; place_.offset < text.size(); ++place_.offset) {
      const char c = text[place_.offset];
      const bool is_first_byte = (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
      if (is_first_byte && character_ == character) break;
      character_ += is_first_byte ? 1 : 0;
      if (c != '\n') continue;
      ++place_.line;
      line_start = place_.offset + 1;
    }
    place_.column = place_.offset - line_start + 1;
    return place_;
  }

 private:
  Place begin_;
  Place place_;
  std::size_t character_ = 0;
};

struct Release {
  void operator()(yaml_event_t* event) const { yaml_event_delete(event); }
};

class Reader {
 public:
  explicit Reader(const Source& source)
      : source_(source),
        skipped_(source.text.starts_with(kByteOrderMark) ? 3 : 0),
        cursor_({&source, skipped_, 1, 1}) {
    yaml_parser_initialize(&parser_);
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    const std::string_view text = std::string_view(source.text).substr(skipped_);
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const yaml_char_t*>(text.data()),
                                 text.size());
  }
  ~Reader() { yaml_parser_delete(&parser_); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  Refusal run(const std::function<Refusal(const Event&)>& take) {
    while (true) {
      yaml_event_t raw;
      if (yaml_parser_parse(&parser_, &raw) == 0) return fault();
      const std::unique_ptr<yaml_event_t, Release> release(&raw);
      if (raw.type == YAML_STREAM_END_EVENT) return std::nullopt;
      if (raw.type == YAML_STREAM_START_EVENT || raw.type == YAML_DOCUMENT_END_EVENT) continue;
      const Event event = translated(raw);
      if (Refusal refusal = unknown_tag(raw, event.place)) return refusal;
      if (Refusal refusal = take(event)) return refusal;
    }
  }

 private:
  Event translated(const yaml_event_t& raw) {
    Event event;
    event.place = cursor_.at(raw.start_mark.index);
    switch (raw.type) {
      case YAML_SCALAR_EVENT:
        scalar(raw, event);
        break;
      case YAML_ALIAS_EVENT:
        event.kind = Event::Kind::alias;
        event.anchor = view(raw.data.alias.anchor);
        return event;
      case YAML_SEQUENCE_START_EVENT:
        event.kind = Event::Kind::list;
        event.anchor = view(raw.data.sequence_start.anchor);
        break;
      case YAML_MAPPING_START_EVENT:
        event.kind = Event::Kind::map;
        event.anchor = view(raw.data.mapping_start.anchor);
        break;
      default:
        event.kind = raw.type == YAML_SEQUENCE_END_EVENT  ? Event::Kind::list_end
                     : raw.type == YAML_MAPPING_END_EVENT ? Event::Kind::map_end
                                                          : Event::Kind::document;
        return event;
    }
    event.place = behind_properties(event.place);
    return event;
  }

  static std::string_view tag_of(const yaml_event_t& raw) {
    if (raw.type == YAML_SCALAR_EVENT) return view(raw.data.scalar.tag);
    if (raw.type == YAML_SEQUENCE_START_EVENT) return view(raw.data.sequence_start.tag);
    if (raw.type == YAML_MAPPING_START_EVENT) return view(raw.data.mapping_start.tag);
    return {};
  }

  /// What a tag asks for and nobody does would be left undone in silence.
  static Refusal unknown_tag(const yaml_event_t& raw, const Place& place) {
    const std::string_view tag = tag_of(raw);
    if (tag.empty() || tag == "!" || std::ranges::find(kTags, tag) != kTags.end())
      return std::nullopt;
    return placed(error("the tag '" + std::string(tag) + "' means nothing here", "take it out"),
                  stackctl::stack::locate(place, token_length(place)));
  }

  static void scalar(const yaml_event_t& raw, Event& event) {
    const auto& scalar = raw.data.scalar;
    const std::string_view tag = view(scalar.tag);
    event.kind = Event::Kind::scalar;
    event.anchor = view(scalar.anchor);
    event.text = {reinterpret_cast<const char*>(scalar.value), scalar.length};
    event.is_plain =
        tag.empty() ? scalar.style == YAML_PLAIN_SCALAR_STYLE : tag != "!" && tag != kTextTag;
    if (tag.empty() && event.is_plain && std::ranges::find(kNulls, event.text) != kNulls.end())
      event.kind = Event::Kind::null;
  }

  /// The parser's nodes begin with their anchor and tag; ours with the value.
  static Place behind_properties(Place at) {
    const std::string_view text = at.source->text;
    while (at.offset < text.size() && (text[at.offset] == '&' || text[at.offset] == '!')) {
      const std::size_t end = std::min(text.find_first_of(" \r\n", at.offset), text.size());
      at = advance(at, std::min(text.find_first_not_of(" \r\n", end), text.size()));
    }
    return at;
  }

  Diagnostic fault() {
    const std::string_view problem = parser_.problem == nullptr ? "" : parser_.problem;
    if (parser_.error == YAML_READER_ERROR)
      return explain_parser(advance({&source_, 0, 1, 1}, skipped_ + parser_.problem_offset),
                            problem);
    if (parser_.error == YAML_MEMORY_ERROR) return error("there is not enough memory for the file");
    const std::string_view context = parser_.context == nullptr ? "" : parser_.context;
    const Place place = cursor_.at(parser_.problem_mark.index);
    return explain_parser(place, problem, cursor_.at(parser_.context_mark.index), context);
  }

  const Source& source_;
  std::uint32_t skipped_;
  Cursor cursor_;
  yaml_parser_t parser_{};
};

}  // namespace

Refusal read_events(const Source& source, const std::function<Refusal(const Event&)>& take) {
  return Reader(source).run(take);
}

}  // namespace stackctl::stack
