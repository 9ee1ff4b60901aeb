#include "stack/files.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>
#include <utility>
#include <vector>

#include "stack/overlay.h"
#include "stackctl/text.h"

namespace stackctl::stack {
namespace {

constexpr std::size_t kMostFiles = 100;
constexpr std::string_view kInclude = "include";

/// Sections in which two included files must not define the same name. Variables may be declared
/// by each file that needs them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kOwned = {
    {{"resources", "resource"}, {"locals", "local"}, {"outputs", "output"}}};

std::string normal(const std::string& path) {
  return std::filesystem::path(path).lexically_normal().string();
}

std::optional<Entry> take_entry(Node& map, std::string_view key) {
  const auto found = std::find_if(map.entries.begin(), map.entries.end(),
                                  [&](const Entry& entry) { return entry.key == key; });
  if (found == map.entries.end()) return std::nullopt;
  Entry entry = std::move(*found);
  map.entries.erase(found);
  return entry;
}

class Reader {
 public:
  explicit Reader(Context& context) : context_(context) {}

  std::optional<Node> read_all(std::span<const std::string> files) {
    std::optional<Node> result;
    for (const std::string& file : files) {
      std::optional<Node> next = read(file, nullptr);
      if (!next) continue;
      result = result ? overlay(*std::move(result), *std::move(next)) : *std::move(next);
    }
    return has_failed_ ? std::nullopt : std::move(result);
  }

 private:
  /// The file with what it includes. `origin` is the node that names it, if any. Nothing when it is
  /// unusable, or was read already.
  std::optional<Node> read(const std::string& file, const Node* origin) {
    const std::string name = normal(file);
    if (std::find(open_.begin(), open_.end(), name) != open_.end()) return circle(name, *origin);
    if (!known_.insert(name).second) return std::nullopt;
    std::optional<Node> node = parse(file, origin);
    if (!node) return std::nullopt;
    open_.push_back(name);
    Node result = with_includes(*std::move(node));
    open_.pop_back();
    return result;
  }

  std::nullopt_t fail(Diagnostic fault, const std::string& file, const Node* origin) {
    has_failed_ = true;
    Location location;
    location.file = file;
    context_.report(std::move(fault), origin == nullptr ? std::move(location) : locate(*origin));
    return std::nullopt;
  }

  std::nullopt_t circle(const std::string& name, const Node& origin) {
    Diagnostic fault = error("'" + name + "' includes itself");
    const auto begin = std::find(open_.begin(), open_.end(), name);
    fault.detail = join(std::vector<std::string>(begin, open_.end()), " → ") + " → " + name;
    return fail(std::move(fault), name, &origin);
  }

  std::optional<Node> parse(const std::string& file, const Node* origin) {
    if (context_.sources.size() == kMostFiles)
      return fail(error("the stack has more than 100 files"), file, origin);
    const auto& read_file = context_.inputs.read_file;
    std::optional<std::string> text = read_file ? read_file(file) : std::nullopt;
    if (!text)
      return fail(error("cannot read the file '" + file + "'",
                        origin == nullptr ? "" : "paths start at the folder of this file"),
                  file, origin);
    const Source& source = context_.sources.emplace_back(Source{file, *std::move(text)});
    std::optional<Node> node = parse_document(source, context_.faults);
    has_failed_ = has_failed_ || !node;
    if (!node || node->is_map()) return node;
    const std::string hint = origin == nullptr ? "begin with: stack: NAME" : "";
    context_.report(error("a stack file is a map of keys and values", hint), *node);
    has_failed_ = true;
    return std::nullopt;
  }

  Node with_includes(Node node) {
    const std::optional<Entry> include = take_entry(node, kInclude);
    if (!include) return node;
    Node below{
        .place = node.place, .shape = Node::Shape::map, .text = {}, .items = {}, .entries = {}};
    if (include->value.is_list())
      for (const Node& item : include->value.items) add(below, item);
    else if (!include->value.is_null())
      add(below, include->value);
    return overlay(std::move(below), std::move(node));
  }

  void add(Node& below, const Node& item) {
    if (!item.is_scalar() || item.text.empty() || has_expression(item.text)) {
      fail(error("'include' wants the paths of files",
                 has_expression(item.text) ? "they cannot be computed" : "include: [network.yaml]"),
           {}, &item);
      return;
    }
    std::optional<Node> node = read(normal(context_.resolve(item.text, item)), &item);
    if (!node) return;
    for (const auto& [section, noun] : kOwned) check_owners(below, *node, section, noun);
    below = overlay(std::move(below), *std::move(node));
  }

  void check_owners(const Node& below, const Node& node, std::string_view section,
                    std::string_view noun) {
    const Entry* first = below.find(section);
    const Entry* second = node.find(section);
    if (first == nullptr || second == nullptr) return;
    for (const Entry& entry : second->value.entries) {
      const Entry* other = first->value.find(entry.key);
      if (other == nullptr) continue;
      Diagnostic fault = error(std::string(noun) + " '" + entry.key + "' is defined twice",
                               "define it in one of the included files");
      const Location at = locate_key(*other);
      fault.detail = "it stands in " + at.file + ':' + std::to_string(at.line) + " already";
      context_.report_key(std::move(fault), entry);
    }
  }

  Context& context_;
  std::set<std::string> known_;
  std::vector<std::string> open_;  ///< being read, outermost first
  bool has_failed_ = false;
};

}  // namespace

std::optional<Node> read_files(std::span<const std::string> files, Context& context) {
  return Reader(context).read_all(files);
}

}  // namespace stackctl::stack
