// Where the object storage is, and what becomes of the kind.
#include <algorithm>

#include "exoscale/api/credentials.h"
#include "exoscale/lower/lowerings.h"
#include "kinds/kinds.h"
#include "unit/exoscale/support.h"

using namespace stackctl;
using namespace exoscale_test;

namespace {

using Texts = std::map<std::string, std::string>;

/// The endpoint that a login finds for the storage, or the fault.
std::string storage(Map settings, Texts environment, const std::string& account = {}) {
  settings.try_emplace("zone", "ch-gva-2");
  Texts files;
  if (!account.empty())
    files.emplace("~/.config/exoscale/exoscale.toml", "[[accounts]]\nname = \"a\"\n" + account);
  environment.insert({{"EXOSCALE_API_KEY", "EXOkey"}, {"EXOSCALE_API_SECRET", "secret"}});
  const auto login = exoscale::log_in(settings, surroundings(environment, files));
  return login ? login->storage_endpoint : "! " + login.fault().summary;
}

Lowered lowered(Map attributes, Value native = {}) {
  Declaration declaration;
  declaration.address = "assets[\"A\"]";
  declaration.kind = &kinds::bucket;
  Diagnostics faults;
  declaration.attributes = validate(std::move(attributes), kinds::bucket.schema, faults);
  REQUIRE(faults.empty());
  declaration.native = std::move(native);
  return exoscale::lower_bucket(declaration, LoweringContext{"wp"});
}

}  // namespace

TEST_CASE("exoscale storage: where it is") {
  const std::string usual = "https://sos-ch-gva-2.exo.io";
  CHECK(storage({}, {}) == usual);
  CHECK(storage({}, {{"EXOSCALE_API_ENVIRONMENT", "ppapi"}}) == usual);
  CHECK(storage({{"storage_endpoint", "https://a.test/"}}, {{"EXOSCALE_SOS_ENDPOINT", "x"}}) ==
        "https://a.test");
  CHECK(storage({}, {{"EXOSCALE_STORAGE_API_ENDPOINT", "https://b.test"},
                     {"EXOSCALE_SOS_ENDPOINT", "https://c.test"}}) == "https://b.test");
  CHECK(storage({}, {{"EXOSCALE_SOS_ENDPOINT", "https://c.test//"}}) == "https://c.test");
  CHECK(storage({}, {}, "sosEndpoint = \"https://sos-{zone}.example\"") ==
        "https://sos-ch-gva-2.example");
  CHECK(storage({}, {{"EXOSCALE_SOS_ENDPOINT", "sos.test"}}) ==
        "! the Exoscale endpoint 'sos.test' is no URL");
}

TEST_CASE("exoscale storage: beside an API that is not Exoscale's own") {
  CHECK(storage({}, {{"EXOSCALE_API_ENDPOINT", "http://127.0.0.1:8080/v2"}}) ==
        "http://127.0.0.1:8080/sos");
  CHECK(storage({{"endpoint", "https://cloud.test/some/v2"}}, {},
                "sosEndpoint = \"https://sos-{zone}.exo.io\"") == "https://cloud.test/sos");
  CHECK(storage({{"endpoint", "https://api-at-vie-1.exoscale.com/v2"}}, {}) ==
        "https://sos-ch-gva-2.exo.io");
  CHECK(storage({{"endpoint", "http://[::1]:8080/v2"}},
                {{"EXOSCALE_SOS_ENDPOINT", "http://[::1]:9090"}}) == "http://[::1]:9090");
}

TEST_CASE("exoscale storage: the kind bucket") {
  const Lowered plain = lowered({});
  CHECK(plain.faults.empty());
  REQUIRE(plain.objects.size() == 1);
  CHECK(plain.objects[0].type == &exoscale::bucket.resource);
  CHECK(written(plain.objects[0].attributes) ==
        R"({"acl":"private","cors":[],"empty-on-delete":false,"name":"wp-assets-a",)"
        R"("versioning":false})");

  const Value rule = Map{{"origins", List{"*"}}, {"methods", List{"GET"}}, {"max_age", "1m"}};
  const Lowered full = lowered({{"name", "my.assets"},
                                {"acl", "public-read"},
                                {"versioning", true},
                                {"cors", List{rule}},
                                {"empty_on_delete", true}},
                               Map{{"acl", "authenticated-read"}});
  CHECK(full.faults.empty());
  CHECK(written(full.objects[0].attributes) ==
        R"({"acl":"authenticated-read","cors":[{"allowed-methods":["GET"],)"
        R"("allowed-origins":["*"],"max-age-seconds":60}],"empty-on-delete":true,)"
        R"("name":"my.assets","versioning":true})");
  for (const std::string_view output : {"id", "name", "url", "endpoint"})
    CHECK(full.outputs.contains(output));
}

TEST_CASE("exoscale storage: names that a bucket cannot have") {
  for (const std::string name : {"ab", "Assets", "-assets", "assets-", "a_b", "a b", "ä-bucket"}) {
    INFO(name);
    const Lowered refused = lowered({{"name", name}});
    REQUIRE(refused.faults.size() == 1);
    CHECK(refused.faults[0].path == "name");
  }
  CHECK(lowered({{"name", std::string(63, 'a')}}).faults.empty());
  CHECK(lowered({{"name", std::string(64, 'a')}}).faults.size() == 1);
  CHECK(lowered({{"name", Reference{"other", "id"}}}).faults.empty());
}
