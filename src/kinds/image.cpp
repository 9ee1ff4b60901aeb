#include "kinds/kinds.h"

namespace stackctl::kinds {
namespace {

Attribute build() {
  return object(
      "build",
      "Makes the image: boots a builder whose user data installs what the image is to hold and "
      "then powers the machine off, takes its disk, removes the builder. The image is made anew "
      "when any of this changes",
      {
          text("image",
               "What the builder boots from: a name that all clouds know, the cloud's own name or "
               "id, or an image resource")
              .required()
              .check(check::not_empty)
              .or_ref("image"),
          text("user_data",
               "Script of the builder's first boot; it must end with: poweroff. {file: F, vars: "
               "{...}} reads it from a file")
              .required(),
          text("size", "Processors and memory of the builder")
              .otherwise("small")
              .check(check::not_empty),
          integer("disk",
                  "Size of the builder's disk in GiB; machines of the image need as much at least")
              .otherwise(10)
              .check(check::positive),
          set_of("networks", ref("network", "network", "A network"),
                 "The network that the builder is in; else the cloud's default one"),
          set_of("security_groups", ref("group", "security_group", "A security group"),
                 "Firewalls around the builder"),
          ref("key_pair", "key_pair", "SSH key that may log in to the builder"),
      });
}

}  // namespace

extern const Kind image{
    .name = "image",
    .help =
        "What instances boot from. It is looked up by one of name, family and id (of several the "
        "newest is taken), or made: built, from a snapshot, or from a file.",
    .schema =
        {
            text("name", "Its name, or one that all clouds know, such as debian-12")
                .check(check::not_empty),
            text("family", "The family it belongs to").check(check::not_empty),
            text("id", "Identifier in the cloud"),
            text("visibility", "Whether the account owns it or everybody sees it")
                .one_of({"private", "public"}),
            build(),
            text("from_snapshot", "Identifier of the snapshot that it is made from"),
            text("from_url", "Where the disk image is fetched that it is made from"),
            text("checksum", "MD5 digest of that disk image"),
            text("default_user", "Who may log in to machines of an image that is made"),
            text("description", "For people; of an image that is made"),
        },
};

}  // namespace stackctl::kinds
