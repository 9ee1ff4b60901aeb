// Every native type lives its whole life on somebody else's AWS: created, quiet, drift by hand seen
// and repaired, each attribute updated, replaced, removed by hand, removed; then nothing is left.
#include <algorithm>
#include <set>

#include <catch2/catch.hpp>

#include "aws/cases.h"
#include "aws/provider.h"
#include "engine/planning.h"
#include "stackctl/json.h"
#include "support/account.h"

using namespace stackctl;
using aws_test::Account;
using aws_test::Case;
using aws_test::want;

namespace {

std::vector<Case> cases() {
  std::vector<Case> all;
  for (const std::vector<Case>& more : {aws_test::network_cases(), aws_test::machine_cases(),
                                        aws_test::data_cases(), aws_test::service_cases()})
    all.insert(all.end(), more.begin(), more.end());
  return all;
}

engine::Desired stack_of(const Case& test, const Map& attributes) {
  std::vector<engine::DesiredObject> objects = test.around;
  objects.push_back(want(test.address, test.type, attributes));
  return support::desired(std::move(objects));
}

Map changed(Map attributes, const std::string& name, const Value& value) {
  attributes.insert_or_assign(name, value);
  return attributes;
}

/// `text` with the names in braces filled in.
std::string filled(std::string text, const LiveObject& object) {
  for (const auto& [name, value] : *object.attributes.map()) {
    const std::string place = "{" + name + "}";
    const auto at = text.find(place);
    if (at != std::string::npos && value.text() != nullptr)
      text.replace(at, place.size(), *value.text());
  }
  return text;
}

void by_hand(Account& account, const aws_test::ByHand& what, const LiveObject& object) {
  const Result<Value> call = json::parse(filled(what, object));
  REQUIRE(call);
  const auto parts = call->items();
  account.by_hand(*parts[0].text(), *parts[1].text(), parts[2]);
}

void check_quiet(Account& account, const engine::Desired& wanted) {
  CHECK(support::brief(account.plan(wanted)) == "");
}

/// What is in one of the lists alone.
std::vector<std::string> differences(const std::vector<std::string>& before,
                                     const std::vector<std::string>& after) {
  std::vector<std::string> out;
  std::ranges::set_symmetric_difference(before, after, std::back_inserter(out));
  return out;
}

void check_drift(Account& account, const Case& test, const engine::Desired& wanted) {
  if (test.drift.empty()) return;
  by_hand(account, test.drift, account.find(wanted, test.address));
  CHECK(support::brief(account.plan(wanted)) ==
        "update " + test.address + ": " + test.drifted + "\n");
  account.apply(wanted);
  check_quiet(account, wanted);
}

void check_updates(Account& account, const Case& test) {
  const std::string id = account.find(stack_of(test, test.attributes), test.address).id;
  Map attributes = test.attributes;
  for (const auto& [name, value] : test.updates) {
    if (aws_test::is_moto() && std::ranges::find(test.not_on_moto, name) != test.not_on_moto.end())
      continue;
    INFO("update of " << name);
    attributes.insert_or_assign(name, value);
    const engine::Desired wanted = stack_of(test, attributes);
    CHECK(support::brief(account.plan(wanted)) == "update " + test.address + ": " + name + "\n");
    account.apply(wanted);
    check_quiet(account, wanted);
    CHECK(account.find(wanted, test.address).id == id);
  }
}

void check_replacement(Account& account, const Case& test) {
  for (const auto& [name, value] : test.replacement) {
    INFO("replacement by " << name);
    const engine::Desired wanted = stack_of(test, changed(test.attributes, name, value));
    CHECK(support::brief(account.plan(wanted)).find(name) != std::string::npos);
    account.apply(wanted);
    check_quiet(account, wanted);
  }
}

void check_removal(Account& account, const Case& test, const engine::Desired& wanted) {
  if (test.removal.empty()) return;
  by_hand(account, test.removal, account.find(wanted, test.address));
  CHECK(support::brief(account.plan(wanted)) == "create " + test.address + "\n");
  account.apply(wanted);
  check_quiet(account, wanted);
}

void live_and_die(Account& account, Case test) {
  const std::vector<std::string> before = account.inventory();
  engine::Desired wanted = stack_of(test, test.attributes);
  account.look_at(wanted);
  const auto is_builder = [](const engine::DesiredObject& object) {
    return object.object.type->name == "aws.builder";
  };
  if (std::ranges::any_of(wanted.objects, is_builder)) account.power_off_builders();
  account.apply(wanted);
  check_quiet(account, wanted);
  check_drift(account, test, wanted);
  check_updates(account, test);
  for (const std::string& name : test.one_way)
    test.attributes.insert_or_assign(name, test.updates.at(name));
  wanted = stack_of(test, test.attributes);
  account.apply(wanted);
  check_replacement(account, test);
  account.apply(wanted);
  check_removal(account, test, wanted);

  account.apply(support::desired({}));
  for (const auto& [object, binding] : account.refresh(support::desired({})).objects)
    CHECK_FALSE(engine::owned_by(object, "s"));
  CHECK(differences(before, account.inventory()) == std::vector<std::string>());
}

}  // namespace

TEST_CASE("the whole life of every native type of AWS") {
  if (!aws_test::is_there()) return;
  int number = 0;
  for (const Case& test : cases()) {
    if (test.address.empty()) continue;
    DYNAMIC_SECTION(test.type << " " << ++number) {
      Account account;
      try {
        live_and_die(account, test);
      } catch (const std::runtime_error& fault) {
        account.reset();
        FAIL(fault.what());
      }
    }
  }
}

TEST_CASE("the cases hold every type of AWS, and every attribute that can be updated") {
  std::set<std::string, std::less<>> tested;
  for (const Case& test : cases()) {
    tested.insert(test.type);
    if (test.address.empty()) continue;
    for (const Attribute& attribute : want("x", test.type, {}).object.type->schema) {
      if (attribute.is_output || attribute.is_immutable || attribute.is_uncompared) continue;
      INFO(test.type << "." << attribute.name);
      const bool is_covered = test.updates.contains(attribute.name) ||
                              std::ranges::find(test.fixed, attribute.name) != test.fixed.end();
      CHECK(is_covered);
    }
  }
  for (const ResourceType* const type : aws::provider.types)
    if (type->marked != Marked::never) {
      INFO(type->name);
      CHECK(tested.contains(type->name));
    }
}
