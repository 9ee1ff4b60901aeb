// Calls of the object storage (SOS): S3, path style, with errors in XML.
#pragma once

#include <string>
#include <string_view>

#include "exoscale/api/operations.h"
#include "stackctl/flow.h"

namespace stackctl::exoscale {

/// The bucket's object that bears the mark. SOS keeps no tags of buckets: it accepts them and
/// forgets them.
inline constexpr std::string_view kMarkKey = ".stackctl";

/// "https://sos-ch-gva-2.exo.io/assets"
std::string bucket_url(const Api& api, std::string_view bucket);

/// A call on a URL of the storage; a GET is a read, everything else can be repeated.
Call storage_call(std::string operation, std::string method, std::string url,
                  http::Fields query = {}, std::string body = {});

/// Whether the request goes to the storage rather than to the API.
bool is_storage(const Api& api, const http::Request& request);

/// What a reply of the storage means.
Judgement judge_storage(const http::Reply& reply);

}  // namespace stackctl::exoscale
