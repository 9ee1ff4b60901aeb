// aws.image: what instances boot from. Looked up only; nobody lists all there are.
#include <fnmatch.h>

#include "types.h"
#include "wire.h"

namespace stackctl::aws {
namespace {

std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> images;
  for_each_item(type, listed["images"], faults, [&](const Value& item) {
    Map shown = *item.map();
    shown.insert_or_assign("Owner", item["imageOwnerId"]);
    shown.insert_or_assign("State", item["imageState"]);
    LiveObject& image = images.emplace_back(decode_object(type, shown, "ImageId"));
    image.created = item.text_at("creationDate");
  });
  return images;
}

/// "debian-12-amd64-*" stands for all names that begin so.
bool is_pattern_of(const Value& desired, const Value& live) {
  return desired.text() != nullptr && live.text() != nullptr &&
         ::fnmatch(desired.text()->c_str(), live.text()->c_str(), 0) == 0;
}

/// What aliases stand for, only the call knows that asked for it.
bool is_owner(const Value& desired, const Value& /*live*/) {
  return desired.text() != nullptr && (*desired.text() == "amazon" || *desired.text() == "self");
}

}  // namespace

extern const Type image{
    .resource =
        {
            .name = "aws.image",
            .help = "What instances boot from. The newest of a name is taken.",
            .schema =
                {
                    text("id", "Identifier, such as ami-0123456789abcdef0"),
                    text("Name", "Its name; * stands for anything").satisfied_by(is_pattern_of),
                    text("Owner", "Account that it belongs to: its number, amazon or self")
                        .satisfied_by(is_owner),
                    text("Architecture", "Processors it is made for").one_of({"x86_64", "arm64"}),
                    output("RootDeviceName", "What it calls its system disk"),
                    output("State", "What the cloud says of it"),
                },
            .listing = "images",
            .marked = Marked::never,
            .key = {"id"},
        },
    .decode = decode,
};

}  // namespace stackctl::aws
