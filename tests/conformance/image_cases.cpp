// Templates, and what they are made of.
#include "conformance/cases.h"

namespace conformance {

using support::want;

namespace {

std::vector<engine::DesiredObject> base() {
  return {
      want("m/image", "exoscale.template", {{"name", "Linux Ubuntu 24.04 LTS 64-bit"}}, true),
      want("m/debian", "exoscale.template", {{"name", "Linux Debian 12 (Bookworm) 64-bit"}}, true),
      want("m/small", "exoscale.instance_type", {{"name", "standard.small"}}, true),
  };
}

Map builder() {
  return {{"name", "s-x"},
          {"template", to("m/image")},
          {"instance-type", to("m/small")},
          {"disk-size", 10},
          {"user-data", "#!/bin/sh\npoweroff\n"}};
}

}  // namespace

std::vector<Case> image_cases() {
  std::vector<engine::DesiredObject> with_builder = base();
  with_builder.push_back(want("x/builder", "exoscale.builder", builder()));
  Map other = builder();
  other.insert_or_assign("name", "s-y");
  with_builder.push_back(want("y/builder", "exoscale.builder", other));
  return {
      {.type = "exoscale.template",
       .address = "x",
       .attributes = {{"name", "s-x"},
                      {"url", "https://example.com/disk.qcow2"},
                      {"checksum", "0123456789abcdef0123456789abcdef"}},
       .updates = {{"name", "s-other"}, {"description", "servers"}},
       // The first two only look one up.
       .fixed = {"id", "family", "visibility", "inputs"},
       // Without its file a template cannot be made.
       .lasting = {"url", "checksum"},
       .replacement = {{"boot-mode", "uefi"}},
       .drift = {"PUT", "/template/{id}", R"({"name": "s-drifted"})"},
       .drifted = "name",
       .removal = {"DELETE", "/template/{id}"}},
      {.type = "exoscale.builder",
       .around = base(),
       .address = "x/builder",
       .attributes = builder(),
       .updates = {{"labels", Map{{"a", "b"}}}},
       .replacement = {{"template", to("m/debian")}},
       .removal = {"DELETE", "/instance/{id}"}},
      {.type = "exoscale.snapshot",
       .around = with_builder,
       .address = "x/builder/snapshot",
       .attributes = {{"instance", to("x/builder")}},
       .removal = {"DELETE", "/snapshot/{id}"}},
  };
}

}  // namespace conformance
