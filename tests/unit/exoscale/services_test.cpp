// Databases, DNS and IAM: what is read, and which calls create, change and remove.
#include "exoscale/api/marks.h"
#include "exoscale/listing/listings.h"
#include "unit/exoscale/services_support.h"

using namespace stackctl;
using namespace exoscale_test;

namespace {

/// The calls of a listing, and at the end what came of `answers`, which are given in order.
Texts listed(std::string_view name, const Texts& answers) {
  const exoscale::Listing& listing = exoscale::listing_of(name);
  std::vector<Call> calls = listing.begin(api, name);
  Texts out;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    REQUIRE(i < calls.size());
    out.push_back(written(calls[i]));
    std::vector<Call> more;
    out.push_back(written(listing.follow(api, calls[i], parsed(answers[i]), more)));
    calls.insert(calls.end(), more.begin(), more.end());
  }
  CHECK(calls.size() == answers.size());
  return out;
}

}  // namespace

TEST_CASE("exoscale marks: names spell stack and address, and nothing else does") {
  struct Row {
    std::string stack;
    std::string address;
    std::string dotted;
    std::string dashed;
  };
  const std::vector<Row> rows = {
      {"wordpress", "db", "stackctl.wordpress.db", "stackctl-9-wordpress-db"},
      {"a-b", "c-d", "stackctl.a-b.c-d", "stackctl-3-a-b-c-d"},
      {"a", "b--c-", "stackctl.a.b--c-", "stackctl-1-a-b--2d-c--2d"},
      {"wp", "db[0]", "stackctl.wp.db.5b0.5d", "stackctl-2-wp-db--5b0--5d"},
      {"wp", "db[\"a.B_c\"]", "stackctl.wp.db.5b.22a.2eB_c.22.5d",
       "stackctl-2-wp-db--5b--22a--2e--42--5fc--22--5d"},
      {"wp", "web/key", "stackctl.wp.web.2fkey", "stackctl-2-wp-web--2fkey"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.address);
    CHECK(exoscale::marked_name(row.stack, row.address) == row.dotted);
    CHECK(exoscale::marked_dashed_name(row.stack, row.address) == row.dashed);
    CHECK(exoscale::mark_in_name(row.dotted) == Mark{row.stack, row.address, ""});
    CHECK(exoscale::mark_in_dashed_name(row.dashed) == Mark{row.stack, row.address, ""});
  }
  for (const std::string name :
       {"", "stackctl", "stackctl.", "stackctl.a", "stackctl.a.", "stackctl..b", "stackctl.a.b.5",
        "stackctl.a.b.zz", "stackctl.a.b.62", "stackctl.a.b.5B"})
    CHECK_FALSE(exoscale::mark_in_name(name));
  for (const std::string name :
       {"", "stackctl-", "stackctl-9", "stackctl-9-", "stackctl-1-a", "stackctl-1-a-",
        "stackctl-0--a", "stackctl-01-a-b", "stackctl-1-ab-c", "stackctl-99999999999999999999-a-b",
        "stackctl-1-a-b--62", "stackctl-1-a-b--5"})
    CHECK_FALSE(exoscale::mark_in_dashed_name(name));
}

TEST_CASE("exoscale services: of our databases all is read, of others only what the list shows") {
  CHECK(
      listed(
          "/dbaas-service",
          {R"({"dbaas-services":[{"name":"stackctl-2-wp-db","type":"pg"},{"name":"mine","type":"mysql"}]})",
           R"({"name":"stackctl-2-wp-db","type":"pg","state":"running","uri-params":{"user":"avnadmin"},"users":[{"username":"app"},{"username":"avnadmin"}]})",
           R"({"username":"app","password":"a1"})",
           R"({"username":"avnadmin","password":"b2"})"}) ==
      Texts{
          "GET /dbaas-service", R"({"dbaas-services":[{"name":"mine","type":"mysql"}]})",
          "GET /dbaas-postgres/stackctl-2-wp-db",
          R"({"dbaas-services":[{"name":"stackctl-2-wp-db","state":"running","type":"pg","uri-params":{"user":"avnadmin"},"users":[{"username":"app"},{"username":"avnadmin"}]}]})",
          "GET /dbaas-postgres/stackctl-2-wp-db/user/app/password/reveal",
          R"({"dbaas-passwords":[{"password":"a1","service":"stackctl-2-wp-db","username":"app"}]})",
          "GET /dbaas-postgres/stackctl-2-wp-db/user/avnadmin/password/reveal",
          R"({"dbaas-passwords":[{"password":"b2","service":"stackctl-2-wp-db","username":"avnadmin"}]})"});
  // One that is not running has no passwords yet.
  CHECK(
      listed(
          "/dbaas-service",
          {R"({"dbaas-services":[{"name":"stackctl-2-wp-db","type":"mysql"}]})",
           R"({"name":"stackctl-2-wp-db","type":"mysql","state":"rebuilding","uri-params":{"user":"avnadmin"}})"})
          .size() == 4);
}

TEST_CASE("exoscale services: what a database looks like") {
  const std::string all = R"({"dbaas-services":[
      {"name":"stackctl-2-wp-db","type":"mysql","state":"running","plan":"startup-4","version":"8.4.8",
       "ip-filter":["192.0.2.1/32"],"maintenance":{"dow":"sunday","time":"03:00:00","updates":[]},
       "backup-schedule":{"backup-hour":2,"backup-minute":0},"databases":["defaultdb","blog"],
       "uri-params":{"host":"h","port":"21699","user":"avnadmin","dbname":"defaultdb"},
       "users":[{"type":"primary","username":"avnadmin"},{"type":"normal","username":"app"}]},
      {"name":"mine","type":"mysql","state":"rebuilding","plan":"hobbyist-2"},
      {"name":"cache","type":"valkey","state":"running","plan":"hobbyist-2"}],
    "dbaas-passwords":[{"service":"stackctl-2-wp-db","username":"avnadmin","password":"b2"},
      {"service":"stackctl-2-wp-db","username":"app","password":"a1"},
      {"service":"other","username":"avnadmin","password":"c3"}]})";
  CHECK(
      decoded(exoscale::mysql, all) ==
      Texts{
          R"(stackctl-2-wp-db ready wp/db  {"backup-schedule":{"backup-hour":2,"backup-minute":0},"binlog-retention-period":600,"database":"defaultdb","host":"h","id":"stackctl-2-wp-db","ip-filter":["192.0.2.1/32"],"maintenance":{"dow":"sunday","time":"03:00:00"},"mysql-settings":{},"name":"stackctl-2-wp-db","password":"b2","plan":"startup-4","port":21699,"state":"running","termination-protection":false,"user":"avnadmin","version":"8.4.8"})",
          R"(mine pending nobody/  {"backup-schedule":{"backup-hour":2,"backup-minute":0},"binlog-retention-period":600,"id":"mine","ip-filter":[],"maintenance":{"dow":"sunday","time":"03:00:00"},"mysql-settings":{},"name":"mine","plan":"hobbyist-2","state":"rebuilding","termination-protection":false})"});
  CHECK(
      decoded(exoscale::database_user, all) ==
      Texts{
          R"(stackctl-2-wp-db/app ready wp/db/user-app  {"engine":"mysql","id":"stackctl-2-wp-db/app","password":"a1","service":"stackctl-2-wp-db","username":"app"})"});
  // An application may have made it: it is nobody's.
  CHECK(
      decoded(exoscale::database, all) ==
      Texts{
          R"(stackctl-2-wp-db/blog ready nobody/  {"database-name":"blog","engine":"mysql","id":"stackctl-2-wp-db/blog","service":"stackctl-2-wp-db"})"});
}

TEST_CASE("exoscale services: a version stands for its patches, an address for a block") {
  const Schema& schema = exoscale::mysql.resource.schema;
  struct Row {
    std::string desired;
    std::string live;
    Texts differing;
  };
  const std::vector<Row> rows = {
      {R"({"version":"8.4"})", R"({"version":"8.4.8"})", {}},
      {R"({"version":"8"})", R"({"version":"8.4.8"})", {}},
      {R"({"version":"8.4.8"})", R"({"version":"8.4"})", {"version"}},
      {R"({"version":"8.4"})", R"({"version":"8.40.1"})", {"version"}},
      {R"({"ip-filter":["192.0.2.1","::1"]})", R"({"ip-filter":["::1/128","192.0.2.1/32"]})", {}},
      {R"({"ip-filter":["192.0.2.1"]})", R"({"ip-filter":["192.0.2.2/32"]})", {"ip-filter"}},
  };
  const auto differences = [&](const Row& row) {
    Value live = parsed(row.live);
    for (const char* name : {"ip-filter", "mysql-settings", "termination-protection", "maintenance",
                             "backup-schedule", "binlog-retention-period"})
      if (live[name].is_null()) live.map()->emplace(name, find(schema, name)->standard);
    return differing(schema, parsed(row.desired), live);
  };
  for (const Row& row : rows) {
    CAPTURE(row.desired, row.live);
    CHECK(differences(row) == row.differing);
  }
  const Attribute& settings = *find(exoscale::valkey.resource.schema, "valkey-settings");
  CHECK(same(settings, parsed("{}"), parsed(R"({"ssl":true,"timeout":300})")));
  CHECK_FALSE(same(settings, parsed("{}"), parsed(R"({"ssl":false})")));
}

TEST_CASE("exoscale services: calls for databases") {
  CHECK(
      created(exoscale::postgres,
              R"({"name":"stackctl-2-wp-db","plan":"startup-4","ip-filter":["192.0.2.1"]})") ==
      R"(POST /dbaas-postgres/stackctl-2-wp-db {"backup-schedule":{"backup-hour":2,"backup-minute":0},"ip-filter":["192.0.2.1/32"],"maintenance":{"dow":"sunday","time":"03:00:00"},"plan":"startup-4"})");
  CHECK(created(exoscale::database_user,
                R"({"service":"stackctl-2-wp-db","engine":"postgres","username":"app"})") ==
        R"(POST /dbaas-postgres/stackctl-2-wp-db/user {"username":"app"})");
  CHECK(created(exoscale::database,
                R"({"service":"stackctl-2-wp-db","engine":"mysql","database-name":"blog"})") ==
        R"(POST /dbaas-mysql/stackctl-2-wp-db/database {"database-name":"blog"})");
  const LiveObject live = object_of(exoscale::mysql, "db", R"({"termination-protection":true})");
  CHECK(
      updated(exoscale::mysql,
              R"({"plan":"startup-8","backup-schedule":{"backup-hour":7,"backup-minute":8}})",
              {"plan", "ip-filter"}, live) ==
      Texts{
          R"(PUT /dbaas-mysql/db {"backup-schedule":{"backup-hour":7,"backup-minute":8},"ip-filter":[],"plan":"startup-8"})"});
  CHECK(updated(exoscale::valkey, R"({"plan":"startup-8"})", {"plan"}, live) ==
        Texts{R"(PUT /dbaas-valkey/db {"plan":"startup-8"})"});
  CHECK(written(exoscale::mysql.remove(api, live)) ==
        Texts{R"(PUT /dbaas-mysql/db {"termination-protection":false})", "DELETE /dbaas-mysql/db"});
  CHECK(written(exoscale::valkey.remove(api, object_of(exoscale::valkey, "c", "{}"))) ==
        Texts{"DELETE /dbaas-valkey/c"});
  CHECK(written(exoscale::database_user.remove(
            api, object_of(exoscale::database_user, "db/app", R"({"engine":"postgres"})"))) ==
        Texts{"DELETE /dbaas-postgres/db/user/app"});
}

TEST_CASE("exoscale services: a database is not finished before its password is known") {
  LiveObject live = object_of(exoscale::mysql, "db", "{}");
  live.state = "running";
  CHECK(exoscale::mysql.awaits({}, live) == "its password");
  live.attributes.map()->emplace("password", Secret{"x"});
  CHECK(exoscale::mysql.awaits({}, live).empty());
}

TEST_CASE("exoscale services: domains and records with their marks") {
  CHECK(
      listed("/dns-domain", {R"({"dns-domains":[{"id":"d1","unicode-name":"example.com"}]})",
                             R"({"dns-domain-records":[{"id":"r1","name":"www"}]})"}) ==
      Texts{
          "GET /dns-domain",
          R"({"dns-domain-records":[],"dns-domains":[{"id":"d1","unicode-name":"example.com"}]})",
          "GET /dns-domain/d1/record",
          R"({"dns-domain-records":[{"domain":"d1","id":"r1","name":"www"}],"dns-domains":null})"});
  const std::string all = R"({"dns-domains":[{"id":"d1","unicode-name":"example.com"},
      {"id":"d2","unicode-name":"example.org"},{"id":"d3","unicode-name":"example.net"}],
    "dns-domain-records":[
      {"id":"s1","domain":"d1","name":"","type":"NS","content":"ns1.exoscale.ch","system-record":true},
      {"id":"s2","domain":"d2","name":"","type":"NS","content":"ns1.exoscale.ch","system-record":true},
      {"id":"m1","domain":"d1","name":"_stackctl","type":"TXT","content":"\"stackctl.wp.zone 1.abc\""},
      {"id":"m2","domain":"d1","name":"_stackctl-a.www","type":"TXT","content":"stackctl.wp.www 1.def"},
      {"id":"r1","domain":"d1","name":"www","type":"A","content":"192.0.2.1","ttl":60},
      {"id":"r2","domain":"d1","name":"www","type":"A","content":"192.0.2.2","ttl":60},
      {"id":"m3","domain":"d1","name":"_stackctl-mx-10","type":"TXT","content":"stackctl.wp.mail 1.ghi"},
      {"id":"r3","domain":"d1","name":"","type":"MX","content":"mail.example.com","priority":20},
      {"id":"r4","domain":"d3","name":"*.dev","type":"CNAME","content":"example.com."}]})";
  CHECK(
      decoded(exoscale::dns_domain, all) ==
      Texts{
          R"(d1 ready wp/zone 1.abc {"id":"d1","mark-record":"m1","name-servers":["ns1.exoscale.ch"],"unicode-name":"example.com"})",
          R"(d2 ready nobody/ unclaimed {"id":"d2","name-servers":["ns1.exoscale.ch"],"unicode-name":"example.org"})",
          R"(d3 ready nobody/  {"id":"d3","name-servers":[],"unicode-name":"example.net"})"});
  CHECK(
      decoded(exoscale::dns_record, all) ==
      Texts{
          R"(d1/_stackctl-a.www ready wp/www 1.def {"content":["192.0.2.1","192.0.2.2"],"domain":"d1","id":"d1/_stackctl-a.www","mark-record":"m2","name":"www","records":[{"content":"192.0.2.1","id":"r1"},{"content":"192.0.2.2","id":"r2"}],"ttl":60,"type":"A"})",
          R"(d1/_stackctl-mx-10 ready wp/mail 1.ghi {"content":[],"domain":"d1","id":"d1/_stackctl-mx-10","mark-record":"m3","name":"","priority":10,"records":[],"type":"MX"})",
          R"(d1/_stackctl-mx-20 ready nobody/  {"content":["mail.example.com"],"domain":"d1","id":"d1/_stackctl-mx-20","mark-record":null,"name":"","priority":20,"records":[{"content":"mail.example.com","id":"r3"}],"ttl":3600,"type":"MX"})",
          R"(d3/_stackctl-cname-any.dev ready nobody/  {"content":["example.com."],"domain":"d3","id":"d3/_stackctl-cname-any.dev","mark-record":null,"name":"*.dev","records":[{"content":"example.com.","id":"r4"}],"ttl":3600,"type":"CNAME"})"});
}

TEST_CASE("exoscale services: calls for DNS") {
  CHECK(created(exoscale::dns_domain, R"({"unicode-name":"example.com"})") ==
        R"(POST /dns-domain {"unicode-name":"example.com"})");
  CHECK(
      updated(exoscale::dns_domain, "{}", {std::string(kMark)},
              object_of(exoscale::dns_domain, "d1", "{}")) ==
      Texts{
          R"(POST /dns-domain/d1/record {"content":"stackctl.wp.web 1.spec","name":"_stackctl","type":"TXT"})"});
  CHECK(updated(exoscale::dns_domain, "{}", {std::string(kMark)},
                object_of(exoscale::dns_domain, "d1", R"({"mark-record":"m1"})")) ==
        Texts{R"(PUT /dns-domain/d1/record/m1 {"content":"stackctl.wp.web 1.spec"})"});
  const std::string desired =
      R"({"domain":"d1","name":"www","type":"A","content":["192.0.2.1","192.0.2.3"],"ttl":60})";
  CHECK(
      created(exoscale::dns_record, desired) ==
      R"(POST /dns-domain/d1/record {"content":"stackctl.wp.web 1.spec","name":"_stackctl-a.www","type":"TXT"})");
  LiveObject live = object_of(
      exoscale::dns_record, "d1/_stackctl-a.www",
      R"({"domain":"d1","name":"www","type":"A","mark-record":"m1","records":[{"id":"r1","content":"192.0.2.1"},{"id":"r2","content":"192.0.2.2"},{"id":"r4","content":"192.0.2.4"}]})");
  live.mark = kMine;
  CHECK(updated(exoscale::dns_record, desired, {"content", "ttl"}, live) ==
        Texts{R"(PUT /dns-domain/d1/record/r1 {"ttl":60})",
              R"(PUT /dns-domain/d1/record/r4 {"content":"192.0.2.3","ttl":60})",
              "DELETE /dns-domain/d1/record/r2"});
  CHECK(written(exoscale::dns_record.remove(api, live)) ==
        Texts{"DELETE /dns-domain/d1/record/r1", "DELETE /dns-domain/d1/record/r2",
              "DELETE /dns-domain/d1/record/r4", "DELETE /dns-domain/d1/record/m1"});
  live = object_of(
      exoscale::dns_record, "d1/_stackctl-mx-5",
      R"({"domain":"d1","name":"","type":"MX","priority":5,"mark-record":"m1","records":[]})");
  live.mark = Mark{"wp", "web", "1.old"};
  CHECK(
      updated(exoscale::dns_record,
              R"({"domain":"d1","name":"","type":"MX","priority":5,"content":["mail"]})",
              {"content"}, live) ==
      Texts{
          R"(POST /dns-domain/d1/record {"content":"mail","name":"","priority":5,"ttl":3600,"type":"MX"})",
          R"(PUT /dns-domain/d1/record/m1 {"content":"stackctl.wp.web 1.spec"})"});
}

TEST_CASE("exoscale services: roles and keys") {
  CHECK(created(exoscale::iam_role, R"({"name":"wp-web","policy":{"services":{}}})") ==
        "POST /iam-role {" + kMarkLabels + R"(,"name":"wp-web","policy":{"services":{}}})");
  CHECK(updated(exoscale::iam_role, R"({"policy":{"services":{}}})", {"policy", "description"},
                object_of(exoscale::iam_role, "r1", "{}")) ==
        Texts{R"(PUT /iam-role/r1:policy {"services":{}})",
              R"(PUT /iam-role/r1 {"description":"-",)" + kMarkLabels + "}"});
  const Attribute& policy = *find(exoscale::iam_role.resource.schema, "policy");
  CHECK(same(policy, parsed(R"({"a":{"type":"allow"}})"),
             parsed(R"({"a":{"rules":[],"type":"allow"},"b":null})")));
  CHECK_FALSE(
      same(policy, parsed(R"({"a":{"type":"allow"}})"), parsed(R"({"a":{"type":"deny"}})")));

  CHECK(created(exoscale::api_key, R"({"name":"stackctl.wp.web","role-id":"r1"})") ==
        R"(POST /api-key {"name":"stackctl.wp.web","role-id":"r1"})");
  CHECK(
      decoded(
          exoscale::api_key,
          R"({"api-keys":[{"name":"stackctl.wp.key","key":"EXO1","role-id":"r1"},{"name":"x"}]})") ==
      Texts{
          R"(EXO1 ready wp/key  {"id":"EXO1","key":"EXO1","name":"stackctl.wp.key","role-id":"r1"})"});
  http::Reply reply;
  reply.body = R"({"name":"stackctl.wp.key","key":"EXO1","secret":"s3cret","role-id":"r1"})";
  CHECK(exoscale::api_key.created_id({}, reply) == "EXO1");
  const Value told = exoscale::api_key.told(reply);
  REQUIRE(told["secret"].secret() != nullptr);
  CHECK(told["secret"].secret()->text == "s3cret");
  reply.body = "no JSON";
  CHECK(exoscale::api_key.told(reply).is_null());
}

TEST_CASE("exoscale services: answers of any shape are survived") {
  const Texts shapes = {
      "null",
      "[]",
      R"({"dbaas-services":7,"dns-domains":"x","dns-domain-records":{},"iam-roles":null})",
      R"({"dbaas-services":[7,null,[],{},{"name":7},{"name":"stackctl-1-a-b","type":"mysql","users":7,
          "databases":[7,null,{}],"uri-params":[],"ip-filter":{}}],"dbaas-passwords":[7,{"service":[]}]})",
      R"({"name":"stackctl-1-a-b","type":"pg","state":"running","users":[{"username":[]},7,null]})",
      R"({"password":{},"username":7})",
      R"({"dns-domains":[{"id":"d"},{"id":7},null],"dns-domain-records":[{"id":"r","domain":"d","type":7},
          {"id":"r","domain":"d","type":"TXT","name":"_stackctl-","content":"stackctl.a.b"},
          {"id":"r","domain":"d","type":"TXT","name":"_stackctl--any-","content":7},7]})",
      R"({"iam-roles":[{"id":"r","labels":7,"policy":[[]]}],"api-keys":[{"name":"n","key":7},7]})",
      R"({"sks-clusters":[{"id":"c","nodepools":7},{"id":"d","nodepools":[{"id":"n","name":[]}]}],
          "sks-cluster-versions":[7,null,"","x","1..2","999999999999"]})"};
  for (const std::string& shape : shapes) {
    CAPTURE(shape);
    for (const exoscale::Type* type : exoscale::types()) {
      Diagnostics faults;
      for (const LiveObject& object : type->decode(type->resource, parsed(shape), faults))
        CHECK(!object.id.empty());
    }
    for (const char* name : {"/dbaas-service", "/dns-domain"}) {
      std::vector<Call> more;
      const exoscale::Listing& listing = exoscale::listing_of(name);
      listing.follow(api, listing.begin(api, name).front(), parsed(shape), more);
    }
  }
}
