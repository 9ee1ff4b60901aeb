#include "errors.h"

#include <algorithm>
#include <array>

#include "api.h"
#include "stackctl/json.h"
#include "stackctl/text.h"
#include "stackctl/xml.h"
#include "wire.h"

namespace stackctl::aws {
namespace {

/// The first row that fits decides. `code` and `action` may end or begin with "*"; "" fits all.
struct Row {
  std::string_view code;
  Verdict verdict = Verdict::failed;
  std::string_view action = {};
  std::string_view words = {};  ///< in lower case, somewhere in the message
};

constexpr std::array kRows = {
    // Throttling, by its many names.
    Row{"Throttl*", Verdict::throttled},
    Row{"RequestLimitExceeded", Verdict::throttled},
    Row{"RequestThrottled*", Verdict::throttled},
    Row{"TooManyRequestsException", Verdict::throttled},
    Row{"BandwidthLimitExceeded", Verdict::throttled},
    Row{"SlowDown", Verdict::throttled},
    Row{"PriorRequestNotComplete", Verdict::throttled},
    Row{"EC2ThrottledException", Verdict::throttled},
    Row{"ResourceContention", Verdict::throttled},
    // The login.
    Row{"ExpiredToken*", Verdict::login_expired},
    Row{"RequestExpired", Verdict::login_expired},
    Row{"RequestTimeTooSkewed", Verdict::login_expired},
    // A removal of what is gone has done its work; anything else has been too early.
    Row{"*NotFound", Verdict::gone, "Delete*"},
    Row{"*NotFoundFault", Verdict::gone, "Delete*"},
    Row{"*NotFoundException", Verdict::gone, "Delete*"},
    Row{"InvalidAMIID.*", Verdict::gone, "DeregisterImage"},
    Row{"*NotFound", Verdict::gone, "Terminate*"},
    Row{"*NotFound", Verdict::gone, "Release*"},
    Row{"*NotFound", Verdict::gone, "Detach*"},
    Row{"Gateway.NotAttached", Verdict::gone, "Detach*"},
    Row{"ValidationError", Verdict::gone, "Detach*", "not part of the group"},
    Row{"InvalidTarget", Verdict::gone, "Detach*"},  // moto's
    Row{"*NotFound", Verdict::gone, "Disassociate*"},
    Row{"*NotFound", Verdict::gone, "Revoke*"},
    Row{"*NotFound", Verdict::gone, "Describe*"},
    Row{"*NotFoundFault", Verdict::gone, "Describe*"},
    Row{"*NotFound", Verdict::gone, "List*"},
    Row{"*NotFoundFault", Verdict::gone, "List*"},
    // Tags of a cache can be read once it is there.
    Row{"InvalidReplicationGroupState", Verdict::gone, "List*"},
    // What is AWS's own, and there or not.
    Row{"InvalidInstanceType.NotFound", Verdict::failed},
    Row{"InvalidZone.NotFound", Verdict::failed},
    Row{"InvalidPrefixList*", Verdict::failed},
    Row{"SSLPolicyNotFound", Verdict::failed},
    Row{"NoSuchEntity", Verdict::failed, "Attach*", "iam::aws:policy/"},
    Row{"*NotFound", Verdict::not_yet},
    Row{"NoSuchEntity", Verdict::gone, "Delete*"},
    Row{"NoSuchEntity", Verdict::gone, "Detach*"},
    Row{"NoSuchEntity", Verdict::gone, "Remove*"},
    Row{"NoSuchEntity", Verdict::not_yet},
    Row{"NoSuchHostedZone", Verdict::gone, "Delete*"},
    Row{"NoSuchHostedZone", Verdict::gone, "List*"},
    Row{"InvalidChangeBatch", Verdict::gone, "", "but it was not found"},
    Row{"InvalidInput", Verdict::gone, "ChangeResourceRecordSets", "[action=delete"},  // moto's
    Row{"ValidationError", Verdict::gone, "DeleteAutoScalingGroup", "not found"},
    Row{"IncorrectState", Verdict::gone, "DetachVolume"},
    // An address stays taken for a minute after its NAT gateway is gone.
    Row{"Resource.AlreadyAssociated", Verdict::not_yet, "CreateNatGateway"},
    // Still in use.
    Row{"DependencyViolation", Verdict::in_use},
    Row{"*.InUse", Verdict::in_use},
    Row{"*InUse", Verdict::in_use},
    Row{"*InUseException", Verdict::in_use},
    Row{"InvalidDBSubnetGroupStateFault", Verdict::in_use, "Delete*"},
    Row{"InvalidDBParameterGroupState", Verdict::in_use, "Delete*"},
    Row{"InvalidDBInstanceState", Verdict::in_use, "Delete*"},
    Row{"InvalidDBSnapshotState", Verdict::in_use, "Delete*"},
    Row{"InvalidReplicationGroupState", Verdict::in_use, "Delete*"},
    Row{"InvalidCacheClusterState", Verdict::in_use, "Delete*"},
    Row{"InvalidDBInstanceState", Verdict::not_yet},
    Row{"InvalidReplicationGroupState", Verdict::not_yet},
    Row{"InvalidCacheClusterState", Verdict::not_yet},
    Row{"DeleteConflict", Verdict::in_use},
    Row{"ScalingActivityInProgress", Verdict::in_use},
    Row{"AuthFailure", Verdict::in_use, "ReleaseAddress"},
    // Profiles and roles take seconds to be known everywhere.
    Row{"InvalidParameterValue", Verdict::not_yet, "", "invalid iam instance profile"},
    Row{"ValidationError", Verdict::not_yet, "*AutoScalingGroup", "invalid iam instance profile"},
    // A target group counts requests once a listener sends it some.
    Row{"ValidationError", Verdict::not_yet, "PutScalingPolicy", "does not route traffic"},
    // AWS says it as its own fault, but has not done the work, and will not do it a second later.
    Row{"Insufficient*", Verdict::failed},
    Row{"RequestTimeout*", Verdict::transient},
    Row{"InternalError", Verdict::transient},
    Row{"InternalFailure", Verdict::transient},
    Row{"ServiceUnavailable", Verdict::transient},
    Row{"Unavailable", Verdict::transient},
};

bool fits(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return true;
  if (pattern.front() == '*') return text.ends_with(pattern.substr(1));
  if (pattern.back() == '*') return text.starts_with(pattern.substr(0, pattern.size() - 1));
  return pattern == text;
}

constexpr int kServerError = 500;

/// It comes from a server that does not know the action; asking again is in vain.
bool is_page_for_people(const http::Reply& reply, const Refusal& refusal) {
  const auto type = http::find(reply.headers, "Content-Type");
  return refusal.code.empty() && reply.status == kServerError && type &&
         type->starts_with("text/html");
}

std::string message_of(const http::Reply& reply, const Refusal& refusal) {
  constexpr std::size_t longest = 200;
  if (!refusal.code.empty()) return refusal.code + ": " + refusal.message;
  if (is_page_for_people(reply, refusal))
    return "the server does not know this action, or broke down over it";
  return harmless(trim(std::string_view(reply.body).substr(0, longest)));
}

Verdict verdict_on(const Call& call, const http::Reply& reply, const Refusal& refusal) {
  const std::string words = to_lower(refusal.message);
  for (const Row& row : kRows)
    if (!refusal.code.empty() && fits(row.code, refusal.code) &&
        fits(row.action, action_of(call)) && words.find(row.words) != std::string::npos)
      return row.verdict;
  constexpr int not_implemented = 501;
  if (is_page_for_people(reply, refusal)) return Verdict::failed;
  if (reply.status >= kServerError && reply.status != not_implemented) return Verdict::transient;
  return Verdict::failed;
}

std::string first_text(const Value& value, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names)
    if (const std::string_view text = value.text_at(name); !text.empty()) return harmless(text);
  return {};
}

/// "com.amazon.coral.service#ThrottlingException:http://…" is a ThrottlingException.
std::string bare_code(std::string code) {
  code.erase(0, code.find('#') + 1);
  return code.substr(0, code.find(':'));
}

Refusal from_json(const Value& body, const http::Reply& reply) {
  Refusal refusal;
  const auto header = http::find(reply.headers, "x-amzn-errortype");
  refusal.code = bare_code(header ? harmless(*header) : first_text(body, {"__type", "code"}));
  refusal.message = first_text(body, {"message", "Message", "errorMessage"});
  return refusal;
}

Refusal from_xml(const Value& body) {
  Refusal refusal;
  // <Response><Errors><Error>, <ErrorResponse><Error>, or S3's bare <Error>.
  const Value* fault = &body;
  if (!body["Errors"]["Error"].is_null()) fault = &body["Errors"]["Error"];
  if (!body["Error"].is_null()) fault = &body["Error"];
  if (fault->list() != nullptr && !fault->items().empty()) fault = &fault->items().front();
  refusal.code = first_text(*fault, {"Code"});
  refusal.message = first_text(*fault, {"Message"});
  refusal.request_id = first_text(body, {"RequestID", "RequestId"});
  return refusal;
}

}  // namespace

Refusal refusal_in(const http::Reply& reply) {
  Refusal refusal;
  if (const Result<Value> document = json::parse(reply.body); document && document->map())
    refusal = from_json(*document, reply);
  else if (const Result<Value> elements = xml::parse(reply.body); elements)
    refusal = from_xml(xml::content(*elements));
  for (const char* const name : {"x-amzn-RequestId", "x-amz-request-id"})
    if (const auto id = http::find(reply.headers, name); id && refusal.request_id.empty())
      refusal.request_id = harmless(*id);
  return refusal;
}

Judgement judge(const Call& call, const http::Reply& reply) {
  constexpr int ok = 200;
  constexpr int redirect = 300;
  if (reply.status >= ok && reply.status < redirect) return {};
  const Refusal refusal = refusal_in(reply);
  Judgement judgement;
  judgement.verdict = verdict_on(call, reply, refusal);
  judgement.request_id = refusal.request_id;
  judgement.message = message_of(reply, refusal);
  if (refusal.code.starts_with("SignatureDoesNotMatch") || refusal.code == "AuthFailure")
    judgement.message += "; check the secret access key and this machine's clock";
  return judgement;
}

}  // namespace stackctl::aws
