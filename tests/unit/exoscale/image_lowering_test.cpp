// Images: looked up, or made.
#include "unit/exoscale/lowering_support.h"

using namespace stackctl;
using namespace exoscale_test;

TEST_CASE("exoscale lowering: an image that the stack builds") {
  const Lowered built = lowered(
      "img", "image",
      R"({"description":"web","default_user":"me","build":{"image":"Ubuntu","user_data":"poweroff","security_groups":["${sg}"],"key_pair":"${admin}"}})",
      R"({"password-enabled":true})");
  CHECK(
      objects(built) ==
      Texts{
          R"(img template {"default-user":"me","description":"web","inputs":{"disk":10,"image":"Ubuntu","user-data":"poweroff"},"name":"wp-img","password-enabled":true,"snapshot":"${img/builder/snapshot.id}"})",
          R"(img/builder/image ?template {"name":"Ubuntu"})",
          R"(img/builder/size ?instance_type {"name":"standard.small"})",
          R"(img/builder builder {"disk-size":10,"instance-type":"${img/builder/size.id}","name":"wp-img-builder","security-groups":["${sg}"],"ssh-keys":["${admin}"],"template":"${img/builder/image.id}","user-data":"poweroff"})",
          R"(img/builder/snapshot snapshot {"instance":"${img/builder.id}"})"});
  CHECK(faults(built).empty());
  for (const Object& object : built.objects) {
    CAPTURE(object.address);
    const bool is_builder = object.type == &exoscale::builder.resource;
    const bool helps = is_builder || object.type == &exoscale::snapshot.resource;
    CHECK(object.helps == (helps ? "img" : ""));
    if (is_builder) CHECK(object.origins->find("user-data")->second == "build.user_data");
  }
}

TEST_CASE("exoscale lowering: what an image is built with makes it another, who watches does not") {
  const auto inputs = [](const std::string& build) {
    const Lowered made = lowered("img", "image", R"({"build":{)" + build + "}}");
    return shown(made.objects.front().attributes["inputs"]);
  };
  const std::string plain = inputs(R"("image":"a","user_data":"x")");
  CHECK(plain == inputs(R"("image":"a","user_data":"x","disk":10)"));
  CHECK(plain == inputs(R"("image":"a","user_data":"x","size":"large","key_pair":"${k}")"));
  CHECK(plain != inputs(R"("image":"b","user_data":"x")"));
  CHECK(plain != inputs(R"("image":"a","user_data":"y")"));
  CHECK(plain != inputs(R"("image":"a","user_data":"x","disk":20)"));
}

TEST_CASE("exoscale lowering: an image of a snapshot or a file") {
  CHECK(objects(lowered("img", "image", R"({"name":"base","from_snapshot":"s1"})")) ==
        Texts{R"(img template {"inputs":{"snapshot":"s1"},"name":"base","snapshot":"s1"})"});
  CHECK(
      objects(lowered("img", "image", R"({"from_url":"https://a.test/i","checksum":"0f"})",
                      R"({"boot-mode":"uefi","ssh-key-enabled":false})")) ==
      Texts{
          R"(img template {"boot-mode":"uefi","checksum":"0f","name":"wp-img","ssh-key-enabled":false,"url":"https://a.test/i"})"});
}

TEST_CASE("exoscale lowering: an image is either looked up or made, of one thing") {
  const std::string build = R"("build":{"image":"a","user_data":"x"})";
  const std::string url = R"("from_url":"https://a.test/i")";
  const std::string one_of = ": an image is made of one of build, from_snapshot, from_url";
  const std::string no_lookup = ": an image that is made takes no family, id or visibility";
  const std::string no_details =
      ": an image that is looked up takes no description or default_user";
  const std::string no_checksum = "checksum: 'checksum' goes with 'from_url'";
  struct Row {
    std::string attributes;
    std::string native;
    Texts faults;
  };
  const std::vector<Row> rows = {
      {build + R"(,"name":"a")", "null", {}},
      {build + R"(,"from_snapshot":"s")", "null", {one_of}},
      {url + R"(,"checksum":"0f","from_snapshot":"s")", "null", {one_of}},
      {build + R"(,"family":"f")", "null", {no_lookup}},
      {build + R"(,"id":"i")", "null", {no_lookup}},
      {build + R"(,"visibility":"public")", "null", {no_lookup}},
      {url, "null", {"from_url: 'from_url' needs 'checksum'"}},
      {build + R"(,"checksum":"0f")", "null", {no_checksum}},
      {R"("name":"a","checksum":"0f")", "null", {no_checksum}},
      {R"("name":"a","description":"d")", "null", {no_details}},
      {R"("name":"a","default_user":"d")", "null", {no_details}},
      {R"("build":{"image":"a","user_data":"","disk":9})",
       "null",
       {"build.disk: 'build.disk' must be from 10 to 51200 GiB on Exoscale",
        "build.user_data: 'build.user_data' must not be empty"}},
      {R"("build":{"image":"a","user_data":"x","networks":["${net}"]})",
       "null",
       {"build.networks: builders are in no network on Exoscale"}},
      {build, R"({"boot-mode":"uefi"})", {"exoscale.boot-mode: unknown attribute 'boot-mode'"}},
      {R"("name":"a")",
       R"({"ssh-key-enabled":true})",
       {"exoscale.ssh-key-enabled: unknown attribute 'ssh-key-enabled'"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.attributes, row.native);
    CHECK(faults(lowered("img", "image", "{" + row.attributes + "}", row.native)) == row.faults);
  }
}
