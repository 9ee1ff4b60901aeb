// One row for each native type: what its life in the conformance test consists of.
#pragma once

#include <string>
#include <vector>

#include "aws/account.h"

namespace aws_test {

inline Reference to(std::string address, std::string attribute = "id") {
  return {std::move(address), std::move(attribute)};
}

/// A call with boto3 that changes the object behind the tool's back: ["ec2", "delete_vpc",
/// {"VpcId": "{id}"}] as JSON. "{id}" and "{ATTRIBUTE}" are those of the live object.
using ByHand = std::string;

struct Case {
  std::string type;
  std::vector<engine::DesiredObject> around = {};  // what it needs
  std::string address;                             // empty: it cannot live on this AWS
  Map attributes;
  Map updates = {};  // attribute → another value, one apply each
  std::vector<std::string> fixed =
      {};  // neither immutable nor changeable alone; says why in the table
  std::vector<std::string> one_way = {};      // updates that the cloud does not take back
  std::vector<std::string> not_on_moto = {};  // updates that moto has not
  Map replacement = {};                       // attribute → another value that forces replacement
  ByHand drift = {};
  std::string drifted = {};  // the attribute that the plan must name
  ByHand removal = {};
};

/// Route 53, IAM.
std::vector<Case> service_cases();
/// Networks and what guards them.
std::vector<Case> network_cases();
/// Databases and caches.
std::vector<Case> data_cases();
/// Instances, groups of them, balancers before them.
std::vector<Case> machine_cases();

// What others need around them: in the network "v".
engine::DesiredObject vpc(const std::string& address);
engine::DesiredObject subnet(const std::string& address, const std::string& block,
                             const std::string& zone);
/// Once the gateway "i" is there.
engine::DesiredObject public_subnet(const std::string& address, const std::string& block,
                                    const std::string& zone);
engine::DesiredObject gateway(const std::string& address);
engine::DesiredObject group(const std::string& address);

}  // namespace aws_test
