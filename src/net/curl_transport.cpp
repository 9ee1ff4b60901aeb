#include "net/curl_transport.h"

#include <algorithm>
#include <deque>
#include <stdexcept>
#include <utility>
#include <vector>

#include "net/curl_library.h"
#include "net/transfer.h"
#include "net/wake_signal.h"

namespace stackctl::net {
namespace {

using std::chrono::milliseconds;

/// More idle handles than this are not worth their memory.
constexpr std::size_t max_idle_handles = 64;
/// The wall clock may be set back while we sleep; look at it again after this long.
constexpr milliseconds longest_sleep{60'000};

CurlLibrary loaded_curl() {
  const Result<CurlLibrary> curl = load_curl();
  if (!curl) throw std::runtime_error(curl.fault().summary + "\n  hint: " + curl.fault().hint);
  return *curl;
}

/// The library from its initialisation to its clean-up.
class ReadyCurl {
 public:
  ReadyCurl() : curl_(loaded_curl()) {
    if (curl_.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
      throw std::runtime_error("cannot initialise libcurl");
  }
  ~ReadyCurl() { curl_.global_cleanup(); }
  ReadyCurl(const ReadyCurl&) = delete;
  ReadyCurl& operator=(const ReadyCurl&) = delete;

  const CurlLibrary& operator*() const { return curl_; }
  const CurlLibrary* operator->() const { return &curl_; }

 private:
  CurlLibrary curl_;
};

using MultiHandle = std::unique_ptr<CURLM, decltype(&::curl_multi_cleanup)>;

MultiHandle make_multi(const CurlLibrary& curl, const CurlOptions& options) {
  MultiHandle multi(curl.multi_init(), curl.multi_cleanup);
  if (!multi) throw std::runtime_error("cannot create a libcurl multi handle");
  const long per_host = options.max_connections_per_host;
  curl.multi_setopt(multi.get(), CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_MULTIPLEX));
  curl.multi_setopt(multi.get(), CURLMOPT_MAX_HOST_CONNECTIONS, per_host);
  curl.multi_setopt(multi.get(), CURLMOPT_MAX_TOTAL_CONNECTIONS, options.max_connections);
  // By default the cache shrinks with the number of transfers, so a lull would close connections
  // that the next burst needs.
  curl.multi_setopt(multi.get(), CURLMOPT_MAXCONNECTS, std::max(per_host * 4, 64L));
  return multi;
}

}  // namespace

struct CurlTransport::State {
  explicit State(CurlOptions given)
      : options(std::move(given)), multi(make_multi(*curl, options)) {}
  ~State() {
    for (const auto& [ticket, transfer] : in_flight)
      curl->multi_remove_handle(multi.get(), transfer->easy());
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  EasyHandle take_easy();
  void settle(Transfer& transfer, CURLcode code);
  void drive();

  ReadyCurl curl;
  CurlOptions options;
  WakeSignal wake;
  MultiHandle multi;
  std::vector<EasyHandle> idle;
  std::map<engine::Ticket, std::unique_ptr<Transfer>> in_flight;
  std::deque<engine::Arrival> arrivals;
};

EasyHandle CurlTransport::State::take_easy() {
  if (idle.empty()) return {curl->easy_init(), curl->easy_cleanup};
  EasyHandle easy = std::move(idle.back());
  idle.pop_back();
  return easy;
}

/// Turns a transfer that curl is done with, or never got, into an arrival.
void CurlTransport::State::settle(Transfer& transfer, CURLcode code) {
  const engine::Ticket ticket = transfer.ticket();
  arrivals.push_back({ticket, transfer.finish(code)});
  EasyHandle easy = transfer.release_easy();
  if (easy && idle.size() < max_idle_handles) idle.push_back(std::move(easy));
  in_flight.erase(ticket);
}

/// Moves all transfers on as far as they go without waiting.
void CurlTransport::State::drive() {
  int running = 0;
  curl->multi_perform(multi.get(), &running);
  int queued = 0;
  while (const CURLMsg* message = curl->multi_info_read(multi.get(), &queued)) {
    if (message->msg != CURLMSG_DONE) continue;
    // The message lives in the handle, so it must be read before the handle is removed.
    CURL* const easy = message->easy_handle;
    const CURLcode code = message->data.result;
    void* owner = nullptr;
    curl->easy_getinfo(easy, CURLINFO_PRIVATE, &owner);
    curl->multi_remove_handle(multi.get(), easy);
    settle(*static_cast<Transfer*>(owner), code);
  }
}

CurlTransport::CurlTransport(CurlOptions options)
    : state_(std::make_unique<State>(std::move(options))) {}
CurlTransport::~CurlTransport() = default;

Time CurlTransport::now() const {
  return std::chrono::floor<Duration>(std::chrono::system_clock::now());
}

void CurlTransport::start(engine::Ticket ticket, http::Request request) {
  const auto [place, is_new] = state_->in_flight.try_emplace(ticket);
  if (!is_new) return;  // one arrival for each ticket, even where a caller errs
  place->second =
      std::make_unique<Transfer>(*state_->curl, ticket, std::move(request), state_->options);
  Transfer& transfer = *place->second;
  if (!transfer.prepare(state_->take_easy()))
    state_->settle(transfer, CURLE_BAD_FUNCTION_ARGUMENT);
  else if (state_->curl->multi_add_handle(state_->multi.get(), transfer.easy()) != CURLM_OK)
    state_->settle(transfer, CURLE_OUT_OF_MEMORY);
}

std::optional<engine::Arrival> CurlTransport::wait(Time deadline) {
  for (;;) {
    if (state_->wake.take()) return std::nullopt;
    if (state_->arrivals.empty()) state_->drive();
    if (!state_->arrivals.empty()) {
      engine::Arrival arrival = std::move(state_->arrivals.front());
      state_->arrivals.pop_front();
      return arrival;
    }
    const Time present = now();
    if (present >= deadline) return std::nullopt;
    const auto left = std::min(std::chrono::ceil<milliseconds>(deadline - present), longest_sleep);
    curl_waitfd wake{state_->wake.descriptor(), CURL_WAIT_POLLIN, 0};
    state_->curl->multi_poll(state_->multi.get(), &wake, 1, static_cast<int>(left.count()),
                             nullptr);
  }
}

void CurlTransport::cancel_all() {
  for (const auto& [ticket, transfer] : state_->in_flight) {
    state_->curl->multi_remove_handle(state_->multi.get(), transfer->easy());
    http::Reply reply;
    reply.failure = http::Failure::lost;
    reply.failure_text = "cancelled";
    state_->arrivals.push_back({ticket, std::move(reply)});
  }
  state_->in_flight.clear();
}

void CurlTransport::interrupt() noexcept { state_->wake.raise(); }

}  // namespace stackctl::net
