// aws.published_image: what machines boot from by name. Looked up only; nobody lists all there are.
#include "images.h"
#include "types.h"

namespace stackctl::aws {
namespace {

/// An image of the account may be a stack's as well: that is aws.image's to say.
std::vector<LiveObject> decode(const ResourceType& type, const Value& listed, Diagnostics& faults) {
  std::vector<LiveObject> images = decode_images(type, listed, faults);
  for (LiveObject& image : images) image.mark.reset();
  return images;
}

}  // namespace

extern const Type published_image{
    .resource =
        {
            .name = "aws.published_image",
            .help = "What instances boot from, by its name. Of those that fit the newest is taken.",
            .schema =
                {
                    text("id", "Identifier, such as ami-0123456789abcdef0"),
                    text("Name", "Its name; * stands for anything").satisfied_by(is_image_name),
                    text("Owner", "Account that it belongs to: its number, or amazon")
                        .satisfied_by(is_image_owner),
                    output("RootDeviceName", "What it calls its system disk"),
                    text("State", "What the cloud says of it"),
                },
            .listing = "published_images",
            .marked = Marked::never,
            .key = {"id"},
            .takes_newest = true,
        },
    .decode = decode,
};

}  // namespace stackctl::aws
