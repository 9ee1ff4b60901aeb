#include "engine/dispatcher.h"

#include <catch2/catch.hpp>

#include "engine/scripted.h"

using namespace stackctl;
using namespace std::chrono_literals;
using scripted::no_reply;
using scripted::reply;

namespace {

Call call(Access access = Access::read, Repeat repeat = Repeat::freely,
          std::string url = "toy://x") {
  Call made{"do-it", {}, access, repeat};
  made.request.url = std::move(url);
  return made;
}

/// Answers with the items of `replies` one after the other, the last one for ever.
scripted::Transport::Answer in_turn(std::vector<http::Reply> replies) {
  return [replies, next = std::size_t{0}](const http::Request&) mutable {
    return replies[std::min(next++, replies.size() - 1)];
  };
}

}  // namespace

TEST_CASE("what is repeated, and what is handed back") {
  struct Case {
    std::string what;
    Call made;
    http::Reply first;
    std::size_t attempts;
    Verdict verdict;
  };
  const Case cases[] = {
      {"an answer", call(), reply(200), 1, Verdict::ok},
      {"a refusal", call(), reply(400), 1, Verdict::failed},
      {"throttled read", call(), reply(429), 2, Verdict::ok},
      {"throttled create", call(Access::write, Repeat::look_first), reply(429), 2, Verdict::ok},
      {"a create for which it is too early", call(Access::write, Repeat::look_first), reply(425), 2,
       Verdict::ok},
      {"5xx on a read", call(), reply(503), 2, Verdict::ok},
      {"5xx on a change", call(Access::write), reply(503), 2, Verdict::ok},
      {"5xx on a create", call(Access::write, Repeat::look_first), reply(503), 1,
       Verdict::transient},
      {"lost answer to a read", call(), no_reply(http::Failure::lost), 2, Verdict::ok},
      {"lost answer to a create", call(Access::write, Repeat::look_first),
       no_reply(http::Failure::lost), 1, Verdict::transient},
      {"a create that never left", call(Access::write, Repeat::look_first),
       no_reply(http::Failure::not_sent), 2, Verdict::ok},
  };
  for (const Case& test : cases) {
    INFO(test.what);
    scripted::Transport transport(in_turn({test.first, reply(200)}));
    scripted::Connection connection;
    engine::Dispatcher dispatcher(transport, {}, 1);
    dispatcher.submit(connection, test.made, 0);
    const auto answer = dispatcher.wait(Time::max());
    REQUIRE(answer);
    CHECK(answer->judgement.verdict == test.verdict);
    CHECK(transport.sent.size() == test.attempts);
  }
}

TEST_CASE("an endless failure ends after the policy's attempts, an unreachable host sooner") {
  const std::pair<http::Reply, std::size_t> cases[] = {{reply(503), 8},
                                                       {no_reply(http::Failure::not_sent), 4}};
  for (const auto& [answer, attempts] : cases) {
    scripted::Transport transport(in_turn({answer}));
    scripted::Connection connection;
    engine::Dispatcher dispatcher(transport, {}, 1);
    dispatcher.submit(connection, call(), 0);
    CHECK(dispatcher.wait(Time::max()));
    CHECK(transport.sent.size() == attempts);
  }
}

TEST_CASE("the retry budget bounds the sum of retries") {
  scripted::Transport transport(in_turn({reply(503)}));
  scripted::Connection connection;
  engine::Dispatcher dispatcher(transport, {.budget = 10}, 1);
  for (int i = 0; i < 20; ++i) dispatcher.submit(connection, call(), 0);
  for (int i = 0; i < 20; ++i) CHECK(dispatcher.wait(Time::max()));
  CHECK(transport.sent.size() == 20 + 10);
}

TEST_CASE("who is throttled slows down, who is too early does not") {
  const std::pair<int, bool> cases[] = {{425, false}, {429, true}};
  for (const auto& [status, slows_down] : cases) {
    scripted::Transport transport(in_turn({reply(status), reply(200)}));
    scripted::Connection connection;
    engine::Dispatcher dispatcher(transport, {}, 1);
    dispatcher.submit(connection, call(), 0);
    CHECK(dispatcher.wait(Time::max()));
    CHECK((dispatcher.rate(connection, Access::read) < connection.limit.per_second) == slows_down);
  }
}

TEST_CASE("a call that comes too early is repeated for a time, not for a number of attempts") {
  struct Case {
    std::string what;
    Duration ready_after;
    Verdict verdict;
  };
  const Case cases[] = {{"seconds", 9s, Verdict::ok},
                        {"minutes", 2min + 50s, Verdict::ok},
                        {"never", 24h, Verdict::not_yet}};
  for (const Case& test : cases) {
    INFO(test.what);
    scripted::Transport* world = nullptr;
    scripted::Transport transport([&](const http::Request&) {
      return reply(world->now().time_since_epoch() < test.ready_after ? 425 : 200);
    });
    world = &transport;
    scripted::Connection connection;
    engine::Dispatcher dispatcher(transport, {.budget = 0}, 1);
    dispatcher.submit(connection, call(Access::write, Repeat::look_first), 0);
    const auto answer = dispatcher.wait(Time::max());
    REQUIRE(answer);
    CHECK(answer->judgement.verdict == test.verdict);
    const Duration took = transport.now().time_since_epoch();
    CHECK(took <= 3min + 20s + 1s);
    if (test.verdict == Verdict::not_yet) CHECK(took >= 3min);
    // Less and less often.
    CHECK(transport.sent.size() <= 20);
    const auto gap = [&](std::size_t i) {
      return transport.sent[i].first - transport.sent[i - 1].first;
    };
    CHECK(gap(1) < 1s);
    CHECK(gap(transport.sent.size() - 1) > 2s);
  }
}

TEST_CASE("attempts that came too early leave the others what they had") {
  std::vector<http::Reply> replies(10, reply(425));
  replies.insert(replies.end(), 7, reply(503));
  replies.push_back(reply(200));
  scripted::Transport transport(in_turn(replies));
  scripted::Connection connection;
  engine::Dispatcher dispatcher(transport, {}, 1);
  dispatcher.submit(connection, call(), 0);
  const auto answer = dispatcher.wait(Time::max());
  REQUIRE(answer);
  CHECK(answer->judgement.verdict == Verdict::ok);
  CHECK(transport.sent.size() == replies.size());
}

TEST_CASE("Retry-After is a floor") {
  http::Reply throttled = reply(429);
  throttled.headers = {{"retry-after", "30"}};
  scripted::Transport transport(in_turn({throttled, reply(200)}));
  scripted::Connection connection;
  engine::Dispatcher dispatcher(transport, {}, 1);
  dispatcher.submit(connection, call(), 0);
  CHECK(dispatcher.wait(Time::max()));
  CHECK(transport.sent[1].first - transport.sent[0].first >= 30s);
}

TEST_CASE("a lane bounds what is in flight and the rate") {
  scripted::Transport transport(in_turn({reply(200)}));
  scripted::Connection connection;
  connection.limit = {.depth = 3, .per_second = 10, .burst = 5};
  engine::Dispatcher dispatcher(transport, {}, 1);
  for (int i = 0; i < 105; ++i) dispatcher.submit(connection, call(), 0);
  for (int i = 0; i < 105; ++i) REQUIRE(dispatcher.wait(Time::max()));
  CHECK(transport.most_in_flight == 3);
  const Duration took = transport.sent.back().first - transport.sent.front().first;
  CHECK(took >= 9900ms);
  CHECK(took <= 10500ms);
}

TEST_CASE("reads and writes have lanes of their own; the higher priority goes first") {
  scripted::Transport transport(in_turn({reply(200)}));
  scripted::Connection connection;
  connection.limit = {.depth = 1, .per_second = 1000, .burst = 1000};
  engine::Dispatcher dispatcher(transport, {}, 1);
  dispatcher.submit(connection, call(Access::write, Repeat::freely, "low"), 1);
  dispatcher.submit(connection, call(Access::write, Repeat::freely, "high"), 9);
  dispatcher.submit(connection, call(Access::read, Repeat::freely, "read"), 0);
  while (dispatcher.wait(transport.now() + 1s)) {
  }
  std::vector<std::string> order;
  for (const auto& [time, url] : transport.sent) order.push_back(url);
  CHECK(order == std::vector<std::string>{"read", "high", "low"});
}

TEST_CASE("a run that may only read refuses writes without sending them") {
  scripted::Transport transport(in_turn({reply(200)}));
  scripted::Connection connection;
  engine::Dispatcher dispatcher(transport, {}, 1);
  dispatcher.forbid_writes();
  dispatcher.submit(connection, call(Access::write), 0);
  const auto answer = dispatcher.wait(Time::max());
  REQUIRE(answer);
  CHECK(answer->judgement.verdict == Verdict::failed);
  CHECK(answer->reply.failure == http::Failure::refused);
  CHECK(transport.sent.empty());
}
