// Buckets of the object storage, and their parts: what SOS has of S3, and no more.
#include <algorithm>
#include <array>
#include <sstream>

#include <pugixml.hpp>

#include "simulator/sos_calls.h"

namespace stackctl::simulator::sos {
namespace {

constexpr const char* name_space = "http://s3.amazonaws.com/doc/2006-03-01/";
constexpr std::array<std::string_view, 4> canned_acls{"private", "public-read", "public-read-write",
                                                      "authenticated-read"};
// Names are unique among all organisations: this one somebody else has.
constexpr std::string_view foreign_bucket = "exoscale";

std::string text_of(const pugi::xml_document& document) {
  std::ostringstream text;
  document.save(text, "", pugi::format_raw);
  return text.str();
}

pugi::xml_node add_root(pugi::xml_document& document, const char* name) {
  pugi::xml_node root = document.append_child(name);
  root.append_attribute("xmlns") = name_space;
  return root;
}

void add(pugi::xml_node parent, const char* name, const std::string& text) {
  parent.append_child(name).text().set(text.c_str());
}

void add_owner(pugi::xml_node parent, const char* name) {
  pugi::xml_node owner = parent.append_child(name);
  add(owner, "ID", "simulator");
  add(owner, "DisplayName", "simulator");
}

// The element `name` at the root of the body, or nothing.
pugi::xml_node parse(pugi::xml_document& document, const Call& call, const char* name) {
  const std::string& body = call.request.body;
  if (!document.load_buffer(body.data(), body.size()) || !is_utf8(body)) return {};
  return document.child(name);
}

bool is_bucket_name(std::string_view name) {
  constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789.-";
  constexpr std::string_view edges = "abcdefghijklmnopqrstuvwxyz0123456789";
  return name.size() >= 3 && name.size() <= 63 &&
         name.find_first_not_of(allowed) == std::string_view::npos &&
         edges.find(name.front()) != std::string_view::npos &&
         edges.find(name.back()) != std::string_view::npos &&
         name.find("..") == std::string_view::npos;
}

http::Reply list_buckets(Call& call) {
  pugi::xml_document document;
  pugi::xml_node root = add_root(document, "ListAllMyBucketsResult");
  add_owner(root, "Owner");
  pugi::xml_node buckets = root.append_child("Buckets");
  for (const auto& [name, record] : call.account.table(bucket_table)) {
    pugi::xml_node bucket = buckets.append_child("Bucket");
    add(bucket, "Name", name);
    add(bucket, "CreationDate", record["created"]);
  }
  return xml_reply(text_of(document));
}

// The location that a body asks for must be the zone.
bool is_location_wrong(const Call& call) {
  if (call.request.body.empty()) return false;
  pugi::xml_document document;
  const pugi::xml_node root = parse(document, call, "CreateBucketConfiguration");
  const std::string wanted = root.child("LocationConstraint").text().get();
  return !root || (!wanted.empty() && wanted != call.account.settings().zone);
}

http::Reply create_bucket(Call& call) {
  const std::string acl = call.header("x-amz-acl");
  if (!is_bucket_name(call.bucket))
    return failure(400, "InvalidBucketName", "The specified bucket is not valid.");
  if (!acl.empty() && !is_acl(acl)) return failure(400, "InvalidArgument", "Unknown x-amz-acl");
  if (is_location_wrong(call))
    return failure(400, "InvalidLocationConstraint", "The location constraint is not valid");
  if (call.bucket == foreign_bucket)
    return failure(409, "BucketAlreadyExists", "The requested bucket name is not available.");
  if (call.record != nullptr)
    return failure(409, "BucketAlreadyOwnedByYou", "You already own the requested bucket.");
  call.account.add(bucket_table, call.bucket,
                   {{"name", call.bucket},
                    {"created", timestamp(call.account.now())},
                    {"acl", acl.empty() ? "private" : acl}});
  http::Reply reply = empty_reply();
  reply.headers.emplace_back("Location", '/' + call.bucket);
  return reply;
}

http::Reply head_bucket(Call& call) {
  http::Reply reply = empty_reply();
  reply.headers.emplace_back("x-amz-bucket-region", call.account.settings().zone);
  return reply;
}

http::Reply delete_bucket(Call& call) {
  if (has_objects(call.account, call.bucket))
    return failure(409, "BucketNotEmpty", "The bucket you tried to delete is not empty");
  call.account.erase(bucket_table, call.bucket);
  return empty_reply(204);
}

http::Reply get_location(Call& call) {
  pugi::xml_document document;
  add_root(document, "LocationConstraint").text().set(call.account.settings().zone.c_str());
  return xml_reply(text_of(document));
}

// SOS accepts tags of a bucket and forgets them: a trap that clients must know.
http::Reply put_tags(Call& call) {
  pugi::xml_document document;
  if (!parse(document, call, "Tagging").child("TagSet")) return malformed();
  return empty_reply();
}

http::Reply get_tags(Call&) { return failure(404, "NoSuchTagSet", "The TagSet does not exist"); }

http::Reply delete_tags(Call&) { return empty_reply(204); }

http::Reply get_versioning(Call& call) {
  pugi::xml_document document;
  pugi::xml_node root = add_root(document, "VersioningConfiguration");
  if (call.record->contains("versioning")) add(root, "Status", (*call.record)["versioning"]);
  return xml_reply(text_of(document));
}

http::Reply put_versioning(Call& call) {
  pugi::xml_document document;
  const std::string status =
      parse(document, call, "VersioningConfiguration").child("Status").text().get();
  if (status != "Enabled" && status != "Suspended") return malformed();
  (*call.record)["versioning"] = status;
  call.account.touch();
  return empty_reply();
}

bool is_cors_rule(const pugi::xml_node& rule) {
  constexpr std::array<std::string_view, 5> methods{"GET", "PUT", "POST", "DELETE", "HEAD"};
  for (const pugi::xml_node& method : rule.children("AllowedMethod"))
    if (std::find(methods.begin(), methods.end(), method.text().get()) == methods.end())
      return false;
  return rule.child("AllowedMethod") && rule.child("AllowedOrigin");
}

http::Reply put_cors(Call& call) {
  pugi::xml_document document;
  const pugi::xml_node root = parse(document, call, "CORSConfiguration");
  const auto rules = root.children("CORSRule");
  if (rules.begin() == rules.end() || !std::all_of(rules.begin(), rules.end(), is_cors_rule))
    return malformed();
  (*call.record)["cors"] = text_of(document);
  call.account.touch();
  return empty_reply();
}

http::Reply get_cors(Call& call) {
  if (!call.record->contains("cors"))
    return failure(404, "NoSuchCORSConfiguration", "The CORS configuration does not exist");
  return xml_reply((*call.record)["cors"]);
}

http::Reply delete_cors(Call& call) {
  call.record->erase("cors");
  call.account.touch();
  return empty_reply(204);
}

http::Reply get_acl(Call& call) {
  return xml_reply(acl_document((*call.record)["acl"].get_ref<const std::string&>()));
}

http::Reply put_acl(Call& call) {
  const std::string acl = call.header("x-amz-acl");
  if (!is_acl(acl)) return failure(501, "NotImplemented", "Only canned ACLs are implemented");
  (*call.record)["acl"] = acl;
  call.account.touch();
  return empty_reply();
}

// A policy is of the form that IAM roles have.
http::Reply put_policy(Call& call) {
  const Json policy = Json::parse(call.request.body, nullptr, false);
  if (!policy.is_object() || !policy.contains("default-service-strategy") ||
      !policy.contains("services"))
    return failure(400, "MalformedPolicy", "The policy is not in the valid format");
  (*call.record)["policy"] = policy;
  call.account.touch();
  return empty_reply(204);
}

http::Reply get_policy(Call& call) {
  if (!call.record->contains("policy"))
    return failure(404, "NoSuchBucketPolicy", "The bucket policy does not exist");
  http::Reply reply = empty_reply();
  reply.headers.emplace_back("Content-Type", "application/json");
  reply.body = (*call.record)["policy"].dump();
  return reply;
}

http::Reply delete_policy(Call& call) {
  call.record->erase("policy");
  call.account.touch();
  return empty_reply(204);
}

constexpr std::array operations{
    Operation{"GET", Level::service, "", list_buckets, false},
    Operation{"PUT", Level::bucket, "", create_bucket, false},
    Operation{"HEAD", Level::bucket, "", head_bucket},
    Operation{"DELETE", Level::bucket, "", delete_bucket},
    Operation{"GET", Level::bucket, "location", get_location},
    Operation{"PUT", Level::bucket, "tagging", put_tags},
    Operation{"GET", Level::bucket, "tagging", get_tags},
    Operation{"DELETE", Level::bucket, "tagging", delete_tags},
    Operation{"PUT", Level::bucket, "versioning", put_versioning},
    Operation{"GET", Level::bucket, "versioning", get_versioning},
    Operation{"PUT", Level::bucket, "cors", put_cors},
    Operation{"GET", Level::bucket, "cors", get_cors},
    Operation{"DELETE", Level::bucket, "cors", delete_cors},
    Operation{"PUT", Level::bucket, "acl", put_acl},
    Operation{"GET", Level::bucket, "acl", get_acl},
    Operation{"PUT", Level::bucket, "policy", put_policy},
    Operation{"GET", Level::bucket, "policy", get_policy},
    Operation{"DELETE", Level::bucket, "policy", delete_policy},
};

void add_grant(pugi::xml_node list, const char* kind, const char* who, const char* permission) {
  pugi::xml_node grant = list.append_child("Grant");
  pugi::xml_node grantee = grant.append_child("Grantee");
  grantee.append_attribute("xmlns:xsi") = "http://www.w3.org/2001/XMLSchema-instance";
  grantee.append_attribute("xsi:type") = kind;
  add(grantee, std::string_view(kind) == "Group" ? "URI" : "ID", who);
  add(grant, "Permission", permission);
}

}  // namespace

std::span<const Operation> bucket_operations() { return operations; }

bool is_acl(std::string_view name) {
  return std::find(canned_acls.begin(), canned_acls.end(), name) != canned_acls.end();
}

std::string acl_document(std::string_view name) {
  constexpr const char* everybody = "http://acs.amazonaws.com/groups/global/AllUsers";
  constexpr const char* users = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";
  pugi::xml_document document;
  pugi::xml_node root = add_root(document, "AccessControlPolicy");
  add_owner(root, "Owner");
  pugi::xml_node list = root.append_child("AccessControlList");
  add_grant(list, "CanonicalUser", "simulator", "FULL_CONTROL");
  if (name.starts_with("public-read")) add_grant(list, "Group", everybody, "READ");
  if (name == "public-read-write") add_grant(list, "Group", everybody, "WRITE");
  if (name == "authenticated-read") add_grant(list, "Group", users, "READ");
  return text_of(document);
}

}  // namespace stackctl::simulator::sos
