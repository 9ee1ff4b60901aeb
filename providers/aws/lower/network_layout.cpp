#include "network_layout.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <cstdint>
#include <map>
#include <string_view>
#include <utility>

#include "stackctl/lowering.h"

namespace stackctl::aws {
namespace {

constexpr unsigned kBits = 32;
constexpr unsigned kBiggest = 16;  // prefixes of networks and subnets
constexpr unsigned kSmallest = 28;
constexpr unsigned kSixteenth = 4;  // more bits of prefix
constexpr std::size_t kHalf = 8;    // of the sixteenths

/// A block of IPv4 addresses.
struct Block {
  std::uint32_t first = 0;
  unsigned length = 0;

  std::uint32_t last() const { return first | (~std::uint32_t{0} >> length); }
  bool holds(const Block& other) const { return first <= other.first && other.last() <= last(); }
  bool meets(const Block& other) const { return first <= other.last() && other.first <= last(); }
};

std::optional<Block> block_in(const Value& value) {
  const std::string* const text = value.text();
  if (text == nullptr || !check::cidr(value).empty()) return std::nullopt;
  const std::size_t slash = text->find('/');
  in_addr address{};
  if (::inet_pton(AF_INET, text->substr(0, slash).c_str(), &address) != 1) return std::nullopt;
  Block block{ntohl(address.s_addr), 0};
  std::from_chars(text->data() + slash + 1, text->data() + text->size(), block.length);
  if (block.length < kBiggest || block.length > kSmallest) return std::nullopt;
  return block;
}

std::string text_of(const Block& block) {
  in_addr address{htonl(block.first)};
  std::array<char, INET_ADDRSTRLEN> text{};
  ::inet_ntop(AF_INET, &address, text.data(), text.size());
  return std::string(text.data()) + '/' + std::to_string(block.length);
}

std::string check_nat(const Value& value) {
  if (value.boolean() != nullptr || value == Value("per_zone")) return {};
  return "must be true, false or per_zone";
}

Attribute blocks(std::string_view name, std::string_view help) {
  return list_of(name, text("block", "A part of the network's cidr").check(check::cidr), help);
}

/// One kind of subnets.
struct Half {
  std::string_view name;  ///< "public"
  std::size_t first = 0;  ///< sixteenth of the network
};
constexpr Half kPublic{"public", 0};
constexpr Half kPrivate{"private", kHalf};

class Layout {
 public:
  Layout(const Declaration& declaration, Diagnostics& faults)
      : given_(declaration.native), faults_(faults) {
    for (const Value& zone : given_["zones"].items())
      if (zone.text() != nullptr) zones_.push_back(*zone.text());
    if (given_["zones"].is_null()) zones_ = {"a", "b"};
  }

  std::optional<NetworkLayout> run(const Value& cidr) {
    const std::optional<Block> whole = block_in(cidr);
    if (!whole)
      return refuse("cidr", "AWS has IPv4 networks from /16 to /28, and needs to know which",
                    "write 'cidr: 10.0.0.0/16'");
    whole_ = *whole;
    if (zones_.empty()) return refuse("aws.zones", "a network needs a zone at least");
    NetworkLayout layout;
    layout.publics = subnets(kPublic, kPrivate);
    layout.privates = subnets(kPrivate, kPublic);
    layout.nat = nat(layout);
    if (!is_good_) return std::nullopt;
    return layout;
  }

 private:
  std::nullopt_t refuse(std::string path, std::string summary, std::string hint = {}) {
    is_good_ = false;
    faults_.push_back(fault_at(std::move(path), std::move(summary), std::move(hint)));
    return std::nullopt;
  }

  /// Those that are named; without any named, one a zone.
  std::vector<SubnetPlace> subnets(const Half& half, const Half& other) {
    if (given_[half.name].list() != nullptr) return named(half);
    if (!given_[other.name].items().empty()) return {};
    return computed(half);
  }

  std::vector<SubnetPlace> named(const Half& half) {
    std::vector<SubnetPlace> places;
    for (const Value& item : given_[half.name].items()) {
      const std::string origin =
          "aws." + std::string(half.name) + '[' + std::to_string(places.size()) + ']';
      const std::optional<Block> block = block_in(item);
      if (!block || !whole_.holds(*block))
        refuse(origin, display(item) + " is no part of " + text_of(whole_) + " from /16 to /28");
      else
        take(*block, origin);
      places.push_back(place(half, places.size(), item.text() == nullptr ? "" : *item.text()));
      places.back().origin = origin;
    }
    return places;
  }

  std::vector<SubnetPlace> computed(const Half& half) {
    std::vector<SubnetPlace> places;
    const unsigned length = whole_.length + kSixteenth;
    if (length > kSmallest || zones_.size() > kHalf) {
      if (is_good_)  // told once for both halves
        refuse("cidr",
               "it does not divide by itself: a subnet is a sixteenth of it, and a /28 at least",
               "name the subnets: 'aws: {public: [CIDR, ...], private: [CIDR, ...]}'");
      return places;
    }
    for (std::size_t i = 0; i < zones_.size(); ++i) {
      const auto index = static_cast<std::uint32_t>(half.first + i);
      const Block block{whole_.first + (index << (kBits - length)), length};
      places.push_back(place(half, i, text_of(block)));
      places.back().origin = "cidr";
    }
    return places;
  }

  /// One zone after the other, and then the first again.
  SubnetPlace place(const Half& half, std::size_t index, std::string block) const {
    const std::string& zone = zones_[index % zones_.size()];
    SubnetPlace place{std::string(half.name) + '-' + zone, zone, std::move(block), {}};
    if (const std::size_t round = index / zones_.size(); round > 0)
      place.name += '-' + std::to_string(round + 1);
    return place;
  }

  void take(const Block& block, const std::string& origin) {
    const auto other =
        std::ranges::find_if(taken_, [&](const Block& earlier) { return earlier.meets(block); });
    if (other != taken_.end()) refuse(origin, text_of(block) + " overlaps with " + text_of(*other));
    taken_.push_back(block);
  }

  Nat nat(const NetworkLayout& layout) {
    const Value& wanted = given_["nat"];
    const bool is_possible = !layout.publics.empty() && !layout.privates.empty();
    if (wanted.is_null()) return is_possible ? Nat::one : Nat::none;
    if (wanted == Value(false)) return Nat::none;
    if (!is_possible)
      refuse("aws.nat", "a NAT gateway stands in a public subnet and serves private ones",
             "name some of both, or set 'nat: false'");
    if (wanted == Value(true)) return Nat::one;
    for (const SubnetPlace& subnet : layout.privates)
      if (std::ranges::find(layout.publics, subnet.zone, &SubnetPlace::zone) ==
          layout.publics.end())
        refuse("aws.nat", "zone " + subnet.zone + " has no public subnet for its NAT gateway");
    return Nat::per_zone;
  }

  const Value& given_;
  Diagnostics& faults_;
  std::vector<std::string> zones_;
  Block whole_;
  std::vector<Block> taken_;
  bool is_good_ = true;
};

}  // namespace

Schema layout_schema() {
  return {
      list_of("zones", text("zone", "Its letter, or its name").check(check::not_empty),
              "Where subnets are; a and b unless given"),
      blocks("public", "Subnets with public addresses, one zone after the other"),
      blocks("private", "Subnets without, one zone after the other"),
      any("nat", "Way out of private subnets: true (one for all), per_zone, or false")
          .check(check_nat),
  };
}

std::optional<NetworkLayout> layout_of(const Declaration& declaration, Diagnostics& faults) {
  return Layout(declaration, faults).run(declaration.attributes["cidr"]);
}

}  // namespace stackctl::aws
