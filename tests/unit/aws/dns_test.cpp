// Zones and records of Route 53: how they are listed, read, made, changed and removed.
#include "aws/types/dns.h"

#include <catch2/catch.hpp>

#include "unit/aws/made_up_services.h"

using namespace stackctl;
using namespace aws_test;

namespace {

constexpr std::string_view kSpace = R"( xmlns="https://route53.amazonaws.com/doc/2013-04-01/")";

/// "POST path?query <body>", without version and name space.
std::string spelled(const Call& call) {
  std::string path = call.request.url.substr(std::string("http://cloud.test/2013-04-01/").size());
  if (!call.request.query.empty()) path += '?' + http::query_string(call.request.query);
  std::string body = call.request.body;
  if (const auto at = body.find(kSpace); at != std::string::npos) body.erase(at, kSpace.size());
  return call.request.method + ' ' + path + (body.empty() ? "" : ' ' + body);
}

Texts spelled(const std::vector<Call>& calls) {
  Texts out;
  for (const Call& call : calls) out.push_back(spelled(call));
  return out;
}

/// At an address that a mark cannot have as it is.
Work awkward_work_on(const aws::Type& type, std::string_view desired, Texts changed = {}) {
  Work work = work_on(type, desired, std::move(changed));
  work.mark = {"wp", "web[\"a b\"]", "1.spec"};
  return work;
}

http::Reply reply(std::string body) { return {200, {}, std::move(body), {}, {}}; }

/// The calls of the listing of zones, while `answers` are given in order.
Texts listing(const Texts& answers, Map& lists) {
  aws::Api api = kApi;
  Reading reading = aws::reading_of(api, "hosted_zones", {});
  std::vector<Call> calls = reading.calls;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    REQUIRE(i < calls.size());
    CHECK(calls[i].access == Access::read);
    std::vector<Call> more;
    const Result<Value> taken = reading.take(calls[i], reply(answers[i]), more);
    REQUIRE(taken);
    for (const auto& [name, items] : *taken->map()) {
      Value& list = lists.try_emplace(name, List{}).first->second;
      list.list()->insert(list.list()->end(), items.items().begin(), items.items().end());
    }
    calls.insert(calls.end(), more.begin(), more.end());
  }
  CHECK(calls.size() == answers.size());
  return spelled(calls);
}

const std::string kMarkText = "stackctl wp web=5b=22a=20b=22=5d 1.spec";

}  // namespace

TEST_CASE("aws dns: zones lead to their records and tags") {
  Map lists;
  const Texts calls = listing(
      {("<R><HostedZones><HostedZone><Id>/hostedzone/Z1</Id><Name>x.test.</Name>"
        "</HostedZone></HostedZones><IsTruncated>true</IsTruncated>"
        "<NextMarker>Z2</NextMarker></R>"),
       ("<R><ResourceRecordSets><ResourceRecordSet><Name>x.test.</Name><Type>A</Type>"
        "</ResourceRecordSet></ResourceRecordSets><IsTruncated>true</IsTruncated>"
        "<NextRecordName>\\052.x.test.</NextRecordName><NextRecordType>A</NextRecordType></R>"),
       ("<R><ResourceTagSets><ResourceTagSet><ResourceId>Z1</ResourceId><Tags/>"
        "</ResourceTagSet></ResourceTagSets></R>"),
       "<R><HostedZones/><IsTruncated>false</IsTruncated></R>",
       "<R><ResourceRecordSets/><IsTruncated>false</IsTruncated></R>"},
      lists);
  CHECK(calls == Texts{"GET hostedzone", "GET hostedzone/Z1/rrset",
                       ("POST tags/hostedzone <ListTagsForResourcesRequest><ResourceIds>"
                        "<ResourceId>Z1</ResourceId></ResourceIds></ListTagsForResourcesRequest>"),
                       "GET hostedzone?marker=Z2",
                       "GET hostedzone/Z1/rrset?name=%5C052.x.test.&type=A"});
  CHECK(json::write(lists["dns_records"]) ==
        R"([{"HostedZoneId":"Z1","Name":"x.test.","Type":"A"}])");
}

TEST_CASE("aws dns: an answer without its list is no empty cloud") {
  aws::Api api = kApi;
  Reading reading = aws::reading_of(api, "hosted_zones", {});
  std::vector<Call> more;
  CHECK_FALSE(
      reading.take(reading.calls[0], reply("<R><IsTruncated>false</IsTruncated></R>"), more));
}

TEST_CASE("aws dns: what zones and records are read as") {
  const std::string listed = R"({
    "hosted_zones": [{"Id": "/hostedzone/Z1", "Name": "x.test.", "Config":
      {"Comment": "stackctl wp web 1.spec", "PrivateZone": "false"}},
      {"Id": "/hostedzone/Z2", "Name": "other.test.", "Config": {"Comment": "by hand"}}],
    "hosted_zone_tags": [{"ResourceId": "Z1", "Tags": {"Tag": {"Key": "a", "Value": "b"}}}],
    "dns_records": [
      {"HostedZoneId": "Z1", "Name": "x.test.", "Type": "NS", "TTL": "1",
       "ResourceRecords": {"ResourceRecord": [{"Value": "ns1.test."}, {"Value": "ns2.test."}]}},
      {"HostedZoneId": "Z1", "Name": "\\052.x.test.", "Type": "A", "TTL": "60",
       "ResourceRecords": {"ResourceRecord": {"Value": "192.0.2.1"}}},
      {"HostedZoneId": "Z1", "Name": "_stackctl-a-any.x.test.", "Type": "TXT", "TTL": "300",
       "ResourceRecords": {"ResourceRecord": {"Value": "\"stackctl wp dev 1.spec\""}}},
      {"HostedZoneId": "Z1", "Name": "www.x.test.", "Type": "A", "AliasTarget":
        {"HostedZoneId": "ZLB", "DNSName": "lb.test.", "EvaluateTargetHealth": "true"}},
      {"HostedZoneId": "Z1", "Name": "w.x.test.", "Type": "A", "SetIdentifier": "weighted"},
      {"HostedZoneId": "Z1", "Name": "_stackctl-cname.db.x.test.", "Type": "TXT", "TTL": "300",
       "ResourceRecords": {"ResourceRecord": {"Value": "\"stackctl wp db\""}}}]})";
  CHECK(decoded(aws::dns_zone, listed) ==
        Texts{R"(Z1 wp/web 1.spec {"Name":"x.test","NameServers":["ns1.test","ns2.test"],)"
              R"("PrivateZone":false,"Tags":{"a":"b"},"id":"Z1"})",
              R"(Z2 nobody {"Name":"other.test","NameServers":[],"Tags":{},"id":"Z2"})"});
  CHECK(
      decoded(aws::dns_record, listed) ==
      Texts{
          R"(Z1/_stackctl-a-any.x.test wp/dev 1.spec {"HostedZoneId":"Z1","MarkRecord":)"
          R"({"HostedZoneId":"Z1","Name":"_stackctl-a-any.x.test","ResourceRecords":)"
          R"(["\"stackctl wp dev 1.spec\""],"TTL":"300","Type":"TXT"},"Name":"*.x.test",)"
          R"("ResourceRecords":["192.0.2.1"],"TTL":60,"Type":"A",)"
          R"("id":"Z1/_stackctl-a-any.x.test"})",
          R"(Z1/_stackctl-a.www.x.test nobody {"AliasTarget":{"DNSName":"lb.test.",)"
          R"("EvaluateTargetHealth":true,"HostedZoneId":"ZLB"},"HostedZoneId":"Z1",)"
          R"("Name":"www.x.test","ResourceRecords":[],"TTL":300,"Type":"A",)"
          R"("id":"Z1/_stackctl-a.www.x.test"})",
          R"(Z1/_stackctl-cname.db.x.test wp/db {"HostedZoneId":"Z1","MarkRecord":)"
          R"({"HostedZoneId":"Z1","Name":"_stackctl-cname.db.x.test","ResourceRecords":)"
          R"(["\"stackctl wp db\""],"TTL":"300","Type":"TXT"},"Name":"db.x.test",)"
          R"("ResourceRecords":[],"TTL":300,"Type":"CNAME","id":"Z1/_stackctl-cname.db.x.test"})"});
}

TEST_CASE("aws dns: the mark survives") {
  for (const char* const address : {"web", "web[\"a b\"]", "web/part", "n[0]"}) {
    const Mark mark{"wp", address, "1p.xyz"};
    CHECK(aws::dns::mark_in(aws::dns::mark_text(mark)) == mark);
  }
  CHECK(aws::dns::mark_in("stackctl wp web") == Mark{"wp", "web", ""});
  for (const char* const text :
       {"", "stackctl", "stackctl wp", "stackctl  web", "mine wp web", "stackctl wp web spec more"})
    CHECK_FALSE(aws::dns::mark_in(text));
}

TEST_CASE("aws dns: spellings of names and records") {
  const auto name = [](const char* text) { return *aws::dns::plain_name(Value(text)).text(); };
  CHECK(name("WWW.x.test.") == "www.x.test");
  CHECK(name("\\052.x.test") == "*.x.test");
  CHECK(name("\\05") == "\\05");
  const auto record = [](const char* text) { return *aws::dns::plain_record(Value(text)).text(); };
  CHECK(record("db.test.") == "db.test");
  CHECK(record(R"("a \"b\"" "c")") == R"(a "b"c)");
  CHECK(record("\"open") == "open");
  CHECK(aws::dns::quoted(R"(say "a\b")") == R"("say \"a\\b\"")");
  CHECK(aws::dns::quoted(std::string(256, 'k')) == '"' + std::string(255, 'k') + R"(" "k")");
  CHECK(aws::dns::quoted("") == R"("")");
}

TEST_CASE("aws dns: calls about zones") {
  const Call made =
      call_to_create(aws::dns_zone, kApi, awkward_work_on(aws::dns_zone, R"({"Name": "x.test"})"));
  CHECK(spelled(made) ==
        "POST hostedzone <CreateHostedZoneRequest><Name>x.test</Name><CallerReference>t0"
        "</CallerReference><HostedZoneConfig><Comment>" +
            kMarkText + "</Comment></HostedZoneConfig></CreateHostedZoneRequest>");
  CHECK(made.repeat == Repeat::look_first);
  LiveObject zone;
  zone.id = "Z1";
  zone.attributes = parsed(R"({"id": "Z1", "Tags": {"a": "b", "old": ""}})");
  CHECK(
      spelled(calls_to_change(
          aws::dns_zone, kApi,
          awkward_work_on(aws::dns_zone, R"({"Tags": {"a": "<b>"}})", {"Tags", "(mark)"}), zone)) ==
      Texts{"POST tags/hostedzone/Z1 <ChangeTagsForResourceRequest><AddTags><Tag><Key>a</Key>"
            "<Value>&lt;b&gt;</Value></Tag></AddTags><RemoveTagKeys><Key>old</Key>"
            "</RemoveTagKeys></ChangeTagsForResourceRequest>",
            "POST hostedzone/Z1 <UpdateHostedZoneCommentRequest><Comment>" + kMarkText +
                "</Comment></UpdateHostedZoneCommentRequest>"});
  CHECK(spelled(calls_to_remove(aws::dns_zone, kApi, zone)) == Texts{"DELETE hostedzone/Z1"});
}

TEST_CASE("aws dns: calls about records") {
  const auto batch = [](const std::string& changes) {
    return "POST hostedzone/Z1/rrset/ <ChangeResourceRecordSetsRequest><ChangeBatch><Changes>" +
           changes + "</Changes></ChangeBatch></ChangeResourceRecordSetsRequest>";
  };
  const auto change = [](const std::string& action, const std::string& set) {
    return "<Change><Action>" + action + "</Action><ResourceRecordSet>" + set +
           "</ResourceRecordSet></Change>";
  };
  const auto bearer = [](const std::string& name) {
    return "<Name>" + name +
           "</Name><Type>TXT</Type><TTL>300</TTL><ResourceRecords>"
           "<ResourceRecord><Value>\"" +
           kMarkText + "\"</Value></ResourceRecord></ResourceRecords>";
  };
  const std::string text = R"({"HostedZoneId": "Z1", "Name": "x.test", "Type": "TXT", "TTL": 60,
                               "ResourceRecords": ["v=spf1", "\"done\""]})";
  const std::string alias = R"({"HostedZoneId": "Z1", "Name": "*.x.test", "Type": "A",
      "AliasTarget": {"HostedZoneId": "ZLB", "DNSName": "lb.test"}})";
  const std::string text_set =
      "<Name>x.test</Name><Type>TXT</Type><TTL>60</TTL><ResourceRecords><ResourceRecord>"
      "<Value>\"v=spf1\"</Value></ResourceRecord><ResourceRecord><Value>\"done\"</Value>"
      "</ResourceRecord></ResourceRecords>";
  const std::string alias_set =
      "<Name>*.x.test</Name><Type>A</Type><AliasTarget><HostedZoneId>ZLB</HostedZoneId>"
      "<DNSName>lb.test</DNSName><EvaluateTargetHealth>false</EvaluateTargetHealth>"
      "</AliasTarget>";
  const Call made = call_to_create(aws::dns_record, kApi, awkward_work_on(aws::dns_record, text));
  CHECK(spelled(made) ==
        batch(change("CREATE", text_set) + change("CREATE", bearer("_stackctl-txt.x.test"))));
  CHECK(made.repeat == Repeat::look_first);
  LiveObject live;
  live.attributes = parsed(text);
  CHECK(spelled(calls_to_change(aws::dns_record, kApi, awkward_work_on(aws::dns_record, alias),
                                live)) ==
        Texts{batch(change("UPSERT", alias_set) +
                    change("UPSERT", bearer("_stackctl-a-any.x.test")))});
  // As it was read, with the record that bears the mark if there is one.
  CHECK(spelled(calls_to_remove(aws::dns_record, kApi, live)) ==
        Texts{batch(change("DELETE", text_set))});
  live.attributes.map()->insert_or_assign("MarkRecord",
                                          parsed(R"({"Name": "_m.x.test", "Type": "TXT", "TTL": "9",
                               "ResourceRecords": ["\"mark\""]})"));
  live.attributes.map()->insert_or_assign("ResourceRecords", List{});
  CHECK(spelled(calls_to_remove(aws::dns_record, kApi, live)) ==
        Texts{batch(change("DELETE",
                           "<Name>_m.x.test</Name><Type>TXT</Type><TTL>9</TTL><ResourceRecords>"
                           "<ResourceRecord><Value>\"mark\"</Value></ResourceRecord>"
                           "</ResourceRecords>"))});
}
