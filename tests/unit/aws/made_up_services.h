// What the services are asked, and what they answer, as literal text.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "aws/listing/listings.h"
#include "aws/types/types.h"
#include "stackctl/listing.h"
#include "stackctl/text.h"
#include "unit/exoscale/support.h"

namespace aws_test {

using namespace stackctl;
using exoscale_test::parsed;

using Texts = std::vector<std::string>;

inline const aws::Api kApi{{.region = "eu-west-1", .overrides = {{"", "http://cloud.test"}}}};

/// "CreateListener Port=80", with its tags counted.
inline std::string written(const Call& call) {
  std::string text;
  int tags = 0;
  for (const auto& [name, value] : http::parse_query(call.request.body)) {
    if (name == "Version") continue;
    if (name.starts_with("Tags."))
      tags += name.ends_with(".Key") ? 1 : 0;
    else if (name == "Action")
      text += value;
    else
      text.append(" ").append(name).append("=").append(value);
  }
  if (tags > 0) text += " +" + std::to_string(tags) + " tags";
  return text + (call.repeat == Repeat::look_first ? " (once)" : "");
}

inline Texts written(const std::vector<Call>& calls) {
  Texts out;
  for (const Call& call : calls) out.push_back(written(call));
  return out;
}

inline Work work_on(const aws::Type& type, std::string_view desired, Texts changed = {}) {
  Work work;
  work.type = &type.resource;
  work.mark = {"shop", "web", "1.spec"};
  work.token = "t0";
  work.desired = parsed(desired);
  work.changed = std::move(changed);
  return work;
}

inline LiveObject live(const aws::Type& type, const std::string& id, std::string_view attributes) {
  LiveObject object;
  object.type = &type.resource;
  object.id = id;
  object.attributes = parsed(attributes);
  return object;
}

inline std::string created(const aws::Type& type, std::string_view desired) {
  return written(call_to_create(type, kApi, work_on(type, desired)));
}

inline Texts updated(const aws::Type& type, std::string_view desired, const LiveObject& live,
                     Texts changed) {
  return written(calls_to_change(type, kApi, work_on(type, desired, std::move(changed)), live));
}

inline Texts removed(const LiveObject& live) {
  return written(calls_to_remove(aws::type_of(*live.type), kApi, live));
}

/// What `type` is in what its listing told: "id stack/address spec created {attributes} state",
/// where there is a spec, a moment, or a state that is not ready.
inline Texts decoded(const aws::Type& type, std::string_view listed) {
  Diagnostics faults;
  Texts out;
  const auto words = [&out](std::string_view word) {
    if (!word.empty()) out.back().append(" ").append(word);
  };
  for (const LiveObject& object : objects_in(type, parsed(listed), faults)) {
    out.push_back(object.id);
    words(object.mark ? object.mark->stack + '/' + object.mark->address : "nobody");
    words(object.mark ? object.mark->spec : "");
    words(object.created);
    words(json::write(object.attributes));
    words(object.condition == Condition::ready ? "" : object.state);
  }
  CHECK(faults.empty());
  return out;
}

/// Action → what stands in its result, in the order of the calls.
using Answers = std::deque<std::pair<std::string, std::string>>;

inline std::string in_element(const std::string& name, const std::string& content) {
  return std::string("<").append(name).append(">").append(content).append("</").append(name) + ">";
}

/// Everything behind the listings of `type`, from `answers`; all must be asked for.
inline std::vector<LiveObject> listed(const aws::Type& type, Answers answers,
                                      const Interest& interest = {}) {
  std::vector<Reading> readings;
  for (const std::string& name : split(type.resource.listing, ' '))
    readings.push_back(aws::reading_of(kApi, name, interest));
  const std::unique_ptr<Flow> flow = read_lists(std::move(readings));
  Next next = flow->next({});
  while (const auto* const send = std::get_if<Send>(&next)) {
    CAPTURE(written(send->call));
    REQUIRE(!answers.empty());
    const auto [action, content] = answers.front();
    answers.pop_front();
    CHECK(written(send->call) == action);
    const std::string word = action.substr(0, action.find(' '));
    http::Reply reply;
    reply.status = 200;
    reply.body = in_element(word + "Response", in_element(word + "Result", content));
    const Judgement judgement;
    next = flow->next({&reply, &judgement, nullptr, {}});
  }
  if (const auto* const fail = std::get_if<Fail>(&next))
    FAIL(fail->why.summary << ": " << fail->why.detail);
  CHECK(answers.empty());
  Diagnostics faults;
  std::vector<LiveObject> objects = objects_in(type, std::get<Done>(next).outputs, faults);
  CHECK(faults.empty());
  return objects;
}

/// "id stack/address {attributes}", without the id.
inline Texts shown(const std::vector<LiveObject>& objects) {
  Texts out;
  for (const LiveObject& object : objects) {
    Map attributes = *object.attributes.map();
    attributes.erase("id");
    const Mark mark = object.mark.value_or(Mark{"nobody", "", ""});
    out.push_back(object.id + ' ' + mark.stack + '/' + mark.address + ' ' +
                  json::write(attributes));
  }
  return out;
}

/// The tags of the mark of "web".
inline const std::string kMarkTags =
    "<Tags><member><Key>stackctl:stack</Key><Value>shop</Value></member><member><Key>"
    "stackctl:address</Key><Value>web</Value></member></Tags>";
inline const std::string kMarkList =
    "<TagList><Tag><Key>stackctl:stack</Key><Value>shop</Value></Tag><Tag><Key>"
    "stackctl:address</Key><Value>web</Value></Tag></TagList>";

}  // namespace aws_test
