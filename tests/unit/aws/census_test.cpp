// Of which types a stack owns any, as the tagging API tells.
#include "aws/listing/census.h"

#include <set>

#include <catch2/catch.hpp>

#include "unit/aws/made_up_services.h"

using namespace stackctl;

namespace {

constexpr std::string_view kArn = "arn:aws:";
constexpr std::string_view kAccount = ":eu-west-1:123456789012:";

struct Named {
  std::string_view service;
  std::string_view resource;
  std::string types;
};
const Named kNamed[] = {
    {"ec2", "instance/i-1", "aws.builder aws.instance"},
    {"ec2", "snapshot/snap-1", "aws.ebs_snapshot"},
    {"ec2", "volume/vol-1", "aws.ebs_volume"},
    {"ec2", "image/ami-1", "aws.image"},
    {"ec2", "internet-gateway/igw-1", "aws.internet_gateway"},
    {"ec2", "natgateway/nat-1", "aws.nat_gateway"},
    {"ec2", "route-table/rtb-1", "aws.route_table"},
    {"ec2", "security-group/sg-1", "aws.security_group"},
    {"ec2", "subnet/subnet-1", "aws.subnet"},
    {"ec2", "vpc/vpc-1", "aws.vpc"},
    {"elasticloadbalancing", "loadbalancer/app/web/50dc6c495c0c9188", "aws.load_balancer"},
    {"elasticloadbalancing", "loadbalancer/net/web/50dc6c495c0c9188", "aws.load_balancer"},
    {"elasticloadbalancing", "loadbalancer/application", "aws.classic_load_balancer"},
    {"elasticloadbalancing", "targetgroup/web/73e2d6bc24d8a067", "aws.target_group"},
    {"rds", "db:shop", "aws.db_instance"},
    {"rds", "snapshot:shop:1", "aws.db_snapshot"},
    {"elasticache", "cluster:shop", "aws.cache_cluster"},
    {"elasticache", "replicationgroup:shop", "aws.cache_replication_group"},
    {"elasticache", "subnetgroup:shop", "aws.cache_subnet_group"},
    {"rds", "pg:shop", "aws.db_parameter_group"},
    {"rds", "subgrp:shop", "aws.db_subnet_group"},
    {"rds", "og:shop", ""},
    {"ec2", "vpc-flow-log/fl-1", ""},
    {"rds", "vpc/vpc-1", ""},
    {"s3", "", ""},
};

std::string arn(const Named& named) {
  return std::string(kArn).append(named.service).append(kAccount).append(named.resource);
}

std::string counted(std::string_view arn) {
  std::string names;
  for (const ResourceType* type : aws::counted_as(arn))
    names.append(names.empty() ? "" : " ").append(type->name);
  return names;
}

http::Reply reply(int status, const std::string& body) {
  http::Reply reply;
  reply.status = status;
  reply.body = body;
  return reply;
}

/// The calls that a census sends, and at last its outputs or its fault.
std::vector<std::string> run(Flow& flow, const std::vector<std::string>& answers) {
  std::vector<std::string> log;
  const Judgement judgement;
  Next next = flow.next({});
  for (const std::string& answer : answers) {
    const auto* send = std::get_if<Send>(&next);
    if (send == nullptr) break;
    log.push_back(send->call.request.body);
    const http::Reply told = reply(200, answer);
    next = flow.next({&told, &judgement, nullptr, {}});
  }
  if (const auto* done = std::get_if<Done>(&next)) log.push_back(display(done->outputs));
  if (const auto* fail = std::get_if<Fail>(&next)) log.push_back("! " + fail->why.summary);
  return log;
}

const ResourceType* const kAsked[] = {&aws::vpc.resource, &aws::classic_load_balancer.resource,
                                      &aws::load_balancer.resource, &aws::db_snapshot.resource};

std::string page(std::string_view arns, std::string_view token) {
  return std::string(R"({"ResourceTagMappingList": [)")
      .append(arns)
      .append(R"(], "PaginationToken": ")")
      .append(token)
      .append("\"}");
}

}  // namespace

TEST_CASE("ARNs say what type they are of") {
  for (const Named& named : kNamed) {
    INFO(arn(named));
    CHECK(counted(arn(named)) == named.types);
  }
  for (const char* const nonsense : {"", ":", "arn:aws:ec2:::", "vpc/vpc-1", "arn:aws:ec2:a:b"})
    CHECK(counted(nonsense).empty());
}

TEST_CASE("what says that it is counted, is") {
  std::set<std::string_view> recognised;
  for (const Named& named : kNamed)
    for (const ResourceType* type : aws::counted_as(arn(named))) recognised.insert(type->name);
  std::set<std::string_view> flagged;
  for (const ResourceType* type : aws::resource_types())
    if (type->is_counted) flagged.insert(type->name);
  CHECK(recognised == flagged);
}

TEST_CASE("a census asks AWS for the types in question only, and others for all that is owned") {
  const std::string filter = R"("TagFilters":[{"Key":"stackctl:stack","Values":["shop"]}])";
  const aws::Api api{{.region = "eu-west-1", .overrides = {}}};
  const std::unique_ptr<Flow> census = aws::count_owned(api, "shop", kAsked);
  CHECK(run(*census, {page("", "")}) ==
        std::vector<std::string>{R"({"ResourceTypeFilters":["ec2:vpc",)"
                                 R"("elasticloadbalancing:loadbalancer","rds:snapshot"],)"
                                 R"("ResourcesPerPage":100,)" +
                                     filter + "}",
                                 "[]"});
  for (const char* const service : {"", "tagging"}) {
    const aws::Api other{{.region = "eu-west-1", .overrides = {{service, "http://cloud.test"}}}};
    const std::unique_ptr<Flow> all = aws::count_owned(other, "shop", kAsked);
    CHECK(run(*all, {page("", "")}).front() == R"({"ResourcesPerPage":100,)" + filter + "}");
  }
  CHECK(aws::count_owned({{.region = "us-east-1", .use_fips = true}}, "shop", kAsked) == nullptr);
}

TEST_CASE("what only AWS itself shows is read elsewhere") {
  const ResourceType* const asked[] = {&aws::vpc.resource, &aws::db_parameter_group.resource};
  const aws::Api real{{.region = "eu-west-1", .overrides = {}}};
  CHECK(run(*aws::count_owned(real, "shop", asked), {page("", "")}).back() == "[]");
  CHECK(run(*aws::count_owned(aws_test::kApi, "shop", asked), {page("", "")}).back() ==
        R"(["aws.db_parameter_group"])");
}

TEST_CASE("a census reads all pages, and tells names") {
  const std::unique_ptr<Flow> census = aws::count_owned(aws_test::kApi, "shop", kAsked);
  const std::vector<std::string> log =
      run(*census, {page(R"({"ResourceARN": "arn:aws:ec2:eu-west-1:1:vpc/vpc-1"},
                            {"ResourceARN": "arn:aws:ec2:eu-west-1:1:vpc/vpc-2"}, 7, {})",
                         "more"),
                    page(R"({"ResourceARN": "arn:aws:rds:eu-west-1:1:snapshot:a"})", "")});
  REQUIRE(log.size() == 3);
  CHECK(log[0].find("PaginationToken") == std::string::npos);
  CHECK(log[1].find(R"("PaginationToken":"more")") != std::string::npos);
  CHECK(log[2] == R"(["aws.db_snapshot", "aws.vpc"])");
}

TEST_CASE("an answer that is none must not be taken for an empty account") {
  const std::unique_ptr<Flow> census = aws::count_owned(aws_test::kApi, "shop", kAsked);
  CHECK(run(*census, {"{}"}).back().starts_with("! tagging:GetResources"));
}
