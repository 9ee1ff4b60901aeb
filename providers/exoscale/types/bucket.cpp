// exoscale.bucket: object storage, by S3 calls. It has no tags, so an object in it bears the mark,
// written right after it is made.
#include <algorithm>

#include "bucket_listing.h"
#include "bucket_removal.h"
#include "bucket_settings.h"
#include "exoscale/api/wire.h"
#include "stackctl/json.h"
#include "storage.h"
#include "types.h"

namespace stackctl::exoscale {
namespace {

constexpr std::string_view kEmptyOnDelete = "empty-on-delete";

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> buckets;
  for_each_item(type, listed["buckets"], faults, [&](const Value& item) {
    LiveObject& bucket = buckets.emplace_back(decode_object(type, item));
    bucket.is_unclaimed = item["is-unclaimed"] == Value(true);
    const Value& mark = item["mark"];
    if (!mark.is_null())
      bucket.mark = Mark{std::string(mark.text_at("stack")), std::string(mark.text_at("address")),
                         std::string(mark.text_at("spec"))};
  });
  return buckets;
}

Call create(const Api& api, const Work& work) {
  Call call = storage_call("create-bucket", "PUT", bucket_url(api, work.desired.text_at("name")));
  http::set(call.request.headers, "x-amz-acl", std::string(work.desired.text_at("acl")));
  call.repeat = Repeat::look_first;
  return call;
}

Call write_mark(const std::string& url, const Work& work) {
  const Value mark = Map{{"stack", work.mark.stack},
                         {"address", work.mark.address},
                         {"spec", work.mark.spec},
                         {std::string(kEmptyOnDelete), work.desired[kEmptyOnDelete]}};
  Call call =
      storage_call("put-object", "PUT", url + '/' + http::encode(kMarkKey), {}, json::write(mark));
  http::set(call.request.headers, "Content-Type", "application/json");
  return call;
}

Call write_acl(const std::string& url, const Value& acl) {
  Call call = storage_call("put-bucket-acl", "PUT", url, {{"acl", ""}});
  http::set(call.request.headers, "x-amz-acl", acl.text() == nullptr ? "private" : *acl.text());
  return call;
}

Call write_cors(const std::string& url, const Value& rules) {
  if (rules.items().empty())
    return storage_call("delete-bucket-cors", "DELETE", url, {{"cors", ""}});
  return with_digest(storage_call("put-bucket-cors", "PUT", url, {{"cors", ""}}, cors_body(rules)));
}

std::vector<Call> update(const Api& api, const Work& work, const LiveObject& live) {
  const auto is_changed = [&](std::string_view name) {
    return std::ranges::find(work.changed, name) != work.changed.end();
  };
  const std::string url = bucket_url(api, live.id);
  std::vector<Call> calls;
  if (is_changed(kMark) || is_changed(kEmptyOnDelete)) calls.push_back(write_mark(url, work));
  if (is_changed("acl")) calls.push_back(write_acl(url, work.desired["acl"]));
  if (is_changed("versioning"))
    calls.push_back(
        with_digest(storage_call("put-bucket-versioning", "PUT", url, {{"versioning", ""}},
                                 versioning_body(work.desired["versioning"]))));
  if (is_changed("cors")) calls.push_back(write_cors(url, work.desired["cors"]));
  return calls;
}

std::vector<Call> remove(const Api& api, const LiveObject& live) {
  return remove_bucket(bucket_url(api, live.id), live.attributes[kEmptyOnDelete] == Value(true));
}

std::string created_id(const Work& work, const http::Reply& /*reply*/) {
  return std::string(work.desired.text_at("name"));
}

Attribute cors_rule() {
  return object(
      "rule", "What scripts of other sites may do",
      {
          set_of("allowed-origins", text("origin", "A site; * is every one"), "Sites"),
          set_of("allowed-methods", text("method", "HTTP method"), "What they may do"),
          set_of("allowed-headers", text("header", "Its name; * is every one"),
                 "Headers that they may send")
              .otherwise(List{}),
          set_of("expose-headers", text("header", "Its name"), "Headers that they may read")
              .otherwise(List{}),
          integer("max-age-seconds", "How long a browser may remember the rule"),
      });
}

}  // namespace

extern const Type bucket{
    .resource =
        {
            .name = "exoscale.bucket",
            .help = "A bucket of the object storage (SOS).",
            .schema =
                {
                    text("name", "Its identity, taken once in the whole cloud")
                        .required()
                        .replaces(),
                    text("acl", "Who may read and write it")
                        .otherwise("private")
                        .one_of(
                            {"private", "public-read", "public-read-write", "authenticated-read"}),
                    boolean("versioning", "Whether overwritten and deleted objects are kept")
                        .otherwise(false),
                    list_of("cors", cors_rule(), "Access by scripts of other sites")
                        .otherwise(List{}),
                    boolean(kEmptyOnDelete, "Whether its objects are deleted with it")
                        .otherwise(false),
                    output("id", "Its name"),
                    output("url", "Where it is"),
                    output("endpoint", "What S3 clients are given as endpoint"),
                },
            .listing = kBuckets,
            .carrier = "the object .stackctl in it",
            .key_is_unique = true,
            .typical = std::chrono::seconds{2},
            .typical_removal = std::chrono::seconds{2},
        },
    .decode = decode,
    .create = create,
    .update = update,
    .remove = remove,
    .created_id = created_id,
    .follow = follow_removal,
};

}  // namespace stackctl::exoscale
