// Calls, in the protocol of their service, and what their answers hold.
#pragma once

#include <string>
#include <string_view>

#include "endpoint.h"
#include "service.h"
#include "stackctl/flow.h"
#include "stackctl/value.h"

namespace stackctl::aws {

/// Makes calls. `parameters` are a map in the API's own terms: maps and lists nest; null members
/// are left out. Where a service names the items of a list in its own way, the name stands behind a
/// dot: {"SubnetIds.SubnetIdentifier": [...]}.
struct Api {
  Endpoints endpoints;

  Call read(const Service& service, std::string_view action, const Value& parameters = {}) const;
  /// It makes something, so it must not be repeated blindly.
  Call create(const Service& service, std::string_view action, const Value& parameters) const;
  /// Doing it twice is the same as doing it once.
  Call change(const Service& service, std::string_view action, const Value& parameters) const;

  /// A call to a service of paths and XML. `action` is its name in AWS's documentation; `path` is
  /// percent-encoded; a null `body` sends none.
  Call rest(const Service& service, std::string_view action, std::string_view method,
            std::string_view path, http::Fields query = {}, std::string body = {}) const;
};

/// "CreateVpc" of "ec2:CreateVpc".
std::string_view action_of(const Call& call);

/// What an accepted answer to `call` holds, without the wrappers that are named after the action.
/// An answer to something else is an error.
Result<Value> answer_to(const Call& call, const http::Reply& reply);

/// `parameters` as form fields: "Tag.1.Key=a&Tag.1.Value=b".
std::string form(const Value& parameters, Protocol protocol);

}  // namespace stackctl::aws
