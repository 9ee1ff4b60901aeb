// What a domain does with its records.
#pragma once

#include "simulator/type.h"

namespace stackctl::simulator {

/// SOA and NS, which every domain has and nobody can change.
void add_system_records(Account& account, const std::string& domain, const std::string& name);

void remove_records(Account& account, std::string_view domain);

}  // namespace stackctl::simulator
