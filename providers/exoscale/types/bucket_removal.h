// How a bucket goes: what is in it first, then the object that bears the mark, then the bucket.
#pragma once

#include <string>
#include <vector>

#include "exoscale/api/operations.h"
#include "stackctl/flow.h"

namespace stackctl::exoscale {

/// S3 wants a digest of some bodies in a header.
Call with_digest(Call call);

/// Whether an answer is a page of versions at all: without any it says so.
bool is_page_of_versions(const Value& content);

/// Its calls; that it holds objects is a fault unless `is_emptied`.
std::vector<Call> remove_bucket(const std::string& url, bool is_emptied);

/// Deletes what a page of the listing shows, and turns the page.
Progress follow_removal(const Api& api, const Call& call, const http::Reply& reply);

}  // namespace stackctl::exoscale
