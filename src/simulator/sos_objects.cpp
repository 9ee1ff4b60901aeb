// Objects of the object storage, with their versions: the last one is current.
#include <algorithm>
#include <array>
#include <chrono>

#include "simulator/sos_calls.h"
#include "simulator/sos_listing.h"
#include "stackctl/crypto.h"
#include "stackctl/text.h"

namespace stackctl::simulator::sos {
namespace {

constexpr std::size_t longest_key = 1024;
constexpr std::string_view metadata_prefix = "x-amz-meta-";

std::string identifier(const Call& call) { return call.bucket + '/' + call.key; }

http::Reply missing(const Call& call) {
  return call.argument("versionId").empty()
             ? failure(404, "NoSuchKey", "The specified key does not exist.")
             : failure(404, "NoSuchVersion", "The specified version does not exist.");
}

// The version that the request names, or the current one; null: there is none, or it is a marker.
Json* find_version(const Call& call) {
  Json* object = call.account.find(object_table, identifier(call));
  if (object == nullptr) return nullptr;
  const std::string wanted = call.argument("versionId");
  Json& versions = (*object)["versions"];
  if (wanted.empty()) return versions.back().contains("marker") ? nullptr : &versions.back();
  for (Json& version : versions)
    if (version["id"] == wanted && !version.contains("marker")) return &version;
  return nullptr;
}

void take_out(Json& versions, const std::string& id) {
  Json left = Json::array();
  for (Json& version : versions)
    if (version["id"] != id) left.push_back(std::move(version));
  versions = std::move(left);
}

// "Fri, 07 Aug 2026 12:00:00 GMT"
std::string http_date(Time time) {
  constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::string stamp = timestamp(time);
  return std::string(days.at(std::chrono::weekday{day}.c_encoding())) + ", " + stamp.substr(8, 2) +
         ' ' + months.at(static_cast<unsigned>(date.month()) - 1) + ' ' + stamp.substr(0, 4) + ' ' +
         stamp.substr(11, 8) + " GMT";
}

// Without versioning there is one version, whose id is "null".
std::string add_version(Call& call, Json version) {
  const bool is_versioned = call.record->value("versioning", "") == "Enabled";
  constexpr int id_length = 32;
  std::string id = is_versioned ? call.account.random_word(id_length) : "null";
  version["id"] = id;
  version["modified"] = timestamp(call.account.now());
  version["date"] = http_date(call.account.now());
  const Json* present = call.account.find(object_table, identifier(call));
  Json object = present != nullptr ? *present : Json{{"versions", Json::array()}};
  take_out(object["versions"], id);
  object["versions"].push_back(std::move(version));
  call.account.add(object_table, identifier(call), std::move(object));
  return id;
}

void add_version_header(const Call& call, http::Reply& reply, const std::string& id) {
  if (call.record->contains("versioning")) reply.headers.emplace_back("x-amz-version-id", id);
}

// Metadata of a request as it is kept; nothing when a state file could not hold it.
std::optional<Json> metadata_of(const Call& call) {
  Json kept = Json::object();
  for (const auto& [name, value] : call.request.headers) {
    const std::string lower = to_lower(name);
    if (!lower.starts_with(metadata_prefix)) continue;
    if (!is_utf8(name) || !is_utf8(value)) return std::nullopt;
    kept[lower] = value;
  }
  return kept;
}

http::Reply put_object(Call& call) {
  if (!call.header("x-amz-copy-source").empty())
    return failure(501, "NotImplemented", "Copies are not implemented");
  if (call.key.size() > longest_key) return failure(400, "KeyTooLongError", "Your key is too long");
  const std::string digest = crypto::md5(call.request.body);
  const std::string announced = call.header("Content-MD5");
  if (!announced.empty() && crypto::base64_decode(announced) != digest)
    return failure(400, "BadDigest", "The Content-MD5 you specified did not match");
  const std::string acl = call.header("x-amz-acl");
  if (!acl.empty() && !is_acl(acl)) return failure(400, "InvalidArgument", "Unknown x-amz-acl");
  const auto metadata = metadata_of(call);
  std::string type = call.header("Content-Type");
  if (type.empty()) type = "binary/octet-stream";
  if (!metadata || !is_utf8(type)) return failure(400, "InvalidArgument", "Headers must be UTF-8");
  const std::string tag = '"' + crypto::hex(digest) + '"';
  const std::string id = add_version(call, {{"content", crypto::base64(call.request.body)},
                                            {"size", call.request.body.size()},
                                            {"etag", tag},
                                            {"type", type},
                                            {"acl", acl.empty() ? "private" : acl},
                                            {"metadata", *metadata}});
  http::Reply reply = empty_reply();
  reply.headers.emplace_back("ETag", tag);
  add_version_header(call, reply, id);
  return reply;
}

http::Reply get_object(Call& call) {
  const Json* version = find_version(call);
  if (version == nullptr) return missing(call);
  http::Reply reply = empty_reply();
  reply.headers = {{"Content-Type", (*version)["type"]},
                   {"ETag", (*version)["etag"]},
                   {"Last-Modified", (*version)["date"]}};
  for (const auto& [name, value] : (*version)["metadata"].items())
    reply.headers.emplace_back(name, value);
  add_version_header(call, reply, (*version)["id"]);
  const auto& content = (*version)["content"].get_ref<const std::string&>();
  reply.body = crypto::base64_decode(content).value_or("");
  return reply;
}

void remove_version(Call& call, const std::string& id) {
  Json* object = call.account.find(object_table, identifier(call));
  if (object == nullptr) return;
  take_out((*object)["versions"], id);
  call.account.touch();
  if ((*object)["versions"].empty()) call.account.erase(object_table, identifier(call));
}

// Where there is versioning, a delete without a version only covers the object with a marker.
void remove_object(Call& call, const std::string& version) {
  if (!version.empty()) return remove_version(call, version);
  if (!call.record->contains("versioning"))
    call.account.erase(object_table, identifier(call));
  else
    add_version(call, {{"marker", true}});
}

http::Reply delete_object(Call& call) {
  remove_object(call, call.argument("versionId"));
  return empty_reply(204);
}

http::Reply delete_objects(Call& call) {
  constexpr std::size_t most = 1000;
  const auto order = parse_deletion(call.request.body);
  if (!order || order->items.empty() || order->items.size() > most || !is_utf8(call.request.body))
    return malformed();
  for (const DeletionItem& item : order->items) {
    call.key = item.key;
    remove_object(call, item.version);
  }
  return xml_reply(deletion_document(*order));
}

http::Reply get_object_acl(Call& call) {
  const Json* version = find_version(call);
  if (version == nullptr) return missing(call);
  return xml_reply(acl_document((*version)["acl"].get_ref<const std::string&>()));
}

http::Reply put_object_acl(Call& call) {
  Json* version = find_version(call);
  if (version == nullptr) return missing(call);
  const std::string acl = call.header("x-amz-acl");
  if (!is_acl(acl)) return failure(501, "NotImplemented", "Only canned ACLs are implemented");
  (*version)["acl"] = acl;
  call.account.touch();
  return empty_reply();
}

constexpr std::array operations{
    Operation{"GET", Level::bucket, "", list_objects},
    Operation{"GET", Level::bucket, "versions", list_versions},
    Operation{"POST", Level::bucket, "delete", delete_objects},
    Operation{"PUT", Level::object, "", put_object},
    Operation{"GET", Level::object, "", get_object},
    Operation{"HEAD", Level::object, "", get_object},
    Operation{"DELETE", Level::object, "", delete_object},
    Operation{"PUT", Level::object, "acl", put_object_acl},
    Operation{"GET", Level::object, "acl", get_object_acl},
};

}  // namespace

std::span<const Operation> object_operations() { return operations; }

}  // namespace stackctl::simulator::sos
