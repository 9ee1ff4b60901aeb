// Images: how they are found, made, taken away, and what builds them.
#include "aws/types/images.h"

#include <catch2/catch.hpp>

#include "aws/lower/lowerings.h"
#include "aws/types/builder.h"
#include "unit/aws/made_up_services.h"
#include "unit/exoscale/lowering_support.h"

using namespace stackctl;
using namespace aws_test;
using aws_test::Texts;

namespace {

std::string made(const aws::Type& type, std::string_view desired) {
  Work work = work_on(type, desired);
  work.token = "t0";
  return written(call_to_create(type, kApi, work));
}

const std::string kOwn = "DescribeImages MaxResults=1000 Owner.1=self";

/// An item of a list, with the mark of `address`.
std::string marked(const std::string& address, const std::string& content) {
  return "<item>" + content +
         "<tagSet><item><key>stackctl:stack</key><value>shop</value></item><item><key>"
         "stackctl:address</key><value>" +
         address + "</value></item></tagSet></item>";
}

Lowered image(std::string_view attributes, std::string_view native = "null") {
  Declaration declaration;
  declaration.address = "base";
  declaration.kind =
      *std::ranges::find(kinds::all(), "image", [](const Kind* known) { return known->name; });
  Diagnostics faults;
  declaration.attributes = validate(exoscale_test::with_references(parsed(attributes)),
                                    declaration.kind->schema, faults);
  for (const Diagnostic& fault : faults) FAIL(fault.path << ": " << fault.summary);
  declaration.native = exoscale_test::with_references(parsed(native));
  return aws::lower_image(declaration, LoweringContext{"shop"});
}

Texts objects_of(const Lowered& lowered) {
  CHECK(exoscale_test::faults(lowered).empty());
  Texts out;
  for (const Object& object : lowered.objects)
    out.push_back(object.address + (object.is_lookup ? " ?" : " ") +
                  std::string(object.type->name).substr(4) + ' ' +
                  exoscale_test::shown(object.attributes) +
                  (object.helps.empty() ? "" : " helps " + object.helps));
  return out;
}

}  // namespace

TEST_CASE("the account's own images are listed, others asked for by id, or name and trusted owner",
          "[aws][aws-images]") {
  const auto sought = [](const std::string& name) { return Value(aws::image_lookup(name)); };
  const std::vector<Value> wanted = {sought("ami-1"), sought("debian-12"), sought("my-*"),
                                     Map{{"Name", "mine-*"}, {"Owner", "self"}}};
  CHECK(written(aws::find_images(kApi, wanted)) ==
        Texts{kOwn,
              "DescribeImages Filter.1.Name=image-id Filter.1.Value.1=ami-1 IncludeDeprecated=true",
              "DescribeImages Filter.1.Name=name Filter.1.Value.1=my-* IncludeDeprecated=true "
              "Owner.1=self Owner.2=amazon Owner.3=099720109477 Owner.4=136693071363",
              "DescribeImages Filter.1.Name=name Filter.1.Value.1=debian-12-amd64-* "
              "IncludeDeprecated=true Owner.1=136693071363"});
  const std::vector<Value> own = {wanted.back()};
  CHECK(written(aws::find_images(kApi, own)) == Texts{kOwn});
  CHECK(aws::find_published_images(kApi, own).empty());
  CHECK(aws::find_published_images(kApi, {}).empty());
  CHECK(sought("debian-12")["State"] == Value("available"));
}

TEST_CASE("images are made in one call that marks them", "[aws][aws-images]") {
  const std::string tags =
      "TagSpecification.1.ResourceType=image TagSpecification.1.Tag.1.Key=stackctl:address "
      "TagSpecification.1.Tag.1.Value=web TagSpecification.1.Tag.2.Key=stackctl:spec "
      "TagSpecification.1.Tag.2.Value=1.spec TagSpecification.1.Tag.3.Key=stackctl:stack "
      "TagSpecification.1.Tag.3.Value=shop";
  CHECK(made(aws::image, R"({"Name":"shop-web","Description":"web","InstanceId":"i-1",)"
                         R"("Inputs":{"user_data":"x"}})") ==
        "CreateImage Description=web InstanceId=i-1 Name=shop-web " + tags + " (once)");
  CHECK(made(aws::image, R"({"Name":"shop-web","SnapshotId":"snap-1","Inputs":{"snapshot":"s"},)"
                         R"("RootDeviceName":"/dev/sda1","Architecture":"arm64"})") ==
        "RegisterImage Architecture=arm64 BlockDeviceMapping.1.DeviceName=/dev/sda1 "
        "BlockDeviceMapping.1.Ebs.SnapshotId=snap-1 EnaSupport=true Name=shop-web "
        "RootDeviceName=/dev/sda1 " +
            tags + " VirtualizationType=hvm (once)");
}

TEST_CASE("an image that is listed twice is one; snapshots that were made with it go with it",
          "[aws][aws-images]") {
  const std::string item =
      "<imageId>ami-1</imageId><name>shop-web</name><imageOwnerId>1</imageOwnerId>"
      "<imageState>pending</imageState><sourceInstanceId>i-1</sourceInstanceId>"
      "<blockDeviceMapping><item><ebs><snapshotId>snap-1</snapshotId></ebs></item><item>"
      "<virtualName>ephemeral0</virtualName></item></blockDeviceMapping>";
  const std::string twice = marked("web", item) + marked("web", item);
  const auto images = listed(aws::image, {{kOwn, "<imagesSet>" + twice + "</imagesSet>"}});
  REQUIRE(images.size() == 1);
  CHECK(images[0].mark->address == "web");
  CHECK(images[0].condition == Condition::pending);
  CHECK(images[0].attributes["Name"] == Value("shop-web"));
  CHECK(images[0].attributes["InstanceId"] == Value("i-1"));
  CHECK(written(calls_to_remove(aws::image, kApi, images[0])) ==
        Texts{"DeregisterImage DeleteAssociatedSnapshots=true ImageId=ami-1",
              "DeleteSnapshot SnapshotId=snap-1"});
  // One that it was made from is somebody's.
  const LiveObject registered = live(aws::image, "ami-2", R"({"SnapshotIds":["snap-2"]})");
  CHECK(written(calls_to_remove(aws::image, kApi, registered)) ==
        Texts{"DeregisterImage DeleteAssociatedSnapshots=false ImageId=ami-2"});
}

TEST_CASE("what is looked up to boot from is nobody's", "[aws][aws-images]") {
  Diagnostics faults;
  const Value listed = Map{
      {"images", List{Map{{"imageId", "ami-1"},
                          {"name", "shop-web"},
                          {"imageState", "available"},
                          {"tagSet", List{Map{{"key", "stackctl:stack"}, {"value", "shop"}},
                                          Map{{"key", "stackctl:address"}, {"value", "web"}}}}}}}};
  CHECK(objects_in(aws::image, listed, faults).front().mark.has_value());
  CHECK_FALSE(objects_in(aws::published_image, listed, faults).front().mark.has_value());
}

TEST_CASE("why an image failed is told", "[aws][aws-images]") {
  const auto images = listed(
      aws::image, {{kOwn, "<imagesSet>" +
                              marked("web",
                                     "<imageId>ami-1</imageId><imageState>failed</imageState>"
                                     "<stateReason><message>no such disk</message></stateReason>") +
                              "</imagesSet>"}});
  REQUIRE(images.size() == 1);
  CHECK(images[0].condition == Condition::failed);
  CHECK(images[0].state == "failed: no such disk");
}

TEST_CASE("a builder is ready once it has powered itself off", "[aws][aws-images]") {
  struct Row {
    std::string state;
    std::string reason;
    Condition condition;
    std::string told;
    bool is_ours;
  };
  const std::vector<Row> rows = {
      {"pending", "", Condition::pending, "pending", true},
      {"running", "", Condition::pending, "running (it powers itself off when it is done)", true},
      {"stopping", "", Condition::pending, "stopping", true},
      {"stopped", "Client.InstanceInitiatedShutdown", Condition::ready, "stopped", true},
      // It is no more, and nobody's.
      {"terminated", "Server.InternalError", Condition::leaving, "terminated: why", false},
  };
  const auto reservations = [](const std::string& address, const std::string& state,
                               const std::string& reason) {
    return "<reservationSet><item><instancesSet>" +
           marked(address, "<instanceId>i-1</instanceId><instanceState><name>" + state +
                               "</name></instanceState><stateReason><code>" + reason +
                               "</code><message>why</message></stateReason>") +
           "</instancesSet></item></reservationSet>";
  };
  const std::string call = "DescribeInstances MaxResults=1000";
  for (const Row& row : rows) {
    CAPTURE(row.state);
    const auto builders =
        listed(aws::builder, {{call, reservations("base/builder", row.state, row.reason)}});
    REQUIRE(builders.size() == 1);
    CHECK(builders[0].condition == row.condition);
    CHECK(builders[0].state == row.told);
    CHECK(builders[0].mark.has_value() == row.is_ours);
  }
  CHECK(listed(aws::builder,
               {{call, reservations("base/builder", "terminated", "Client.UserInitiatedShutdown")}})
            .empty());
  CHECK(listed(aws::builder, {{call, reservations("base", "running", "")}}).empty());
  CHECK(listed(aws::instance, {{call, reservations("base/builder", "running", "")},
                               {"DescribeVolumes MaxResults=1000", "<volumeSet/>"},
                               {"DescribeAddresses", "<addressesSet/>"}})
            .empty());
}

TEST_CASE("a builder stops when it powers itself off", "[aws][aws-images]") {
  const std::string call =
      made(aws::builder, R"({"Name":"b","ImageId":"ami-1","InstanceType":"t3.small"})");
  CHECK(
      call.starts_with("RunInstances ClientToken=t0 ImageId=ami-1 "
                       "InstanceInitiatedShutdownBehavior=stop InstanceType=t3.small"));
}

TEST_CASE("an image that is built is made from its builder's disk", "[aws][aws-images]") {
  const Lowered built =
      image(R"({"build":{"image":"debian-12","user_data":"poweroff","networks":["${net}"],)"
            R"("security_groups":["${sg}"],"key_pair":"${key}"}})",
            R"({"IamInstanceProfile":"p"})");
  CHECK(
      objects_of(built) ==
      Texts{
          R"(base image {"Inputs":{"disk":10,"image":"debian-12","user_data":"poweroff"},)"
          R"("InstanceId":"${base/builder.id}","Name":"shop-base"})",
          R"(base/builder/image ?published_image {"Name":"debian-12-amd64-*","Owner":"136693071363",)"
          R"("State":"available"})",
          R"(base/builder builder {"AssociatePublicIpAddress":true,"IamInstanceProfile":"p",)"
          R"("ImageId":"${base/builder/image.id}","InstanceType":"t3.small","KeyName":"${key}",)"
          R"("MetadataOptions":{"HttpTokens":"required"},"Name":"shop-base-builder",)"
          R"("RootDeviceName":"${base/builder/image.RootDeviceName}",)"
          R"("SecurityGroupId":["${sg}"],"SubnetId":"${net.public_subnet}",)"
          R"("UserData":"poweroff","VolumeSize":10,"VolumeType":"gp3"} helps base)"});
  CHECK(exoscale_test::shown(built.outputs.at("root_device")) == R"("${base.RootDeviceName}")");
}

TEST_CASE("other sources of images", "[aws][aws-images]") {
  CHECK(objects_of(image(R"({"from_snapshot":"snap-1","name":"mine"})",
                         R"({"Architecture":"arm64","RootDeviceName":"/dev/sda1"})")) ==
        Texts{R"(base image {"Architecture":"arm64","Inputs":{"snapshot":"snap-1"},)"
              R"("Name":"mine","RootDeviceName":"/dev/sda1","SnapshotId":"snap-1"})"});
  CHECK(objects_of(image(R"({"name":"mine-*","visibility":"private"})")) ==
        Texts{R"(base ?image {"Name":"mine-*","Owner":"self","State":"available"})"});
  CHECK(objects_of(image(R"({"id":"ami-1"})")) ==
        Texts{R"(base ?image {"State":"available","id":"ami-1"})"});
}

TEST_CASE("what AWS cannot do with images is said", "[aws][aws-images]") {
  struct Row {
    std::string_view attributes;
    Texts faults;
  };
  const std::vector<Row> rows = {
      {R"({"from_url":"https://x/y.raw","checksum":"1"})",
       {"from_url: AWS makes no image of a file that it would have to fetch",
        "checksum: only from_url has a checksum"}},
      {R"({"family":"ubuntu"})",
       {"family: images have no families on AWS",
        ": an image is looked up by exactly one of name, id"}},
      {R"({"id":"ami-1","description":"x"})",
       {"description: an image that is looked up takes no description"}},
      {R"({"id":"ami-1","from_snapshot":"snap-1","default_user":"x"})",
       {"default_user: images of AWS do not say who may log in",
        "id: an image that is made takes no id"}},
      {R"({"build":{"image":"a","user_data":"x"},"from_snapshot":"snap-1"})",
       {": an image is made of one of build, from_snapshot"}},
      {R"({"build":{"image":"a","user_data":"x","size":"smal"}})",
       {"build.size: there is no size 'smal' on AWS"}},
  };
  for (const Row& row : rows) CHECK(exoscale_test::faults(image(row.attributes)) == row.faults);
}
