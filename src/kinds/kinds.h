// The portable resource types of the stack file.
#pragma once

#include <span>

#include "stackctl/resource.h"

namespace stackctl::kinds {

extern const Kind affinity_group;
extern const Kind api_key;
extern const Kind bucket;
extern const Kind cache;
extern const Kind database;
extern const Kind dns_record;
extern const Kind dns_zone;
extern const Kind exec;
extern const Kind iam_role;
extern const Kind image;
extern const Kind instance;
extern const Kind instance_pool;
extern const Kind key_pair;
extern const Kind kubernetes_cluster;
extern const Kind load_balancer;
extern const Kind network;
extern const Kind public_address;
extern const Kind security_group;
extern const Kind volume;
extern const Kind volume_snapshot;

/// All of them, by name.
std::span<const Kind* const> all();

}  // namespace stackctl::kinds
