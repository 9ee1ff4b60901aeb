// What the operations of the object storage share.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "simulator/account.h"

namespace stackctl::simulator::sos {

inline constexpr std::string_view bucket_table = "sos-bucket";
inline constexpr std::string_view object_table = "sos-object";

/// One request that may be answered.
struct Call {
  Account& account;
  const http::Request& request;
  std::string bucket;  ///< empty: the account's buckets
  std::string key;     ///< empty: the bucket itself
  Json* record;        ///< the bucket's, or null where the operation needs none

  std::string header(std::string_view name) const;
  std::string argument(std::string_view name) const;
};

enum class Level { service, bucket, object };

struct Operation {
  std::string_view method;
  Level level;
  std::string_view part;  ///< the query argument that names a part: "cors"; empty: none
  http::Reply (*handler)(Call&);
  bool needs_bucket = true;
};

std::span<const Operation> bucket_operations();
std::span<const Operation> object_operations();

/// An error as XML.
http::Reply failure(int status, std::string_view code, std::string_view message);
http::Reply malformed();
http::Reply xml_reply(std::string text);
/// A reply without a body.
http::Reply empty_reply(int status = 200);

/// Whether `text` can be kept in a state file: it must be UTF-8.
bool is_utf8(const std::string& text);

/// A canned ACL that the storage knows.
bool is_acl(std::string_view name);
/// Its grants, as the storage answers them.
std::string acl_document(std::string_view name);

/// "bucket/" begins the identifiers of its objects.
bool has_objects(Account& account, std::string_view bucket);

}  // namespace stackctl::simulator::sos
