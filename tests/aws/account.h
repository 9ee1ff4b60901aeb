// A real client before an AWS over HTTP: moto's server, or one that is stricter. Its address and
// who changes things by hand come from the environment (with_moto.py).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/executor.h"
#include "engine/plan.h"
#include "engine/runner.h"
#include "net/curl_transport.h"
#include "stackctl/provider.h"

namespace aws_test {

using namespace stackctl;

/// Whether there is an AWS to work on, and whether that is plain moto.
bool is_there();
bool is_moto();

class Account {
 public:
  Account();

  /// Reads the types of `look_at`.
  engine::Live refresh(const engine::Desired& desired);
  engine::Plan plan(const engine::Desired& desired);
  /// Plans and carries out. Throws the first fault, if any, as std::runtime_error.
  void apply(const engine::Desired& desired);
  /// The live object of the stack at `address`; throws when there is none.
  LiveObject find(const engine::Desired& desired, const std::string& address);

  /// A call with boto3 that somebody else makes: "create_vpc" of "ec2". Throws when it is refused.
  Value by_hand(std::string_view service, std::string_view method, const Value& arguments);
  /// From now on machines that build images power themselves off: nothing runs on them here.
  void power_off_builders();
  /// All that the account holds, as boto3 lists it.
  std::vector<std::string> inventory();

  /// Forgets everything, where that can be: what a failed case leaves is in the way of the next.
  void reset();

  /// What refreshes read from now on: all types that the objects of `desired` have.
  void look_at(const engine::Desired& desired);

 private:
  Value ask_by_hand(const std::string& path, const Value& question);

  net::CurlTransport transport_;
  Provider provider_;
  std::vector<const ResourceType*> types_;
  engine::Bindings bindings_;
  engine::Runner runner_;
  engine::SecretDigests digests_;
};

/// A desired object of stack "s"; its needs are read from its references.
engine::DesiredObject want(std::string address, std::string_view type, Map attributes,
                           bool is_lookup = false);

}  // namespace aws_test
