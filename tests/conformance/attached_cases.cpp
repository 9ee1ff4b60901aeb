#include "conformance/cases.h"

using support::want;

namespace conformance {
namespace {

Map instance(const std::string& name) {
  return {{"name", name},
          {"template", to("m/image")},
          {"instance-type", to("m/small")},
          {"disk-size", 10}};
}

std::vector<engine::DesiredObject> instances() {
  return {
      want("m/image", "exoscale.template", {{"name", "Linux Ubuntu 24.04 LTS 64-bit"}}, true),
      want("m/small", "exoscale.instance_type", {{"name", "standard.small"}}, true),
      want("i", "exoscale.instance", instance("s-i")),
      want("j", "exoscale.instance", instance("s-j")),
  };
}

Case private_network() {
  return {
      .type = "exoscale.private_network",
      .address = "x",
      .attributes = {{"name", "s-x"},
                     {"managed", true},
                     {"start-ip", "10.0.0.10"},
                     {"end-ip", "10.0.0.20"},
                     {"netmask", "255.255.255.0"}},
      .updates = {{"name", "s-other"},
                  {"description", "behind"},
                  {"end-ip", "10.0.0.200"},
                  {"netmask", "255.255.0.0"},
                  {"options", Map{{"dns-servers", List{"10.0.0.2", "10.0.0.1"}},
                                  {"domain-search", List{"example.org"}}}},
                  {"start-ip", "10.0.0.100"},
                  {"labels", Map{{"tier", "db"}}}},
      .replacement = {{"managed", {}}},
      .drift = {"PUT", "/private-network/{id}", R"({"options":{"routers":["10.0.0.1"]}})"},
      .drifted = "options",
      .removal = {"DELETE", "/private-network/{id}"},
  };
}

Case elastic_ip() {
  return {
      .type = "exoscale.elastic_ip",
      .address = "x",
      .attributes = {{"name", "s-x"},
                     {"managed", true},
                     {"healthcheck", Map{{"mode", "tcp"}, {"port", 80}}}},
      .updates = {{"name", "s-other"},
                  {"description", "front"},
                  {"healthcheck", Map{{"mode", "http"}, {"port", 8080}, {"uri", "/up"}}},
                  {"reverse-dns", "www.example.org"},
                  {"labels", Map{{"tier", "web"}}}},
      .replacement = {{"addressfamily", "inet6"}},
      .drift = {"PUT", "/elastic-ip/{id}", R"({"description":"by hand"})"},
      .drifted = "description",
      .removal = {"DELETE", "/elastic-ip/{id}"},
  };
}

Case block_volume() {
  return {
      .type = "exoscale.block_volume",
      .around = instances(),
      .address = "x",
      .attributes = {{"name", "s-x"}, {"size", 10}, {"instance", to("i")}},
      .updates = {{"name", "s-other"},
                  {"size", 20},
                  {"instance", to("j")},
                  {"labels", Map{{"tier", "db"}}}},
      .fixed = {"block-storage-snapshot"},  // of use to the create call alone
      .one_way = {"size"},
      .drift = {"PUT", "/block-storage/{id}:detach"},
      .drifted = "instance",
  };
}

Case block_snapshot() {
  return {
      .type = "exoscale.block_snapshot",
      .around = {want("v", "exoscale.block_volume", {{"name", "s-v"}, {"size", 10}}),
                 want("w", "exoscale.block_volume", {{"name", "s-w"}, {"size", 10}})},
      .address = "x",
      .attributes = {{"name", "s-x"}, {"block-storage-volume", to("v")}},
      .updates = {{"name", "s-other"}, {"labels", Map{{"tier", "db"}}}},
      .replacement = {{"block-storage-volume", to("w")}},
      .drift = {"PUT", "/block-storage-snapshot/{id}", R"({"name":"renamed"})"},
      .drifted = "name",
      .removal = {"DELETE", "/block-storage-snapshot/{id}"},
  };
}

}  // namespace

std::vector<Case> attached_cases() {
  return {private_network(), elastic_ip(), block_volume(), block_snapshot()};
}

}  // namespace conformance
