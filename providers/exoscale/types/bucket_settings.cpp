#include "bucket_settings.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "stackctl/xml.h"

namespace stackctl::exoscale {
namespace {

constexpr std::string_view kNamespace = "http://s3.amazonaws.com/doc/2006-03-01/";
constexpr std::string_view kMaxAge = "max-age-seconds";
constexpr std::string_view kMaxAgeElement = "MaxAgeSeconds";

/// Members of a rule that are lists of texts.
struct Member {
  std::string_view attribute;
  std::string_view element;
};
constexpr std::array<Member, 4> kMembers = {{{"allowed-origins", "AllowedOrigin"},
                                             {"allowed-methods", "AllowedMethod"},
                                             {"allowed-headers", "AllowedHeader"},
                                             {"expose-headers", "ExposeHeader"}}};

/// "AllUsers READ" for a group, "other READ" for another account, nothing for the owner.
std::string grant_of(const Value& grant, std::string_view owner) {
  const Value& grantee = grant["Grantee"];
  const std::string permission(grant.text_at("Permission"));
  const std::string_view group = grantee.text_at("URI");
  if (!group.empty()) return std::string(group.substr(group.rfind('/') + 1)) + ' ' + permission;
  return grantee.text_at("ID") == owner ? std::string() : "other " + permission;
}

Value read_rule(const Value& rule) {
  Map out;
  for (const Member& member : kMembers) {
    List texts;
    for (const Value& text : xml::each(rule[member.element])) texts.push_back(text);
    out.emplace(std::string(member.attribute), std::move(texts));
  }
  const std::string_view digits = rule.text_at(kMaxAgeElement);
  std::int64_t seconds = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
  if (!digits.empty() && fault == std::errc{}) out.emplace(std::string(kMaxAge), seconds);
  return out;
}

Value written_rule(const Value& rule) {
  Map out;
  for (const Member& member : kMembers)
    if (!rule[member.attribute].items().empty())
      out.emplace(std::string(member.element), rule[member.attribute]);
  if (!rule[kMaxAge].is_null()) out.emplace(std::string(kMaxAgeElement), rule[kMaxAge]);
  return out;
}

}  // namespace

Value acl_of(const Value& answer) {
  const std::string_view owner = answer["Owner"].text_at("ID");
  std::set<std::string> grants;
  for (const Value& grant : xml::each(answer["AccessControlList"]["Grant"]))
    grants.insert(grant_of(grant, owner));
  grants.erase("");
  if (grants.empty()) return "private";
  if (grants == std::set<std::string>{"AllUsers READ"}) return "public-read";
  if (grants == std::set<std::string>{"AllUsers READ", "AllUsers WRITE"})
    return "public-read-write";
  if (grants == std::set<std::string>{"AuthenticatedUsers READ"}) return "authenticated-read";
  return "custom";
}

Value versioning_of(const Value& answer) { return answer.text_at("Status") == "Enabled"; }

Value cors_of(const Value& answer) {
  List rules;
  for (const Value& rule : xml::each(answer["CORSRule"])) rules.push_back(read_rule(rule));
  return rules;
}

std::string versioning_body(const Value& versioning) {
  const char* status = versioning == Value(true) ? "Enabled" : "Suspended";
  return xml::write("VersioningConfiguration", Map{{"Status", status}}, kNamespace);
}

std::string cors_body(const Value& rules) {
  List written;
  for (const Value& rule : rules.items()) written.push_back(written_rule(rule));
  return xml::write("CORSConfiguration", Map{{"CORSRule", std::move(written)}}, kNamespace);
}

}  // namespace stackctl::exoscale
