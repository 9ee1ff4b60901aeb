#include "bench/made_up_cloud.h"

#include <algorithm>
#include <array>
#include <utility>

#include "bench/meter.h"

namespace bench {
namespace {

using namespace std::chrono_literals;

constexpr int kOk = 200;
constexpr int kAccepted = 202;

const ResourceType network{
    .name = "made-up.network",
    .help = "A network",
    .schema = {text("name", "Name").required(), text("range", "Range").replaces()},
    .listing = "networks",
    .typical = 3s,
};
const ResourceType server{
    .name = "made-up.server",
    .help = "A server",
    .schema = {text("name", "Name").required(), text("size", "Size"),
               ref("network", "made-up.network", "Network").required()},
    .listing = "servers",
    .typical = 15s,
};
const ResourceType disk{
    .name = "made-up.disk",
    .help = "A disk",
    .schema = {text("name", "Name").required(), integer("size", "Size"),
               ref("server", "made-up.server", "Server").required()},
    .listing = "disks",
    .typical = 5s,
};
const ResourceType key{
    .name = "made-up.key",
    .help = "A key",
    .schema = {text("name", "Name").required(), text("text", "Key")},
    .listing = "keys",
    .typical = 1s,
};
const std::array kTypes = {&network, &server, &disk, &key};

Call call_of(std::string operation, std::string_view url, std::string body, Access access) {
  Call made{std::move(operation), {}, access, Repeat::freely};
  made.request.url = url;
  made.request.body = std::move(body);
  if (access == Access::write) made.request.method = "POST";
  return made;
}

class ListFlow final : public Flow {
 public:
  explicit ListFlow(std::string_view listing) : listing_(listing) {}
  Next next(const Seen& seen) override {
    if (seen.reply != nullptr) return Done{Value(Map{})};
    return Send{call_of("list", listing_, {}, Access::read)};
  }

 private:
  std::string_view listing_;
};

class MadeUpConnection final : public Connection {
 public:
  MadeUpConnection(Inventory& inventory, double reads, double writes)
      : inventory_(inventory), reads_(reads), writes_(writes) {}

  std::string where() const override { return "made-up"; }
  Lane lane(Access access) const override {
    const double rate = access == Access::read ? reads_ : writes_;
    constexpr double kLeastDepth = 16;
    constexpr double kDepth = 0.25;  // seconds of the rate, in flight
    const auto depth = static_cast<std::size_t>(std::max(kLeastDepth, kDepth * rate));
    return {.depth = depth, .per_second = rate, .burst = kBurst * rate};
  }
  std::unique_ptr<Flow> list(std::string_view listing,
                             const Interest& /*interest*/) const override {
    return std::make_unique<ListFlow>(listing);
  }
  std::vector<LiveObject> decode(const ResourceType& type, const Value&,
                                 Diagnostics&) const override {
    const Meter meter(inventory_.cpu);
    std::vector<LiveObject> objects;
    const auto& entries = inventory_.by_listing[type.listing];
    objects.reserve(entries.size());
    for (const Inventory::Entry& entry : entries) {
      objects.push_back(entry.object);
      if (entry.ready > inventory_.now) objects.back().condition = Condition::pending;
    }
    return objects;
  }
  std::unique_ptr<Flow> carry_out(Work work) const override;
  void sign(http::Request&, Time) const override {}
  Judgement judge(const Call&, const http::Reply&) const override { return {}; }

 private:
  Call create(const Work& work) const;

  Inventory& inventory_;
  double reads_;
  double writes_;
};

Call MadeUpConnection::create(const Work& work) const {
  const Meter meter(inventory_.cpu);
  LiveObject made;
  made.type = work.type;
  made.id = "id-" + work.mark.address;
  made.attributes = work.desired;
  made.attributes.map()->insert_or_assign("id", made.id);
  made.mark = work.mark;
  std::string id = made.id;
  inventory_.announced.emplace(id, std::move(made));
  return call_of("create", work.type->listing, std::move(id), Access::write);
}

std::unique_ptr<Flow> MadeUpConnection::carry_out(Work work) const {
  Behaviour behaviour;
  behaviour.create = [this](const Work& todo) { return create(todo); };
  behaviour.update = [](const Work&, const LiveObject&) { return std::vector<Call>{}; };
  behaviour.remove = [](const LiveObject&) { return std::vector<Call>{}; };
  behaviour.follow = [](const Call&, const http::Reply& reply) -> Progress {
    if (reply.status == kOk) return Settled{};
    return Poll{call_of("poll", "operation", reply.body, Access::read), "the operation to end"};
  };
  behaviour.created_id = [](const Work&, const Call&, const http::Reply& reply) {
    return reply.body;
  };
  return converge(std::move(work), std::move(behaviour));
}

const Provider kProvider{.name = "made-up",
                         .help = "A made-up cloud",
                         .settings = {},
                         .types = kTypes,
                         .lowerings = {},
                         .connect = nullptr};

Value name_attribute(const std::string& address) { return Value(address); }

}  // namespace

void MadeUpTransport::start(engine::Ticket ticket, http::Request request) {
  const Meter meter(inventory_.cpu);
  arrivals_.push(
      {inventory_.now + kRoundTrip, ticket, answer(request, inventory_.now + kRoundTrip / 2)});
}

http::Reply MadeUpTransport::answer(const http::Request& request, Time at) {
  http::Reply reply;
  reply.status = kOk;
  reply.body = request.body;
  if (request.method == "POST") {
    ++inventory_.writes;
    auto made = inventory_.announced.extract(request.body);
    const Time ready = at + made.mapped().type->typical;
    inventory_.operations.emplace(request.body, ready);
    inventory_.by_listing[made.mapped().type->listing].push_back({std::move(made.mapped()), ready});
    reply.status = kAccepted;
    return reply;
  }
  ++inventory_.reads;
  const auto operation = inventory_.operations.find(request.body);
  if (operation != inventory_.operations.end() && operation->second > at) reply.status = kAccepted;
  return reply;
}

std::optional<engine::Arrival> MadeUpTransport::wait(Time deadline) {
  const Meter meter(inventory_.cpu);
  if (arrivals_.empty() || arrivals_.top().at > deadline) {
    inventory_.now = std::max(inventory_.now, deadline);
    return std::nullopt;
  }
  Due due = arrivals_.top();
  arrivals_.pop();
  inventory_.now = std::max(inventory_.now, due.at);
  return engine::Arrival{due.ticket, std::move(due.reply)};
}

engine::Binding made_up_account(Inventory& inventory, double reads_per_second,
                                double writes_per_second) {
  return {"made-up", &kProvider,
          std::make_shared<MadeUpConnection>(inventory, reads_per_second, writes_per_second)};
}

engine::Desired made_up_stack(std::size_t objects) {
  engine::Desired desired;
  desired.stack = "big";
  const auto add = [&](std::string address, const ResourceType& type, Map attributes) {
    engine::DesiredObject wanted;
    attributes.emplace("name", name_attribute(address));
    wanted.resource = address;
    wanted.object.address = std::move(address);
    wanted.object.type = &type;
    wanted.object.attributes = std::move(attributes);
    for (const Reference& reference : references(wanted.object.attributes))
      wanted.needs.push_back(reference.target);
    desired.objects.push_back(std::move(wanted));
  };
  for (std::size_t i = 0; i < objects / kTypes.size(); ++i) {
    const std::string number = std::to_string(i);
    add("network" + number, network, Map{{"range", "192.0.2.0/24"}});
    add("server" + number, server,
        Map{{"size", "small"}, {"network", Reference{"network" + number, "id"}}});
    add("disk" + number, disk, Map{{"size", 10}, {"server", Reference{"server" + number, "id"}}});
    add("key" + number, key, Map{{"text", "a key"}});
  }
  return desired;
}

Duration critical_path() {
  return network.typical + server.typical + disk.typical + 3 * kRoundTrip;
}

}  // namespace bench
