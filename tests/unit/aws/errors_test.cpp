#include "aws/api/errors.h"

#include <string>

#include <catch2/catch.hpp>

#include "aws/api/api.h"
#include "aws/api/service.h"

using namespace stackctl;

namespace {

struct Refused {
  std::string call;
  int status;
  std::string code;
  std::string message;
  Verdict verdict;
};

Verdict verdict_on(const Refused& refused) {
  Call call;
  call.operation = refused.call;
  http::Reply reply;
  reply.status = refused.status;
  reply.body = "<ErrorResponse><Error><Code>" + refused.code + "</Code><Message>" +
               refused.message + "</Message></Error></ErrorResponse>";
  return aws::judge(call, reply).verdict;
}

}  // namespace

TEST_CASE(
    "aws errors: a removal that was done before its answer was lost is done when it is sent "
    "again") {
  const Refused cases[] = {
      {"ec2:DeleteVpc", 400, "InvalidVpcID.NotFound", "", Verdict::gone},
      {"ec2:DeleteLaunchTemplate", 400, "InvalidLaunchTemplateName.NotFoundException", "",
       Verdict::gone},
      {"ec2:DeleteRoute", 400, "InvalidRoute.NotFound", "", Verdict::gone},
      {"ec2:DisassociateRouteTable", 400, "InvalidAssociationID.NotFound", "", Verdict::gone},
      {"ec2:ReleaseAddress", 400, "InvalidAllocationID.NotFound", "", Verdict::gone},
      {"ec2:DetachInternetGateway", 400, "Gateway.NotAttached", "", Verdict::gone},
      {"ec2:RevokeSecurityGroupIngress", 400, "InvalidPermission.NotFound", "", Verdict::gone},
      {"autoscaling:DeleteAutoScalingGroup", 400, "ValidationError",
       "AutoScalingGroup name not found - no such group", Verdict::gone},
      {"autoscaling:DetachLoadBalancerTargetGroups", 400, "ValidationError",
       "Trying to remove Target Groups that are not part of the group", Verdict::gone},
      {"autoscaling:DetachLoadBalancerTargetGroups", 400, "ValidationError", "no", Verdict::failed},
      {"autoscaling:AttachLoadBalancerTargetGroups", 400, "InvalidTarget", "", Verdict::failed},
      {"rds:DeleteDBInstance", 404, "DBInstanceNotFound", "", Verdict::gone},
      {"rds:DeleteDBInstance", 400, "InvalidDBInstanceState", "", Verdict::in_use},
      {"rds:DeleteDBSnapshot", 400, "InvalidDBSnapshotState", "", Verdict::in_use},
      {"rds:DeleteDBSubnetGroup", 404, "DBSubnetGroupNotFoundFault", "", Verdict::gone},
      {"iam:DeleteRole", 404, "NoSuchEntity", "", Verdict::gone},
  };
  for (const Refused& refused : cases) {
    INFO(refused.call << ": " << refused.code);
    CHECK(verdict_on(refused) == refused.verdict);
  }
}

TEST_CASE("aws errors: what is refused for the moment is told from what is refused for good") {
  const Refused cases[] = {
      {"ec2:CreateSubnet", 400, "InvalidVpcID.NotFound", "", Verdict::not_yet},
      {"ec2:RunInstances", 400, "InvalidAMIID.NotFound", "", Verdict::not_yet},
      {"ec2:RunInstances", 400, "InvalidInstanceType.NotFound", "", Verdict::failed},
      {"ec2:CreateSubnet", 400, "InvalidZone.NotFound", "", Verdict::failed},
      {"ec2:AuthorizeSecurityGroupIngress", 400, "InvalidPrefixListID.NotFound", "",
       Verdict::failed},
      {"elasticloadbalancing:CreateListener", 400, "SSLPolicyNotFound", "", Verdict::failed},
      {"elasticloadbalancing:CreateListener", 400, "TargetGroupNotFound", "", Verdict::not_yet},
      {"iam:AttachRolePolicy", 404, "NoSuchEntity",
       "Policy arn:aws:iam::aws:policy/ReadOnly does not exist or is not attachable.",
       Verdict::failed},
      {"iam:AttachRolePolicy", 404, "NoSuchEntity",
       "Policy arn:aws:iam::123456789012:policy/own does not exist or is not attachable.",
       Verdict::not_yet},
      {"iam:AttachRolePolicy", 404, "NoSuchEntity", "The role with name r cannot be found.",
       Verdict::not_yet},
      {"ec2:RunInstances", 503, "RequestLimitExceeded", "", Verdict::throttled},
      {"rds:CreateDBInstance", 400, "Throttling", "", Verdict::throttled},
      {"rds:CreateDBInstance", 500, "InternalFailure", "", Verdict::transient},
      {"ec2:DeleteSubnet", 400, "DependencyViolation", "", Verdict::in_use},
      {"rds:ModifyDBInstance", 400, "InvalidDBInstanceState", "", Verdict::not_yet},
      {"ec2:DescribeVpcs", 400, "RequestExpired", "", Verdict::login_expired},
      {"ec2:CreateVpc", 400, "VpcLimitExceeded", "", Verdict::failed},
      {"ec2:CreateVpc", 501, "NotImplemented", "", Verdict::failed},
  };
  for (const Refused& refused : cases) {
    INFO(refused.call << ": " << refused.code);
    CHECK(verdict_on(refused) == refused.verdict);
  }
}

TEST_CASE("aws errors: what there is no room for is not tried again at once") {
  const Refused cases[] = {
      {"ec2:RunInstances", 500, "InsufficientInstanceCapacity", "", Verdict::failed},
      {"ec2:AllocateAddress", 500, "InsufficientAddressCapacity", "", Verdict::failed},
      {"rds:CreateDBInstance", 400, "InsufficientDBInstanceCapacity", "", Verdict::failed},
      {"ec2:RunInstances", 500, "InternalError", "", Verdict::transient},
  };
  for (const Refused& refused : cases) {
    INFO(refused.code);
    CHECK(verdict_on(refused) == refused.verdict);
  }
}
