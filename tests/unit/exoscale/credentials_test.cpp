#include "exoscale/api/credentials.h"

#include "exoscale/provider.h"
#include "unit/exoscale/support.h"

using namespace stackctl;
using exoscale_test::surroundings;

namespace {

const std::string kToml = R"(
DefaultAccount = "main"
[[accounts]]
name = "main"
key = "EXOmain"
secret = "main-secret"
defaultZone = "at-vie-1"
endpoint = "https://api.exoscale.com/v1"
[[accounts]]
Name = "other"
Key = "EXOother"
SecretCommand = ["pass", "exo"]
defaultZone = "de-fra-1"
environment = "ppapi"
[[accounts]]
name = "broken"
key = "EXObroken"
secretCommand = ["false"]
[[accounts]]
name = "bare"
key = "EXObare"
)";
const std::string kHome = "~/.config/exoscale/exoscale.toml";
using Texts = std::map<std::string, std::string>;

/// "key secret zone endpoint", or the fault.
std::string found(const Value& settings, const Texts& environment, const Texts& files) {
  const auto login = exoscale::log_in(settings, surroundings(environment, files));
  if (!login) return "! " + login.fault().summary;
  return login->key + ' ' + login->secret.text + ' ' + login->zone + ' ' + login->endpoint;
}

}  // namespace

TEST_CASE("exoscale credentials: where they come from") {
  struct Row {
    std::string name;
    Value settings;
    Texts environment;
    Texts files;
    std::string found;
  };
  const Texts key = {{"EXOSCALE_API_KEY", "EXOenv"}, {"EXOSCALE_API_SECRET", "env-secret"}};
  const auto with = [&](Texts more) {
    more.insert(key.begin(), key.end());
    return more;
  };
  const std::vector<Row> rows = {
      {"environment",
       Map{{"zone", "ch-gva-2"}},
       key,
       {},
       "EXOenv env-secret ch-gva-2 https://api-ch-gva-2.exoscale.com/v2"},
      {"environment before file, zone from the file",
       Map{},
       key,
       {{kHome, kToml}},
       "EXOenv env-secret at-vie-1 https://api-at-vie-1.exoscale.com/v2"},
      {"zone: the stack file wins",
       Map{{"zone", "ch-gva-2"}},
       with({{"EXOSCALE_ZONE", "bg-sof-1"}}),
       {},
       "EXOenv env-secret ch-gva-2 https://api-ch-gva-2.exoscale.com/v2"},
      {"zone: then the environment",
       Map{},
       with({{"EXOSCALE_ZONE", "bg-sof-1"}}),
       {{kHome, kToml}},
       "EXOenv env-secret bg-sof-1 https://api-bg-sof-1.exoscale.com/v2"},
      {"endpoint from the environment",
       Map{{"zone", "ch-gva-2"}},
       with({{"EXOSCALE_API_ENDPOINT", "http://127.0.0.1:8080/v2/"}}),
       {},
       "EXOenv env-secret ch-gva-2 http://127.0.0.1:8080/v2"},
      {"endpoint from the stack file",
       Map{{"zone", "z"}, {"endpoint", "https://e.test/v2"}},
       with({{"EXOSCALE_API_ENDPOINT", "http://127.0.0.1:8080/v2"}}),
       {},
       "EXOenv env-secret z https://e.test/v2"},
      {"endpoint that is none",
       Map{{"zone", "z"}, {"endpoint", "e.test"}},
       key,
       {},
       "! the Exoscale endpoint 'e.test' is no URL"},
      {"host prefix",
       Map{{"zone", "z"}},
       with({{"EXOSCALE_API_ENVIRONMENT", "ppapi"}}),
       {},
       "EXOenv env-secret z https://ppapi-z.exoscale.com/v2"},
      {"a key without a secret does not count",
       Map{},
       {{"EXOSCALE_API_KEY", "EXOenv"}},
       {{kHome, kToml}},
       "EXOmain main-secret at-vie-1 https://api-at-vie-1.exoscale.com/v2"},
      {"old names",
       Map{{"zone", "z"}},
       {{"EXOSCALE_KEY", "EXOold"}, {"EXOSCALE_SECRET_KEY", "old-secret"}},
       {},
       "EXOold old-secret z https://api-z.exoscale.com/v2"},
      {"oldest names",
       Map{{"zone", "z"}},
       {{"CLOUDSTACK_KEY", "EXOold"}, {"CLOUDSTACK_SECRET_KEY", "old-secret"}},
       {},
       "EXOold old-secret z https://api-z.exoscale.com/v2"},
      {"account from the environment",
       Map{},
       {{"EXOSCALE_ACCOUNT", "other"}},
       {{kHome, kToml}},
       "EXOother printed by pass de-fra-1 https://ppapi-de-fra-1.exoscale.com/v2"},
      {"an account in the stack file beats the environment",
       Map{{"account", "other"}},
       key,
       {{kHome, kToml}},
       "EXOother printed by pass de-fra-1 https://ppapi-de-fra-1.exoscale.com/v2"},
      {"first file that is there",
       Map{},
       {},
       {{"./exoscale.toml", "no toml ["}, {"~/.exoscale/exoscale.toml", kToml}},
       "EXOmain main-secret at-vie-1 https://api-at-vie-1.exoscale.com/v2"},
      {"named file",
       Map{},
       {{"EXOSCALE_CONFIG", "/etc/exo.toml"}},
       {{"/etc/exo.toml", kToml}, {kHome, "no toml ["}},
       "EXOmain main-secret at-vie-1 https://api-at-vie-1.exoscale.com/v2"},
      {"nothing", Map{{"zone", "z"}}, {}, {}, "! no Exoscale credentials"},
      {"no zone", Map{}, key, {}, "! no Exoscale zone"},
      {"unknown account",
       Map{{"account", "othr"}},
       key,
       {{kHome, kToml}},
       "! no Exoscale account 'othr': not in " + kHome},
      {"failing command",
       Map{{"account", "broken"}, {"zone", "z"}},
       {},
       {{kHome, kToml}},
       "! the secretCommand of account 'broken' failed: exit status 1"},
      {"no secret",
       Map{{"account", "bare"}, {"zone", "z"}},
       {},
       {{kHome, kToml}},
       "! account 'bare' in " + kHome + " has no secret"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(found(row.settings, row.environment, row.files) == row.found);
  }
}

TEST_CASE("exoscale credentials: what is missing is told with where it was looked for") {
  const auto login = exoscale::log_in(Map{{"zone", "z"}}, surroundings({}));
  REQUIRE(!login);
  CHECK(login.fault().detail.find("EXOSCALE_API_KEY") != std::string::npos);
  CHECK(login.fault().detail.find(kHome) != std::string::npos);
  CHECK(login.fault().hint.find("exo config") != std::string::npos);

  const auto misspelt =
      exoscale::log_in(Map{{"account", "othr"}}, surroundings({}, {{kHome, kToml}}));
  REQUIRE(!misspelt);
  CHECK(misspelt.fault().hint == "did you mean 'other'?");
  CHECK(misspelt.fault().path == "account");
}

TEST_CASE("exoscale credentials: a broken file is told without its content") {
  const auto login = exoscale::log_in(
      Map{{"zone", "z"}}, surroundings({}, {{kHome, "[[accounts]]\nsecret = s3cret s3cret\n"}}));
  REQUIRE(!login);
  CHECK(login.fault().summary.starts_with("cannot read " + kHome + ": line 2"));
  CHECK(login.fault().summary.find("s3cret") == std::string::npos);
}

TEST_CASE("exoscale connection: signs for ten minutes, tells where it is") {
  const auto connection = exoscale::provider.connect(
      Map{{"zone", "ch-gva-2"}},
      surroundings({{"EXOSCALE_API_KEY", "K"}, {"EXOSCALE_API_SECRET", "S"}}));
  REQUIRE(connection);
  CHECK((*connection)->where() == "exoscale ch-gva-2");
  http::Request request;
  request.url = "https://api-ch-gva-2.exoscale.com/v2/zone";
  (*connection)->sign(request, Time(std::chrono::microseconds(1'000'000'500'000)));
  (*connection)->sign(request, Time(std::chrono::microseconds(2'000'000'500'000)));
  REQUIRE(request.headers.size() == 1);
  CHECK(request.headers[0].first == "Authorization");
  CHECK(request.headers[0].second.find("credential=K,expires=2000600,") != std::string::npos);
}
