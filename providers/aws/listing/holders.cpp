#include "holders.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "aws/api/wire.h"
#include "aws/types/types.h"
#include "stackctl/text.h"

namespace stackctl::aws {
namespace {

constexpr int kPatience = 3;   // refusals, before the first question
constexpr int kInterval = 10;  // refusals, from one question to the next
constexpr std::size_t kNamed = 3;

/// How DescribeNetworkInterfaces is asked for those in an object of that type; empty: not at all.
std::string_view filter_of(const ResourceType& type) {
  struct Row {
    const ResourceType* type;
    std::string_view filter;
  };
  const std::array rows = {Row{&subnet.resource, "subnet-id"},
                           Row{&security_group.resource, "group-id"}, Row{&vpc.resource, "vpc-id"}};
  const auto* const row = std::ranges::find(rows, &type, &Row::type);
  return row == rows.end() ? "" : row->filter;
}

/// "eni-1 (ELB app/web/50dc)", "eni-2 (of i-3)"
std::string describe(const Value& interface) {
  std::string text(interface.text_at("networkInterfaceId"));
  const std::string_view words = interface.text_at("description");
  const std::string_view machine = interface["attachment"].text_at("instanceId");
  if (!words.empty()) return text.append(" (").append(words).append(")");
  return machine.empty() ? text : text.append(" (of ").append(machine).append(")");
}

std::string words_for(const Value& answer) {
  const auto interfaces = items_of(answer["networkInterfaceSet"]);
  std::vector<std::string> names;
  for (const Value& interface : interfaces.first(std::min(interfaces.size(), kNamed)))
    names.push_back(describe(interface));
  if (names.empty()) return {};
  if (interfaces.size() > kNamed)
    names.push_back(std::to_string(interfaces.size() - kNamed) + " more");
  return harmless("; held by " + join(names, ", "));
}

class NamingHolders final : public Flow {
 public:
  NamingHolders(Call question, std::unique_ptr<Flow> flow)
      : question_(std::move(question)), flow_(std::move(flow)) {}

  Next next(const Seen& seen) override {
    if (std::exchange(is_asking_, false)) {
      learn(*seen.reply, *seen.judgement);
      return told();
    }
    Next step = flow_->next(seen);
    auto* const pause = std::get_if<Pause>(&step);
    if (pause == nullptr) return step;
    pause_ = std::move(*pause);
    if (++refusals_ % kInterval != kPatience) return told();
    is_asking_ = true;
    return Send{question_};
  }

 private:
  void learn(const http::Reply& reply, const Judgement& judgement) {
    const Result<Value> answer = answer_to(question_, reply);
    holders_ = judgement.verdict == Verdict::ok && answer ? words_for(*answer) : std::string();
  }

  Next told() const {
    Pause pause = pause_;
    pause.waiting_for += holders_;
    return pause;
  }

  Call question_;
  std::unique_ptr<Flow> flow_;
  Pause pause_;
  std::string holders_;
  int refusals_ = 0;
  bool is_asking_ = false;
};

}  // namespace

std::optional<Call> question_after_holders(const Api& api, const Work& work) {
  const std::string_view filter = filter_of(*work.type);
  if (work.action != Action::remove || filter.empty()) return std::nullopt;
  const Value here = filters({{std::string(filter), work.live.id}});
  return api.read(ec2, "DescribeNetworkInterfaces", Map{{"Filter", here}});
}

std::unique_ptr<Flow> naming_holders(std::optional<Call> question, std::unique_ptr<Flow> flow) {
  if (!question) return flow;
  return std::make_unique<NamingHolders>(*std::move(question), std::move(flow));
}

}  // namespace stackctl::aws
