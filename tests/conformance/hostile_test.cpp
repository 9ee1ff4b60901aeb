// A cloud that answers nonsense: in listings, in answers to changes, in errors. Every run ends,
// says what it could not read, and deletes nothing that the stack file wants.
#include "conformance/hostile.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include <catch2/catch.hpp>

#include "stackctl/json.h"
#include "support/example.h"

using namespace stackctl;
using hostile::is_harmless;
using hostile::nested;
using hostile::reply_with;
using Hostile = hostile::Cloud;

namespace {

std::vector<Declaration> every_kind() {
  return support::load_stack("tests/stacks/every_kind.yaml").stack.resources;
}

std::string words(const Diagnostics& faults) {
  std::string text;
  for (const Diagnostic& fault : faults)
    if (fault.severity == Severity::error)
      text += fault.address + ": " + fault.summary + ": " + fault.detail + '\n';
  return text;
}

/// The list in an answer to "GET /instance"; empty for details.
std::string list_in(const std::string& body) {
  const Result<Value> answer = json::parse(body);
  if (!answer || answer->map() == nullptr || answer->map()->size() != 1) return {};
  const auto& [name, list] = *answer->map()->begin();
  return list.list() == nullptr ? "" : name;
}

/// Removals of what the stack file wants. The old half of a replacement is one as well.
std::string unwanted(const engine::Plan& plan, const engine::Desired& desired) {
  std::string found;
  for (const engine::Step& step : plan.steps)
    if (step.action == Action::remove && !step.temporary && desired.find(step.address) != nullptr)
      found += step.address + ' ';
  return found;
}

}  // namespace

TEST_CASE("hostile cloud: an answer that is no listing is an error, not an empty account") {
  Hostile hostile(every_kind());
  REQUIRE(hostile.apply() == "");
  REQUIRE(support::brief(hostile.plan()) == "");
  const std::map<std::string, std::string> told = hostile.told;
  std::size_t lists = 0;
  for (const auto& [asked, body] : told) {
    const std::string list = list_in(body);
    if (list.empty()) continue;
    ++lists;
    const std::vector<http::Reply> shapes = {
        reply_with(200, ""),
        reply_with(204, ""),
        reply_with(200, "null"),
        reply_with(200, "[]"),
        reply_with(200, "{}"),
        reply_with(200, R"({"message":"down for maintenance"})"),
        reply_with(200, "{\"" + list + "\":null}"),
        reply_with(200, "{\"" + list + "\":{}}"),
        reply_with(200, "{\"" + list + R"(":""})"),
        reply_with(200, "{\"" + list + "\":[null]}"),
        reply_with(200, "{\"" + list + "\":[{}]}"),
        reply_with(200, body.substr(0, body.size() / 2)),
        reply_with(200, body + "\xff"),
        reply_with(200, "<html><body>Please log in</body></html>"),
        reply_with(200, nested(100'000)),
        reply_with(302, ""),
        reply_with(404, "<html>\x1b[2J not here</html>"),
        reply_with(403, R"({"message":")" + std::string(3'000'000, 'x') + "\"}"),
        reply_with(403, R"({"message":"\u001b]0;title\u0007 \u009b31m"})"),
    };
    for (const http::Reply& shape : shapes) {
      if (list == "sks-cluster-versions" && shape.body.find("[null]") != std::string::npos)
        continue;
      const bool is_looked_up = list == "templates" || list == "instance-types" ||
                                list == "deploy-targets" || list == "sks-cluster-versions";
      const bool has_bad_items = shape.body.find("[null]") != std::string::npos ||
                                 shape.body.find("[{}]") != std::string::npos;
      if (is_looked_up && has_bad_items) continue;
      // A domain may go between the two calls.
      if (shape.status == 404 && list == "dns-domain-records") continue;
      INFO(asked << " " << shape.status << " " << shape.body.substr(0, 80));
      hostile.answer = [&, &asked = asked](const std::string& question) {
        return question == asked ? std::optional(shape) : std::nullopt;
      };
      for (const engine::Plan& plan : {hostile.plan(), hostile.plan_to_destroy()}) {
        if (is_looked_up && plan.faults.empty()) continue;  // what destroys looks nothing up
        CHECK(has_errors(plan.faults));
        CHECK(plan.steps.empty());
        const std::string said = words(plan.faults);
        CHECK(said.find("exoscale ch-gva-2: ") == 0);
        if (!has_bad_items) CHECK(said.find("list-" + list) != std::string::npos);
        CHECK(is_harmless(said));
        CHECK(said.size() < 5000);
      }
    }
  }
  CHECK(lists > 20);
}

namespace {

/// Calls `use` with each value inside `value` that is not like one that came before: items of a
/// list are alike. `use` may change it.
void each_value(Value& value, const std::string& place, std::set<std::string>& seen,
                const std::function<void(Value&, const std::string&)>& use) {
  if (seen.insert(place).second) use(value, place);
  if (List* list = value.list())
    for (Value& item : *list) each_value(item, place + "[]", seen, use);
  if (Map* map = value.map())
    for (auto& [name, member] : *map)
      each_value(member, std::string(place).append(".").append(name), seen, use);
}

bool is_ours(const Value& item) { return json::write(item).find("stackctl") != std::string::npos; }

/// Ours first, so that what is tried is tried on what the stack owns.
void put_ours_first(Value& answer) {
  if (answer.map() == nullptr) return;
  for (auto& [name, list] : *answer.map())
    if (List* items = list.list()) std::stable_partition(items->begin(), items->end(), is_ours);
}

bool is_wrong_type(const Value& wrong, const Value& right) {
  return !wrong.is_null() && type_name(wrong) != type_name(right);
}

const std::vector<Value>& wrong_values() {
  static const std::vector<Value> values = {
      Value(),
      7,
      true,
      "\x1b[31m../..",
      std::string(100'000, 'x'),
      List{7, Value()},
      Map{{"id", 7}, {"..", List{}}},
  };
  return values;
}

}  // namespace

TEST_CASE("hostile cloud: a wrong value anywhere in a listing removes nothing that is wanted") {
  Hostile hostile(every_kind());
  REQUIRE(hostile.apply() == "");
  REQUIRE(support::brief(hostile.plan()) == "");
  const std::map<std::string, std::string> told = hostile.told;
  const std::size_t objects = hostile.plan().objects_read;
  std::size_t cases = 0;
  for (const auto& [asked, body] : told) {
    if (asked.find("/operation/") != std::string::npos) continue;
    Result<Value> honest = json::parse(body);
    if (!honest || list_in(body).empty()) continue;
    put_ours_first(*honest);
    std::string shown;
    hostile.answer = [&, &asked = asked](const std::string& question) {
      return question == asked ? std::optional(reply_with(200, shown)) : std::nullopt;
    };
    std::set<std::string> seen;
    each_value(*honest, "", seen, [&, &asked = asked](Value& value, const std::string& place) {
      const Value kept = value;
      for (const Value& wrong : wrong_values()) {
        value = wrong;
        shown = json::write(*honest, json::Secrets::revealed);
        ++cases;
        const engine::Plan plan = hostile.plan();
        INFO(asked << " " << place << " = " << shown.substr(0, 60) << " "
                   << display(wrong).substr(0, 40) << "\n"
                   << support::brief(plan));
        // Of the right type, or absent, it is what the cloud says, and may have to be replaced.
        if (is_wrong_type(wrong, kept) && !has_errors(plan.faults))
          CHECK(unwanted(plan, hostile.desired) == "");
      }
      value = kept;
    });
  }
  CHECK(objects > 90);
  CHECK(cases > 1000);
}
