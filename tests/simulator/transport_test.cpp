#include "simulator/transport.h"

#include <catch2/catch.hpp>

#include "client.h"

namespace stackctl::simulator::testing {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

http::Reply echo(const http::Request& request, Time) {
  http::Reply reply;
  reply.status = 200;
  reply.body = request.body;
  return reply;
}

http::Request request_with(std::string body) {
  http::Request request;
  request.url = "https://cloud.example/v2/instance/5c2e26fb-75c6-4ada-8dd0-0dcb32080f72:stop";
  request.body = std::move(body);
  return request;
}

TEST_CASE("time passes only in wait, up to the arrival or the deadline", "[simulator]") {
  SimulatedTransport transport(start_time, echo);
  transport.start(1, request_with("a"));
  CHECK(transport.now() == start_time);
  CHECK_FALSE(transport.wait(start_time + milliseconds{1}));
  CHECK(transport.now() == start_time + milliseconds{1});
  const auto arrival = transport.wait(Time::max());
  REQUIRE(arrival);
  CHECK(arrival->ticket == 1);
  CHECK(arrival->reply.body == "a");
  const Duration took = transport.now() - start_time;
  CHECK(took >= milliseconds{30});
  CHECK(took <= milliseconds{80});
  CHECK_FALSE(transport.wait(Time::max()));
  CHECK(transport.now() == start_time + took);
  CHECK_FALSE(transport.wait(start_time + seconds{9}));
  CHECK(transport.now() == start_time + seconds{9});
}

TEST_CASE("requests reach the cloud in order of time, each ticket arrives once", "[simulator]") {
  Time last{};
  int count = 0;
  SimulatedTransport transport(
      start_time,
      [&](const http::Request& request, Time now) {
        CHECK(now >= last);
        last = now;
        ++count;
        return echo(request, now);
      },
      3);
  for (engine::Ticket ticket = 0; ticket < 100; ++ticket)
    transport.start(ticket, request_with(std::to_string(ticket)));
  std::vector<int> seen(100);
  while (const auto arrival = transport.wait(Time::max())) {
    CHECK(arrival->reply.body == std::to_string(arrival->ticket));
    ++seen[arrival->ticket];
  }
  CHECK(seen == std::vector<int>(100, 1));
  CHECK(count == 100);
  CHECK(transport.calls() ==
        std::map<std::string, std::uint64_t>{{"GET /v2/instance/{id}:stop", 100}});
}

TEST_CASE("equal seeds give equal runs", "[simulator]") {
  const auto run = [](std::uint64_t seed) {
    SimulatedTransport transport(start_time, echo, seed);
    std::vector<engine::Ticket> order;
    for (engine::Ticket ticket = 0; ticket < 20; ++ticket)
      transport.start(ticket, request_with(""));
    while (const auto arrival = transport.wait(Time::max())) order.push_back(arrival->ticket);
    return std::pair{order, transport.now()};
  };
  CHECK(run(1) == run(1));
  CHECK(run(1) != run(2));
}

TEST_CASE("what is cancelled arrives as lost, whether it was done or not", "[simulator]") {
  int done = 0;
  SimulatedTransport transport(start_time, [&](const http::Request& request, Time now) {
    ++done;
    return echo(request, now);
  });
  transport.start(1, request_with("a"));
  CHECK_FALSE(transport.wait(start_time + milliseconds{40}));  // it has reached the cloud
  transport.start(2, request_with("b"));
  transport.cancel_all();
  for (const engine::Ticket ticket : {1U, 2U}) {
    const auto arrival = transport.wait(transport.now());
    REQUIRE(arrival);
    CHECK(arrival->ticket == ticket);
    CHECK(arrival->reply.failure == http::Failure::lost);
  }
  CHECK_FALSE(transport.wait(Time::max()));
  CHECK(done <= 1);
}

TEST_CASE("a simulated account behind the transport", "[simulator]") {
  Cloud cloud({});
  SimulatedTransport transport(start_time, [&](const http::Request& request, Time now) {
    return cloud.handle(request, now);
  });
  transport.start(1, signed_request(start_time, "POST", "/security-group", R"({"name":"web"})"));
  const auto made = transport.wait(Time::max());
  REQUIRE(made);
  REQUIRE(made->reply.status == 200);
  CHECK(cloud.next_event() > transport.now());
  CHECK(cloud.clock() < transport.now());
}

}  // namespace
}  // namespace stackctl::simulator::testing
