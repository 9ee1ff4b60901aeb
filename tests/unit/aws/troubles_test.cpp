// What goes wrong on AWS: members that cannot be launched, things that go while they are listed.
#include <catch2/catch.hpp>

#include "aws/api/batches.h"
#include "aws/api/errors.h"
#include "aws/types/dns.h"
#include "aws/types/scaling_activities.h"
#include "unit/aws/made_up_services.h"

using namespace stackctl;
using namespace aws_test;

namespace {

/// "14:02 Failed no capacity": when it began, what came of it, and why.
std::string activity(const std::string& line, const std::string& verb = "Launching") {
  const std::size_t status = line.find(' ') + 1;
  const std::size_t why = line.find(' ', status) + 1;
  std::string text = R"({"Description":")" + verb +
                     R"( a new EC2 instance","StartTime":"2026-01-01T)" +
                     line.substr(0, status - 1) + R"(:00Z","StatusCode":")" +
                     line.substr(status, why == 0 ? std::string::npos : why - status - 1) + '"';
  if (why != 0) text += R"(,"StatusMessage":")" + line.substr(why) + '"';
  return text + '}';
}

Value answer(const Texts& activities) {
  std::string members;
  for (const std::string& text : activities) members += (members.empty() ? "" : ",") + text;
  return parsed(R"({"Activities":{"member":[)" + members + "]}}");
}

/// What each of the answers, one after the other, says; "" is nothing.
Texts told(const std::vector<Texts>& answers) {
  Value seen;
  Texts out;
  for (const Texts& lines : answers) {
    Texts activities;
    for (const std::string& line : lines) activities.push_back(activity(line));
    const auto failure = aws::launch_failure(answer(activities), seen);
    out.push_back(failure ? failure->detail : "");
  }
  return out;
}

}  // namespace

TEST_CASE("aws troubles: what cannot be launched is told once AWS has tried again") {
  struct Row {
    std::string what;
    std::vector<Texts> answers;  // the newest first
    Texts told;
  };
  const std::vector<Row> rows = {
      {"nothing", {{}, {}}, {"", ""}},
      {"failed again",
       {{}, {"14:01 Failed no image"}, {"14:02 Failed no image", "14:01 Failed no image"}},
       {"", "", "no image"}},
      {"cancelled again",
       {{"14:01 Cancelled broken disk"}, {"14:02 Cancelled broken disk"}},
       {"", "broken disk"}},
      {"the same failure, however often it is looked at",
       {{"14:01 Failed no image"}, {"14:01 Failed no image"}, {"14:01 Failed no image"}},
       {"", "", ""}},
      {"failures of last week, mended",
       {{"09:00 Failed no image", "08:00 Failed no image"},
        {"14:01 InProgress", "09:00 Failed no image", "08:00 Failed no image"},
        {"14:01 Successful", "09:00 Failed no image", "08:00 Failed no image"}},
       {"", "", ""}},
      {"failures of last week, and others now",
       {{"09:00 Failed no image"}, {"14:01 Failed no profile", "09:00 Failed no image"}},
       {"", "no profile"}},
      {"no room in one zone, but in the other",
       {{"14:01 Failed no capacity"},
        {"14:03 InProgress", "14:02 Failed no capacity", "14:01 Failed no capacity"},
        {"14:03 Successful", "14:02 Failed no capacity", "14:01 Failed no capacity"}},
       {"", "", ""}},
      {"a success in between",
       {{"14:01 Failed no capacity"},
        {"14:02 Successful", "14:01 Failed no capacity"},
        {"14:03 Failed no capacity", "14:02 Successful"},
        {"14:04 Failed no capacity", "14:03 Failed no capacity"}},
       {"", "", "", "no capacity"}},
      {"whatever their order",
       {{"14:01 Failed no image"}, {"14:01 Failed no image", "14:02 Failed no profile"}},
       {"", "no profile"}},
  };
  for (const Row& row : rows) {
    INFO(row.what);
    CHECK(told(row.answers) == row.told);
  }
}

TEST_CASE(
    "aws troubles: of what a group does, launches count alone, and their words if it has no "
    "others") {
  Value seen;
  const std::string leaving = activity("14:05 Successful", "Terminating");
  const auto first = aws::launch_failure(answer({leaving, activity("14:01 Failed")}), seen);
  CHECK(!first);
  const auto second = aws::launch_failure(answer({leaving, activity("14:02 Failed")}), seen);
  REQUIRE(second);
  CHECK(second->summary == "AWS cannot launch its members");
  CHECK(second->detail == "Launching a new EC2 instance");
  CHECK(!aws::launch_failure(parsed("{}"), seen));
  CHECK(!aws::launch_failure(parsed(R"({"Activities":{"member":["x",{"StartTime":[]}]}})"), seen));
}

TEST_CASE("aws troubles: a profile that is not known everywhere yet is waited for") {
  const std::string words =
      "You must use a valid fully-formed launch template. Value (p) for "
      "parameter iamInstanceProfile.name is invalid. Invalid IAM Instance "
      "Profile name";
  http::Reply reply;
  reply.status = 400;
  reply.body = "<ErrorResponse><Error><Code>ValidationError</Code><Message>" + words +
               "</Message></Error></ErrorResponse>";
  const auto verdict = [&](const char* action) {
    return aws::judge(kApi.create(aws::auto_scaling, action, Map{}), reply).verdict;
  };
  CHECK(verdict("CreateAutoScalingGroup") == Verdict::not_yet);
  CHECK(verdict("UpdateAutoScalingGroup") == Verdict::not_yet);
  CHECK(verdict("PutScalingPolicy") == Verdict::failed);
}

TEST_CASE("aws troubles: a call for the tags of many is taken apart") {
  const Call balancers = kApi.read(aws::elastic_load_balancing_v2, "DescribeTags",
                                   Map{{"ResourceArns", List{"a", "b", "c"}}});
  CHECK(written(aws::apart(balancers)) == Texts{"DescribeTags ResourceArns.member.1=a",
                                                "DescribeTags ResourceArns.member.1=b",
                                                "DescribeTags ResourceArns.member.1=c"});
  for (const Call& call : aws::apart(balancers)) {
    CHECK(aws::apart(call).empty());
    CHECK(call.access == Access::read);
  }
  CHECK(aws::apart(kApi.read(aws::elastic_load_balancing_v2, "DescribeListeners",
                             Map{{"LoadBalancerArn", "a"}}))
            .empty());

  std::vector<Call> zones = aws::dns::details_of(
      kApi, parsed(R"([{"Id":"/hostedzone/Z1"},{"Id":"/hostedzone/Z2"}])").items(), {});
  std::erase_if(zones, [](const Call& call) { return call.request.body.empty(); });
  REQUIRE(zones.size() == 1);
  const std::vector<Call> each = aws::apart(zones.front());
  REQUIRE(each.size() == 2);
  CHECK(each[0].request.body.find("<ResourceIds><ResourceId>Z1</ResourceId></ResourceIds>") !=
        std::string::npos);
  CHECK(each[1].request.body.find("<ResourceIds><ResourceId>Z2</ResourceId></ResourceIds>") !=
        std::string::npos);
  CHECK(aws::apart(each[0]).empty());
}

TEST_CASE("aws troubles: tags are asked for twenty a call, whatever they are of") {
  const auto tags_of = [](const char* letter, int count) {
    List arns;
    for (int i = 0; i < count; ++i) arns.emplace_back(letter + std::to_string(i));
    return kApi.read(aws::elastic_load_balancing_v2, "DescribeTags", Map{{"ResourceArns", arns}});
  };
  Call waiting = tags_of("a", 1);
  Call more = tags_of("b", 2);
  CHECK(aws::unite(waiting, more));
  CHECK(written(waiting) ==
        "DescribeTags ResourceArns.member.1=a0 ResourceArns.member.2=b0 ResourceArns.member.3=b1");
  more = tags_of("c", 18);
  CHECK(!aws::unite(waiting, more));
  CHECK(written(waiting).find("ResourceArns.member.20=c16") != std::string::npos);
  CHECK(written(more) == "DescribeTags ResourceArns.member.1=c17");
  CHECK(!aws::unite(waiting, more));
  CHECK(written(more) == "DescribeTags ResourceArns.member.1=c17");
  waiting = tags_of("a", 1);
  Call classic = kApi.read(aws::elastic_load_balancing, "DescribeTags",
                           Map{{"LoadBalancerNames", List{"web"}}});
  CHECK(!aws::unite(waiting, classic));
  Call other = kApi.read(aws::elastic_load_balancing_v2, "DescribeTargetHealth", Map{});
  CHECK(!aws::unite(waiting, other));
}

TEST_CASE("aws troubles: a balancer that goes while it is listed does not hide those beside it") {
  const std::unique_ptr<Flow> flow = read_lists({aws::reading_of(kApi, "load_balancing", {})});
  const auto tags = [](const std::string& arn) {
    return in_element("TagDescriptions",
                      in_element("member", in_element("ResourceArn", arn) + kMarkTags));
  };
  const std::string balancers =
      "<LoadBalancers><member><LoadBalancerArn>a</LoadBalancerArn></member><member>"
      "<LoadBalancerArn>gone</LoadBalancerArn></member></LoadBalancers>";
  Next next = flow->next({});
  Texts asked;
  while (const auto* send = std::get_if<Send>(&next)) {
    const Call call = send->call;
    asked.push_back(written(call));
    const std::string action(aws::action_of(call));
    const bool is_refused = asked.back().find("gone") != std::string::npos;
    http::Reply reply;
    reply.status = is_refused ? 400 : 200;
    const std::string content = action == "DescribeTags"           ? tags("a")
                                : action == "DescribeTargetGroups" ? "<TargetGroups/>"
                                                                   : balancers;
    reply.body = in_element(action + "Response", in_element(action + "Result", content));
    const Judgement judgement{is_refused ? Verdict::gone : Verdict::ok, "", ""};
    next = flow->next({&reply, &judgement, nullptr, {}});
  }
  CHECK(asked == Texts{"DescribeLoadBalancers PageSize=400", "DescribeTargetGroups PageSize=400",
                       "DescribeTags ResourceArns.member.1=a ResourceArns.member.2=gone",
                       "DescribeTags ResourceArns.member.1=a",
                       "DescribeTags ResourceArns.member.1=gone"});
  REQUIRE(std::holds_alternative<Done>(next));
  Diagnostics faults;
  const auto objects = objects_in(aws::load_balancer, std::get<Done>(next).outputs, faults);
  REQUIRE(objects.size() == 2);
  CHECK(objects[0].mark);
  CHECK(!objects[1].mark);
}
