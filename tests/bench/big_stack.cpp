#include "bench/big_stack.h"

#include <sstream>
#include <string_view>

namespace bench {

namespace {

constexpr std::string_view kHead =
    "stack: big\nprovider: exoscale\nproviders: {exoscale: {zone: ch-gva-2}}\nresources:\n";
constexpr std::string_view kImage = "Linux Ubuntu 24.04 LTS 64-bit";
constexpr std::string_view kPublicKey =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGl0LWlzLW5vdC1hLXJlYWwta2V5LWp1c3QtMzItYnl0 bench";

}  // namespace

std::string big_stack(std::size_t resources) {
  std::ostringstream text;
  text << kHead;
  for (std::size_t i = 0; i < resources / 2; ++i)
    text << "  g" << i
         << ":\n    kind: security_group\n    ingress: [{port: 80, from: 0.0.0.0/0}]\n"
         << "  m" << i << ":\n    kind: instance\n    image: Linux Ubuntu 24.04 LTS 64-bit\n"
         << "    size: small\n    security_groups: [\"${g" << i << "}\"]\n";
  return text.str();
}

std::string mixed_stack(std::size_t objects) {
  constexpr std::size_t kObjectsEach = 8;
  std::ostringstream text;
  text << kHead;
  for (std::size_t i = 0; i < objects / kObjectsEach; ++i)
    text << "  key" << i << ": {kind: key_pair, public_key: " << kPublicKey << "}\n"
         << "  apart" << i << ": {kind: affinity_group}\n"
         << "  net" << i << ": {kind: network, description: Number " << i << "}\n"
         << "  ip" << i << ": {kind: address}\n"
         << "  group" << i << ":\n    kind: security_group\n"
         << "    ingress: [{port: 80, from: 0.0.0.0/0}]\n"
         << "  machine" << i << ":\n    kind: instance\n    image: " << kImage << "\n"
         << "    size: small\n    key_pair: \"${key" << i << "}\"\n    security_groups: [\"${group"
         << i << "}\"]\n"
         << "    affinity_groups: [\"${apart" << i << "}\"]\n"
         << "  disk" << i << ": {kind: volume, size: 10}\n";
  return text.str();
}

std::string pool_stack(std::size_t members) {
  std::ostringstream text;
  text << kHead << "  pool:\n    kind: instance_pool\n    count: " << members
       << "\n    image: " << kImage << "\n    size: small\n";
  return text.str();
}

}  // namespace bench
