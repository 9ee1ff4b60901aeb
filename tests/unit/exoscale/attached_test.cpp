// What instances are put into and have: networks, elastic IPs, reverse DNS, volumes.
#include "exoscale/api/errors.h"
#include "exoscale/listing/listings.h"
#include "unit/exoscale/support.h"

using namespace stackctl;
using namespace exoscale_test;

namespace {

using Texts = std::vector<std::string>;

std::string labels(const std::string& details, const std::string& spec = "1.spec",
                   const std::string& name = "") {
  return R"("labels":{"stackctl:address":"web",)" +
         (details.empty() ? "" : R"("stackctl:details":")" + details + R"(",)") +
         (name.empty() ? "" : R"("stackctl:name":")" + name + R"(",)") +
         (spec.empty() ? "" : R"("stackctl:spec":")" + spec + R"(",)") +
         R"("stackctl:stack":"wp"})";
}

LiveObject with(const exoscale::Type& type, std::string_view attributes) {
  LiveObject object;
  object.type = &type.resource;
  object.id = "x1";
  object.attributes = parsed(attributes);
  object.mark = Mark{"wp", "web", "1.old"};
  return object;
}

Texts updated(const exoscale::Type& type, std::string_view desired, Texts changed,
              std::string_view live_attributes) {
  return written(
      type.update(api, work_on(type, desired, std::move(changed)), with(type, live_attributes)));
}

const std::string kMarkName(kMark);

}  // namespace

TEST_CASE("exoscale attached: details are read only of what says that it has some") {
  const exoscale::Listing& listing = exoscale::listing_of("/instance");
  const Call list = listing.begin(api, "/instance").at(0);
  std::vector<Call> more;
  const Value all = listing.follow(api, list, parsed(R"({"instances":[
    {"id":"i1","labels":{"stackctl:details":"elastic-ips reverse-dns"}},
    {"id":"i2","labels":{"stackctl:stack":"wp"}},{"id":"i3"},7,
    {"id":"i4","labels":{"stackctl:details":"other"}}]})"),
                                   more);
  CHECK(all["instances"].items().size() == 5);
  CHECK(written(more) == Texts{"GET /instance/i1", "GET /reverse-dns/instance/i1"});
  std::vector<Call> none;
  CHECK(written(listing.follow(
            api, more.at(0),
            parsed(R"({"id":"i1","disk-size":10,"elastic-ips":[{"id":"e1"},{"id":"e2"}]})"),
            none)) == R"({"details":[{"disk-size":10,"elastic-ips":["e1","e2"],"id":"i1"}]})");
  CHECK(written(
            listing.follow(api, more.at(1), parsed(R"({"domain-name":"A.example.org."})"), none)) ==
        R"({"details":[{"id":"i1","reverse-dns":"A.example.org."}]})");
  CHECK(none.empty());
}

TEST_CASE("exoscale attached: an instance with what was read of it") {
  const LiveObject instance = live(exoscale::instance, R"({
    "instances":[{"id":"i1","labels":{"stackctl:details":"elastic-ips reverse-dns"},
      "private-networks":[{"id":"n1","mac-address":"02"},{"id":"n2"},{}]}],
    "details":[{"id":"i2","elastic-ips":["e9"]},{"id":"i1","elastic-ips":["e1"]}],
    "private-networks":[{"id":"n1","leases":[{"ip":"10.0.0.9","instance-id":"i7"},
                                             {"ip":"10.0.0.5","instance-id":"i1"}]}]})");
  CHECK(written(instance.attributes["elastic-ips"]) == R"(["e1"])");
  CHECK(instance.attributes["reverse-dns"] == Value(""));  // asked for, and there is none
  CHECK(written(instance.attributes["private-networks"]) ==
        R"([{"ip":"10.0.0.5","network":"n1"},{"network":"n2"}])");
  const LiveObject plain = live(exoscale::instance, R"({"instances":[{"id":"i1"}]})");
  CHECK(plain.attributes["elastic-ips"].is_null());
  CHECK(plain.attributes["reverse-dns"].is_null());
}

TEST_CASE("exoscale attached: any address in a network will do where none is asked for") {
  const Attribute& attribute = *find(exoscale::instance.resource.schema, "private-networks");
  const Value live_networks = parsed(R"([{"network":"n1","ip":"10.0.0.5"},{"network":"n2"}])");
  CHECK(same(attribute, parsed(R"([{"network":"n2"},{"network":"n1"}])"), live_networks));
  CHECK(same(attribute, parsed(R"([{"network":"n2"},{"network":"n1","ip":"10.0.0.5"}])"),
             live_networks));
  for (const std::string other :
       {R"([{"network":"n1"}])", R"([{"network":"n1","ip":"10.0.0.6"},{"network":"n2"}])",
        R"([{"network":"n1"},{"network":"n3"}])", "[]"})
    CHECK_FALSE(same(attribute, parsed(other), live_networks));
}

TEST_CASE("exoscale attached: what an instance is put into, and its mark last") {
  const std::string create = created(
      exoscale::instance,
      R"({"name":"n","elastic-ips":["e1"],"reverse-dns":"a.b","private-networks":[{"network":"n1"}]})");
  CHECK(create == "POST /instance {" + labels("elastic-ips reverse-dns") + R"(,"name":"n"})");
  struct Row {
    std::string name;
    std::string desired;
    Texts changed;
    std::string live;
    Texts calls;
  };
  const std::string body = R"({"instance":{"id":"x1"}})";
  const std::vector<Row> rows = {
      {"an address for one that had none",
       R"({"elastic-ips":["e1"]})",
       {"elastic-ips", kMarkName},
       "{}",
       {"PUT /instance/x1 {" + labels("elastic-ips", "1.old") + "}",
        "PUT /elastic-ip/e1:attach " + body, "PUT /instance/x1 {" + labels("elastic-ips") + "}"}},
      {"another address, already announced",
       R"({"elastic-ips":["e2"]})",
       {"elastic-ips", kMarkName},
       R"({"elastic-ips":["e1"]})",
       {"PUT /elastic-ip/e2:attach " + body, "PUT /elastic-ip/e1:detach " + body,
        "PUT /instance/x1 {" + labels("elastic-ips") + "}"}},
      {"none any more",
       "{}",
       {"elastic-ips", "reverse-dns", kMarkName},
       R"({"elastic-ips":["e1"],"reverse-dns":"a.b"})",
       {"PUT /elastic-ip/e1:detach " + body, "DELETE /reverse-dns/instance/x1",
        "PUT /instance/x1 {" + labels("") + "}"}},
      {"a name",
       R"({"reverse-dns":"A.b."})",
       {"reverse-dns"},
       R"({"reverse-dns":""})",
       {R"(POST /reverse-dns/instance/x1 {"domain-name":"a.b"})"}},
      {"networks",
       R"({"private-networks":[{"network":"n1","ip":"10.0.0.6"},{"network":"n2","ip":"10.0.0.7"},{"network":"n3"},{"network":"n5"}]})",
       {"private-networks"},
       R"({"private-networks":[{"network":"n2","ip":"10.0.0.8"},{"network":"n3","ip":"10.0.0.9"},{"network":"n4"}]})",
       {R"(PUT /private-network/n1:attach {"instance":{"id":"x1"},"ip":"10.0.0.6"})",
        R"(PUT /private-network/n2:update-ip {"instance":{"id":"x1"},"ip":"10.0.0.7"})",
        "PUT /private-network/n5:attach " + body, "PUT /private-network/n4:detach " + body}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(updated(exoscale::instance, row.desired, row.changed, row.live) == row.calls);
  }
}

TEST_CASE("exoscale attached: private networks") {
  const exoscale::Type& type = exoscale::private_network;
  CHECK(created(type, R"({"name":"n","managed":true,"start-ip":"10.0.0.1"})") ==
        "POST /private-network {" + labels("") + R"(,"name":"n","start-ip":"10.0.0.1"})");
  CHECK(updated(type, R"({"start-ip":"10.0.0.1","end-ip":"10.0.0.9","netmask":"255.0.0.0"})",
                {"end-ip", "options", kMarkName}, "{}") ==
        Texts{R"(PUT /private-network/x1 {"end-ip":"10.0.0.9",)" + labels("") +
              R"(,"netmask":"255.0.0.0","options":{"dns-servers":[],"domain-search":[],)"
              R"("ntp-servers":[],"routers":[]},"start-ip":"10.0.0.1"})"});
  const LiveObject managed = live(
      type,
      R"({"private-networks":[{"id":"n1","start-ip":"10.0.0.1","leases":[{"ip":"10.0.0.5","instance-id":"i1"}]}]})");
  CHECK(managed.attributes["managed"] == Value(true));
  CHECK(managed.attributes["leases"].items().size() == 1);
  CHECK(live(type, R"({"private-networks":[{"id":"n1"}]})").attributes["managed"].is_null());
  // A range is added in place.
  CHECK(same(*find(type.resource.schema, "managed"), true, {}));
  CHECK_FALSE(same(*find(type.resource.schema, "managed"), {}, true));
}

TEST_CASE("exoscale attached: elastic IPs keep their name in a label") {
  const exoscale::Type& type = exoscale::elastic_ip;
  CHECK(created(type, R"({"name":"n","addressfamily":"inet4","managed":true,"reverse-dns":"a.b",)"
                      R"("healthcheck":{"mode":"tcp","port":80}})") ==
        R"(POST /elastic-ip {"addressfamily":"inet4","healthcheck":{"interval":10,"mode":"tcp",)"
        R"("port":80,"strikes-fail":3,"strikes-ok":2,"timeout":3},)" +
            labels("reverse-dns", "1.spec", "n") + "}");
  const LiveObject address =
      live(type, R"({"elastic-ips":[{"id":"e1","labels":{"stackctl:name":"n","a":"b"},)"
                 R"("healthcheck":{"mode":"tcp","port":80,"tls-sni":""}}]})");
  CHECK(address.attributes["name"] == Value("n"));
  CHECK(address.attributes["managed"] == Value(true));
  CHECK(written(address.attributes["labels"]) == R"({"a":"b"})");
  CHECK(updated(type, R"({"name":"n","reverse-dns":"a.b"})", {"reverse-dns", kMarkName}, "{}") ==
        Texts{"PUT /elastic-ip/x1 {" + labels("reverse-dns", "1.old", "n") + "}",
              R"(POST /reverse-dns/elastic-ip/x1 {"domain-name":"a.b"})",
              "PUT /elastic-ip/x1 {" + labels("reverse-dns", "1.spec", "n") + "}"});
}

TEST_CASE("exoscale attached: volumes grow and move while nobody has them") {
  const exoscale::Type& type = exoscale::block_volume;
  CHECK(created(type, R"({"name":"n","size":10,"instance":"i1","block-storage-snapshot":"s1"})") ==
        R"(POST /block-storage {"block-storage-snapshot":{"id":"s1"},)" + labels("") +
            R"(,"name":"n","size":10})");
  const std::string detach = "PUT /block-storage/x1:detach";
  const std::string grow = R"(PUT /block-storage/x1:resize-volume {"size":20})";
  const std::string attach = "PUT /block-storage/x1:attach ";
  const std::string mark = "PUT /block-storage/x1 {" + labels("") + R"(,"name":"n"})";
  struct Row {
    std::string desired;
    Texts changed;
    std::string live;
    Texts calls;
  };
  const std::vector<Row> rows = {
      {R"({"name":"n","size":20})", {"size"}, "{}", {grow, mark}},
      {R"({"name":"n","size":20})",
       {"size"},
       R"({"instance":"i1"})",
       {detach, grow, attach + R"({"instance":{"id":"i1"}})", mark}},
      {R"({"name":"n","size":20,"instance":"i2"})",
       {"size", "instance"},
       R"({"instance":"i1"})",
       {detach, grow, attach + R"({"instance":{"id":"i2"}})", mark}},
      {R"({"name":"n","instance":"i2"})",
       {"instance"},
       "{}",
       {attach + R"({"instance":{"id":"i2"}})", mark}},
      {R"({"name":"n"})", {"instance"}, R"({"instance":"i1"})", {detach, mark}},
      {R"({"name":"n"})", {"labels"}, R"({"instance":"i1"})", {mark}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.desired, row.live);
    CHECK(updated(type, row.desired, row.changed, row.live) == row.calls);
  }
  CHECK(written(type.remove(api, with(type, R"({"instance":"i1"})"))) ==
        Texts{detach, "DELETE /block-storage/x1"});
  CHECK(written(type.remove(api, with(type, "{}"))) == Texts{"DELETE /block-storage/x1"});
  CHECK(live(type, R"({"block-storage-volumes":[{"id":"v","state":"attaching"}]})").condition ==
        Condition::pending);
}

TEST_CASE("exoscale attached: the snapshot that keeps what is on a volume") {
  const exoscale::Type& type = exoscale::block_volume;
  const auto made = type.resource.final_snapshot(with(type, R"({"name":"wp-web"})"));
  REQUIRE(made.size() == 1);
  CHECK(made[0].address.starts_with("web/final-snapshot-"));
  CHECK(made[0].type == &exoscale::block_snapshot.resource);
  CHECK(created(exoscale::block_snapshot, written(made[0].attributes)) ==
        "POST /block-storage/x1:create-snapshot {" + labels("") + R"(,"name":"wp-web-final"})");
}

TEST_CASE("exoscale attached: what is not there need not be taken away") {
  const auto verdict = [](std::string operation, std::string method, int status) {
    Call call;
    call.operation = std::move(operation);
    call.request.method = std::move(method);
    http::Reply reply;
    reply.status = status;
    reply.body = R"({"message":"Volume not attached"})";
    return exoscale::judge(call, reply).verdict;
  };
  CHECK(verdict("detach-block-storage-volume", "PUT", 400) == Verdict::ok);
  CHECK(verdict("detach-instance-from-elastic-ip", "PUT", 404) == Verdict::ok);
  CHECK(verdict("delete-reverse-dns-instance", "DELETE", 404) == Verdict::ok);
  CHECK(verdict("attach-instance-to-elastic-ip", "PUT", 404) == Verdict::gone);
  CHECK(verdict("resize-block-storage-volume", "PUT", 400) == Verdict::failed);
}
