// Addresses: "web", "web[0]", "nodes[\"a\"]", and "web/launch-template" for what is not the main
// object of a resource.
#pragma once

#include <string>
#include <string_view>

namespace stackctl {

/// The resource that an object belongs to: "web[0]/launch-template" → "web[0]".
std::string_view resource_of(std::string_view address);

/// What the stack file calls it: "web[0]/launch-template" → "web".
std::string_view declared_name(std::string_view address);

/// `address` with nothing but letters, digits, '-' and '/': "nodes[\"a\"]" → "nodes-a".
std::string plain_address(std::string_view address);

/// What may stand between the quotes of `nodes["a"]`: printable, none of `/"[]`, at most 63 bytes.
bool is_instance_key(std::string_view key);

}  // namespace stackctl
