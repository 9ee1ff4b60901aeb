// What the words of a type come to: a made-up one that says all of them.
#include <catch2/catch.hpp>

#include "aws/api/wire.h"
#include "unit/aws/made_up_services.h"

using namespace stackctl;
using namespace aws_test;

namespace {

bool is_ours(const Value& shown, const Value& /*listed*/) {
  return shown.text_at("owner") != "aws";
}

void add_count(Map& shown, const Value& item, const Value& listed) {
  shown.insert_or_assign(
      "Count", std::to_string(aws::items_of(item["parts"]).size() + listed["more"].items().size()));
}

void protect(LiveObject& live, const Value& item) {
  live.is_protected = item.text_at("locked") == "yes";
}

void say_where(Map& parameters, const aws::Api& api, const Work& /*work*/) {
  if (parameters.contains("Size")) parameters.insert_or_assign("Region", api.endpoints.region);
}

void only_usual_colour(Map& parameters, const aws::Api& /*api*/, const Work& work) {
  if (work.desired["Colour"].is_null()) parameters.insert_or_assign("Colour", "grey");
}

void forget_shape(Map& parameters, const aws::Api& /*api*/, const Work& work) {
  if (work.desired["Shape"].is_null()) parameters = {};
}

std::vector<Call> open_first(const aws::Api& api, const LiveObject& live) {
  return {api.change(aws::iam, "OpenBox", Map{{"Box", live.id}})};
}

void force(Map& parameters, const LiveObject& live) {
  parameters.insert_or_assign("Force", live.is_protected);
}

const aws::Type box{
    .resource = {.name = "aws.box",
                 .help = "A box.",
                 .schema = {text("BoxName", "Name"), integer("Size", "Size"),
                            text("Colour", "Colour"), text("Shape", "Shape"),
                            ref("RoomId", "aws.room", "Room"), integer("Count", "Parts").late(),
                            set_of("Parts", text("part", "A part"), "Its parts").late(),
                            aws::tags(), output("id", "Identifier"), output("Arn", "ARN")},
                 .listing = "boxes"},
    .service = &aws::iam,
    .tagged_by = "Arn",
    .shown = {.list = "pages",
              .inside = "Boxes",
              .id = "BoxId",
              .state = "State/Code",
              .created = "made",
              .tags = "box_tags",
              .tags_of = "Of",
              .elsewhere = {{"RoomId", "rooms/member/Id"}, {"Parts", "parts", "Name"}},
              .reshape = add_count,
              .is_one = is_ours,
              .complete = protect},
    .creation = {.action = "CreateBox", .takes_token = true, .prepare = say_where},
    .modifications =
        {{.action = "ModifyBox", .id = "Box", .prepare = say_where},
         {.action = "PaintBox", .id = "Box", .of = {"Colour"}, .prepare = only_usual_colour},
         {.action = "ShapeBox", .id = "Box", .of = {"Shape"}, .prepare = forget_shape},
         {"MoveBox", "Box", {"RoomId"}}},
    .removal = {"DeleteBox", {"Box", "RoomId"}, open_first, force, "FindBox"},
};

}  // namespace

TEST_CASE("aws types: what their words make of a listing", "[aws]") {
  const std::string listed = R"({"more": [1], "box_tags": [
      {"Of": "arn:1", "Tags": [{"Key": "stackctl:stack", "Value": "shop"},
                               {"Key": "stackctl:address", "Value": "box"}]}],
    "pages": [{"Boxes": {"member": [
      {"BoxId": "1", "Arn": "arn:1", "made": "2026", "locked": "yes", "parts": {"member": [{"Name": "a"}, {"name": "b"}, {}]},
       "rooms": {"member": [{"Id": "r1"}, {"Id": "r2"}]}, "State": {"Code": "creating"}},
      {"BoxId": "2", "State": {"Code": "deleted"}},
      {"BoxId": "3", "owner": "aws"}]}},
     {"Boxes": {"member": {"BoxId": "4", "RoomId": "own", "rooms": ""}}}]})";
  CHECK(
      decoded(box, listed) ==
      Texts{
          R"(1 shop/box 2026 {"Arn":"arn:1","Count":4,"Parts":["a","b"],"RoomId":"r1","Tags":{},"id":"1"})"
          " creating",
          R"(4 nobody {"Count":1,"Parts":[],"RoomId":"own","Tags":{},"id":"4"})"});
  Diagnostics faults;
  const std::vector<LiveObject> objects = objects_in(box, parsed(listed), faults);
  REQUIRE(objects.size() == 2);
  CHECK(objects[0].is_protected);
  CHECK_FALSE(objects[1].is_protected);
}

TEST_CASE("aws types: items that are none are told once", "[aws]") {
  for (const char* const listed :
       {R"({"pages": [7]})", R"({"pages": [{"Boxes": {"member": [7]}}]})"}) {
    Diagnostics faults;
    CHECK(objects_in(box, parsed(listed), faults).empty());
    CHECK(faults.size() == 1);
    CHECK(others_in(box, parsed(listed)).empty());
  }
}

TEST_CASE("aws types: what their words make of work", "[aws]") {
  CHECK(created(box, R"({"BoxName": "b", "Size": 2, "Count": 3})") ==
        "CreateBox BoxName=b ClientToken=t0 Region=eu-west-1 Size=2 +3 tags (once)");
  struct Row {
    std::string desired;
    Texts changed;
    Texts calls;
  };
  const std::vector<Row> rows = {
      {R"({"Size": 2, "Colour": "red", "RoomId": "r", "Shape": "round"})",
       {"RoomId", "Shape", "Size"},
       {"ModifyBox Box=1 Region=eu-west-1 Size=2", "ShapeBox Box=1 Shape=round",
        "MoveBox Box=1 RoomId=r"}},
      {R"({"Size": 2, "Colour": "red"})", {"Colour"}, {"PaintBox Box=1 Colour=red"}},
      // What is not declared any more: `prepare` may know better than to leave it.
      {"{}", {"Size", "Colour", "Shape", "RoomId"}, {"PaintBox Box=1 Colour=grey"}},
      {R"({"Tags": {"a": "b"}})", {"Tags", "(mark)"}, {}},
  };
  for (const Row& row : rows)
    CHECK(updated(box, row.desired, live(box, "1", "{}"), row.changed) == row.calls);
  CHECK(written(calls_to_remove(box, kApi, live(box, "1", R"({"RoomId": "r"})"))) ==
        Texts{"OpenBox Box=1", "DeleteBox Box=1 Force=false RoomId=r"});
}

TEST_CASE("aws types: what goes slowly is asked for until it is not found", "[aws]") {
  Work work = work_on(box, "{}");
  work.live = live(box, "1", R"({"RoomId": "r"})");
  const auto next = [&](const aws::Type& type, const Call& call) {
    const Progress progress = progress_of(type, kApi, work, call, {});
    const Poll* const poll = std::get_if<Poll>(&progress);
    return poll == nullptr ? "settled" : written(poll->call);
  };
  const std::vector<Call> calls = calls_to_remove(box, kApi, work.live);
  REQUIRE(calls.size() == 2);
  CHECK(next(box, calls.front()) == "settled");
  const std::string question = "FindBox Box=1 RoomId=r";
  CHECK(next(box, calls.back()) == question);
  CHECK(next(box, kApi.read(aws::iam, "FindBox")) == question);
  aws::Type quick = box;
  quick.removal.polled_by = {};
  CHECK(next(quick, calls.back()) == "settled");
}
