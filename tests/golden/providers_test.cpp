#include <array>

#include <catch2/catch.hpp>

#include "cli/providers_text.h"
#include "cli/reference.h"
#include "golden/golden.h"
#include "golden/made_up.h"
#include "stackctl/json.h"

namespace stackctl::testing {
namespace {

const Kind kServer{
    .name = "server",
    .help = "A server",
    .schema = {text("image", "What it boots").required(),
               list_of("ports",
                       object("", "",
                              {integer("port", "Which").required(),
                               text("protocol", "How").one_of({"tcp", "udp"}).otherwise("tcp")}),
                       "What it listens to"),
               duration("grace", "How long | it may take").otherwise(90),
               output("address", "Its address")}};
const Kind kLake{.name = "lake", .help = "Nobody has one", .schema = {}};
constexpr std::array kKinds = {&kLake, &kServer};

constexpr std::array kLowerings = {Lowering{"server", nullptr}};

const Provider& toy() {
  static const std::array types = {&server_type(), &group_type(), &rule_type()};
  static const Provider kToy{.name = "toy",
                             .help = "A cloud to play with. Credentials come from TOY_KEY.",
                             .settings = {text("zone", "Where")},
                             .types = types,
                             .lowerings = kLowerings,
                             .connect = nullptr};
  return kToy;
}

TEST_CASE("providers: all of them") {
  const std::array providers = {&toy()};
  check_golden("screens/providers.txt", cli::providers_text(kKinds, providers).plain());
}

TEST_CASE("providers: one in full") {
  check_golden("screens/provider.txt", cli::provider_text(kKinds, toy()).plain());
}

TEST_CASE("providers: as JSON") {
  const std::array providers = {&toy()};
  check_golden(
      "screens/providers.json",
      json::write(cli::providers_record(kKinds, providers), json::Secrets::hidden, 2) + "\n");
}

TEST_CASE("reference: kinds and native types") {
  const std::array providers = {&toy()};
  cli::World world;
  world.kinds = kKinds;
  world.providers = providers;
  check_golden("screens/reference_kinds.md", cli::kinds_page(world));
  check_golden("screens/reference_provider.md", cli::provider_page(toy()));
}

}  // namespace
}  // namespace stackctl::testing
