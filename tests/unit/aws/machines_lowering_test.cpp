// What machines become, from the words of stack files.
#include <algorithm>

#include <catch2/catch.hpp>

#include "aws/lower/lowerings.h"
#include "kinds/kinds.h"
#include "stackctl/json.h"

using namespace stackctl;

namespace {

using Texts = std::vector<std::string>;

/// `attributes` in literal JSON, and the resources that some of them refer to.
Declaration declared(std::string_view kind, std::string_view attributes,
                     const std::vector<std::pair<std::string, Value>>& references = {}) {
  Declaration declaration;
  declaration.address = "web";
  declaration.kind =
      *std::ranges::find(kinds::all(), kind, [](const Kind* known) { return known->name; });
  Value given = *json::parse(attributes);
  for (const auto& [name, value] : references) given.map()->insert_or_assign(name, value);
  Diagnostics faults;
  declaration.attributes = validate(given, declaration.kind->schema, faults);
  for (const Diagnostic& fault : faults) FAIL(fault.path << ": " << fault.summary);
  return declaration;
}

Texts objects_of(const Lowered& lowered) {
  Texts out;
  for (const Object& object : lowered.objects)
    out.push_back(object.address + ' ' + std::string(object.type->name) +
                  (object.is_lookup ? " (looked up)" : ""));
  return out;
}

Texts faults_of(const Lowered& lowered) {
  Texts out;
  for (const Diagnostic& fault : lowered.faults) out.push_back(fault.path + ": " + fault.summary);
  return out;
}

const Value& attribute(const Lowered& lowered, std::size_t object, std::string_view name) {
  return lowered.objects.at(object).attributes[name];
}

Lowered pool(std::string_view attributes) {
  return aws::lower_instance_pool(declared("instance_pool", attributes), {"shop"});
}

}  // namespace

TEST_CASE("an instance becomes an instance and its image", "[aws][aws-machines]") {
  const Lowered lowered = aws::lower_instance(
      declared("instance", R"({"image":"debian-12","size":"small","labels":{"a":"b"}})",
               {{"networks", List{Reference{"net", ""}}}, {"key_pair", Reference{"key", ""}}}),
      {"shop"});
  CHECK(faults_of(lowered).empty());
  CHECK(objects_of(lowered) ==
        Texts{"web aws.instance", "web/image aws.published_image (looked up)"});
  CHECK(attribute(lowered, 0, "Name") == Value("shop-web"));
  CHECK(attribute(lowered, 0, "InstanceType") == Value("t3.small"));
  CHECK(attribute(lowered, 0, "ImageId") == Value(Reference{"web/image", "id"}));
  CHECK(attribute(lowered, 0, "SubnetId") == Value(Reference{"net", "public_subnet"}));
  CHECK(attribute(lowered, 0, "Tags") == Value(Map{{"a", "b"}}));
  CHECK(attribute(lowered, 0, "MetadataOptions") == Value(Map{{"HttpTokens", "required"}}));
  CHECK(attribute(lowered, 0, "DisableApiTermination").is_null());
  CHECK(attribute(lowered, 1, "Name") == Value("debian-12-amd64-*"));
}

TEST_CASE("a protected instance is protected by AWS, too", "[aws][aws-machines]") {
  Declaration given = declared("instance", R"({"image":"ami-1","size":"small"})");
  given.lifecycle.protect = true;
  CHECK(attribute(aws::lower_instance(given, {"shop"}), 0, "DisableApiTermination") == Value(true));
}

TEST_CASE("a pool becomes a group and its template", "[aws][aws-machines]") {
  const Lowered lowered =
      pool(R"({"image":"ami-1","size":"m5.large","count":4,"min_available":3})");
  CHECK(faults_of(lowered).empty());
  CHECK(objects_of(lowered).at(0) == "web aws.auto_scaling_group");
  CHECK(objects_of(lowered).at(1) == "web/template aws.launch_template");
  CHECK(attribute(lowered, 0, "Version") ==
        Value(Reference{"web/template", "LatestVersionNumber"}));
  CHECK(attribute(lowered, 0, "MinSize") == Value(4));
  CHECK(attribute(lowered, 0, "DesiredCapacity") == Value(4));
  CHECK(attribute(lowered, 0, "MinHealthyPercentage") == Value(75));
  CHECK(attribute(lowered, 0, "StaleMembers") == Value(0));
  CHECK(attribute(lowered, 1, "InstanceType") == Value("m5.large"));
}

TEST_CASE("how many members an autoscaled pool has, is not the stack's to say",
          "[aws][aws-machines]") {
  const Lowered lowered =
      pool(R"({"image":"ami-1","size":"small","count":2,"autoscale":{"min":1,"max":3}})");
  CHECK(faults_of(lowered).empty());
  CHECK(attribute(lowered, 0, "DesiredCapacity").is_null());
  CHECK(attribute(lowered, 0, "StartCapacity") == Value(2));
  CHECK(attribute(lowered, 0, "MinSize") == Value(1));
  CHECK(attribute(lowered, 0, "MaxSize") == Value(3));
}

TEST_CASE("what AWS cannot do is said", "[aws][aws-machines]") {
  CHECK(faults_of(pool(R"({"image":"ami-1","size":"smal","count":2})")) ==
        Texts{"size: there is no size 'smal' on AWS"});
  CHECK(faults_of(pool(R"({"image":"ami-1","size":"small","count":5,)"
                       R"("autoscale":{"min":1,"max":3,"requests_per_target":10}})")) ==
        Texts{"count: 'count' must be from autoscale's min to its max",
              "autoscale.requests_per_target: 'requests_per_target' needs 'load_balancer' on AWS"});
}

TEST_CASE("volumes of one instance are called differently by it", "[aws][aws-machines]") {
  const auto device = [](const std::string& address, const char* native) {
    Declaration volume =
        declared("volume", R"({"size":10})", {{"attached_to", Reference{"a", ""}}});
    volume.address = address;
    volume.native = *json::parse(native);
    return std::string(
        aws::lower_volume(volume, {"shop"}).objects.at(0).attributes.text_at("Device"));
  };
  CHECK(device("data", "{}") == device("data", "{}"));
  CHECK(device("data", "{}") != device("logs", "{}"));
  CHECK(device("data", "{}").starts_with("/dev/xvd"));
  CHECK(device("data", R"({"Device":"/dev/sdf"})") == "/dev/sdf");
}
