// Connections that have to log in before they can sign.
#include <algorithm>
#include <memory>
#include <vector>

#include <catch2/catch.hpp>

#include "engine/runner.h"
#include "engine/scripted.h"

using namespace stackctl;
using namespace std::chrono_literals;
using scripted::reply;

namespace {

constexpr Duration kLifetime = 1h;
constexpr Duration kMargin = 15min;

Call call(std::string url, Access access = Access::write) {
  Call made{"do-it", {}, access, Repeat::freely};
  made.request.url = std::move(url);
  return made;
}

/// What the connection has learned by logging in.
struct Session {
  int logins = 0;  ///< begun
  int number = 0;  ///< of the token; 0: none
  Time expires{};
  bool is_refused = false;
  Time asked{};
  bool has_way = true;
  bool is_useful = true;
};

class LogIn final : public Flow {
 public:
  LogIn(std::shared_ptr<Session> session, int pauses)
      : session_(std::move(session)), pauses_(pauses) {}

  Next next(const Seen& seen) override {
    if (pauses_-- > 0) return Pause{"somebody to approve", 30s};
    Call made = call("toy://login", Access::read);
    made.operation = "get-token";
    made.is_login = true;
    if (seen.reply == nullptr) return Send{made};
    if (seen.judgement->verdict != Verdict::ok)
      return Fail{call_failed(made, *seen.reply, *seen.judgement)};
    if (!session_->is_useful) return Done{};
    session_->number = session_->logins;
    session_->is_refused = false;
    session_->expires = session_->asked + kLifetime;
    return Done{};
  }

 private:
  std::shared_ptr<Session> session_;
  int pauses_;
};

class Guarded final : public stackctl::Connection {
 public:
  std::string where() const override { return "toy east"; }
  Lane lane(Access) const override { return limit; }
  std::unique_ptr<Flow> list(std::string_view, const Interest&) const override { return nullptr; }
  std::vector<LiveObject> decode(const ResourceType&, const Value&, Diagnostics&) const override {
    return {};
  }
  std::unique_ptr<Flow> carry_out(Work) const override { return nullptr; }

  bool needs_login(Time now) const override {
    session->asked = now;
    return session->number == 0 || session->is_refused || now >= session->expires - kMargin;
  }
  std::unique_ptr<Flow> log_in() const override {
    ++session->logins;
    return session->has_way ? std::make_unique<LogIn>(session, pauses) : nullptr;
  }
  void login_refused() const override { session->is_refused = true; }
  void sign(http::Request& request, Time) const override {
    if (request.url != "toy://login")
      request.headers = {{"Token", std::to_string(session->number)}};
  }
  Judgement judge(const Call&, const http::Reply& answer) const override {
    if (answer.status == 200) return {};
    if (answer.status == 401) return {Verdict::login_expired, "who are you", ""};
    if (answer.status == 503) return {Verdict::transient, "later", ""};
    return {Verdict::failed, "wrong password", "req-7"};
  }

  Lane limit = {.depth = 16, .per_second = 1000, .burst = 1000};
  int pauses = 0;
  std::shared_ptr<Session> session = std::make_shared<Session>();
};

/// Sends one call and tells its status.
class One final : public Flow {
 public:
  explicit One(Call made) : call_(std::move(made)) {}
  Next next(const Seen& seen) override {
    if (seen.reply == nullptr) return Send{call_};
    if (seen.judgement->verdict != Verdict::ok)
      return Fail{call_failed(call_, *seen.reply, *seen.judgement)};
    return Done{Value(std::int64_t{seen.reply->status})};
  }

 private:
  Call call_;
};

/// A cloud that lets nobody in whose token is not the `valid` one. 0: any but none.
struct Cloud {
  Cloud() = default;
  Cloud(const Cloud&) = delete;
  Cloud& operator=(const Cloud&) = delete;

  http::Reply answer(const http::Request& request) {
    if (request.url == "toy://login") return login;
    ++calls;
    const std::string token(http::find(request.headers, "Token").value_or(""));
    const bool is_known = valid == 0 ? token != "0" : token == std::to_string(valid);
    return reply(is_known ? 200 : 401);
  }

  http::Reply login = reply(200);
  int valid = 0;
  int calls = 0;
  Guarded connection;
  scripted::Transport transport{[this](const http::Request& request) { return answer(request); }};
  engine::Runner runner{transport, 1};

  void start(int count, Access access = Access::write) {
    for (int i = 0; i < count; ++i)
      runner.start(connection, std::make_unique<One>(call("toy://x", access)),
                   {nullptr, 0, Duration{24h}});
  }
  /// The faults of all flows; the empty text for those that were done.
  std::vector<std::string> finish() {
    std::vector<std::string> faults;
    while (!runner.idle()) {
      const std::optional<engine::Finished> finished = runner.wait(Time::max());
      if (!finished) break;
      const auto* const fault = std::get_if<Diagnostic>(&finished->result);
      faults.push_back(fault == nullptr ? "" : fault->summary + " | " + fault->detail);
    }
    return faults;
  }
  long logins_sent() const {
    return std::ranges::count(transport.sent, "toy://login", &std::pair<Time, std::string>::second);
  }
};

std::vector<std::string> all(std::size_t count, const std::string& fault) {
  return std::vector<std::string>(count, fault);
}

}  // namespace

TEST_CASE("login: all calls of a connection wait for one") {
  Cloud cloud;
  cloud.start(50);
  cloud.start(50, Access::read);
  CHECK(cloud.finish() == all(100, ""));
  CHECK(cloud.transport.sent.front().second == "toy://login");
  CHECK(cloud.logins_sent() == 1);
  CHECK(cloud.connection.session->logins == 1);
  CHECK(cloud.calls == 100);
}

TEST_CASE("login: a call of it does not wait for the lane's other calls") {
  Cloud cloud;
  cloud.connection.limit = {.depth = 1, .per_second = 1, .burst = 1};
  cloud.start(5, Access::read);
  CHECK(cloud.finish() == all(5, ""));
  CHECK(cloud.transport.sent.front().second == "toy://login");
}

TEST_CASE("login: it may pause") {
  Cloud cloud;
  cloud.connection.pauses = 3;
  std::vector<std::string> waits;
  cloud.runner.on_waiting([&](engine::FlowId, const std::string& what) { waits.push_back(what); });
  cloud.start(3);
  CHECK(cloud.finish() == all(3, ""));
  CHECK(cloud.transport.sent.front().first == Time{90s});
  CHECK(waits.empty());
}

TEST_CASE("login: its failure is that of every call, now and later") {
  Cloud cloud;
  cloud.login = reply(403);
  cloud.start(3);
  const std::string fault =
      "cannot log in to toy east: get-token: HTTP 403 | wrong password (request req-7)";
  CHECK(cloud.finish() == all(3, fault));
  cloud.start(2);
  CHECK(cloud.finish() == all(2, fault));
  CHECK(cloud.calls == 0);
  CHECK(cloud.logins_sent() == 1);
}

TEST_CASE("login: ways to fail without an answer") {
  const auto fault_after = [](const std::function<void(Cloud&)>& prepare) {
    Cloud cloud;
    prepare(cloud);
    cloud.start(2);
    const std::vector<std::string> faults = cloud.finish();
    REQUIRE(faults.size() == 2);
    CHECK(faults[0] == faults[1]);
    CHECK(cloud.calls == 0);
    return std::pair(faults[0], cloud.logins_sent());
  };
  const std::string start = "cannot log in to toy east: ";
  CHECK(fault_after([](Cloud& cloud) { cloud.connection.session->has_way = false; }) ==
        std::pair(start + "there is no way to | ", 0L));
  CHECK(fault_after([](Cloud& cloud) { cloud.connection.session->is_useful = false; }) ==
        std::pair(start + "what the login gave is of no use: it has expired | ", 1L));
  // It is the flow that knows for how long an unreachable host is worth a try.
  CHECK(fault_after([](Cloud& cloud) {
          cloud.login = scripted::no_reply(http::Failure::not_sent);
        }) == std::pair(start + "get-token: no answer | broken", 1L));
  CHECK(fault_after([](Cloud& cloud) { cloud.connection.pauses = 1000; }).first ==
        start + "timed out after 5m, waiting for somebody to approve | ");
}

TEST_CASE("login: what expires in the middle of a long run is renewed in time") {
  Cloud cloud;
  cloud.connection.limit = {.depth = 4, .per_second = 1, .burst = 1};
  constexpr int kHours = 5;
  cloud.start(kHours * 3600);
  CHECK(cloud.finish() == all(kHours * 3600, ""));
  CHECK(cloud.calls == kHours * 3600);
  // The first, and one every 45 minutes.
  CHECK(cloud.logins_sent() == 1 + kHours * 60 / 45);
}

TEST_CASE("login: a refused one is made anew, once for all calls that were under way") {
  Cloud cloud;
  cloud.start(1);
  CHECK(cloud.finish() == all(1, ""));
  cloud.valid = 2;  // the first token is taken back
  cloud.start(16);
  CHECK(cloud.finish() == all(16, ""));
  CHECK(cloud.logins_sent() == 2);
  CHECK(cloud.calls == 1 + 16 + 16);
}

TEST_CASE("login: a late refusal of the old one does not end the new one") {
  Guarded connection;
  engine::Logins logins;
  const auto log_in = [&](Time at) {
    CHECK(!logins.admits(connection, at));
    CHECK(logins.begin() == &connection);
    connection.session->number = 1;
    connection.session->is_refused = false;
    connection.session->expires = at + kLifetime;
    CHECK(logins.end(connection, at, {}) == nullptr);
  };
  log_in(Time{10s});
  logins.refused(connection, Time{11s});
  log_in(Time{20s});
  logins.refused(connection, Time{19s});
  CHECK(logins.admits(connection, Time{21s}));
  logins.refused(connection, Time{20s});
  CHECK(!logins.admits(connection, Time{21s}));
}

TEST_CASE("login: one that is refused again and again ends") {
  Cloud cloud;
  cloud.valid = -1;
  cloud.start(200);
  CHECK(cloud.finish() == all(200, "do-it: HTTP 401 | who are you"));
  CHECK(cloud.calls == 200 * 4);
}

TEST_CASE("login: calls whose retry falls into a failed login fail with it") {
  Cloud cloud;
  cloud.start(1);
  CHECK(cloud.finish() == all(1, ""));
  cloud.valid = 2;
  cloud.login = reply(403);
  cloud.start(40);
  CHECK(cloud.finish() ==
        all(40, "cannot log in to toy east: get-token: HTTP 403 | wrong password (request req-7)"));
  CHECK(cloud.logins_sent() == 2);
}

TEST_CASE("login: what was under way when it failed is not repeated") {
  const Guarded connection;
  *connection.session = {.number = 1, .expires = Time{24h}};
  scripted::Transport transport([](const http::Request&) { return reply(503); });
  engine::Dispatcher dispatcher(transport, {}, 1);
  dispatcher.submit(connection, call("toy://x"), 0);
  CHECK(!dispatcher.wait(transport.now()));
  dispatcher.end_login(connection, error("no"));
  const auto answer = dispatcher.wait(Time{1h});
  REQUIRE(answer);
  REQUIRE(answer->login_fault);
  CHECK(answer->login_fault->summary == "cannot log in to toy east: no");
  CHECK(transport.sent.size() == 1);
}

TEST_CASE("login: it can be interrupted, and goes on if it is not given up") {
  Cloud cloud;
  cloud.start(2);
  cloud.transport.interrupted = true;
  CHECK(!cloud.runner.wait(Time::max()));
  CHECK(!cloud.runner.wait(Time::max()));
  CHECK(cloud.logins_sent() == 1);
  cloud.transport.interrupted = false;
  CHECK(cloud.finish() == all(2, ""));
  CHECK(cloud.logins_sent() == 1);
}

TEST_CASE("login: a run that may only read logs in, whatever the call says of itself") {
  for (const Access access : {Access::read, Access::write}) {
    Cloud cloud;
    cloud.runner.dispatcher().forbid_writes();
    Call login = call("toy://login", access);
    login.is_login = true;
    cloud.runner.start(cloud.connection, std::make_unique<One>(login), {});
    cloud.start(1, Access::read);
    cloud.start(1, Access::write);
    std::vector<std::string> faults = cloud.finish();
    std::ranges::sort(faults);
    CHECK(faults == std::vector<std::string>{"", "", "do-it: no answer | this run may only read"});
  }
}
