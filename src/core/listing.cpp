#include "stackctl/listing.h"

#include <deque>
#include <optional>
#include <string>
#include <utility>

namespace stackctl {
namespace {

class ReadLists final : public Flow {
 public:
  explicit ReadLists(std::vector<Reading> readings) : readings_(std::move(readings)) {
    for (const Reading& reading : readings_)
      for (const Call& call : reading.calls) queue_.push_back({&reading, call});
  }

  Next next(const Seen& seen) override {
    if (seen.reply != nullptr)
      if (std::optional<Diagnostic> fault = take(*seen.reply, *seen.judgement))
        return Fail{*std::move(fault)};
    if (queue_.empty()) return Done{Value(std::move(lists_))};
    return Send{queue_.front().call};
  }

 private:
  struct Read {
    const Reading* reading = nullptr;
    Call call;
    bool is_detail = false;  ///< of what an answer has led to
    bool is_apart = false;   ///< of one thing, since together with others it was refused
  };

  std::optional<Diagnostic> take(const http::Reply& reply, const Judgement& judgement) {
    const Read read = std::move(queue_.front());
    queue_.pop_front();
    // What a listing showed a moment ago may be gone when its details are asked for.
    if (judgement.verdict == Verdict::gone && read.is_detail) {
      pass_over(read);
      return std::nullopt;
    }
    if (judgement.verdict != Verdict::ok) return call_failed(read.call, reply, judgement);
    std::vector<Call> more;
    const Result<Value> lists = read.reading->take(read.call, reply, more);
    if (!lists) return lists.fault();
    join(*lists);
    for (Call& call : more) add(*read.reading, std::move(call));
    return std::nullopt;
  }

  void add(const Reading& reading, Call call) {
    const std::size_t waiting = reading.unite ? queue_.size() : 0;
    for (std::size_t i = 0; i < waiting; ++i) {
      const bool is_its_kind = queue_[i].reading == &reading && !queue_[i].is_apart;
      if (!is_its_kind || !reading.unite(queue_[i].call, call)) continue;
      queue_.push_back(std::move(queue_[i]));
      queue_.erase(queue_.begin() + static_cast<std::ptrdiff_t>(i));
      return;
    }
    queue_.push_back({&reading, std::move(call), true});
  }

  /// One that is gone does not hide the others that were asked for with it.
  void pass_over(const Read& read) {
    std::vector<Call> calls;
    if (read.reading->apart) calls = read.reading->apart(read.call);
    if (calls.empty()) join(Map{{std::string(kGone), List{read.call.request.url}}});
    for (Call& call : calls) queue_.push_back({read.reading, std::move(call), true, true});
  }

  void join(const Value& answer) {
    if (answer.map() == nullptr) return;
    for (const auto& [name, items] : *answer.map()) {
      Value& list = lists_.try_emplace(name, List{}).first->second;
      list.list()->insert(list.list()->end(), items.items().begin(), items.items().end());
    }
  }

  std::vector<Reading> readings_;
  std::deque<Read> queue_;  // the first is under way
  Map lists_;
};

}  // namespace

std::unique_ptr<Flow> read_lists(std::vector<Reading> readings) {
  return std::make_unique<ReadLists>(std::move(readings));
}

}  // namespace stackctl
