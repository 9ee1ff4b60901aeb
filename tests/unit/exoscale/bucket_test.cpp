#include "exoscale/connection.h"
#include "exoscale/types/bucket_listing.h"
#include "exoscale/types/bucket_removal.h"
#include "exoscale/types/bucket_settings.h"
#include "exoscale/types/storage.h"
#include "stackctl/xml.h"
#include "unit/exoscale/support.h"

using namespace stackctl;
using namespace exoscale_test;

namespace {

const exoscale::Api kApi{"https://cloud.test/v2", "https://sos.test"};

http::Reply reply(int status, std::string body, http::Fields headers = {}) {
  http::Reply made;
  made.status = status;
  made.body = std::move(body);
  made.headers = std::move(headers);
  return made;
}

/// "PUT /assets?acl= [x-amz-acl: private] body"
std::string shown(const Call& call) {
  const http::Request& request = call.request;
  REQUIRE(request.url.starts_with(kApi.storage_endpoint));
  std::string text = request.method + ' ' + request.url.substr(kApi.storage_endpoint.size());
  if (!request.query.empty()) text += '?' + http::query_string(request.query);
  if (const auto acl = http::find(request.headers, "x-amz-acl"))
    text.append(" [").append(*acl) += ']';
  if (!request.body.empty()) text += ' ' + request.body;
  return text;
}

struct Answers {
  std::map<std::string, http::Reply> replies;  // by call, as shown
  std::vector<std::string> asked;

  /// What `flow` comes to; a call without an answer is a 404.
  Next run(std::unique_ptr<Flow> flow) {
    Next next = flow->next({});
    while (const auto* send = std::get_if<Send>(&next)) {
      asked.push_back(shown(send->call));
      const auto found = replies.find(asked.back());
      const http::Reply answer = found == replies.end() ? reply(404, "") : found->second;
      const Judgement judgement = exoscale::judge_storage(answer);
      next = flow->next({&answer, &judgement});
    }
    return next;
  }
};

const std::string kNames =
    "<ListAllMyBucketsResult><Buckets>"
    "<Bucket><Name>ours</Name><CreationDate>2026-01-01T00:00:00Z</CreationDate></Bucket>"
    "<Bucket><Name>empty</Name></Bucket><Bucket><Name>theirs</Name></Bucket>"
    "<Bucket><Name>secret</Name></Bucket><Bucket><Name>far</Name></Bucket>"
    "<Bucket><Name>farther</Name></Bucket><Bucket/>"
    "</Buckets></ListAllMyBucketsResult>";

Work work(Map attributes, std::vector<std::string> changed) {
  Work made;
  made.type = &exoscale::bucket.resource;
  made.mark = {"wp", "assets", "1.abc"};
  attributes.try_emplace("name", "wp-assets");
  made.desired = std::move(attributes);
  made.changed = std::move(changed);
  return made;
}

LiveObject ours(Map attributes = {}) {
  LiveObject live;
  live.type = &exoscale::bucket.resource;
  live.id = "wp-assets";
  live.attributes = std::move(attributes);
  return live;
}

std::vector<std::string> shown(const std::vector<Call>& calls) {
  std::vector<std::string> out;
  out.reserve(calls.size());
  for (const Call& call : calls) out.push_back(shown(call));
  return out;
}

std::string acl(const std::string& grants) {
  const Result<Value> answer =
      xml::parse("<AccessControlPolicy><Owner><ID>me</ID></Owner><AccessControlList>" + grants +
                 "</AccessControlList></AccessControlPolicy>");
  REQUIRE(answer);
  return *exoscale::acl_of(xml::content(*answer)).text();
}

std::string grant(const std::string& grantee, const std::string& permission) {
  return "<Grant><Grantee>" + grantee + "</Grantee><Permission>" + permission +
         "</Permission></Grant>";
}

}  // namespace

TEST_CASE("exoscale bucket: of others' buckets nothing is read but the mark") {
  Answers answers;
  answers.replies = {
      {"GET /", reply(200, kNames)},
      {"GET /ours/.stackctl",
       reply(200, R"({"stack":"wp","address":"a","spec":"1.x","empty-on-delete":true})")},
      {"GET /ours?acl=", reply(200, "<AccessControlPolicy/>")},
      {"GET /ours?versioning=",
       reply(200, "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>")},
      {"GET /empty?versions=&max-keys=1",
       reply(200, "<ListVersionsResult><Name>empty</Name></ListVersionsResult>")},
      {"GET /empty?acl=", reply(200, "<AccessControlPolicy/>")},
      {"GET /empty?versioning=", reply(200, "<VersioningConfiguration/>")},
      {"GET /theirs?versions=&max-keys=1",
       reply(200,
             "<ListVersionsResult><Name>ours</Name><DeleteMarker><Key>a</Key></DeleteMarker>"
             "</ListVersionsResult>")},
      {"GET /secret/.stackctl", reply(403, "<Error><Code>AccessDenied</Code></Error>")},
      {"GET /far/.stackctl", reply(301, "")},
      {"GET /farther/.stackctl", reply(404, "", {{"X-Amz-Bucket-Region", "at-vie-1"}})},
  };
  const Next next = answers.run(exoscale::list_buckets(kApi, "ch-gva-2"));
  REQUIRE(std::holds_alternative<Done>(next));
  CHECK(answers.asked ==
        std::vector<std::string>{
            "GET /", "GET /ours/.stackctl",
            "GET /ours?acl=", "GET /ours?versioning=", "GET /ours?cors=", "GET /empty/.stackctl",
            "GET /empty?versions=&max-keys=1", "GET /empty?acl=", "GET /empty?versioning=",
            "GET /empty?cors=", "GET /theirs/.stackctl", "GET /theirs?versions=&max-keys=1",
            "GET /secret/.stackctl", "GET /far/.stackctl", "GET /farther/.stackctl"});

  Diagnostics faults;
  const auto live =
      exoscale::bucket.decode(exoscale::bucket.resource, std::get<Done>(next).outputs, faults);
  CHECK(faults.empty());
  REQUIRE(live.size() == 4);
  CHECK(live[0].mark == Mark{"wp", "a", "1.x"});
  CHECK(live[0].created == "2026-01-01T00:00:00Z");
  CHECK(written(live[0].attributes) ==
        R"({"acl":"private","cors":[],"empty-on-delete":true,"endpoint":"https://sos.test",)"
        R"("id":"ours","name":"ours","url":"https://sos.test/ours","versioning":true})");
  for (std::size_t i = 1; i < live.size(); ++i) {
    CHECK_FALSE(live[i].mark);
    CHECK(live[i].is_unclaimed == (live[i].id == "empty"));
  }
}

TEST_CASE("exoscale bucket: a list that cannot be read is a fault") {
  const http::Reply bad = GENERATE(reply(403, "<Error><Code>SignatureDoesNotMatch</Code></Error>"),
                                   reply(200, "no XML"), reply(500, ""));
  Answers answers;
  answers.replies = {{"GET /", bad}};
  CHECK(std::holds_alternative<Fail>(answers.run(exoscale::list_buckets(kApi, "ch-gva-2"))));
}

TEST_CASE("exoscale bucket: requests") {
  const Call create = exoscale::bucket.create(kApi, work({{"acl", "private"}}, {}));
  CHECK(shown(create) == "PUT /wp-assets [private]");
  CHECK(create.repeat == Repeat::look_first);

  const Value rule = Map{{"allowed-origins", List{"*"}}, {"allowed-methods", List{"GET", "PUT"}}};
  const Work all = work({{"acl", "public-read"},
                         {"versioning", true},
                         {"cors", List{rule}},
                         {"empty-on-delete", true}},
                        {"acl", "versioning", "cors", "empty-on-delete", std::string(kMark)});
  const std::string name_space = R"( xmlns="http://s3.amazonaws.com/doc/2006-03-01/">)";
  const std::string declaration = R"(<?xml version="1.0" encoding="UTF-8"?>)";
  CHECK(shown(exoscale::bucket.update(kApi, all, ours())) ==
        std::vector<std::string>{
            "PUT /wp-assets/.stackctl "
            R"({"address":"assets","empty-on-delete":true,"spec":"1.abc","stack":"wp"})",
            "PUT /wp-assets?acl= [public-read]",
            "PUT /wp-assets?versioning= " + declaration + "<VersioningConfiguration" + name_space +
                "<Status>Enabled</Status></VersioningConfiguration>",
            "PUT /wp-assets?cors= " + declaration + "<CORSConfiguration" + name_space +
                "<CORSRule><AllowedMethod>GET</AllowedMethod><AllowedMethod>PUT</AllowedMethod>"
                "<AllowedOrigin>*</AllowedOrigin></CORSRule></CORSConfiguration>"});
  CHECK(shown(exoscale::bucket.update(kApi, work({{"cors", List{}}}, {"cors"}), ours())) ==
        std::vector<std::string>{"DELETE /wp-assets?cors="});
}

TEST_CASE("exoscale bucket: what goes with it, page by page") {
  const auto calls = exoscale::bucket.remove(kApi, ours({{"empty-on-delete", true}}));
  CHECK(shown(calls) == std::vector<std::string>{
                            "GET /wp-assets?versions=", "GET /wp-assets?versions=&prefix=.stackctl",
                            "DELETE /wp-assets"});
  const auto follow = [&](const Call& call, const std::string& page) {
    return exoscale::follow_removal(kApi, call, reply(200, page));
  };
  const std::string page =
      "<ListVersionsResult><IsTruncated>true</IsTruncated>"
      "<NextKeyMarker>.stackctl</NextKeyMarker><NextVersionIdMarker>7</NextVersionIdMarker>"
      "<Version><Key>.stackctl</Key><VersionId>7</VersionId></Version>";
  const std::string object = "<Version><Key>a&amp;b</Key><VersionId>1</VersionId></Version>";
  const std::string end = "</ListVersionsResult>";

  const Progress emptied = follow(calls[0], page + object + end);
  REQUIRE(std::holds_alternative<More>(emptied));
  const std::vector<Call>& more = std::get<More>(emptied).calls;
  REQUIRE(more.size() == 2);
  CHECK(shown(more[0]).find("<Object><Key>a&amp;b</Key><VersionId>1</VersionId></Object>"
                            "<Quiet>true</Quiet>") != std::string::npos);
  CHECK(http::find(more[0].request.headers, "Content-MD5").value_or("").size() == 24);
  CHECK(shown(more[1]) == shown(calls[0]));

  const Progress turned = follow(calls[0], page + end);
  REQUIRE(std::holds_alternative<More>(turned));
  CHECK(shown(std::get<More>(turned).calls) ==
        std::vector<std::string>{
            "GET /wp-assets?versions=&key-marker=.stackctl&version-id-marker=7"});

  const std::string last =
      "<ListVersionsResult><IsTruncated>false</IsTruncated></ListVersionsResult>";
  CHECK(std::holds_alternative<Settled>(follow(calls[0], last)));
  CHECK(std::holds_alternative<Settled>(follow(calls[1], last)));
  CHECK(std::holds_alternative<Fail>(follow(calls[0], "<html/>")));
  CHECK(std::holds_alternative<More>(follow(calls[1], page + end)));
  CHECK(std::holds_alternative<Settled>(follow(more[0], "<DeleteResult/>")));
  CHECK(std::holds_alternative<Fail>(
      follow(more[0], "<DeleteResult><Error><Key>a</Key></Error></DeleteResult>")));
  CHECK(std::holds_alternative<Fail>(follow(calls[0], "no XML")));

  const auto careful = exoscale::bucket.remove(kApi, ours({{"empty-on-delete", false}}));
  CHECK(std::holds_alternative<Fail>(follow(careful[0], page + object + end)));
  CHECK(std::holds_alternative<More>(follow(careful[0], page + end)));
}

TEST_CASE("exoscale bucket: access control lists") {
  const std::string all = "<URI>http://acs.amazonaws.com/groups/global/AllUsers</URI>";
  const std::string users = "<URI>http://acs.amazonaws.com/groups/global/AuthenticatedUsers</URI>";
  const std::string own = grant("<ID>me</ID>", "FULL_CONTROL");
  CHECK(acl("") == "private");
  CHECK(acl(own) == "private");
  CHECK(acl(own + grant(all, "READ")) == "public-read");
  CHECK(acl(own + grant(all, "READ") + grant(all, "WRITE")) == "public-read-write");
  CHECK(acl(own + grant(users, "READ")) == "authenticated-read");
  CHECK(acl(own + grant(all, "FULL_CONTROL")) == "custom");
  CHECK(acl(own + grant("<ID>you</ID>", "READ")) == "custom");
}

TEST_CASE("exoscale bucket: what replies of the storage mean") {
  struct Row {
    int status;
    std::string body;
    Verdict verdict;
    std::string message;
  };
  const Row row = GENERATE(values<Row>({
      {200, "", Verdict::ok, ""},
      {204, "", Verdict::ok, ""},
      {404, "<Error><Code>NoSuchKey</Code><Message>none</Message></Error>", Verdict::gone,
       "NoSuchKey: none"},
      {409, "<Error><Code>BucketNotEmpty</Code></Error>", Verdict::failed, "BucketNotEmpty"},
      {409, "<Error><Code>OperationAborted</Code></Error>", Verdict::transient, "OperationAborted"},
      {503, "<Error><Code>SlowDown</Code></Error>", Verdict::throttled, "SlowDown"},
      {400, "<Error><Code>RequestTimeout</Code></Error>", Verdict::transient, "RequestTimeout"},
      {501, "<Error><Code>NotImplemented</Code></Error>", Verdict::failed, "NotImplemented"},
      {500, "<html>oops", Verdict::transient, ""},
      {301, "", Verdict::failed, ""},
  }));
  INFO(row.status << " " << row.body);
  const Judgement judgement = exoscale::judge_storage(reply(row.status, row.body));
  CHECK(judgement.verdict == row.verdict);
  CHECK(judgement.message == row.message);
}

TEST_CASE("exoscale bucket: the connection signs and judges by where a request goes") {
  exoscale::Login login;
  login.key = "EXOkey";
  login.secret.text = "secret";
  login.zone = "ch-gva-2";
  login.endpoint = "https://cloud.test/v2";
  login.storage_endpoint = "https://cloud.test/sos";
  const exoscale::Connection connection(login);
  const auto scheme = [&](const std::string& url) {
    http::Request request;
    request.url = url;
    connection.sign(request, Time{});
    const std::string header(http::find(request.headers, "Authorization").value_or(""));
    return header.substr(0, header.find(' '));
  };
  CHECK(scheme("https://cloud.test/v2/instance") == "EXO2-HMAC-SHA256");
  CHECK(scheme("https://cloud.test/sos") == "AWS4-HMAC-SHA256");
  CHECK(scheme("https://cloud.test/sos/assets") == "AWS4-HMAC-SHA256");
  CHECK(scheme("https://cloud.test/sosette") == "EXO2-HMAC-SHA256");
}
