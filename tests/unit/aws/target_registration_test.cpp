// Single instances behind a balancer: what is asked for them, and what is listed.
#include <catch2/catch.hpp>

#include "unit/aws/made_up_services.h"

using namespace stackctl;
using namespace aws_test;

namespace {

const std::string kArn = "arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/t/";

std::string group(const std::string& id) {
  return "<member><TargetGroupArn>" + kArn + id + "</TargetGroupArn></member>";
}

std::string tagged(const std::string& id, const std::string& address) {
  return "<member><ResourceArn>" + kArn + id +
         "</ResourceArn><Tags><member><Key>stackctl:stack</Key><Value>shop</Value></member><member>"
         "<Key>stackctl:address</Key><Value>" +
         address + "</Value></member></Tags></member>";
}

std::string target(const std::string& id, const std::string& state) {
  return "<member><Target><Id>" + id + "</Id></Target><TargetHealth><State>" + state +
         "</State></TargetHealth></member>";
}

}  // namespace

TEST_CASE("only target groups of single instances are asked for their targets",
          "[aws][aws-balancers]") {
  const Texts found = shown(listed(
      aws::target_registration,
      {{"DescribeLoadBalancers PageSize=400", "<LoadBalancers/>"},
       {"DescribeTargetGroups PageSize=400",
        "<TargetGroups>" + group("1") + group("2") + "</TargetGroups>"},
       {"DescribeInstances MaxResults=1000", "<reservationSet/>"},
       {"DescribeTags ResourceArns.member.1=" + kArn + "1 ResourceArns.member.2=" + kArn + "2",
        "<TagDescriptions>" + tagged("1", "lb/port-80/targets") +
            tagged("2", "lb/port-81/machines") + "</TagDescriptions>"},
       {"DescribeTargetHealth TargetGroupArn=" + kArn + "2",
        "<TargetHealthDescriptions>" + target("i-1", "initial") + target("i-2", "draining") +
            "</TargetHealthDescriptions>"}}));
  CHECK(found == Texts{kArn + "2/i-1 shop/lb/port-81/machines/i-1 {\"InstanceId\":\"i-1\"," +
                       "\"TargetGroupArn\":\"" + kArn + "2\"}"});
}

TEST_CASE("an instance is registered and deregistered", "[aws][aws-balancers]") {
  const std::string desired = R"({"TargetGroupArn":"tg","InstanceId":"i-1"})";
  const Work work = work_on(aws::target_registration, desired);
  CHECK(written(call_to_create(aws::target_registration, kApi, work)) ==
        "RegisterTargets TargetGroupArn=tg Targets.member.1.Id=i-1 (once)");
  CHECK(aws::target_registration.id_in(work, {}) == "tg/i-1");
  CHECK(written(calls_to_remove(aws::target_registration, kApi,
                                live(aws::target_registration, "tg/i-1", desired))) ==
        Texts{"DeregisterTargets TargetGroupArn=tg Targets.member.1.Id=i-1"});
}
