// One row for each native type: what its life in the conformance test consists of.
#pragma once

#include <string>
#include <vector>

#include "support/account.h"

namespace conformance {

using namespace stackctl;

inline Reference to(std::string address, std::string attribute = "id") {
  return {std::move(address), std::move(attribute)};
}

/// A request that changes the object behind the tool's back. "{id}" is the live object's id,
/// "{parent}" and "{part}" are its halves; without a method there is none.
struct ByHand {
  std::string method = {};
  std::string path = {};
  std::string body = {};
};

struct Case {
  std::string type;
  std::vector<engine::DesiredObject> around = {};  // what it needs
  std::string address;
  Map attributes;
  Map updates = {};  // attribute → another value, one apply each
  std::vector<std::string> fixed =
      {};  // neither immutable nor changeable alone; says why in the table
  std::vector<std::string> lasting = {};  // left out of the file, they stay; says why in the table
  std::vector<std::string> one_way = {};  // updates that the cloud does not take back
  Map replacement = {};                   // attribute → another value that forces replacement
  ByHand drift = {};
  std::string drifted = {};  // the attribute that the plan must name; empty: it is gone
  ByHand removal = {};
};

/// What images are made of.
std::vector<Case> image_cases();
/// What instances are put into and have: networks, addresses, volumes.
std::vector<Case> attached_cases();
/// Databases, DNS, IAM, Kubernetes.
std::vector<Case> service_cases();

}  // namespace conformance
