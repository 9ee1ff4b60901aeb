// Who is said to keep a network's part from going.
#include "aws/listing/holders.h"

#include "unit/aws/made_up_services.h"

using namespace stackctl;
using namespace aws_test;

namespace {

/// AWS refuses its removal for ever.
class Blocked final : public Flow {
 public:
  Next next(const Seen& seen) override {
    CHECK(seen.reply == nullptr);
    return Pause{"it to be free"};
  }
};

/// What is waited for after each of so many refusals; the answer to a question holds `interfaces`.
Texts waits(const aws::Type& type, int refusals, const std::string& interfaces, Texts& asked,
            Verdict verdict = Verdict::ok) {
  Work work;
  work.action = Action::remove;
  work.type = &type.resource;
  work.live.id = "x-1";
  const std::unique_ptr<Flow> flow =
      aws::naming_holders(aws::question_after_holders(kApi, work), std::make_unique<Blocked>());
  Texts out;
  for (int i = 0; i < refusals; ++i) {
    Next next = flow->next({});
    if (const auto* const send = std::get_if<Send>(&next)) {
      asked.push_back(written(send->call));
      CHECK(send->call.access == Access::read);
      http::Reply reply;
      reply.status = 200;
      reply.body = in_element("DescribeNetworkInterfacesResponse",
                              in_element("networkInterfaceSet", interfaces));
      const Judgement judgement{verdict, {}, {}};
      next = flow->next({&reply, &judgement, nullptr, {}});
    }
    out.push_back(std::get<Pause>(next).waiting_for);
  }
  return out;
}

std::string interface(const std::string& id, const std::string& description,
                      const std::string& machine = {}) {
  std::string text = in_element("networkInterfaceId", id) + in_element("description", description);
  if (!machine.empty()) text += in_element("attachment", in_element("instanceId", machine));
  return in_element("item", text);
}

}  // namespace

TEST_CASE("aws holders: whose interfaces are in what cannot go is told after some refusals") {
  Texts asked;
  const Texts told = waits(
      aws::subnet, 4, interface("eni-1", "ELB app/web/50") + interface("eni-2", "", "i-3"), asked);
  CHECK(told == Texts{"it to be free", "it to be free",
                      "it to be free; held by eni-1 (ELB app/web/50), eni-2 (of i-3)",
                      "it to be free; held by eni-1 (ELB app/web/50), eni-2 (of i-3)"});
  CHECK(asked == Texts{"DescribeNetworkInterfaces Filter.1.Name=subnet-id Filter.1.Value.1=x-1"});
}

TEST_CASE("aws holders: many are counted, none and a refusal are nothing to tell") {
  Texts asked;
  std::string many;
  for (const char* const id : {"1", "2", "3", "4", "5"}) many += interface(id, "");
  CHECK(waits(aws::security_group, 3, many, asked).back() ==
        "it to be free; held by 1, 2, 3, 2 more");
  CHECK(waits(aws::vpc, 3, "", asked).back() == "it to be free");
  CHECK(waits(aws::vpc, 3, many, asked, Verdict::failed).back() == "it to be free");
  CHECK(waits(aws::vpc, 14, many, asked).size() == 14);
  CHECK(asked.size() == 5);
  CHECK(asked.front().find("group-id") != std::string::npos);
}

TEST_CASE("aws holders: other types and other steps are not asked after") {
  Work work;
  work.action = Action::remove;
  work.type = &aws::key_pair.resource;
  CHECK(!aws::question_after_holders(kApi, work));
  work.action = Action::create;
  work.type = &aws::subnet.resource;
  CHECK(!aws::question_after_holders(kApi, work));
}
