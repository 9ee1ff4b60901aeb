// Calls of the JSON API, and the asynchronous operations that they begin.
#pragma once

#include <string>
#include <string_view>

#include "stackctl/flow.h"
#include "stackctl/value.h"

namespace stackctl::exoscale {

/// Makes calls against one endpoint. Paths begin behind "/v2" and are percent-encoded.
struct Api {
  std::string endpoint;
  std::string storage_endpoint = {};  ///< of S3 calls (storage.h)

  Call get(std::string operation, std::string_view path, http::Fields query = {}) const;
  /// A POST; it makes something, so it must not be repeated blindly.
  Call create(std::string operation, std::string_view path, const Value& body) const;
  /// A PUT; a null body sends none.
  Call put(std::string operation, std::string_view path, const Value& body = {}) const;
  /// A PUT that the cloud refuses once it has begun, so it must not be repeated blindly either.
  Call act(std::string operation, std::string_view path, const Value& body = {}) const;
  Call remove(std::string operation, std::string_view path) const;
};

/// The state of the operation in an accepted answer to `call`. Answers that hold none are settled:
/// what came of them, the next listing shows. Not so a deletion's: nobody looks after it.
Progress follow(const Api& api, const Call& call, const http::Reply& reply);

/// `reference.id` of an operation, or empty.
std::string reference_id(const http::Reply& reply);

}  // namespace stackctl::exoscale
