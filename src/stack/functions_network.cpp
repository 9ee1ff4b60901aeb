// Functions on networks in CIDR notation, IPv4 and IPv6.
#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <string>
#include <utility>

#include "stack/functions.h"

namespace stackctl::stack::function {
namespace {

using Trait = Function::Trait;

constexpr std::size_t kByteBits = 8;

/// A row of bits, most significant first.
struct Network {
  std::array<unsigned char, 16> bytes{};
  std::size_t width = 0;   ///< 32 or 128
  std::size_t prefix = 0;  ///< bits that are the same for all its addresses

  int family() const { return width == 32 ? AF_INET : AF_INET6; }
  bool bit(std::size_t at) const { return (bytes[at / kByteBits] & mask(at)) != 0; }
  void set(std::size_t at, bool on) {
    unsigned char& byte = bytes[at / kByteBits];
    byte = static_cast<unsigned char>(on ? byte | mask(at) : byte & ~mask(at));
  }
  void clear_from(std::size_t at) {
    for (; at < width; ++at) set(at, false);
  }
  /// Adds 1 at bit `at`; false when it runs over the front.
  bool increment(std::size_t at) {
    while (true) {
      const bool was_set = bit(at);
      set(at, !was_set);
      if (!was_set) return true;
      if (at == 0) return false;
      --at;
    }
  }

  std::string address() const {
    std::array<char, INET6_ADDRSTRLEN> buffer{};
    inet_ntop(family(), bytes.data(), buffer.data(), buffer.size());
    return buffer.data();
  }
  std::string text() const { return address() + '/' + std::to_string(prefix); }

 private:
  static unsigned mask(std::size_t at) { return 0x80U >> (at % kByteBits); }
};

Result<Network> parse(const Value& argument) {
  const std::string& text = *argument.text();
  const Diagnostic fault =
      operand_error(0, "this is no network in CIDR notation", "write it as 10.0.0.0/16");
  const std::size_t slash = text.find('/');
  if (slash == std::string::npos) return fault;
  Network network;
  network.width = text.find(':') == std::string::npos ? 32 : 128;
  if (inet_pton(network.family(), text.substr(0, slash).c_str(), network.bytes.data()) != 1)
    return fault;
  const char* const end = text.data() + text.size();
  const auto [stop, status] = std::from_chars(text.data() + slash + 1, end, network.prefix);
  if (status != std::errc() || stop != end || network.prefix > network.width) return fault;
  network.clear_from(network.prefix);
  return network;
}

/// Whether `number` can be told by `bits`; below zero it counts from the end.
bool fits(std::int64_t number, std::size_t bits) {
  constexpr std::size_t kNumberBits = 63;
  if (bits >= kNumberBits) return true;
  const std::int64_t limit = std::int64_t{1} << bits;
  return number < limit && number >= -limit;
}

/// Writes the lowest `bits` of `number` so that they end before bit `end`.
void write(Network& network, std::int64_t number, std::size_t bits, std::size_t end) {
  constexpr std::size_t kTopBit = 63;
  const auto pattern = static_cast<std::uint64_t>(number);
  for (std::size_t i = 0; i < bits; ++i)
    network.set(end - 1 - i, ((pattern >> std::min(i, kTopBit)) & 1U) != 0);
}

Result<Value> host(Arguments arguments, const FileReader&) {
  Result<Network> network = parse(arguments[0]);
  if (!network) return network.fault();
  const std::int64_t number = *arguments[1].integer();
  const std::size_t bits = network->width - network->prefix;
  if (!fits(number, bits))
    return operand_error(1, "the network has no address with this number",
                         "it has 2^" + std::to_string(bits) + " addresses");
  write(*network, number, bits, network->width);
  return Value(network->address());
}

Result<Value> netmask(Arguments arguments, const FileReader&) {
  Result<Network> network = parse(arguments[0]);
  if (!network) return network.fault();
  for (std::size_t at = 0; at < network->width; ++at) network->set(at, at < network->prefix);
  return Value(network->address());
}

/// `network` longer by `bits`, which operand `operand` gives.
Result<Network> extended(Network network, const Value& bits, std::size_t operand) {
  const std::int64_t wanted = *bits.integer();
  const std::size_t room = network.width - network.prefix;
  if (wanted < 0 || static_cast<std::uint64_t>(wanted) > room)
    return operand_error(
        operand, "the network has room for 0 to " + std::to_string(room) + " more bits of prefix");
  network.prefix += static_cast<std::size_t>(wanted);
  return network;
}

Result<Value> subnet(Arguments arguments, const FileReader&) {
  const Result<Network> network = parse(arguments[0]);
  if (!network) return network.fault();
  Result<Network> result = extended(*network, arguments[1], 1);
  if (!result) return result.fault();
  const std::int64_t number = *arguments[2].integer();
  const std::size_t bits = result->prefix - network->prefix;
  if (number < 0 || !fits(number, bits))
    return operand_error(2, "the network has no subnet with this number",
                         "it has 2^" + std::to_string(bits) + " of them, counted from 0");
  write(*result, number, bits, result->prefix);
  return Value(result->text());
}

/// Whether `inner` begins inside of `outer`.
bool is_inside(const Network& outer, const Network& inner) {
  for (std::size_t at = 0; at < outer.prefix; ++at)
    if (outer.bit(at) != inner.bit(at)) return false;
  return true;
}

/// Moves `next` to the first place from there on where a network of its prefix can begin.
bool align(Network& next) {
  bool is_aligned = true;
  for (std::size_t at = next.prefix; at < next.width; ++at)
    is_aligned = is_aligned && !next.bit(at);
  next.clear_from(next.prefix);
  return is_aligned || (next.prefix > 0 && next.increment(next.prefix - 1));
}

Result<Value> subnets(Arguments arguments, const FileReader&) {
  const Result<Network> network = parse(arguments[0]);
  if (!network) return network.fault();
  Network next = *network;
  bool has_room = true;
  List result;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    const Result<Network> sized = extended(*network, arguments[i], i);
    if (!sized) return sized.fault();
    next.prefix = sized->prefix;
    if (!has_room || !align(next) || !is_inside(*network, next))
      return operand_error(i, "the network has no room left for this one");
    result.emplace_back(next.text());
    has_room = next.prefix > 0 && next.increment(next.prefix - 1);
  }
  return Value(std::move(result));
}

constexpr std::array kTable = {
    Function{"cidrhost", "cidrhost(network, number)",
             "An address of the network; numbers below 0 count from its end", "si", Trait::none,
             host},
    Function{"cidrnetmask", "cidrnetmask(network)", "The mask of the network, as an address", "s",
             Trait::none, netmask},
    Function{"cidrsubnet", "cidrsubnet(network, bits, number)",
             "A part of the network whose prefix is longer by these bits", "sii", Trait::none,
             subnet},
    Function{"cidrsubnets", "cidrsubnets(network, bits, ...)",
             "Parts of the network one behind the other, each longer by its bits", "si*",
             Trait::none, subnets},
};

}  // namespace

std::span<const Function> networks() { return kTable; }

}  // namespace stackctl::stack::function
