// Load balancers, their listeners and targets: how they are listed, made, changed and removed.
#include "unit/aws/made_up_services.h"

using namespace aws_test;

namespace {

const std::string kBalancer = "arn:aws:elb:r:1:loadbalancer/app/web/1";
const std::string kTargets = "arn:aws:elb:r:1:targetgroup/web/2";

std::string tags_of(const std::string& arn, const std::string& tags = kMarkTags) {
  return "<TagDescriptions><member><ResourceArn>" + arn + "</ResourceArn>" + tags +
         "</member></TagDescriptions>";
}

const Answers kBalancers = {
    {"DescribeLoadBalancers PageSize=400",
     "<LoadBalancers><member><LoadBalancerArn>" + kBalancer +
         "</LoadBalancerArn><LoadBalancerName>web</LoadBalancerName><Scheme>internal</Scheme>"
         "<State><Code>provisioning</Code></State><Type>application</Type><AvailabilityZones>"
         "<member><SubnetId>s-1</SubnetId></member><member><SubnetId>s-2</SubnetId></member>"
         "</AvailabilityZones><SecurityGroups><member>sg-1</member></SecurityGroups>"
         "<DNSName>web.test</DNSName></member></LoadBalancers>"},
    {"DescribeTargetGroups PageSize=400", "<TargetGroups/>"},
    {"DescribeTags ResourceArns.member.1=" + kBalancer, tags_of(kBalancer)},
    {"DescribeListeners LoadBalancerArn=" + kBalancer,
     "<Listeners><member><ListenerArn>l/1</ListenerArn><LoadBalancerArn>" + kBalancer +
         "</LoadBalancerArn><Port>80</Port><Protocol>HTTP</Protocol><SslPolicy>p</SslPolicy>"
         "<DefaultActions><member><Type>forward</Type><TargetGroupArn>t/1</TargetGroupArn>"
         "<Order>1</Order><ForwardConfig><TargetGroups><member><TargetGroupArn>t/1"
         "</TargetGroupArn></member></TargetGroups></ForwardConfig></member></DefaultActions>"
         "<AlpnPolicy/></member></Listeners>"},
    {"DescribeTags ResourceArns.member.1=l/1", tags_of("l/1")},
};

const std::string kNoTags = "<Tags/>";

}  // namespace

TEST_CASE("aws balancers: balancers and listeners are read together") {
  const auto balancers = listed(aws::load_balancer, kBalancers);
  CHECK(balancers.front().condition == Condition::pending);
  CHECK(
      shown(balancers) ==
      Texts{
          kBalancer +
          R"( shop/web {"DNSName":"web.test","LoadBalancerName":"web","Scheme":"internal","SecurityGroups":["sg-1"],"Subnets":["s-1","s-2"],"Tags":{},"Type":"application"})"});
  CHECK(
      shown(listed(aws::listener, kBalancers)) ==
      Texts{
          R"(l/1 shop/web {"Certificates":[],"DefaultActions":[{"TargetGroupArn":"t/1","Type":"forward"}],"LoadBalancerArn":")" +
          kBalancer +
          R"(","Port":80,"Protocol":"HTTP","SslPolicy":"p","Tags":{},"TargetGroupArn":"t/1"})"});
}

TEST_CASE("aws balancers: rules are asked for where a port says that it has some") {
  const std::string port = "arn:aws:elb:r:1:listener/app/web/1/9";
  const std::string other = "arn:aws:elb:r:1:listener/app/web/1/8";
  const std::string tags_with_rules =
      kMarkTags.substr(0, kMarkTags.size() - std::string("</Tags>").size()) +
      "<member><Key>stackctl:rules</Key><Value>yes</Value></member></Tags>";
  const Answers answers = {
      kBalancers[0],
      kBalancers[1],
      kBalancers[2],
      {"DescribeListeners LoadBalancerArn=" + kBalancer,
       "<Listeners><member><ListenerArn>" + other + "</ListenerArn><LoadBalancerArn>" + kBalancer +
           "</LoadBalancerArn></member><member><ListenerArn>" + port +
           "</ListenerArn><LoadBalancerArn>" + kBalancer +
           "</LoadBalancerArn><Port>80</Port><DefaultActions><member><Type>redirect</Type>"
           "<RedirectConfig><Protocol>HTTPS</Protocol><StatusCode>HTTP_301</StatusCode>"
           "</RedirectConfig></member></DefaultActions></member></Listeners>"},
      {"DescribeTags ResourceArns.member.1=" + other + " ResourceArns.member.2=" + port,
       "<TagDescriptions><member><ResourceArn>" + other + "</ResourceArn>" + kMarkTags +
           "</member><member><ResourceArn>" + port + "</ResourceArn>" + tags_with_rules +
           "</member></TagDescriptions>"},
      {"DescribeRules ListenerArn=" + port,
       "<Rules><member><RuleArn>r/1</RuleArn><Priority>1</Priority><IsDefault>false</IsDefault>"
       "<Conditions><member><Field>path-pattern</Field><Values><member>/a</member></Values>"
       "<PathPatternConfig><Values><member>/a</member></Values></PathPatternConfig></member>"
       "</Conditions><Actions><member><Type>forward</Type><TargetGroupArn>t/1</TargetGroupArn>"
       "</member></Actions></member><member><RuleArn>r/0</RuleArn><Priority>default</Priority>"
       "<IsDefault>true</IsDefault></member></Rules>"},
      {"DescribeTags ResourceArns.member.1=r/1", tags_of("r/1")},
  };
  CHECK(
      shown(listed(aws::listener_rule, answers)) ==
      Texts{
          R"(r/1 shop/web {"Actions":[{"TargetGroupArn":"t/1","Type":"forward"}],"Conditions":[{"Field":"path-pattern","PathPatternConfig":{"Values":["/a"]}}],"ListenerArn":")" +
          port + R"(","Priority":1,"Tags":{},"TargetGroupArn":"t/1"})"});
  const auto ports = listed(aws::listener, answers);
  REQUIRE(ports.size() == 2);
  CHECK(ports.front().attributes["HasRules"].is_null());
  CHECK(ports.back().attributes["HasRules"] == Value(true));
  CHECK(ports.back().attributes["Tags"] == Value(Map{}));
  // The API says what stays as it is; a stack file need not.
  const Attribute& actions = *find(aws::listener.resource.schema, "DefaultActions");
  const auto redirect = [](const char* query) {
    return parsed(R"([{"Type":"redirect","RedirectConfig":{"Protocol":"HTTPS","Query":")" +
                  std::string(query) + R"(","StatusCode":"HTTP_301"}}])");
  };
  CHECK(same(actions, ports.back().attributes["DefaultActions"], redirect("#{query}")));
  CHECK_FALSE(same(actions, ports.back().attributes["DefaultActions"], redirect("a")));
}

TEST_CASE("aws balancers: the ports of other people's balancers are not looked at") {
  Answers answers = {
      kBalancers[0], kBalancers[1], {kBalancers[2].first, tags_of(kBalancer, kNoTags)}};
  const auto balancers = listed(aws::load_balancer, answers);
  REQUIRE(balancers.size() == 1);
  CHECK(!balancers.front().mark);
}

TEST_CASE(
    "aws balancers: the ports of a declared one are asked for before it is known whose it is") {
  const Interest interest{{}, {Map{{"LoadBalancerName", "web"}}, Map{{"Port", 80}}}};
  const Answers answers = {
      kBalancers[0],
      {"DescribeTargetGroups PageSize=400", "<TargetGroups><member><TargetGroupArn>" + kTargets +
                                                "</TargetGroupArn></member></TargetGroups>"},
      kBalancers[3],
      {"DescribeTags ResourceArns.member.1=" + kBalancer + " ResourceArns.member.2=" + kTargets +
           " ResourceArns.member.3=l/1",
       "<TagDescriptions><member><ResourceArn>" + kBalancer + "</ResourceArn>" + kMarkTags +
           "</member><member><ResourceArn>l/1</ResourceArn>" + kMarkTags +
           "</member></TagDescriptions>"},
  };
  const auto ports = listed(aws::listener, answers, interest);
  REQUIRE(ports.size() == 1);
  CHECK(ports.front().mark);
  CHECK(listed(aws::load_balancer, answers, interest).front().mark);
  const auto groups = listed(aws::target_group, answers, interest);
  REQUIRE(groups.size() == 1);
  CHECK(!groups.front().mark);
}

TEST_CASE("aws balancers: what serves target groups is owned by their owner") {
  const Answers answers = {
      {"DescribeLoadBalancers PageSize=400", "<LoadBalancers/>"},
      {"DescribeTargetGroups PageSize=400",
       "<TargetGroups><member><TargetGroupArn>" + kTargets +
           "</TargetGroupArn><TargetGroupName>web</TargetGroupName><Protocol>HTTP</Protocol>"
           "<Port>80</Port><VpcId>vpc-1</VpcId><HealthCheckIntervalSeconds>30"
           "</HealthCheckIntervalSeconds><Matcher><HttpCode>200</HttpCode></Matcher>"
           "<TargetType>instance</TargetType><LoadBalancerArns/></member></TargetGroups>"},
      {"DescribeTags ResourceArns.member.1=" + kTargets, tags_of(kTargets)},
  };
  CHECK(
      shown(listed(aws::target_group, answers)) ==
      Texts{
          kTargets +
          R"( shop/web {"HealthCheckIntervalSeconds":30,"Matcher":{"HttpCode":"200"},"Port":80,"Protocol":"HTTP","Tags":{},"TargetGroupName":"web","TargetType":"instance","VpcId":"vpc-1"})"});
  Answers both = answers;
  both.emplace(both.begin() + 2, "DescribeAutoScalingGroups MaxRecords=100",
               "<AutoScalingGroups><member><AutoScalingGroupName>g</AutoScalingGroupName>"
               "<TargetGroupARNs><member>" +
                   kTargets +
                   "</member><member>other</member></TargetGroupARNs></member>"
                   "</AutoScalingGroups>");
  CHECK(shown(listed(aws::target_attachment, both)) ==
        Texts{kTargets + R"(/g shop/web/members {"AutoScalingGroupName":"g","TargetGroupARN":")" +
              kTargets + R"("})"});
}

TEST_CASE("aws balancers: what is made") {
  struct Row {
    const aws::Type& type;
    std::string desired;
    std::string call;
  };
  const std::vector<Row> rows = {
      {aws::load_balancer, R"({"LoadBalancerName":"web","Subnets":["s-1"],"Attributes":{"a":"1"}})",
       "CreateLoadBalancer Name=web Scheme=internet-facing Subnets.member.1=s-1 Type=application "
       "+3 tags (once)"},
      {aws::target_group,
       R"({"TargetGroupName":"web","Protocol":"TCP","Port":80,"VpcId":"v","Matcher":{"HttpCode":"200"}})",
       "CreateTargetGroup Matcher.HttpCode=200 Name=web Port=80 Protocol=TCP VpcId=v +3 tags "
       "(once)"},
      {aws::listener,
       R"({"LoadBalancerArn":"lb","Port":443,"Protocol":"HTTPS","DefaultActions":[{"Type":"forward","TargetGroupArn":"t"}],"Certificates":[{"CertificateArn":"c"}]})",
       "CreateListener Certificates.member.1.CertificateArn=c "
       "DefaultActions.member.1.TargetGroupArn=t DefaultActions.member.1.Type=forward "
       "LoadBalancerArn=lb Port=443 Protocol=HTTPS +3 tags (once)"},
      {aws::listener_rule,
       R"({"ListenerArn":"l","Priority":2,"Conditions":[{"Field":"host-header","HostHeaderConfig":{"Values":["a"]}}],"Actions":[{"Type":"forward","TargetGroupArn":"t"}]})",
       "CreateRule Actions.member.1.TargetGroupArn=t Actions.member.1.Type=forward "
       "Conditions.member.1.Field=host-header "
       "Conditions.member.1.HostHeaderConfig.Values.member.1=a ListenerArn=l Priority=2 "
       "+3 tags (once)"},
      {aws::target_attachment, R"({"TargetGroupARN":"t","AutoScalingGroupName":"g"})",
       "AttachLoadBalancerTargetGroups AutoScalingGroupName=g TargetGroupARNs.member.1=t (once)"},
      {aws::classic_attachment, R"({"LoadBalancerName":"l","AutoScalingGroupName":"g"})",
       "AttachLoadBalancers AutoScalingGroupName=g LoadBalancerNames.member.1=l (once)"},
      {aws::classic_load_balancer,
       R"({"LoadBalancerName":"l","Scheme":"internet-facing","Subnets":["s"],"Listeners":[{"Protocol":"TCP","LoadBalancerPort":1,"InstanceProtocol":"TCP","InstancePort":2}],"HealthCheck":{}})",
       "CreateLoadBalancer Listeners.member.1.InstancePort=2 "
       "Listeners.member.1.InstanceProtocol=TCP Listeners.member.1.LoadBalancerPort=1 "
       "Listeners.member.1.Protocol=TCP LoadBalancerName=l Subnets.member.1=s +3 tags (once)"},
  };
  for (const Row& row : rows)
    CHECK(written(call_to_create(row.type, kApi, work_on(row.type, row.desired))) == row.call);
}

TEST_CASE("aws balancers: what is changed, one call for each thing") {
  struct Row {
    const aws::Type& type;
    std::string desired;
    Texts changed;
    std::string before;
    Texts calls;
  };
  const std::vector<Row> rows = {
      {aws::load_balancer,
       R"({"Subnets":["s"],"SecurityGroups":["g"],"Attributes":{"a":"1"}})",
       {"Subnets", "SecurityGroups", "Attributes", "(mark)"},
       "{}",
       {"ModifyLoadBalancerAttributes Attributes.member.1.Key=a Attributes.member.1.Value=1 "
        "LoadBalancerArn=x",
        "SetSecurityGroups LoadBalancerArn=x SecurityGroups.member.1=g",
        "SetSubnets LoadBalancerArn=x Subnets.member.1=s"}},
      {aws::target_group,
       R"({"Protocol":"HTTP","HealthCheckPath":"/b"})",
       {"HealthCheckPath", "Attributes"},
       "{}",
       {"ModifyTargetGroup HealthCheckPath=/b TargetGroupArn=x",
        "ModifyTargetGroupAttributes Attributes.member.1.Key=load_balancing.algorithm.type "
        "Attributes.member.1.Value=round_robin TargetGroupArn=x"}},
      {aws::listener,
       R"({"LoadBalancerArn":"lb","Port":80,"Protocol":"HTTP"})",
       {"Protocol"},
       "{}",
       {"ModifyListener ListenerArn=x Port=80 Protocol=HTTP"}},
      {aws::listener, R"({"Port":80})", {"(mark)"}, "{}", {}},
      {aws::listener,
       R"({"Port":80,"HasRules":true})",
       {"HasRules"},
       "{}",
       {"AddTags ResourceArns.member.1=x +1 tags"}},
      {aws::listener_rule,
       R"({"ListenerArn":"l","Priority":2,"Actions":[{"Type":"forward"}]})",
       {"Actions"},
       "{}",
       {"ModifyRule Actions.member.1.Type=forward RuleArn=x"}},
      {aws::classic_load_balancer,
       R"({"Listeners":[{"LoadBalancerPort":2}],"Subnets":["b"],"HealthCheck":{"Target":"TCP:2"}})",
       {"Listeners", "Subnets", "HealthCheck"},
       R"({"Listeners":[{"LoadBalancerPort":1}],"Subnets":["a"]})",
       {"ConfigureHealthCheck HealthCheck.Target=TCP:2 LoadBalancerName=x",
        "DeleteLoadBalancerListeners LoadBalancerName=x LoadBalancerPorts.member.1=1",
        "CreateLoadBalancerListeners Listeners.member.1.LoadBalancerPort=2 LoadBalancerName=x",
        "AttachLoadBalancerToSubnets LoadBalancerName=x Subnets.member.1=b",
        "DetachLoadBalancerFromSubnets LoadBalancerName=x Subnets.member.1=a"}},
  };
  for (const Row& row : rows)
    CHECK(written(calls_to_change(row.type, kApi, work_on(row.type, row.desired, row.changed),
                                  live(row.type, "x", row.before))) == row.calls);
}
