#include "cli/call_log.h"

#include <memory>
#include <utility>

#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>

namespace stackctl::cli {
namespace {

class FunctionSink final : public spdlog::sinks::base_sink<spdlog::details::null_mutex> {
 public:
  explicit FunctionSink(std::function<void(std::string_view)> write) : write_(std::move(write)) {}

 protected:
  void sink_it_(const spdlog::details::log_msg& message) override {
    spdlog::memory_buf_t line;
    formatter_->format(message, line);
    write_(std::string_view(line.data(), line.size()));
  }
  void flush_() override {}

 private:
  std::function<void(std::string_view)> write_;
};

/// Query strings may name what is nobody else's business.
std::string_view without_query(std::string_view url) { return url.substr(0, url.find('?')); }

}  // namespace

engine::Dispatcher::Observe call_log(const std::string& level,
                                     std::function<void(std::string_view)> write) {
  const spdlog::level::level_enum wanted = spdlog::level::from_str(level);
  if (level.empty() || wanted == spdlog::level::off) return {};
  auto logger = std::make_shared<spdlog::logger>("stackctl",
                                                 std::make_shared<FunctionSink>(std::move(write)));
  logger->set_level(wanted);
  return [logger](const engine::Attempt& attempt) {
    const bool accepted = attempt.verdict == Verdict::ok || attempt.verdict == Verdict::gone;
    const auto took =
        std::chrono::duration_cast<std::chrono::milliseconds>(attempt.finished - attempt.started);
    logger->log(accepted ? spdlog::level::debug : spdlog::level::warn, "{} {} {}: {} in {} ms",
                attempt.operation, attempt.method, without_query(attempt.url), attempt.status,
                took.count());
  };
}

}  // namespace stackctl::cli
