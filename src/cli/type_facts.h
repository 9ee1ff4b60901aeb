// What the tables say of native types and providers, in the words of people.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "stackctl/provider.h"
#include "stackctl/resource.h"

namespace stackctl::cli {

/// Whether `provider` has a lowering of the kind.
bool realises(const Provider& provider, std::string_view kind);

/// What one has to know before one relies on the type; one sentence each.
std::vector<std::string> limits_of(const ResourceType& type);

/// Attributes whose change makes a new object.
std::vector<std::string> immutable_attributes(const ResourceType& type);

/// The listings that show its objects, apart.
std::vector<std::string> listings_of(const ResourceType& type);

/// "text", "list of references to security_group", "one of: tcp, udp"; without its default.
std::string type_text(const Attribute& attribute);

}  // namespace stackctl::cli
