#include "kinds/machine.h"

namespace stackctl::kinds {

Schema with_machine(Schema own) {
  const Schema machine = {
      text("image",
           "What it boots from: a name that all clouds know (ubuntu-24.04, debian-12), the cloud's "
           "own name or id, or an image resource")
          .required()
          .check(check::not_empty)
          .or_ref("image"),
      text("size",
           "Processors and memory: micro, tiny, small, medium, large, extra-large, huge, or the "
           "cloud's own word: memory.large")
          .required()
          .check(check::not_empty),
      integer("disk", "Size of the system disk in GiB").otherwise(10).check(check::positive),
      text("user_data",
           "Script or cloud-init document of the first boot; {file: F, vars: {...}} "
           "reads it from a file"),
      set_of("security_groups", ref("group", "security_group", "A security group"),
             "Firewalls around it"),
      set_of("affinity_groups", ref("group", "affinity_group", "A group"),
             "It runs on another host than the others of the group"),
      set_of("addresses", ref("address", "address", "An address"),
             "Addresses that it has beside its own"),
      ref("key_pair", "key_pair", "SSH key that may log in"),
      map_of("labels", text("value", "Value of the label"), "Names and values for your own use"),
      boolean("public_address", "Whether it gets an address on the internet").otherwise(true),
  };
  own.insert(own.begin(), machine.begin(), machine.end());
  return own;
}

}  // namespace stackctl::kinds
