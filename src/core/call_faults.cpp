#include <utility>

#include "stackctl/flow.h"

namespace stackctl {

Diagnostic call_failed(const Call& call, const http::Reply& reply, const Judgement& judgement) {
  const bool answered = reply.failure == http::Failure::none;
  Diagnostic fault = error(call.operation + ": " +
                           (answered ? "HTTP " + std::to_string(reply.status) : "no answer"));
  fault.detail = answered ? judgement.message : reply.failure_text;
  if (!judgement.request_id.empty()) fault.detail += " (request " + judgement.request_id + ")";
  return fault;
}

Diagnostic unreadable_answer(const Call& call, std::string why) {
  Diagnostic fault = error(call.operation + ": the answer cannot be read");
  fault.detail = std::move(why);
  return fault;
}

}  // namespace stackctl
