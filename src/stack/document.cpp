#include "stack/document.h"

#include <algorithm>
#include <map>
#include <sstream>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/node/node.h>
#include <yaml-cpp/parser.h>

#include "stack/yaml_fault.h"

namespace stackctl::stack {
namespace {

constexpr std::size_t kMaxDepth = 100;
constexpr std::size_t kMaxAliasedNodes = 1'000'000;
constexpr std::size_t kMaxAliasedBytes = std::size_t{64} << 20U;
constexpr std::size_t kSmallMap = 12;
constexpr std::string_view kMergeKey = "<<";

/// Ends the parse from inside an event.
struct Stop {
  Diagnostic fault;
};

/// Turns the parser's events into nodes.
class Builder : public YAML::EventHandler {
 public:
  Builder(const Source& source, std::size_t skipped, Diagnostics& faults)
      : source_(source), skipped_(skipped), faults_(faults) {
    root_.place = {&source, 0, 1, 1};
  }

  Node take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ > 1)
      throw Stop{placed(error("a stack file is a single YAML document", "remove the '---' line"),
                        stackctl::stack::locate(place(mark), 3))};
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    finish(Node{.place = place(mark), .text = {}, .items = {}, .entries = {}}, anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end())
      throw Stop{placed(error("this alias stands inside the node it refers to"),
                        stackctl::stack::locate(place(mark), 1))};
    add(copy(found->second, mark));
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    Node node{.place = place(mark),
              .shape = Node::Shape::scalar,
              .text = value,
              .items = {},
              .entries = {}};
    node.is_plain = tag != "!" && tag != "tag:yaml.org,2002:str";
    if (tag == "!") check_closed(node);
    finish(std::move(node), anchor);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(mark, Node::Shape::list, anchor);
  }
  void OnSequenceEnd() override { close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(mark, Node::Shape::map, anchor);
  }
  void OnMapEnd() override {
    check_keys(frames_.back().node);
    close();
  }

 private:
  struct Frame {
    Node node;
    YAML::anchor_t anchor = 0;
    bool has_key = false;  ///< the next node is the value of the last entry
  };

  /// The parser's marks stand on anchor and tag, if there are any; ours on the value.
  Place place(const YAML::Mark& mark) const {
    const std::string_view text = source_.text;
    Place at{&source_, static_cast<std::uint32_t>(static_cast<std::size_t>(mark.pos) + skipped_),
             static_cast<std::uint32_t>(mark.line + 1),
             static_cast<std::uint32_t>(mark.column + 1)};
    while (at.offset < text.size() && (text[at.offset] == '&' || text[at.offset] == '!')) {
      const std::size_t end = text.find_first_of(" \r\n", at.offset);
      at = advance(
          at, std::min(text.find_first_not_of(" \r\n", std::min(end, text.size())), text.size()));
    }
    return at;
  }

  /// The parser takes the end of the file for a closing quote.
  void check_closed(const Node& node) const {
    const std::string_view text = source_.text;
    const char quote = text[node.place.offset];
    if (quote != '"' && quote != '\'') return;
    const std::size_t end = source_offset(node.place, node.text, node.text.size());
    if (text.find(quote, end) != std::string_view::npos) return;
    throw Stop{placed(error("this quoted text has no end", "close the quotes"),
                      stackctl::stack::locate(node.place, 1))};
  }

  void open(const YAML::Mark& mark, Node::Shape shape, YAML::anchor_t anchor) {
    Frame frame{.node = {.place = place(mark), .text = {}, .items = {}, .entries = {}},
                .anchor = anchor};
    frame.node.shape = shape;
    if (frames_.size() >= kMaxDepth)
      throw Stop{placed(error("the file is nested too deeply"),
                        stackctl::stack::locate(frame.node.place, 1))};
    frames_.push_back(std::move(frame));
  }

  void close() {
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    finish(std::move(frame.node), frame.anchor);
  }

  void finish(Node node, YAML::anchor_t anchor) {
    if (anchor != 0) anchors_.insert_or_assign(anchor, node);
    add(std::move(node));
  }

  void add(Node node) {
    if (frames_.empty()) {
      root_ = std::move(node);
      return;
    }
    Frame& frame = frames_.back();
    if (frame.node.is_list()) {
      frame.node.items.push_back(std::move(node));
    } else if (frame.has_key) {
      frame.node.entries.back().value = std::move(node);
      frame.has_key = false;
    } else {
      add_key(frame, std::move(node));
    }
  }

  void add_key(Frame& frame, Node node) {
    if (!node.is_scalar())
      faults_.push_back(placed(error("a key must be a text", "put the key into quotes"),
                               stackctl::stack::locate(node.place, token_length(node.place))));
    frame.node.entries.push_back({std::move(node.text), node.place, Node{}});
    frame.has_key = true;
  }

  Node copy(const Node& node, const YAML::Mark& alias) {
    aliased_bytes_ += node.text.size();
    if (++aliased_ > kMaxAliasedNodes || aliased_bytes_ > kMaxAliasedBytes)
      throw Stop{placed(error("the aliases of this file expand to too much"),
                        stackctl::stack::locate(place(alias), 1))};
    Node result{.place = node.place,
                .shape = node.shape,
                .is_plain = node.is_plain,
                .text = node.text,
                .items = {},
                .entries = {}};
    for (const Node& item : node.items) result.items.push_back(copy(item, alias));
    for (const Entry& entry : node.entries)
      result.entries.push_back({entry.key, entry.place, copy(entry.value, alias)});
    return result;
  }

  void check_keys(Node& map) {
    if (map.entries.size() < 2 && map.find(kMergeKey) == nullptr) return;
    remove_duplicates(map);
    merge(map);
  }

  void report_duplicate(const Entry& first, const Entry& second) {
    Diagnostic fault = error("key '" + second.key + "' is given twice");
    fault.detail = "it stands on line " + std::to_string(first.place.line) + " already";
    faults_.push_back(placed(std::move(fault), locate_key(second)));
  }

  void remove_duplicates(Node& map) {
    std::unordered_map<std::string_view, std::size_t> index;
    std::vector<std::size_t> extra;
    const auto first_of = [&](std::size_t i) {
      if (map.entries.size() > kSmallMap) return index.emplace(map.entries[i].key, i).first->second;
      std::size_t first = 0;
      while (map.entries[first].key != map.entries[i].key) ++first;
      return first;
    };
    for (std::size_t i = 0; i < map.entries.size(); ++i) {
      const std::size_t first = first_of(i);
      if (first == i || (map.entries[i].key == kMergeKey)) continue;
      report_duplicate(map.entries[first], map.entries[i]);
      extra.push_back(i);
    }
    if (extra.empty()) return;
    std::vector<Entry> kept;
    for (std::size_t i = 0; i < map.entries.size(); ++i)
      if (!std::binary_search(extra.begin(), extra.end(), i))
        kept.push_back(std::move(map.entries[i]));
    map.entries = std::move(kept);
  }

  /// `<<: *a` and `<<: [*a, *b]`: keys of the map itself win, then the first source.
  void merge(Node& map) {
    if (map.find(kMergeKey) == nullptr) return;
    std::vector<Entry> own;
    std::vector<Entry> merged;
    for (Entry& entry : map.entries)
      (entry.key == kMergeKey ? merged : own).push_back(std::move(entry));
    map.entries = std::move(own);
    std::unordered_set<std::string> known;
    for (const Entry& entry : map.entries) known.insert(entry.key);
    for (Entry& entry : merged) {
      if (entry.value.is_list())
        for (Node& item : entry.value.items) merge_from(map, item, known);
      else
        merge_from(map, entry.value, known);
    }
  }

  void merge_from(Node& map, Node& from, std::unordered_set<std::string>& known) {
    if (!from.is_map())
      faults_.push_back(placed(error("'<<' merges maps only"), stackctl::stack::locate(from)));
    for (Entry& entry : from.entries)
      if (known.insert(entry.key).second) map.entries.push_back(std::move(entry));
  }

  const Source& source_;
  std::size_t skipped_;
  Diagnostics& faults_;
  std::vector<Frame> frames_;
  std::unordered_map<YAML::anchor_t, Node> anchors_;
  std::size_t aliased_ = 0;  ///< nodes that were copied for aliases
  std::size_t aliased_bytes_ = 0;
  int documents_ = 0;
  Node root_;
};

Place place_of(const Source& source, const YAML::Mark& mark) {
  const Place begin{&source, 0, 1, 1};
  if (mark.is_null()) return begin;
  std::size_t offset = 0;
  for (int line = 0; line < mark.line; ++line) {
    const std::size_t end = source.text.find('\n', offset);
    if (end == std::string::npos) break;
    offset = end + 1;
  }
  return advance(begin, offset + static_cast<std::size_t>(mark.column));
}

/// A plain text tells its length itself.
Location locate_text(const Place& place, std::string_view text) {
  const bool is_plain =
      !text.empty() && std::string_view(place.source->text).substr(place.offset).starts_with(text);
  return locate(place, is_plain ? text.size() : token_length(place));
}

}  // namespace

const Entry* Node::find(std::string_view key) const {
  for (const Entry& entry : entries)
    if (entry.key == key) return &entry;
  return nullptr;
}

Location locate(const Node& node) { return locate_text(node.place, node.text); }

Location locate_key(const Entry& entry) { return locate_text(entry.place, entry.key); }

std::optional<Node> parse_document(const Source& source, Diagnostics& faults) {
  if (std::optional<Diagnostic> fault = check_text(source)) {
    faults.push_back(*std::move(fault));
    return std::nullopt;
  }
  const std::size_t skipped = source.text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  Builder builder(source, skipped, faults);
  try {
    std::istringstream input(source.text);
    YAML::Parser parser(input);
    while (parser.HandleNextDocument(builder)) {
    }
    return builder.take();
  } catch (const Stop& stop) {
    faults.push_back(stop.fault);
  } catch (const YAML::ParserException& exception) {
    faults.push_back(explain_parser(place_of(source, exception.mark), exception.msg));
  } catch (const std::exception& exception) {
    faults.push_back(placed(error(std::string("invalid YAML: ") + exception.what()),
                            locate({&source, 0, 1, 1}, 1)));
  }
  return std::nullopt;
}

}  // namespace stackctl::stack
