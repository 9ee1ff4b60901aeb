#include "engine/scripted.h"

namespace scripted {
namespace {

class ListFlow final : public Flow {
 public:
  Next next(const Seen& seen) override {
    if (!seen.reply) {
      Call call{"list", {}, Access::read, Repeat::freely};
      call.request.url = "toy://list";
      return Send{call};
    }
    if (seen.judgement->verdict != Verdict::ok)
      return Fail{
          call_failed({"list", {}, Access::read, Repeat::freely}, *seen.reply, *seen.judgement)};
    return Done{};
  }
};

}  // namespace

std::unique_ptr<Flow> Connection::list(std::string_view, const Interest&) const {
  return std::make_unique<ListFlow>();
}

std::vector<LiveObject> Connection::decode(const ResourceType&, const Value&, Diagnostics&) const {
  return listed ? listed() : std::vector<LiveObject>{};
}

std::unique_ptr<Flow> Connection::carry_out(Work work) const {
  return converge(std::move(work), behaviour);
}

Judgement Connection::judge(const Call&, const http::Reply& reply) const {
  switch (reply.status) {
    case 200:
      return {Verdict::ok, "", ""};
    case 404:
      return {Verdict::gone, "not there", ""};
    case 409:
      return {Verdict::in_use, "still in use", ""};
    case 425:
      return {Verdict::not_yet, "too early", ""};
    case 429:
      return {Verdict::throttled, "slow down", ""};
    case 503:
      return {Verdict::transient, "later", ""};
    default:
      return {Verdict::failed, "no", "req-1"};
  }
}

}  // namespace scripted
