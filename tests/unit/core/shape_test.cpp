#include "stackctl/shape.h"

#include "unit/exoscale/support.h"

using namespace stackctl;
using namespace exoscale_test;

namespace {

/// The faults of what `type` decodes, one a line, warnings with "(warning)"; then the ids kept.
std::string checked(const exoscale::Type& type, std::string_view listed) {
  Diagnostics faults;
  std::vector<LiveObject> objects = type.decode(type.resource, parsed(listed), faults);
  check_shapes(type.resource, objects, faults);
  std::string text;
  for (const Diagnostic& fault : faults)
    text += fault.summary + (fault.severity == Severity::warning ? " (warning)\n" : "\n");
  for (const LiveObject& object : objects) text += object.id + ' ';
  return text;
}

constexpr const char* kLabels =
    R"("labels":{"stackctl:stack":"wp","stackctl:address":"web"},"size":20,"name":"x")";

std::string volume(const std::string& id, const std::string& more) {
  return R"({"block-storage-volumes":[{"id":")" + id + "\"," + more + "}]}";
}

}  // namespace

TEST_CASE("exoscale shape: what can stand in a path") {
  for (const char* id : {"a", "e8b9c8d2-1111-4222-8333-444455556666", "my key", "a.b", "...", "ü"})
    CHECK(is_identity(id));
  for (const std::string& id :
       {std::string(), std::string("a/b"), std::string(".."), std::string("."), std::string("a\nb"),
        std::string("\x1b"), std::string("a\0b", 3), std::string(256, 'a')})
    CHECK(!is_identity(id));
}

TEST_CASE("exoscale shape: what a listing cannot say of an object of ours is an error") {
  struct Row {
    std::string listed;
    std::string told;
  };
  const std::string marked = kLabels;
  const std::string item = "an item in the list of exoscale.block_volume has the ";
  const std::string wrong = " is not what the cloud should say\nv ";
  const std::vector<Row> rows = {
      {volume("v", marked), "v "},
      {volume("v", marked + R"(,"instance":{"id":"i"})"), "v "},
      {volume("v", marked + R"(,"instance":{"id":"../x"})"),
       "exoscale.block_volume 'v': 'instance'" + wrong},
      {volume("v", marked + R"(,"instance":[])"), "exoscale.block_volume 'v': 'instance'" + wrong},
      {volume("v", R"("labels":7)"), "exoscale.block_volume 'v': 'labels'" + wrong},
      {volume("v", R"("labels":{"stackctl:stack":7})"),
       "exoscale.block_volume 'v': 'labels'" + wrong},
      {volume("v", R"("labels":null,"name":7,"instance":7)"), "v "},  // not ours
      {volume("..", marked), item + "id \"..\", which cannot stand in a path\n"},
      {volume("a/b", R"("name":"x")"), item + "id \"a/b\", which cannot stand in a path\n"},
      {R"({"block-storage-volumes":[{"id":"v"},{"id":"v"}]})",
       "exoscale.block_volume 'v' is listed twice\nv "},
      {R"({"block-storage-volumes":{"id":"v"}})", "the list of exoscale.block_volume is no list\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.listed);
    CHECK(checked(exoscale::block_volume, row.listed) == row.told);
  }
  CHECK(
      checked(exoscale::ssh_key, R"({"ssh-keys":[{"name":"a/b"},{"name":"c"}]})") ==
      "an item in the list of exoscale.ssh_key has the name \"a/b\", which cannot stand in a path "
      "(warning)\nc ");
  CHECK(checked(exoscale::dns_record, R"({"dns-domain-records":[
      {"id":"r","domain":"d","type":"PTR","name":"0/25","content":"x"}]})") ==
        "d/_stackctl-ptr.0/25 ");
}
