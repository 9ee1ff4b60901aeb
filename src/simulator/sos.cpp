#include "simulator/sos.h"

#include <algorithm>
#include <array>
#include <sstream>

#include <pugixml.hpp>

#include "simulator/sos_calls.h"
#include "simulator/sos_signature.h"

namespace stackctl::simulator::sos {
namespace {

constexpr std::string_view prefix = "/sos";
constexpr std::size_t largest_body = std::size_t{64} << 20U;

// Query arguments that only shape an answer; any other one names a part of a bucket or object.
constexpr std::array<std::string_view, 12> parameters{
    "continuation-token", "delimiter",         "encoding-type", "fetch-owner",
    "key-marker",         "list-type",         "max-keys",      "prefix",
    "start-after",        "version-id-marker", "versionId",     "x-id",
};

std::string storage_host(const Account& account) {
  return "sos-" + account.settings().zone + ".exo.io";
}

// Below the prefix, if the path has it.
std::string_view path_of(const http::Request& request) {
  std::string_view path = http::split(request.url).path;
  if (path == prefix) return "/";
  if (path.starts_with(std::string(prefix) + '/')) path.remove_prefix(prefix.size());
  return path;
}

std::string decode_path(std::string_view path) {
  std::string raw;
  for (const char c : path) raw += c == '+' ? "%2B" : std::string(1, c);
  return http::decode(raw);
}

std::string_view part_of(const http::Fields& query) {
  for (const auto& [name, value] : query)
    if (std::find(parameters.begin(), parameters.end(), name) == parameters.end()) return name;
  return "";
}

Level level_of(const Call& call) {
  if (call.bucket.empty()) return Level::service;
  return call.key.empty() ? Level::bucket : Level::object;
}

const Operation* find_operation(const Call& call) {
  const std::string_view part = part_of(call.request.query);
  for (const auto operations : {bucket_operations(), object_operations()})
    for (const Operation& operation : operations)
      if (operation.method == call.request.method && operation.level == level_of(call) &&
          operation.part == part)
        return &operation;
  return nullptr;
}

// Objects that are open to all are read without a signature.
bool is_public_read(const Call& call) {
  if (call.request.method != "GET" && call.request.method != "HEAD") return false;
  if (http::find(call.request.headers, "Authorization") || !call.request.query.empty())
    return false;
  const Json* object = call.account.find(object_table, call.bucket + '/' + call.key);
  return object != nullptr && !(*object)["versions"].empty() &&
         (*object)["versions"].back().value("acl", "").starts_with("public-read");
}

http::Reply answer(Call& call) {
  const Settings& settings = call.account.settings();
  const Signer signer{settings.key, settings.secret, settings.zone};
  if (!is_public_read(call))
    if (auto fault = check_signature(call.request, signer, call.account.now()))
      return failure(fault->status, fault->code, fault->message);
  const Operation* operation = find_operation(call);
  if (operation == nullptr)
    return failure(501, "NotImplemented", "A header or query you provided is not implemented");
  if (!is_utf8(call.key)) return failure(400, "InvalidURI", "Couldn't parse the specified URI.");
  call.record = call.account.find(bucket_table, call.bucket);
  if (operation->needs_bucket && call.record == nullptr)
    return failure(404, "NoSuchBucket", "The specified bucket does not exist");
  if (call.request.body.size() > largest_body)
    return failure(400, "EntityTooLarge", "Your proposed upload exceeds the maximum size");
  return operation->handler(call);
}

}  // namespace

bool is_for_storage(const Account& account, const http::Request& request) {
  const http::Url url = http::split(request.url);
  return url.host == storage_host(account) || url.path == prefix ||
         url.path.starts_with(std::string(prefix) + '/');
}

http::Reply handle(Account& account, const http::Request& request) {
  const std::string_view path = path_of(request).substr(1);
  const std::size_t slash = std::min(path.find('/'), path.size());
  Call call{account, request, decode_path(path.substr(0, slash)),
            decode_path(path.substr(std::min(path.size(), slash + 1))), nullptr};
  http::Reply reply = answer(call);
  if (request.method == "HEAD") {  // with a body, the server sets the length itself
    reply.headers.emplace_back("Content-Length", std::to_string(reply.body.size()));
    reply.body.clear();
  }
  return reply;
}

std::string Call::header(std::string_view name) const {
  return std::string(http::find(request.headers, name).value_or(""));
}

std::string Call::argument(std::string_view name) const {
  return std::string(http::find(request.query, name).value_or(""));
}

http::Reply failure(int status, std::string_view code, std::string_view message) {
  pugi::xml_document document;
  pugi::xml_node error = document.append_child("Error");
  error.append_child("Code").text().set(std::string(code).c_str());
  error.append_child("Message").text().set(std::string(message).c_str());
  std::ostringstream text;
  document.save(text, "", pugi::format_raw);
  http::Reply reply = xml_reply(text.str());
  reply.status = status;
  return reply;
}

http::Reply malformed() {
  return failure(400, "MalformedXML",
                 "The XML you provided was not well-formed or did not "
                 "validate against our published schema");
}

http::Reply xml_reply(std::string text) {
  http::Reply reply = empty_reply();
  reply.headers.emplace_back("Content-Type", "application/xml");
  reply.body = std::move(text);
  return reply;
}

http::Reply empty_reply(int status) {
  http::Reply reply;
  reply.status = status;
  return reply;
}

bool is_utf8(const std::string& text) {
  try {
    return !Json(text).dump().empty();
  } catch (const Json::exception&) {
    return false;
  }
}

bool has_objects(Account& account, std::string_view bucket) {
  const std::string first = std::string(bucket) + '/';
  const auto found = account.table(object_table).lower_bound(first);
  return found != account.table(object_table).end() && found->first.starts_with(first);
}

}  // namespace stackctl::simulator::sos
