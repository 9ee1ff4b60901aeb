// What the kinds affinity_group, network, address, volume and volume_snapshot become, and machines
// that name them.
#include "unit/exoscale/lowering_support.h"

using namespace stackctl;
using namespace exoscale_test;

namespace {

Lowered lowered(std::string_view kind, std::string_view attributes,
                std::string_view native = "null") {
  return exoscale_test::lowered("it", kind, attributes, native);
}

/// The main object, "type {attributes}".
std::string main_of(const Lowered& from) {
  CHECK(from.faults.empty());
  REQUIRE(!from.objects.empty());
  CHECK(from.objects[0].address == "it");
  return std::string(from.objects[0].type->name).substr(9) + ' ' +
         shown(from.objects[0].attributes);
}

}  // namespace

TEST_CASE("exoscale attached lowering: one object each") {
  struct Row {
    std::string kind;
    std::string attributes;
    std::string object;
  };
  const std::vector<Row> rows = {
      {"affinity_group", R"({"description":"apart"})",
       R"(anti_affinity_group {"description":"apart","name":"wp-it"})"},
      {"network", "{}", R"(private_network {"description":"","name":"wp-it"})"},
      {"network", R"({"cidr":"10.1.2.0/23","dns_servers":["10.1.2.1"],"labels":{"a":"b"}})",
       R"(private_network {"description":"","end-ip":"10.1.3.254","labels":{"a":"b"},"managed":true,"name":"wp-it","netmask":"255.255.254.0","options":{"dns-servers":["10.1.2.1"]},"start-ip":"10.1.2.1"})"},
      {"network", R"({"range":{"start":"10.0.0.50","end":"10.0.0.90"}})",
       R"(private_network {"description":"","end-ip":"10.0.0.90","managed":true,"name":"wp-it","netmask":"255.255.255.0","start-ip":"10.0.0.50"})"},
      {"network", R"({"cidr":"10.0.0.0/8","range":{"start":"10.9.0.1","end":"10.9.9.9"}})",
       R"(private_network {"description":"","end-ip":"10.9.9.9","managed":true,"name":"wp-it","netmask":"255.0.0.0","start-ip":"10.9.0.1"})"},
      {"address", R"({"reverse_dns":"www.example.org"})",
       R"(elastic_ip {"addressfamily":"inet4","description":"","name":"wp-it","reverse-dns":"www.example.org"})"},
      {"address", R"({"ipv6":true,"health":{"type":"https","port":443}})",
       R"(elastic_ip {"addressfamily":"inet6","description":"","healthcheck":{"interval":10,"mode":"https","port":443,"strikes-fail":1,"timeout":2,"uri":"/"},"managed":true,"name":"wp-it"})"},
      {"volume", R"({"size":20,"attached_to":"${db}"})",
       R"(block_volume {"instance":"${db}","name":"wp-it","size":20})"},
      {"volume", R"({"from_snapshot":"${kept}"})",
       R"(block_volume {"block-storage-snapshot":"${kept}","name":"wp-it"})"},
      {"volume_snapshot", R"({"of":"${disk}"})",
       R"(block_snapshot {"block-storage-volume":"${disk}","name":"wp-it"})"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.kind, row.attributes);
    const Lowered made = lowered(row.kind, row.attributes);
    CHECK(main_of(made) == row.object);
    CHECK(made.objects.size() == 1);
    const Kind& kind = **std::ranges::find(
        kinds::all(), row.kind, [](const Kind* known) { return std::string(known->name); });
    for (const Attribute& attribute : kind.schema)
      if (attribute.is_output) CHECK(made.outputs.contains(attribute.name));
    for (const auto& [name, value] : made.outputs)
      for (const Reference& reference : references(value))
        CHECK(find(made.objects[0].type->schema, reference.attribute) != nullptr);
  }
}

TEST_CASE("exoscale attached lowering: machines name what they have") {
  const std::string machine = R"("image":"${os}","size":"small","affinity_groups":["${apart}"],)"
                              R"("addresses":["${www}"],)";
  const std::string instance =
      main_of(lowered("instance", "{" + machine +
                                      R"("reverse_dns":"a.b","networks":["${front}",)"
                                      R"({"network":"${back}","address":"10.0.0.5"}]})"));
  for (const std::string part :
       {R"("anti-affinity-groups":["${apart}"])", R"("elastic-ips":["${www}"])",
        R"("reverse-dns":"a.b")",
        R"("private-networks":[{"network":"${front}"},{"ip":"10.0.0.5","network":"${back}"}])"}) {
    CAPTURE(instance, part);
    CHECK(instance.find(part) != std::string::npos);
  }
  const std::string pool =
      main_of(lowered("instance_pool", "{" + machine + R"("count":1,"networks":["${front}"]})"));
  for (const std::string part :
       {R"("anti-affinity-groups":["${apart}"])", R"("elastic-ips":["${www}"])",
        R"("private-networks":["${front}"])"}) {
    CAPTURE(pool, part);
    CHECK(pool.find(part) != std::string::npos);
  }
}

TEST_CASE("exoscale attached lowering: what Exoscale cannot do is told by path") {
  struct Row {
    std::string kind;
    std::string attributes;
    Texts faults;
  };
  const std::vector<Row> rows = {
      {"network",
       R"({"cidr":"fd00::/64"})",
       {"cidr: Exoscale leases addresses of IPv4 networks from /1 to /30, not of fd00::/64"}},
      {"network",
       R"({"cidr":"10.0.0.0/31"})",
       {"cidr: Exoscale leases addresses of IPv4 networks from /1 to /30, not of 10.0.0.0/31"}},
      {"network",
       R"({"cidr":"10.0.0.0/24","range":{"start":"10.0.0.9","end":"10.0.1.9"}})",
       {"range.end: 10.0.1.9 is not in 10.0.0.0/24"}},
      {"address",
       R"({"health":{"port":80,"path":"/","retries":21}})",
       {"health.path: a tcp check has no path",
        "health.retries: 'retries' must be from 1 to 20 on Exoscale"}},
      {"volume", "{}", {": 'size' is missing"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.kind, row.attributes);
    Texts told;
    for (const Diagnostic& fault : lowered(row.kind, row.attributes).faults)
      told.push_back(fault.path + ": " + fault.summary);
    CHECK(told == row.faults);
  }
}
