#include "bucket_listing.h"

#include <array>
#include <deque>
#include <optional>

#include "bucket_removal.h"
#include "bucket_settings.h"
#include "exoscale/api/errors.h"
#include "stackctl/json.h"
#include "stackctl/xml.h"
#include "storage.h"

namespace stackctl::exoscale {
namespace {

/// What is read by a call of its own: `GET /BUCKET?acl`.
struct Setting {
  std::string_view name;  ///< of the attribute, and in the query
  Value (*read)(const Value& answer);
};
constexpr std::array<Setting, 3> kSettings = {
    {{"acl", acl_of}, {"versioning", versioning_of}, {"cors", cors_of}}};

class BucketList final : public Flow {
 public:
  BucketList(Api api, std::string zone) : api_(std::move(api)), zone_(std::move(zone)) {}

  Next next(const Seen& seen) override {
    if (seen.reply != nullptr)
      if (Fault fault = take(*seen.reply, *seen.judgement)) return Fail{*std::move(fault)};
    if (asks_for_ == Part::nothing) return Done{Map{{"buckets", std::move(buckets_)}}};
    call_ = call();
    return Send{call_};
  }

 private:
  using Fault = std::optional<Diagnostic>;
  enum class Part { names, mark, emptiness, setting, nothing };

  Call call() const {
    const std::string url = bucket_url(api_, bucket_.text_at("name"));
    switch (asks_for_) {
      case Part::names:
        return storage_call("list-buckets", "GET", api_.storage_endpoint + '/');
      case Part::mark:
        return storage_call("get-object", "GET", url + '/' + http::encode(kMarkKey));
      case Part::emptiness:
        // Old versions are contents as well.
        return storage_call("list-object-versions", "GET", url,
                            {{"versions", ""}, {"max-keys", "1"}});
      default:
        const std::string name(kSettings.at(setting_).name);
        return storage_call("get-bucket-" + name, "GET", url, {{name, ""}});
    }
  }

  Fault take(const http::Reply& reply, const Judgement& judgement) {
    const bool is_accepted = judgement.verdict == Verdict::ok;
    if (asks_for_ != Part::names && is_elsewhere(reply)) return next_bucket(), std::nullopt;
    if (is_accepted && asks_for_ == Part::mark) return take_mark(reply.body), std::nullopt;
    if (is_accepted) return take_answer(reply.body);
    if (asks_for_ == Part::mark && judgement.verdict == Verdict::gone)
      return asks_for_ = Part::emptiness, std::nullopt;
    // No rules at all.
    if (asks_for_ == Part::setting && judgement.verdict == Verdict::gone)
      return next_setting(), std::nullopt;
    // Deleted meanwhile.
    if (asks_for_ == Part::emptiness && judgement.verdict == Verdict::gone)
      return next_bucket(), std::nullopt;
    constexpr int forbidden = 403;
    if (reply.status == forbidden && (asks_for_ == Part::mark || asks_for_ == Part::emptiness))
      return keep(), std::nullopt;
    return call_failed(call_, reply, judgement);
  }

  /// The storage lists the buckets of all zones.
  bool is_elsewhere(const http::Reply& reply) const {
    constexpr int redirect = 300;
    constexpr int refusal = 400;
    const std::string_view zone = http::find(reply.headers, "x-amz-bucket-region").value_or(zone_);
    return zone != zone_ || (reply.status >= redirect && reply.status < refusal);
  }

  Fault take_answer(std::string_view body) {
    const Result<Value> answer = xml::parse(body);
    if (!answer) return unreadable_answer(call_, answer.fault().summary);
    const Value& content = xml::content(*answer);
    // Else it would be an account without buckets, an empty bucket.
    if (asks_for_ == Part::names && content["Buckets"].is_null())
      return unreadable_answer(call_, "it has no element 'Buckets'");
    if (asks_for_ == Part::emptiness && !is_page_of_versions(content))
      return unreadable_answer(call_, "it is no page of versions");
    if (asks_for_ == Part::names) return take_names(content), std::nullopt;
    if (asks_for_ == Part::emptiness) return take_emptiness(content), std::nullopt;
    const Setting& setting = kSettings.at(setting_);
    bucket_.map()->insert_or_assign(std::string(setting.name), setting.read(content));
    return next_setting(), std::nullopt;
  }

  void take_names(const Value& answer) {
    for (const Value& bucket : xml::each(answer["Buckets"]["Bucket"])) {
      const std::string name(bucket.text_at("Name"));
      if (name.empty()) continue;
      waiting_.push_back(Map{{"id", name},
                             {"name", name},
                             {"created-at", bucket["CreationDate"]},
                             {"url", bucket_url(api_, name)},
                             {"endpoint", api_.storage_endpoint}});
    }
    next_bucket();
  }

  /// Without a mark, it is nobody's or another tool's, and nothing more is read of it.
  void take_mark(std::string_view body) {
    const Result<Value> mark = json::parse(body);
    if (!mark || mark->text_at("stack").empty() || mark->text_at("address").empty()) return keep();
    bucket_.map()->insert_or_assign("mark", *mark);
    bucket_.map()->insert_or_assign("empty-on-delete", (*mark)["empty-on-delete"]);
    read_settings();
  }

  void take_emptiness(const Value& answer) {
    if (!answer["Version"].is_null() || !answer["DeleteMarker"].is_null()) return keep();
    bucket_.map()->insert_or_assign("is-unclaimed", true);
    read_settings();
  }

  void read_settings() {
    asks_for_ = Part::setting;
    setting_ = 0;
  }

  void next_setting() {
    if (++setting_ == kSettings.size()) keep();
  }

  void keep() {
    buckets_.push_back(std::move(bucket_));
    next_bucket();
  }

  void next_bucket() {
    asks_for_ = waiting_.empty() ? Part::nothing : Part::mark;
    if (waiting_.empty()) return;
    bucket_ = std::move(waiting_.front());
    waiting_.pop_front();
  }

  Api api_;
  std::string zone_;
  Part asks_for_ = Part::names;
  std::size_t setting_ = 0;  // of kSettings
  Call call_;                // that is under way
  Value bucket_;             // that is being read
  std::deque<Value> waiting_;
  List buckets_;
};

}  // namespace

std::unique_ptr<Flow> list_buckets(const Api& api, std::string zone) {
  return std::make_unique<BucketList>(api, std::move(zone));
}

}  // namespace stackctl::exoscale
