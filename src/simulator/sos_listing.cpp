#include "simulator/sos_listing.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <sstream>

#include <pugixml.hpp>

namespace stackctl::simulator::sos {
namespace {

constexpr const char* name_space = "http://s3.amazonaws.com/doc/2006-03-01/";
constexpr std::size_t most_keys = 1000;

std::string text_of(const pugi::xml_document& document) {
  std::ostringstream text;
  document.save(text, "", pugi::format_raw);
  return text.str();
}

void add(pugi::xml_node parent, const char* name, const std::string& text) {
  parent.append_child(name).text().set(text.c_str());
}

struct Listing {
  std::vector<std::pair<std::string, const Json*>> objects;  ///< key and its record
  std::set<std::string> groups;                              ///< common prefixes
  std::string next;  ///< the last key or group; empty: that is all
};

bool is_gone(const Json& object) { return object["versions"].back().contains("marker"); }

// A prefix up to and with the delimiter, when there is one behind `prefix`.
std::string group_of(const std::string& key, const std::string& prefix,
                     const std::string& delimiter) {
  if (delimiter.empty()) return "";
  const std::size_t at = key.find(delimiter, prefix.size());
  return at == std::string::npos ? "" : key.substr(0, at + delimiter.size());
}

Listing collect(Call& call, const std::string& after, std::size_t limit, bool with_gone) {
  Listing found;
  const std::string prefix = call.argument("prefix");
  const std::string delimiter = call.argument("delimiter");
  const std::string first = call.bucket + '/';
  const Table& table = call.account.table(object_table);
  for (auto at = table.lower_bound(first); at != table.end(); ++at) {
    if (!at->first.starts_with(first)) break;
    const std::string key = at->first.substr(first.size());
    const std::string group = group_of(key, prefix, delimiter);
    const std::string& entry = group.empty() ? key : group;
    if (!key.starts_with(prefix) || entry <= after || found.groups.contains(entry)) continue;
    if (!with_gone && is_gone(at->second)) continue;
    if (found.objects.size() + found.groups.size() == limit) return found;
    found.next = entry;
    if (group.empty())
      found.objects.emplace_back(key, &at->second);
    else
      found.groups.insert(group);
  }
  found.next.clear();
  return found;
}

// Nothing when it is no number from 0 to 1000.
std::optional<std::size_t> limit_of(const Call& call) {
  const std::string text = call.argument("max-keys");
  if (text.empty()) return most_keys;
  std::size_t limit = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), limit);
  if (fault != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return std::min(limit, most_keys);
}

pugi::xml_node begin(pugi::xml_document& document, const char* name, const Call& call,
                     const Listing& found) {
  pugi::xml_node root = document.append_child(name);
  root.append_attribute("xmlns") = name_space;
  add(root, "Name", call.bucket);
  add(root, "Prefix", call.argument("prefix"));
  add(root, "IsTruncated", found.next.empty() ? "false" : "true");
  for (const std::string& group : found.groups)
    add(root.append_child("CommonPrefixes"), "Prefix", group);
  return root;
}

void add_version(pugi::xml_node root, const std::string& key, const Json& version, bool is_latest) {
  pugi::xml_node entry = root.append_child(version.contains("marker") ? "DeleteMarker" : "Version");
  add(entry, "Key", key);
  add(entry, "VersionId", version["id"]);
  add(entry, "IsLatest", is_latest ? "true" : "false");
  add(entry, "LastModified", version["modified"]);
  if (version.contains("marker")) return;
  add(entry, "ETag", version["etag"]);
  add(entry, "Size", version["size"].dump());
}

}  // namespace

http::Reply list_objects(Call& call) {
  const auto limit = limit_of(call);
  if (!limit) return failure(400, "InvalidArgument", "max-keys must be a number");
  if (call.argument("list-type") != "2")
    return failure(501, "NotImplemented", "Only ListObjectsV2 is implemented");
  const std::string after =
      std::max(call.argument("continuation-token"), call.argument("start-after"));
  const Listing found = collect(call, after, *limit, false);
  pugi::xml_document document;
  pugi::xml_node root = begin(document, "ListBucketResult", call, found);
  add(root, "KeyCount", std::to_string(found.objects.size() + found.groups.size()));
  add(root, "MaxKeys", std::to_string(*limit));
  if (!found.next.empty()) add(root, "NextContinuationToken", found.next);
  for (const auto& [key, object] : found.objects) {
    const Json& version = (*object)["versions"].back();
    pugi::xml_node entry = root.append_child("Contents");
    add(entry, "Key", key);
    add(entry, "LastModified", version["modified"]);
    add(entry, "ETag", version["etag"]);
    add(entry, "Size", version["size"].dump());
    add(entry, "StorageClass", "STANDARD");
  }
  return xml_reply(text_of(document));
}

// All versions of a key come together, the latest first.
http::Reply list_versions(Call& call) {
  const auto limit = limit_of(call);
  if (!limit) return failure(400, "InvalidArgument", "max-keys must be a number");
  const Listing found = collect(call, call.argument("key-marker"), *limit, true);
  pugi::xml_document document;
  pugi::xml_node root = begin(document, "ListVersionsResult", call, found);
  if (!found.next.empty()) add(root, "NextKeyMarker", found.next);
  for (const auto& [key, object] : found.objects) {
    const Json& versions = (*object)["versions"];
    for (auto version = versions.rbegin(); version != versions.rend(); ++version)
      add_version(root, key, *version, version == versions.rbegin());
  }
  return xml_reply(text_of(document));
}

std::optional<Deletion> parse_deletion(const std::string& body) {
  pugi::xml_document document;
  if (!document.load_buffer(body.data(), body.size())) return std::nullopt;
  const pugi::xml_node root = document.child("Delete");
  Deletion order;
  order.is_quiet = root.child("Quiet").text().as_bool();
  for (const pugi::xml_node& item : root.children("Object")) {
    order.items.push_back({item.child("Key").text().get(), item.child("VersionId").text().get()});
    if (order.items.back().key.empty()) return std::nullopt;
  }
  return order;
}

std::string deletion_document(const Deletion& done) {
  pugi::xml_document document;
  pugi::xml_node root = document.append_child("DeleteResult");
  root.append_attribute("xmlns") = name_space;
  for (const DeletionItem& item : done.items) {
    if (done.is_quiet) break;
    pugi::xml_node entry = root.append_child("Deleted");
    add(entry, "Key", item.key);
    if (!item.version.empty()) add(entry, "VersionId", item.version);
  }
  return text_of(document);
}

}  // namespace stackctl::simulator::sos
