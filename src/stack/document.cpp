#include "stack/document.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "stack/yaml_events.h"
#include "stack/yaml_fault.h"

namespace stackctl::stack {
namespace {

constexpr std::size_t kMaxDepth = 100;
constexpr std::size_t kMaxAliasedNodes = 1'000'000;
constexpr std::size_t kMaxAliasedBytes = std::size_t{64} << 20U;
constexpr std::size_t kSmallMap = 12;
constexpr std::string_view kMergeKey = "<<";

/// Turns the parser's events into nodes.
class Builder {
 public:
  Builder(const Source& source, Diagnostics& faults) : faults_(faults) {
    root_.place = {&source, 0, 1, 1};
  }

  Node take() { return std::move(root_); }

  Refusal add(const Event& event) {
    switch (event.kind) {
      case Event::Kind::document:
        return ++documents_ == 1 ? Refusal()
                                 : refuse(event.place, 3, "a stack file is a single YAML document",
                                          "remove the '---' line");
      case Event::Kind::null:
      case Event::Kind::scalar:
        finish(scalar(event), event.anchor);
        return std::nullopt;
      case Event::Kind::list:
        return open(event, Node::Shape::list);
      case Event::Kind::map:
        return open(event, Node::Shape::map);
      case Event::Kind::map_end:
        check_keys(frames_.back().node);
        [[fallthrough]];
      case Event::Kind::list_end:
        close();
        return std::nullopt;
      case Event::Kind::alias:
        return alias(event);
    }
    return std::nullopt;
  }

 private:
  struct Frame {
    Node node;
    std::string anchor;
    bool has_key = false;  ///< the next node is the value of the last entry
  };

  static Diagnostic refuse(const Place& place, std::size_t length, std::string summary,
                           std::string hint = {}) {
    return placed(error(std::move(summary), std::move(hint)),
                  stackctl::stack::locate(place, length));
  }

  static Node node_at(const Place& place, Node::Shape shape) {
    return {.place = place, .shape = shape, .text = {}, .items = {}, .entries = {}};
  }

  static Node scalar(const Event& event) {
    if (event.kind == Event::Kind::null) return node_at(event.place, Node::Shape::null);
    Node node = node_at(event.place, Node::Shape::scalar);
    node.text = event.text;
    node.is_plain = event.is_plain;
    return node;
  }

  Refusal open(const Event& event, Node::Shape shape) {
    if (frames_.size() >= kMaxDepth) return refuse(event.place, 1, "the file is nested too deeply");
    frames_.push_back({node_at(event.place, shape), std::string(event.anchor)});
    return std::nullopt;
  }

  void close() {
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    finish(std::move(frame.node), frame.anchor);
  }

  void finish(Node node, std::string_view anchor) {
    if (!anchor.empty()) anchors_.insert_or_assign(std::string(anchor), node);
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
      faults_.push_back(refuse(node.place, token_length(node.place), "a key must be a text",
                               "put the key into quotes"));
    frame.node.entries.push_back({std::move(node.text), node.place, Node{}});
    frame.has_key = true;
  }

  Refusal alias(const Event& event) {
    const std::string name(event.anchor);
    if (std::ranges::find(frames_, name, &Frame::anchor) != frames_.end())
      return refuse(event.place, 1, "this alias stands inside the node it refers to");
    const auto found = anchors_.find(name);
    if (found == anchors_.end())
      return refuse(event.place, 1, "this alias has no anchor before it",
                    "mark the node with & first");
    Node copied = copy(found->second);
    if (aliased_ > kMaxAliasedNodes || aliased_bytes_ > kMaxAliasedBytes)
      return refuse(event.place, 1, "the aliases of this file expand to too much");
    add(std::move(copied));
    return std::nullopt;
  }

  /// Cut short when it becomes too much.
  Node copy(const Node& node) {
    Node result = node_at(node.place, node.shape);
    aliased_bytes_ += node.text.size();
    if (++aliased_ > kMaxAliasedNodes || aliased_bytes_ > kMaxAliasedBytes) return result;
    result.is_plain = node.is_plain;
    result.text = node.text;
    for (const Node& item : node.items) result.items.push_back(copy(item));
    for (const Entry& entry : node.entries)
      result.entries.push_back({entry.key, entry.place, copy(entry.value)});
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

  Diagnostics& faults_;
  std::vector<Frame> frames_;
  std::unordered_map<std::string, Node> anchors_;
  std::size_t aliased_ = 0;  ///< nodes that were copied for aliases
  std::size_t aliased_bytes_ = 0;
  int documents_ = 0;
  Node root_;
};

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
  Builder builder(source, faults);
  const auto add = [&builder](const Event& event) { return builder.add(event); };
  if (Refusal refusal = read_events(source, add)) {
    faults.push_back(*std::move(refusal));
    return std::nullopt;
  }
  return builder.take();
}

}  // namespace stackctl::stack
