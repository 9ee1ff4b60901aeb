// What keeps the contents of databases and volumes that go.
#pragma once

#include <vector>

#include "stackctl/resource.h"

namespace stackctl::aws {

std::vector<Object> final_db_snapshot(const LiveObject& live);
std::vector<Object> final_ebs_snapshot(const LiveObject& live);

}  // namespace stackctl::aws
